"""The class line of a table whose header is not quite a known one, so that it is read as it is probably meant."""

import re
from dataclasses import replace

from counterpoint.article.records import TableContents
from counterpoint.article.similar_headers import find_similar
from counterpoint.article.table_classifier import CLASSES_BY_CONTENTS
from counterpoint.article.table_headers import GOVERNMENT, PLAIN_TABLE, KnownHeader, TableHeaders
from counterpoint.convert.document import Doubt, Table, to_plain_text


def classify_table(table: Table, language: str, headers: TableHeaders) -> tuple[Table, str | None]:
    """Return a table and its class if it needs one. The columns of a known header are put into its order."""
    columns = tuple(map(to_plain_text, table.header))
    if headers.classify(columns, language) is not PLAIN_TABLE:
        return table, None
    if foreign := headers.find_foreign(columns):
        doubt = Doubt(f"the header of this table is known in the language {foreign.language}", "check the language")
        return _declare(table, foreign, doubt)
    if order := _find_order(columns, language, headers):
        doubt = Doubt("the columns of this table were put into another order", f"they were {' | '.join(columns)}")
        rows = tuple(tuple(row[index] for index in order) for row in table.rows)
        ordered = replace(table, header=tuple(table.header[index] for index in order), rows=rows)
        return _with_doubt(ordered, doubt), None
    similar = find_similar(columns, language, headers)
    if similar is None:
        return _with_doubt(table, _unknown(columns)), None
    if similar.contents is TableContents.APPROACHES and (corrected := _name_governments(table, similar)):
        corrected = _with_doubt(
            corrected, Doubt(f"this header was {' | '.join(columns)!r}", "check the governments' names")
        )
        is_known = headers.classify(tuple(map(to_plain_text, corrected.header)), language) is not PLAIN_TABLE
        return corrected, None if is_known else CLASSES_BY_CONTENTS[similar.contents]
    if _fits(columns, similar):
        return _declare(table, similar, Doubt(f"this header was taken for {str(similar)!r}", "check the columns"))
    doubt = Doubt(f"this header is similar to {str(similar)!r}, but its columns do not fit, so the table is kept plain")
    return _with_doubt(table, doubt), "other"


def _with_doubt(table: Table, doubt: Doubt) -> Table:
    """Return a table with a further doubt."""
    return replace(table, doubts=(*table.doubts, doubt))


def _unknown(columns: tuple[str, ...]) -> Doubt:
    count = "1 column" if len(columns) == 1 else f"{len(columns)} columns"
    return Doubt(f"this table has {count} that no header names, so it is kept plain")


def _declare(table: Table, header: KnownHeader, doubt: Doubt) -> tuple[Table, str]:
    return _with_doubt(table, doubt), CLASSES_BY_CONTENTS[header.contents]


def _find_order(columns: tuple[str, ...], language: str, headers: TableHeaders) -> list[int] | None:
    """Return the indexes of the columns in the order of a known header, if it has the same columns."""
    for header in headers.of(language):
        if header.contents is not TableContents.APPROACHES and len(columns) == len(header.columns):
            order = [_index_of(position, columns, header) for position in range(len(columns))]
            if None not in order:
                return [index for index in order if index is not None]
        elif header.contents is TableContents.APPROACHES:
            area = _index_of(0, columns, header)
            rest = [index for index in range(len(columns)) if index != area]
            if area and all(header.has_column(1, columns[index]) for index in rest):
                return [area, *rest]
    return None


def _index_of(position: int, columns: tuple[str, ...], header: KnownHeader) -> int | None:
    return next((index for index, cell in enumerate(columns) if header.has_column(position, cell)), None)


def _name_governments(table: Table, header: KnownHeader) -> Table | None:
    """Return an approach table whose cells such as `State Approach` have the known form, or None."""
    cells = [_to_known_form(cell, header) for cell in table.header[1:]]
    return replace(table, header=(table.header[0], *filter(None, cells))) if all(cells) else None


def _to_known_form(cell: str, header: KnownHeader) -> str | None:
    """Return a cell that contains the word of an approach column and a name in the form of the known header."""
    if header.has_column(1, to_plain_text(cell)):
        return cell
    for pattern in header.columns[1]:
        word = max(re.findall(r"\w+", pattern.replace(GOVERNMENT, " ")), key=len)
        match = re.fullmatch(rf"(.*\S)\s+{word}|{word}\s+(\S.*)", cell, re.IGNORECASE)
        if match:
            return header.columns[1][0].replace(GOVERNMENT, match[1] or match[2])
    return None


def _fits(columns: tuple[str, ...], header: KnownHeader) -> bool:
    """Return whether a header has as many columns as a known one, and all but one of them in their places."""
    if header.contents is TableContents.APPROACHES:
        return len(columns) > 1 and (header.has_column(0, columns[0]) or header.has_column(1, columns[-1]))
    matches = sum(header.has_column(index, cell) for index, cell in enumerate(columns))
    return len(columns) == len(header.columns) and 2 * matches >= len(columns) - 1
