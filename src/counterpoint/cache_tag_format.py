"""Cache tags: the names under which caches purge responses.

The engine tags each response, and seeding lists the tags to purge; both call these functions, because the tags must be
equal. Front ends compute them too, as docs/clients/caching.md describes. A tag is lowercase ASCII without spaces and
commas.
"""

import re
from hashlib import sha256
from urllib.parse import quote

MAX_TAG_KEY_CHARS = 100
"""Maximum length of a key within a tag; a hash replaces a longer one. Caches and proxies limit the size of headers."""

MAX_TAGS_PER_TYPE = 20
"""Maximum number of objects of one type with a tag each in one answer."""

_PLAIN_KEY = re.compile(r"[a-z0-9-]+")
_UNENCODED_CHARACTERS = "!~*'()"
"""The characters that JavaScript's encodeURIComponent() does not encode, beside those that `quote` never encodes."""


def format_type_tag(type_name: str) -> str:
    """Return the tag of all objects of a type."""
    return type_name.lower()


def format_object_tag(type_name: str, key: str) -> str:
    """Return the tag of one object, and of everything that its articles say.

    The key is written as `encodeURIComponent(key).toLowerCase()` returns it, or as its SHA-256 if that is too long.
    """
    encoded = key if _PLAIN_KEY.fullmatch(key) else quote(key, safe=_UNENCODED_CHARACTERS).lower()
    if len(encoded) > MAX_TAG_KEY_CHARS:
        encoded = sha256(key.encode()).hexdigest()
    return f"{format_type_tag(type_name)}:{encoded}"
