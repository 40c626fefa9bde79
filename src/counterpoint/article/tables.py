"""Tables to records: cell for cell, and what their rows state where the header is known."""

from collections.abc import Iterable, Iterator

from counterpoint.article.block_attributes import AttributedBlock
from counterpoint.article.markdown import Body
from counterpoint.article.normalization import name_problem, slugify
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
from counterpoint.article.table_headers import classify_table, government_in_header
from counterpoint.article.table_tokens import TableRow, render_table, table_grid

_REQUIRED = {
    TableContents.STANCES: 2,
    TableContents.APPROACHES: 1,
    TableContents.ROLES: 3,
    TableContents.SOLUTIONS: 3,
    TableContents.OTHER: 0,
}
"""How many cells of a row, from its first, must not be empty."""


def parse_table(chunk: AttributedBlock, body: Body, source: SourceFile) -> Table:
    """The table, known by its header unless its class keeps it plain."""
    cells = body.cells(chunk.tokens[0])
    grid = table_grid(chunk.tokens[0])
    columns, *rows = (tuple(cell.text for cell in row) for row in cells)
    contents = TableContents.OTHER if chunk.name == "other" else classify_table(columns)
    compares = contents is TableContents.APPROACHES
    governments = tuple(government_in_header(column) for column in columns[1:]) if compares else ()
    _check_governments(governments, grid.rows[0], source)
    statements: list[TableStatement] = []
    for row, written in zip(rows, grid.rows[1:], strict=True):
        _check_row(row, written, contents, source)
        # A ragged row is a problem already; it states nothing.
        if len(row) == len(columns):
            statements += _statements(row, written.line, contents, governments)
    return Table(
        contents=contents,
        columns=columns,
        rows=tuple(rows),
        html=render_table(cells, grid.styles),
        statements=tuple(statements),
        governments=governments,
        policy_areas=_distinct(row[0] for row in rows if row) if compares else (),
        line=chunk.line,
    )


def _statements(
    row: tuple[str, ...], line: int, contents: TableContents, governments: tuple[str, ...]
) -> Iterator[TableStatement]:
    match contents:
        case TableContents.STANCES:
            yield Stance(row[0], row[1], _measures(row[2], line), line)
        case TableContents.APPROACHES:
            for government, text in zip(governments, row[1:], strict=True):
                if text:
                    yield Approach(row[0], government, text, line)
        case TableContents.ROLES:
            yield Role(row[0], row[1], row[2], line)
        case TableContents.SOLUTIONS:
            yield ProposedSolution(row[0], row[1], row[2], line)


def _measures(cell: str, line: int) -> tuple[Measure, ...]:
    texts = (text.strip() for text in cell.split(";"))
    return tuple(Measure(text, line) for text in texts if text)


def _check_row(row: tuple[str, ...], written: TableRow, contents: TableContents, source: SourceFile) -> None:
    for at, cell in enumerate(row[: _REQUIRED[contents]]):
        if not cell:
            source.report("this cell is empty", written.line, written.column_of(at), hint="fill it in")
    if row and row[0] and contents not in (TableContents.SOLUTIONS, TableContents.OTHER):
        _check_name(row[0], 0, written, source)


def _check_governments(names: tuple[str, ...], header: TableRow, source: SourceFile) -> None:
    for at, name in enumerate(names, start=1):
        _check_name(name, at, header, source)


def _check_name(name: str, at: int, row: TableRow, source: SourceFile) -> None:
    if wrong := name_problem(name):
        source.report(f"the name {shorten_and_quote(name)} {wrong}", row.line, row.column_of(at))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    first_spelled: dict[str, str] = {}
    for name in names:
        first_spelled.setdefault(slugify(name), name)
    return tuple(first_spelled.values())
