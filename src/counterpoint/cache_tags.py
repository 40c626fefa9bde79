"""Tags: the names by which a cache is told what an answer depends on, and later what a seeding changed.

Both sides must write the same, so neither has this to itself. A tag is lowercase ASCII without space or comma.
"""

import re
from hashlib import blake2b

MAX_TAG_KEY_CHARS = 200
"""How many characters of a tag may stand for a name: proxies have little room for headers."""

_PLAIN_KEY = re.compile(r"[a-z0-9-]+")
_ENCODED_CHARACTER = re.compile(rb"[^a-z0-9-]")


def type_tag(type_name: str) -> str:
    """Give the tag of all objects of a type."""
    return type_name.lower()


def object_tag(type_name: str, key: str) -> str:
    """Give the tag of one object, and all that belongs to it alone, by its key.

    Other characters than those of plain slugs are percent-encoded as UTF-8; of what is too long then, a digest is told.
    """
    written = key if _PLAIN_KEY.fullmatch(key) else _percent_encode(key)
    if len(written) > MAX_TAG_KEY_CHARS:
        written = blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{type_tag(type_name)}:{written}"


def _percent_encode(key: str) -> str:
    return _ENCODED_CHARACTER.sub(lambda found: b"%%%02x" % ord(found[0]), key.encode()).decode()
