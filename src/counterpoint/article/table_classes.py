"""Decisions about tables: what each holds, by its class or its header."""

from functools import partial

from counterpoint.article.block_attributes import TABLE_CLASSES
from counterpoint.article.records import TableContents
from counterpoint.article.similar_headers import find_similar
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.table_headers import PLAIN_TABLE, HeaderMatch, KnownHeader, TableHeaders
from counterpoint.article.table_tokens import TableRow
from counterpoint.article.tables import Classify

_CLASSES_BY_CONTENTS = {contents: name for name, contents in TABLE_CLASSES.items()}
_DECLARED_COLUMNS = {
    TableContents.STANCES: "party, stance, measures",
    TableContents.ROLES: "group, function, core message",
    TableContents.SOLUTIONS: "challenge, proposed solution, anticipated benefit",
}


def table_classifier(headers: TableHeaders, language: str, source: SourceFile) -> Classify:
    """Return a function that classifies the tables of an article. It reports headers that are nearly known."""
    return partial(_classify, headers, language, source)


def _classify(
    headers: TableHeaders,
    language: str,
    source: SourceFile,
    class_name: str | None,
    columns: tuple[str, ...],
    header_row: TableRow,
) -> HeaderMatch:
    match = headers.classify(columns, language)
    if class_name is not None:
        declared = TABLE_CLASSES[class_name]
        return (
            match if declared is match.contents else _declare(declared, headers, language, source, columns, header_row)
        )
    if match is PLAIN_TABLE:
        _report_nearly_known(headers, language, source, columns, header_row)
    return match


def _declare(
    contents: TableContents,
    headers: TableHeaders,
    language: str,
    source: SourceFile,
    columns: tuple[str, ...],
    header_row: TableRow,
) -> HeaderMatch:
    """Return what a class declares. Report a header with another number of columns."""
    if contents is TableContents.OTHER:
        return PLAIN_TABLE
    name = _CLASSES_BY_CONTENTS[contents]
    if contents is TableContents.APPROACHES:
        if len(columns) > 1:
            return HeaderMatch(contents, tuple(headers.government_in(cell, language) for cell in columns[1:]))
        expected = "expected a policy area, and one column for each government"
    elif len(columns) == 3:
        return HeaderMatch(contents)
    else:
        expected = f"expected {_DECLARED_COLUMNS[contents]}"
    count = "one column" if len(columns) == 1 else f"{len(columns)} columns"
    source.report(f"{{.{name}}} can't be applied to a table with {count}", header_row.line, hint=expected)
    return PLAIN_TABLE


def _report_nearly_known(
    headers: TableHeaders, language: str, source: SourceFile, columns: tuple[str, ...], header_row: TableRow
) -> None:
    received = shorten_and_quote(" | ".join(columns))
    if foreign := headers.find_foreign(columns):
        name = _CLASSES_BY_CONTENTS[foreign.contents]
        message = f"the header {received} is known in the language {foreign.language}, but the article's is {language}"
        hint = f"write language: {foreign.language} in the front matter, or {_class_lines(name)}"
        source.report(message, header_row.line, header_row.column, hint=hint)
    elif similar := find_similar(columns, language, headers):
        name = _CLASSES_BY_CONTENTS[similar.contents]
        message = f"the header {received} is not quite a known one, expected {shorten_and_quote(str(similar))}"
        column = header_row.cell_column(_first_difference(columns, similar))
        source.report(message, header_row.line, column, hint=f"correct it, or write {_class_lines(name)}")


def _class_lines(name: str) -> str:
    return f"{{.{name}}} above the table to read it as {name}, or {{.other}} to keep it plain"


def _first_difference(columns: tuple[str, ...], known: KnownHeader) -> int:
    """Return the index of the first column that differs from the known header, or the last column."""
    for index, cell in enumerate(columns):
        if known.contents is TableContents.APPROACHES and index > 0:
            is_equal = known.government_in(cell) is not None
        else:
            is_equal = index < len(known.columns) and known.has_text(index, cell)
        if not is_equal:
            return index
    return len(columns) - 1
