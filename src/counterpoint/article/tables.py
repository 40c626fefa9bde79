"""The parser of tables: cells become texts, and the rows under a known header become statements."""

from collections.abc import Iterable, Iterator

from counterpoint.article.block_attributes import AttributedBlock
from counterpoint.article.markdown import Body
from counterpoint.article.measures import parse_measures
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.normalization import describe_name_problem, is_visible, slugify
from counterpoint.article.records import (
    Approach,
    ProposedSolution,
    Role,
    Stance,
    Table,
    TableContents,
    TableStatement,
)
from counterpoint.article.rendering import RenderedMarkdown
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_classifier import TableClassifier
from counterpoint.article.table_grid import TableRow, render_table, table_grid

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
    html_rows = tuple(tuple(cell.html for cell in row) for row in cells[1:])
    contents, governments = classifier.classify(block.class_name, columns, grid.rows[0])
    has_approaches = contents is TableContents.APPROACHES
    _check_governments(governments, grid.rows[0], source)
    governments = classifier.settle_governments(governments)
    named_rows = [classifier.settle_row(contents, row) for row in cells[1:]]
    statements: list[TableStatement] = []
    for row, row_cells, token_row in zip(rows, named_rows, grid.rows[1:], strict=True):
        _check_row(row, token_row, contents, source)
        # A ragged row makes no statements because its cells can't be assigned; `check_blocks` has reported it.
        if len(row) == len(columns):
            statements += _row_statements(row_cells, token_row.line, contents, governments)
    _check_contradictions(statements, source)
    return Table(
        contents=contents,
        columns=columns,
        rows=tuple(rows),
        html=render_table(cells, grid.alignments),
        html_rows=html_rows,
        column_alignments=grid.alignments,
        statements=tuple(statements),
        governments=governments,
        policy_areas=_distinct_names(row[0].text for row in named_rows if row) if has_approaches else (),
        line=block.line,
    )


def _row_statements(
    cells: list[RenderedMarkdown], line: int, contents: TableContents, governments: tuple[str, ...]
) -> Iterator[TableStatement]:
    match contents:
        case TableContents.STANCES:
            party, stance, measures = cells
            yield Stance(party.text, stance.text, stance.html, parse_measures(measures, line), line)
        case TableContents.APPROACHES:
            for government, cell in zip(governments, cells[1:], strict=True):
                if is_visible(cell.text):
                    yield Approach(cells[0].text, government, cell.text, cell.html, line)
        case TableContents.ROLES:
            group, function, message = cells
            yield Role(group.text, function.text, function.html, message.text, message.html, line)
        case TableContents.SOLUTIONS:
            challenge, text, benefit = cells
            yield ProposedSolution(
                challenge.text, challenge.html, text.text, text.html, benefit.text, benefit.html, line
            )


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
        # A name without letter or digit is an error of its own.
        if all(key) and first.setdefault(key, statement) is not statement:
            earlier = first[key]
            where = f"in line {earlier.line}" if earlier.line != statement.line else "in this row"
            source.warn(f"{name} {where}", statement.line, hint="keep one of them")


def _check_row(row: tuple[str, ...], token_row: TableRow, contents: TableContents, source: SourceFile) -> None:
    for index, cell in enumerate(row[: _REQUIRED_CELLS[contents]]):
        if not is_visible(cell):
            column = token_row.cell_column(index)
            source.report("this required cell is empty", token_row.line, column, hint="fill it in")
    if row and is_visible(row[0]) and contents not in (TableContents.SOLUTIONS, TableContents.OTHER):
        _check_name(row[0], 0, token_row, source)


def _check_governments(names: tuple[str, ...], header: TableRow, source: SourceFile) -> None:
    for index, name in enumerate(names, start=1):
        _check_name(name, index, header, source)


def _check_name(name: str, index: int, token_row: TableRow, source: SourceFile) -> None:
    if problem := describe_name_problem(name):
        message = f"the name {shorten_and_quote(name)} {problem}"
        hint = "shorten it" if slugify(name) else "write the name here"
        source.report(message, token_row.line, token_row.cell_column(index), hint=hint)


def _distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    spellings: dict[str, str] = {}
    for name in names:
        spellings.setdefault(slugify(name), name)
    return tuple(spellings.values())
