"""Tables in scraped text: cells between pipes, tabs or spaces, or each on a line of its own."""

import re
from collections.abc import Callable, Sequence

from counterpoint.article.records import TableContents
from counterpoint.article.table_headers import KnownHeader, TableHeaders
from counterpoint.convert.document import Doubt, Table, build_table
from counterpoint.convert.inline import to_inline
from counterpoint.convert.lines import Line, is_lead_in, is_prose, split_bullet

_RULE = re.compile(r"[\s|:+=─━│┃┼├┤┌┐└┘┬┴╋-]*[-=─━][\s|:+=─━│┃┼├┤┌┐└┘┬┴╋-]*")
"""A line between rows, such as |---|---| or +---+---+."""
_PIPE = re.compile(r"(?<!\\)[|│┃\uff5c]")
_SPACES = re.compile(r"\s{2,}")
_MAX_CELL_CHARS = 250
_MAX_PROSE_CELL_CHARS = 120

Result = tuple[Table, int]
"""A table, and the index of the first line after it."""


def read_table(lines: Sequence[Line], start: int, headers: TableHeaders) -> Result | None:
    """Read the table that begins at a line, if there is one."""
    for split, min_cells in ((_split_pipes, 2), (_split_tabs, 2), (_split_spaces, 3)):
        if result := _read_rows(lines, start, split, min_cells):
            return result
    return _read_cells_by_line(lines, start, headers)


def _read_rows(lines: Sequence[Line], start: int, split: Callable[[str], list[str]], min_cells: int) -> Result | None:
    """Read rows with a line for each. A single row is a table only if a rule follows."""
    rows: list[list[str]] = []
    has_rule = False
    end = start
    while end < len(lines) and (_is_rule(lines[end].text) or len(split(lines[end].text)) >= min_cells):
        if end > start and rows and lines[end].is_after_blank and len(split(lines[end].text)) != len(rows[0]):
            break
        if _is_rule(lines[end].text):
            has_rule = True
        else:
            rows.append(split(lines[end].text))
        end += 1
    if not rows or (len(rows) < 2 and not has_rule) or _is_rule_of_text(lines, start, rows):
        return None
    return build_table([[to_inline(cell) for cell in row] for row in _merge_continuations(rows)]), end


def _is_rule_of_text(lines: Sequence[Line], start: int, rows: list[list[str]]) -> bool:
    """Return whether the rows are rather prose: cells that are separated by spaces only, of different numbers."""
    text = lines[start].text
    is_spaced = "\t" not in text and not _PIPE.search(text) and not _is_rule(text)
    return is_spaced and (len({len(row) for row in rows}) > 1 or len(rows) < 3)


def _merge_continuations(rows: list[list[str]]) -> list[list[str]]:
    """Append rows without a first cell to the row above, because a cell of it was wrapped."""
    merged = rows[:1]
    for row in rows[1:]:
        if not row[0] and any(row) and len(merged) > 1 and len(row) == len(merged[-1]):
            merged[-1] = [" ".join(filter(None, cells)) for cells in zip(merged[-1], row, strict=True)]
        else:
            merged.append(row)
    return merged


def _is_rule(text: str) -> bool:
    return (
        len(text) > 2
        and _RULE.fullmatch(text) is not None
        and ("|" in text or "+" in text or "─" in text or "---" in text)
    )


def _split_pipes(text: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _PIPE.split(text)]
    if len(cells) == 1:
        return []
    if not cells[0] and len(cells) > 2:
        cells = cells[1:]
    return cells[:-1] if not cells[-1] and _PIPE.match(text) else cells


def _split_tabs(text: str) -> list[str]:
    if "\t" not in text or split_bullet(text):
        return []
    return [cell.strip() for cell in re.split(r" *\t *", text)]


def _split_spaces(text: str) -> list[str]:
    return [] if split_bullet(text) or is_prose(text) else _SPACES.split(text)


def _read_cells_by_line(lines: Sequence[Line], start: int, headers: TableHeaders) -> Result | None:
    """Read a table whose cells are lines, if the first lines are a known header."""
    width = _header_width(lines, start, headers)
    if width == 0:
        return None
    is_spaced = all(line.is_after_blank for line in lines[start + 1 : start + width])
    end = _find_end(lines, start + width, width, is_spaced=is_spaced)
    count = (end - start) // width
    if count < 2:
        return None
    texts = [to_inline(line.text) for line in lines[start : start + count * width]]
    rows = [texts[index : index + width] for index in range(0, len(texts), width)]
    doubt = Doubt("this table was built from lines with one cell each", "compare the rows with the source")
    return build_table(rows, doubt), start + count * width


def _header_width(lines: Sequence[Line], start: int, headers: TableHeaders) -> int:
    texts = [line.text for line in lines[start : start + 8]]
    return max(
        (_matching_width(texts, header) for group in headers.by_language.values() for header in group), default=0
    )


def _matching_width(texts: list[str], header: KnownHeader) -> int:
    """Return how many lines are the columns of a known header, or 0."""
    width = len(header.columns)
    if header.contents is TableContents.APPROACHES:
        while width < len(texts) and header.government_in(texts[width]) is not None:
            width += 1
    return width if header.match(tuple(texts[:width])) else 0


def _find_end(lines: Sequence[Line], start: int, width: int, *, is_spaced: bool) -> int:
    """Return the index of the first line that can't be a cell, or begins a group of another size."""
    end = start
    while end < len(lines) and _is_cell(lines[end].text):
        if not is_spaced and lines[end].is_after_blank and (end - start) % width == 0 and end > start:
            group = _group_size(lines, end)
            if group % width:
                break
        end += 1
    return end


def _group_size(lines: Sequence[Line], start: int) -> int:
    size = 1
    while start + size < len(lines) and not lines[start + size].is_after_blank:
        size += 1
    return size


def _is_cell(text: str) -> bool:
    is_long = len(text) > (_MAX_PROSE_CELL_CHARS if is_prose(text) else _MAX_CELL_CHARS)
    return not is_long and not is_lead_in(text) and split_bullet(text) is None and not text.startswith("#")
