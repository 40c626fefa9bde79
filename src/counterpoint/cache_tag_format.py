"""Cache tags: the names under which caches purge responses.

The engine tags each response, and seeding lists the tags to purge; both call these functions, because the tags must be
equal. A tag is lowercase ASCII without spaces and commas.
"""

import re
from hashlib import blake2b

MAX_TAG_KEY_CHARS = 200
"""Maximum length of a key within a tag; proxies limit the size of headers."""

_PLAIN_KEY = re.compile(r"[a-z0-9-]+")
_ENCODED_CHARACTER = re.compile(rb"[^a-z0-9-]")


def type_tag(type_name: str) -> str:
    """Return the tag of all objects of a type."""
    return type_name.lower()


def object_tag(type_name: str, key: str) -> str:
    """Return the tag of one object and of everything that belongs to it alone.

    Characters outside a-z, 0-9 and hyphen are percent-encoded as UTF-8. A hash replaces a key that is too long.
    """
    encoded = key if _PLAIN_KEY.fullmatch(key) else _percent_encode(key)
    if len(encoded) > MAX_TAG_KEY_CHARS:
        encoded = blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{type_tag(type_name)}:{encoded}"


def _percent_encode(key: str) -> str:
    return _ENCODED_CHARACTER.sub(lambda match: b"%%%02x" % ord(match[0]), key.encode()).decode()
