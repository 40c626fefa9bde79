"""Answers made smaller for their way: which form a client takes (RFC 9110, section 12.5.3), and how it is made."""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
import zstandard

from counterpoint.http.qvalues import parse_qvalues

IDENTITY = "identity"
OFFERED = ("br", "zstd", "gzip")
"""By preference among those that a client likes as much: an answer is made smaller once, and sent often.

Some clients ask for zstd on a Node that can't read it; none was found that does so with br.
"""

MIN_COMPRESS_BYTES = 500
"""Bytes under which an answer is sent as it is: it would fill no packet less."""

BROTLI_QUALITY = 5
GZIP_LEVEL = 6


@lru_cache(maxsize=256)
def choose_encoding(accept_encoding: str) -> str:
    """Choose the form that a client likes best; as it is if it says nothing, or takes nothing else."""
    weights = parse_qvalues(accept_encoding)
    others = weights.get("*", 0.0)
    best = max(OFFERED, key=lambda each: weights.get(each, others))  # the first of equals
    weight = weights.get(best, others)
    return best if weight > 0 and weight >= weights.get(IDENTITY, 0.0) else IDENTITY


def compress(data: bytes, encoding: str) -> bytes:
    """Encode an answer, the same way each time."""
    match encoding:
        case "zstd":
            return zstandard.compress(data)
        case "br":
            compressed: bytes = brotli.compress(data, quality=BROTLI_QUALITY)
            return compressed
        case "gzip":
            return gzip.compress(data, GZIP_LEVEL, mtime=0)
        case _:
            return data
