"""The formats of settings. Each function returns a value that is valid, and raises ValueError for others."""

import re

from pydantic import SecretStr

from counterpoint.database_url import parse_database_url
from counterpoint.webhooks import parse_receivers, parse_secret

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_DIRECTIVE = rf'{_TOKEN}(=({_TOKEN}|"[ !#-\[\]-~]*"))?'
CACHE_CONTROL = re.compile(rf"{_DIRECTIVE}(, *{_DIRECTIVE})*")
"""One or more directives, each with an optional token or quoted string as its value (RFC 9111, section 5.2)."""

PUBLIC_URL = re.compile(r"(https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?/?)?")
"""Nothing, or a scheme, a host and an optional port."""


def check_database_url(value: str) -> str:
    """Accept the URL of a database."""
    parse_database_url(value)
    return value


def check_optional_database_url(value: str) -> str:
    """Accept nothing, or the URL of a database."""
    return value and check_database_url(value)


def check_cache_control(value: str) -> str:
    """Accept the value of a Cache-Control header."""
    if not CACHE_CONTROL.fullmatch(value):
        raise ValueError(f"{value!r} is not a Cache-Control header: expected directives such as public, max-age=60")
    return value


def check_public_url(value: str) -> str:
    """Accept nothing, or a scheme and a host."""
    if not PUBLIC_URL.fullmatch(value):
        raise ValueError(f"{value!r} is not a scheme and a host: expected an address such as https://example.org")
    return value


def check_receivers(value: str) -> str:
    """Accept the URLs of receivers of notifications."""
    parse_receivers(value)
    return value


def check_secret(value: SecretStr) -> SecretStr:
    """Accept nothing, or a secret that signs notifications."""
    if value:
        parse_secret(value.get_secret_value())
    return value
