"""The parser of tables: cells become texts, and the rows under a known header become statements."""

import re
from collections.abc import Iterable, Iterator

from counterpoint.article.block_attributes import AttributedBlock
from counterpoint.article.markdown import Body
from counterpoint.article.normalization import describe_name_problem, slugify
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
from counterpoint.article.table_classifier import TableClassifier
from counterpoint.article.table_grid import TableRow, render_table, table_grid

_MEASURE_SEPARATOR = re.compile("[;\uff1b\u061b]")
"""The semicolon: ASCII, full-width and Arabic."""
_REQUIRED_CELLS = {
    TableContents.STANCES: 2,
    TableContents.APPROACHES: 1,
    TableContents.ROLES: 3,
    TableContents.SOLUTIONS: 3,
    TableContents.OTHER: 0,
}
"""How many cells of a row, from its first, must not be empty."""


def parse_table(block: AttributedBlock, body: Body, classifier: TableClassifier, source: SourceFile) -> Table:
    """Parse a table, with statements if its header is known or declared. Report invalid cells."""
    cells = body.render_cells(block.tokens[0])
    grid = table_grid(block.tokens[0])
    columns, *rows = (tuple(cell.text for cell in row) for row in cells)
    contents, governments = classifier.classify(block.class_name, columns, grid.rows[0])
    has_approaches = contents is TableContents.APPROACHES
    _check_governments(governments, grid.rows[0], source)
    statements: list[TableStatement] = []
    for row, token_row in zip(rows, grid.rows[1:], strict=True):
        _check_row(row, token_row, contents, source)
        # A ragged row makes no statements because its cells can't be assigned; `check_blocks` has reported it.
        if len(row) == len(columns):
            statements += _row_statements(row, token_row.line, contents, governments)
    _check_contradictions(statements, source)
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
    texts = (text.strip() for text in _MEASURE_SEPARATOR.split(cell))
    return tuple(Measure(text, line) for text in texts if text)


def _check_contradictions(statements: list[TableStatement], source: SourceFile) -> None:
    """Warn if one table has two stances of a party, or two approaches of a government in one policy area."""
    first: dict[tuple[str, ...], TableStatement] = {}
    key: tuple[str, ...]
    for statement in statements:
        match statement:
            case Stance(party):
                key, name = (slugify(party),), f"the party {shorten_and_quote(party)} has another stance"
            case Approach(area, government):
                key = slugify(area), slugify(government)
                name = f"{shorten_and_quote(government)} has another approach to {shorten_and_quote(area)}"
            case _:
                return
        if first.setdefault(key, statement) is not statement:
            earlier = first[key]
            where = f"in line {earlier.line}" if earlier.line != statement.line else "in this row"
            source.warn(f"{name} {where}", statement.line, hint="keep one of them")


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
