"""Tables in scraped text: cells between pipes, tabs or spaces, or each on a line of its own."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from counterpoint.article.records import TableContents
from counterpoint.article.table_headers import KnownHeader, TableHeaders, normalize_header
from counterpoint.convert.document import Doubt, Table, build_table
from counterpoint.convert.inline import to_inline
from counterpoint.convert.lines import Line, is_lead_in, is_prose, split_bullet

_RULE_CHARS = frozenset(" \t|:+=─━│┃┼├┤┌┐└┘┬┴╋-")
"""The characters of a line between rows, such as |---|---| or +---+---+."""
_PIPE = re.compile(r"(?<!\\)[|│┃\uff5c]")
_SPACES = re.compile(r"\s{2,}")
_MAX_HEADER_LINES = 8
_MAX_CELL_CHARS = 250
_MAX_PROSE_CELL_CHARS = 120

Result = tuple[Table, int]
"""A table, and the index of the first line after it."""


class TableReader:
    """The reader of tables, with the known headers by their first cell."""

    def __init__(self, headers: TableHeaders) -> None:
        self._headers: dict[str, list[KnownHeader]] = defaultdict(list)
        for header in (header for group in headers.by_language.values() for header in group):
            for text in header.normalized_columns[0]:
                self._headers[text].append(header)

    def read(self, lines: Sequence[Line], start: int) -> Result | None:
        """Read the table that begins at a line, if there is one."""
        for split, min_cells, min_rows in ((_split_pipes, 2, 2), (_split_tabs, 2, 2), (_split_spaces, 3, 3)):
            if result := self._read_rows(lines, start, split, min_cells, min_rows):
                return result
        return _read_cells_by_line(lines, start, self._header_width(lines, start))

    def _header_width(self, lines: Sequence[Line], start: int) -> int:
        """Return how many lines from here on are the columns of a known header, or 0."""
        headers = self._headers.get(normalize_header(lines[start].text), [])
        texts = [line.text for line in lines[start : start + _MAX_HEADER_LINES]]
        return max((_matching_width(texts, header) for header in headers), default=0)

    def _read_rows(
        self, lines: Sequence[Line], start: int, split: Callable[[str], list[str]], min_cells: int, min_rows: int
    ) -> Result | None:
        """Read rows with a line for each. Cells between spaces must be equally many. A rule makes one row a table."""
        rows: list[list[str]] = []
        has_rule = False
        end = start
        while end < len(lines):
            is_rule = _is_rule(lines[end].text)
            cells = [] if is_rule else split(lines[end].text)
            is_other = rows and len(cells) != len(rows[0]) and (lines[end].is_after_blank or min_rows > 2)
            if not is_rule and (len(cells) < min_cells or is_other or (rows and self._is_header(cells))):
                break
            has_rule |= is_rule
            rows += [cells] if cells else []
            end += 1
        if not rows or (len(rows) < min_rows and not has_rule):
            return None
        # A row without a first cell continues the row above, but not in Markdown, whose only rule is below the header.
        is_markdown = split is _split_pipes and has_rule and not _is_rule(lines[start].text)
        rows = rows if is_markdown else _merge_continuations(rows)
        return build_table([[to_inline(cell) for cell in row] for row in rows]), end

    def _is_header(self, cells: list[str]) -> bool:
        return any(header.match(tuple(cells)) for header in self._headers.get(normalize_header(cells[0]), ()))


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
    return len(text) > 2 and _RULE_CHARS.issuperset(text) and any(part in text for part in ("|-", "+-", "─", "---"))


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
    return [cell.strip() for cell in text.split("\t")]


def _split_spaces(text: str) -> list[str]:
    return [] if split_bullet(text) or is_prose(text) else _SPACES.split(text)


def _read_cells_by_line(lines: Sequence[Line], start: int, width: int) -> Result | None:
    """Read a table whose cells are lines, if the first lines are a known header."""
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
