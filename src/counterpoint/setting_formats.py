"""The formats of settings. Each function returns a value that is valid, and raises ValueError for others."""

import re

from pydantic import SecretStr

from counterpoint.database_url import parse_database_url
from counterpoint.webhooks import parse_receivers, parse_secret

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_DIRECTIVE = rf'{_TOKEN}(=({_TOKEN}|"[ !#-\[\]-~]*"))?'
CACHE_CONTROL = re.compile(rf"{_DIRECTIVE}(, *{_DIRECTIVE})*")
"""One or more directives, each with an optional token or quoted string as its value (RFC 9111, section 5.2)."""

_HOST = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)"

PUBLIC_URL = re.compile(rf"(https?://{_HOST}(:[0-9]{{1,5}})?/?)?")
"""Nothing, or a scheme, a host and an optional port."""

ALLOWED_HOST = re.compile(rf"\*|(\*\.)?{_HOST}")
"""A value of COUNTERPOINT_ALLOWED_HOSTS."""

ORIGIN = re.compile(rf"\*|null|[a-z][a-z0-9+.-]*://{_HOST}(:[0-9]{{1,5}})?", re.IGNORECASE)
"""A value of COUNTERPOINT_CORS_ORIGINS: an origin as browsers write it (RFC 6454, section 6.2)."""


def split_list(text: str) -> list[str]:
    """Split a comma-separated list, without white space and empty items."""
    return [item.strip() for item in text.split(",") if item.strip()]


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


def check_allowed_hosts(value: str) -> str:
    """Accept a list of hosts."""
    return _check_list(value, ALLOWED_HOST, "a host without scheme and port such as example.org, *.example.org, or *")


def check_origins(value: str) -> str:
    """Accept a list of origins. A browser sends none with a path, so that such a one would allow nothing."""
    return _check_list(value, ORIGIN, "an origin such as https://example.org, without a slash at its end, or *")


def _check_list(value: str, pattern: re.Pattern[str], expected: str) -> str:
    for item in split_list(value):
        if not pattern.fullmatch(item):
            raise ValueError(f"invalid value {item!r}, expected {expected}")
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
