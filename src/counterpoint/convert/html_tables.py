"""Tables of HTML pages."""

from bs4 import Tag

from counterpoint.convert.document import Doubt, Table, build_table
from counterpoint.convert.html_inline import InlineReader
from counterpoint.convert.html_metadata import attribute

_MAX_SPAN = 100
_MAX_CELLS = 100_000


def is_layout(table: Tag) -> bool:
    """Return whether a table only places content: it holds tables or headings, or has one row or one column."""
    if attribute(table, "role") in ("presentation", "none") or table.find(["table", "h1", "h2", "h3"]):
        return True
    rows = _rows(table)
    return len(rows) < 2 or max(len(_cells(row)) for row in rows) < 2


def read_table(table: Tag, inline: InlineReader) -> Table | None:
    """Read a table. Merged cells are repeated down rows, and empty but for the first across columns."""
    doubts = []
    rows = [row for row in _rows(table) if _cells(row)]
    if not rows:
        return None
    if not any(cell.name == "th" for cell in _cells(rows[0])):
        doubts.append(Doubt("the first row of this table was taken as its header"))
    grid, has_spans = _read_grid(rows, inline)
    if has_spans:
        doubts.append(Doubt("this table had merged cells", "their text is repeated down rows, and once across columns"))
    while len(grid) > 1 and not any(grid[0]):
        grid = grid[1:]
    return build_table(grid, *doubts, *inline.take_doubts()) if any(map(any, grid)) else None


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _read_grid(rows: list[Tag], inline: InlineReader) -> tuple[list[list[str]], bool]:
    """Return the cells' Markdown by row, and whether cells were merged."""
    pending: dict[int, tuple[str, int]] = {}
    grid: list[list[str]] = []
    has_spans = False
    count = 0
    for row in rows:
        cells: list[str] = []
        for cell in _cells(row):
            _fill_down(cells, pending)
            text = _read_cell(cell, inline)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            has_spans |= width > 1 or height > 1
            for offset in range(width):
                value = "" if offset else text
                if height > 1:
                    pending[len(cells)] = value, height - 1
                cells.append(value)
        _fill_down(cells, pending)
        count += len(cells)
        if count > _MAX_CELLS:
            break
        grid.append(cells)
    return grid, has_spans


def _fill_down(cells: list[str], pending: dict[int, tuple[str, int]]) -> None:
    """Append the cells that continue from the rows above."""
    while len(cells) in pending:
        text, remaining = pending.pop(len(cells))
        if remaining > 1:
            pending[len(cells)] = text, remaining - 1
        cells.append(text)


def _span(cell: Tag, name: str) -> int:
    text = attribute(cell, name)
    return min(int(text), _MAX_SPAN) if text.isdecimal() and int(text) > 0 else 1


def _read_cell(cell: Tag, inline: InlineReader) -> str:
    """Return a cell on one line. The items of a list in it, and its paragraphs, are separated by semicolons."""
    parts = cell.find_all(["li", "p"])
    leaves = [part for part in parts if not part.find(["li", "p"])]
    if len(leaves) < 2:
        return inline.read(cell.contents, is_single_line=True)
    texts = [inline.read(part.contents, is_single_line=True) for part in leaves]
    rest = inline.read(cell.contents, is_single_line=True)
    return "; ".join(text.rstrip(";") for text in [rest, *texts] if text)
