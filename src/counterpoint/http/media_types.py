"""Which media type an answer is sent as: what the client prefers of those we have (RFC 9110, section 12.5.1)."""

from functools import lru_cache

from counterpoint.http.qvalues import parse_qvalue

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"


@lru_cache(maxsize=256)
def choose_media_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """Choose among what is offered, the server's favourite first; None if nothing is acceptable.

    No header accepts everything.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    qualities = [(_quality(media_type, ranges), media_type) for media_type in offered]
    best = max(qualities, key=lambda each: each[0])  # the first of equals
    return best[1] if best[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            return media_range, 0.0
        if name.strip() == "q":
            return media_range, parse_qvalue(value)
    return media_range, 1.0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Give the weight of the most specific range that a type is in."""
    for candidate in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        weights = [given for media_range, given in ranges if media_range == candidate]
        if weights:
            return max(weights)
    return 0.0
