"""ETags: computed from everything on which a representation depends, and compared with If-None-Match."""

from hashlib import blake2b


def compute_etag(*parts: bytes) -> bytes:
    """Return a weak ETag: a hash of everything on which a representation depends."""
    return hash_frame(frame(*parts))


def frame(*parts: bytes) -> bytes:
    """Join texts in such a way that other texts cannot give the same result."""
    return b"".join([b"%d:%b" % (len(part), part) for part in parts])


def hash_frame(framed_parts: bytes) -> bytes:
    """Return the weak ETag of parts that `frame` has joined."""
    return b'W/"%b"' % blake2b(framed_parts, digest_size=12).hexdigest().encode()


def etag_matches(if_none_match: bytes, etag: bytes) -> bool:
    """Return whether an If-None-Match header matches an ETag, by weak comparison (RFC 9110, section 13.1.2)."""
    return if_none_match.strip() == b"*" or lists_etag(if_none_match, etag)


def lists_etag(if_none_match: bytes, etag: bytes) -> bool:
    """Return whether an If-None-Match header contains an ETag, which proves that there was such a representation.

    `*` proves nothing, because clients can send it for an address that does not exist.
    """
    opaque_tags = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return etag.removeprefix(b"W/") in opaque_tags
