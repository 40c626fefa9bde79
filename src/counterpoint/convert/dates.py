"""Dates in texts, as people write them in many languages."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from counterpoint.article.normalization import fold
from counterpoint.convert.words import month_numbers


class DateMatch(NamedTuple):
    """A date in a text: where it begins and ends. `day` is None if day and month can't be told apart."""

    start: int
    end: int
    day: date | None


_MAX_DATE_CHARS = 200
_MONTH = r"(?P<name>[^\W\d_]+(?: [0-9]{1,2})?)"
_YEAR = r"(?P<year>[12]\d{3})"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
        rf"{_YEAR}[/.]\s?(?P<month>\d\d?)[/.]\s?(?P<day>\d\d?)",
        rf"{_YEAR}\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
        rf"(?P<day>\d\d?)(?:\.|st|nd|rd|th|er|º|ª)?,? (?:de |of )?{_MONTH}\.?,? (?:de |del |năm )?{_YEAR}",
        rf"{_MONTH}\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-]{_YEAR}",
    )
]


def find_dates(text: str) -> list[DateMatch]:
    """Return the dates of a text in its order."""
    matches: dict[int, DateMatch] = {}
    for pattern in _PATTERNS:
        for match in _find(pattern, text):
            if not any(other.start < match.end and match.start < other.end for other in matches.values()):
                matches[match.start] = match
    return [match for _, match in sorted(matches.items())]


def parse_date(text: str | None) -> date | None:
    """Return the first date of a text, or None."""
    return next((match.day for match in find_dates((text or "")[:_MAX_DATE_CHARS]) if match.day), None)


def _find(pattern: re.Pattern[str], text: str) -> Iterator[DateMatch]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        if "first" in groups:
            yield DateMatch(*match.span(), _disambiguate(int(match["year"]), int(match["first"]), int(match["second"])))
            continue
        month = int(groups["month"]) if "month" in groups else month_numbers().get(fold(groups["name"]))
        if month and (day := _build_date(int(match["year"]), month, int(match["day"]))):
            yield DateMatch(*match.span(), day)


def _disambiguate(year: int, first: int, second: int) -> date | None:
    """Return the date of two numbers, of which one is a month, if only one order is possible."""
    candidates = {_build_date(year, first, second), _build_date(year, second, first)} - {None}
    return candidates.pop() if len(candidates) == 1 else None


def _build_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
