"""The parser of tables: cells become texts, and the rows under a known header become statements."""

import re
from collections.abc import Iterable, Iterator

from counterpoint.article.block_attributes import AttributedBlock
from counterpoint.article.markdown import Body
from counterpoint.article.normalization import describe_name_problem, fold, slugify
from counterpoint.article.records import (
    Approach,
    Measure,
    ProposedSolution,
    Role,
    Stance,
    Table,
    TableContents,
    TableStatement,
)
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.table_grid import TableRow, render_table, table_grid

_APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
_TO_STRAIGHT_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_APPROACH_HEADER = re.compile(rf"(.*?)\s*[{_APOSTROPHES}]\s*s\s*approach", re.DOTALL | re.IGNORECASE)

_CONTENTS_BY_HEADER: dict[tuple[str, ...], TableContents] = {
    ("party", "stance", "recentmeasures"): TableContents.STANCES,
    ("group", "function", "coremessage"): TableContents.ROLES,
    ("challenge", "proposedsolution", "anticipatedbenefit"): TableContents.SOLUTIONS,
}
_REQUIRED_CELLS = {
    TableContents.STANCES: 2,
    TableContents.APPROACHES: 1,
    TableContents.ROLES: 3,
    TableContents.SOLUTIONS: 3,
    TableContents.OTHER: 0,
}
"""How many cells of a row, from its first, must not be empty."""


def parse_table(block: AttributedBlock, body: Body, source: SourceFile) -> Table:
    """Parse a table, with statements if its header is known and its class is not `other`. Report invalid cells."""
    cells = body.render_cells(block.tokens[0])
    grid = table_grid(block.tokens[0])
    columns, *rows = (tuple(cell.text for cell in row) for row in cells)
    contents = TableContents.OTHER if block.class_name == "other" else classify_table(columns)
    has_approaches = contents is TableContents.APPROACHES
    governments = tuple(government_in_header(column) for column in columns[1:]) if has_approaches else ()
    _check_governments(governments, grid.rows[0], source)
    statements: list[TableStatement] = []
    for row, token_row in zip(rows, grid.rows[1:], strict=True):
        _check_row(row, token_row, contents, source)
        # A ragged row makes no statements because its cells can't be assigned; `check_blocks` has reported it.
        if len(row) == len(columns):
            statements += _row_statements(row, token_row.line, contents, governments)
    return Table(
        contents=contents,
        columns=columns,
        rows=tuple(rows),
        html=render_table(cells, grid.alignments),
        statements=tuple(statements),
        governments=governments,
        policy_areas=_distinct_names(row[0] for row in rows if row) if has_approaches else (),
        line=block.line,
    )


def classify_table(columns: tuple[str, ...]) -> TableContents:
    """Return the type of statement under a header, ignoring case, white space and the form of apostrophes."""
    header = tuple(_normalize_header(column) for column in columns)
    if header[0] == "policyarea" and len(header) > 1:
        has_approaches = all(column.endswith("'sapproach") for column in header[1:])
        return TableContents.APPROACHES if has_approaches else TableContents.OTHER
    return _CONTENTS_BY_HEADER.get(header, TableContents.OTHER)


def government_in_header(cell: str) -> str:
    """Return the government in a header cell, such as `City` in `City's Approach`."""
    match = _APPROACH_HEADER.fullmatch(cell)
    return match[1] if match else cell


def _normalize_header(cell: str) -> str:
    return fold(cell).translate(_TO_STRAIGHT_APOSTROPHE).replace(" ", "")


def _row_statements(
    row: tuple[str, ...], line: int, contents: TableContents, governments: tuple[str, ...]
) -> Iterator[TableStatement]:
    match contents:
        case TableContents.STANCES:
            yield Stance(row[0], row[1], _split_measures(row[2], line), line)
        case TableContents.APPROACHES:
            for government, text in zip(governments, row[1:], strict=True):
                if text:
                    yield Approach(row[0], government, text, line)
        case TableContents.ROLES:
            yield Role(row[0], row[1], row[2], line)
        case TableContents.SOLUTIONS:
            yield ProposedSolution(row[0], row[1], row[2], line)


def _split_measures(cell: str, line: int) -> tuple[Measure, ...]:
    texts = (text.strip() for text in cell.split(";"))
    return tuple(Measure(text, line) for text in texts if text)


def _check_row(row: tuple[str, ...], token_row: TableRow, contents: TableContents, source: SourceFile) -> None:
    for index, cell in enumerate(row[: _REQUIRED_CELLS[contents]]):
        if not cell:
            column = token_row.cell_column(index)
            source.report("this required cell is empty", token_row.line, column, hint="fill it in")
    if row and row[0] and contents not in (TableContents.SOLUTIONS, TableContents.OTHER):
        _check_name(row[0], 0, token_row, source)


def _check_governments(names: tuple[str, ...], header: TableRow, source: SourceFile) -> None:
    for index, name in enumerate(names, start=1):
        _check_name(name, index, header, source)


def _check_name(name: str, index: int, token_row: TableRow, source: SourceFile) -> None:
    if problem := describe_name_problem(name):
        message = f"the name {shorten_and_quote(name)} {problem}"
        source.report(message, token_row.line, token_row.cell_column(index))


def _distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    spellings: dict[str, str] = {}
    for name in names:
        spellings.setdefault(slugify(name), name)
    return tuple(spellings.values())
