"""The header rows that tell what a table's rows state."""

import re

from counterpoint.article.normalization import fold
from counterpoint.article.records import TableContents

_APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
_TO_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_APPROACH = re.compile(rf"(.*?)\s*[{_APOSTROPHES}]\s*s\s*approach", re.DOTALL | re.IGNORECASE)

_KNOWN: dict[tuple[str, ...], TableContents] = {
    ("party", "stance", "recentmeasures"): TableContents.STANCES,
    ("group", "function", "coremessage"): TableContents.ROLES,
    ("challenge", "proposedsolution", "anticipatedbenefit"): TableContents.SOLUTIONS,
}


def classify_table(columns: tuple[str, ...]) -> TableContents:
    """What the rows below this header state."""
    header = tuple(_normalize_header(column) for column in columns)
    if header[0] == "policyarea" and len(header) > 1:
        compared = all(column.endswith("'sapproach") for column in header[1:])
        return TableContents.APPROACHES if compared else TableContents.OTHER
    return _KNOWN.get(header, TableContents.OTHER)


def government_in_header(column: str) -> str:
    """The government whose approach this column holds, spelled as written."""
    named = _APPROACH.fullmatch(column)
    return named[1] if named else column


def _normalize_header(column: str) -> str:
    return fold(column).translate(_TO_STRAIGHT).replace(" ", "")
