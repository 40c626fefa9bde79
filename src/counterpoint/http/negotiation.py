"""Content negotiation: choose a response's media type and encoding from Accept headers (RFC 9110, section 12.5)."""

from functools import lru_cache

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"

UTF_8 = ("utf-8", "utf8")

IDENTITY = "identity"
ENCODINGS = ("br", "zstd", "gzip")
"""Supported content encodings, the preferred first.

zstd comes after br because some clients ask for zstd on a Node.js that cannot decode it.
"""


def parse_qvalue(text: str) -> float:
    """Parse a quality value. Return 0 (not acceptable) if it is invalid."""
    try:
        qvalue = float(text)
    except ValueError:
        return 0.0
    return qvalue if 0 <= qvalue <= 1 else 0.0


def parse_qvalues(header: str) -> dict[str, float]:
    """Parse a header such as Accept-Encoding into lower-case names and their highest quality values."""
    qvalues: dict[str, float] = {}
    for member in header.lower().split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        if name:
            explicit = (parse_qvalue(parameter[2:]) for parameter in parameters if parameter.startswith("q="))
            qvalues[name] = max(next(explicit, 1.0), qvalues.get(name, 0.0))
    return qvalues


@lru_cache(maxsize=256)
def choose_media_type(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the offer that an Accept header prefers, the first of equals; None if none is acceptable.

    An empty header accepts everything.
    """
    ranges = [_parse_media_range(member) for member in accept.split(",") if member.strip()] or [("*/*", 1.0)]
    best = max(offers, key=lambda offer: _qvalue_of(offer, ranges))
    return best if _qvalue_of(best, ranges) > 0 else None


@lru_cache(maxsize=256)
def choose_encoding(accept_encoding: str, offers: tuple[str, ...] = ENCODINGS) -> str:
    """Return the encoding that an Accept-Encoding header prefers, the first of equals; `identity` if none."""
    qvalues = parse_qvalues(accept_encoding)
    default = qvalues.get("*", 0.0)
    best = max(offers, key=lambda encoding: qvalues.get(encoding, default), default=IDENTITY)
    qvalue = qvalues.get(best, default)
    return best if qvalue > 0 and qvalue >= qvalues.get(IDENTITY, 0.0) else IDENTITY


def _parse_media_range(member: str) -> tuple[str, float]:
    media_range, *parameters = (part.strip().lower() for part in member.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in UTF_8:
            return media_range, 0.0
        if name.strip() == "q":
            return media_range, parse_qvalue(value)
    return media_range, 1.0


def _qvalue_of(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality value of the most specific range that includes a media type."""
    for including in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        qvalues = [qvalue for media_range, qvalue in ranges if media_range == including]
        if qvalues:
            return max(qvalues)
    return 0.0
