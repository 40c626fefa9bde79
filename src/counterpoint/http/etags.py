"""ETags: computed from everything on which a representation depends, and compared with If-None-Match."""

from hashlib import blake2b


def compute_etag(*parts: bytes) -> bytes:
    """Return a weak ETag: a hash of everything on which a representation depends."""
    return b'W/"%b"' % digest(*parts)


def digest(*parts: bytes) -> bytes:
    """Return a hash, in hexadecimal, of several texts."""
    framed = b"".join([b"%d:%b" % (len(part), part) for part in parts])
    return blake2b(framed, digest_size=12).hexdigest().encode()


def etag_matches(if_none_match: bytes | None, etag: bytes) -> bool:
    """Return whether an If-None-Match header matches an ETag, by weak comparison (RFC 9110, section 13.1.2)."""
    return if_none_match is not None and (if_none_match.strip() == b"*" or lists_etag(if_none_match, etag))


def lists_etag(if_none_match: bytes, etag: bytes) -> bool:
    """Return whether an If-None-Match header contains an ETag, which proves that there was such a representation.

    `*` proves nothing, because clients can send it for an address that does not exist.
    """
    opaque_tags = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return etag.removeprefix(b"W/") in opaque_tags
