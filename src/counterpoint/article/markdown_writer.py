"""The writer of canonical Markdown: block tokens to text.

Blocks get one form each, such as `-` before items and fences around code. Inline Markdown stays as its author wrote it:
addresses, entities and escape sequences have many spellings, and none of them is better for every author.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode

from counterpoint.article.lists import MAX_ITEM_NUMBER
from counterpoint.article.markdown import ATTRIBUTES, DEFINITION, Body
from counterpoint.article.table_grid import DELIMITERS, table_grid

_FOOTNOTE = "footnote_reference"
_LIST_TYPES = ("bullet_list", "ordered_list")
_BLANK = "\u3000"
"""White space that begins no block, and that the parser removes from the ends of a paragraph."""
_CONTAINER_TYPES = (*_LIST_TYPES, "blockquote", _FOOTNOTE)
_LAZY_TYPES = ("paragraph", "heading", "table")
"""The types of blocks whose first line may continue a paragraph above it."""
_QUOTE_PREFIX = re.compile(r"(?:[ >]|[-*+] |[0-9]+[.)] )*>")
_CODE_OR_LINK = re.compile(r"[`\[]")
"""The start of markup in which white space at the ends of lines may count."""
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?<![\\ ]) {2,}$", re.MULTILINE)
_SPACE_AT_END = re.compile(r"(?<![\\ ]) $", re.MULTILINE)
_INTERRUPTION = re.compile(
    r"#{1,6}(?:[ \t]|$)|>|[-+*][ \t]+[^ \t]|1[.)][ \t]+[^ \t]|`{3}|~{3}|\{|\[\^[^ \]]+\]:"
    r"|(?:=+|:?-+:?)[ \t]*$|([-*_])[ \t]*(?:\1[ \t]*){2,}$"
)
"""The start of a line that would end the paragraph above it, or make it a heading or a table.

A paragraph contains such lines if they are indented, or outside of the quote or list that it is in.
"""
_BLOCK_START = re.compile(rf"{_INTERRUPTION.pattern}|[-+*]$|[0-9]{{1,9}}[.)](?:[ \t]|$)|\[(?:[^][\\]|\\.)*\]:")
"""The start of a line that would begin another block than a paragraph."""
_CODE_INDENT = " " * 4
_DASHES = re.compile(r"[-*][-* \t]*")
_CLOSING_HASHES = re.compile(r"(?:(?<=[ \t])|^)(#+)$")


def write_markdown(body: Body) -> str:
    """Return the Markdown of an article that was parsed with its definitions."""
    return "\n".join(_write_blocks(SyntaxTreeNode(body.tokens).children))


def _write_blocks(nodes: Sequence[SyntaxTreeNode], *, is_tight: bool = False) -> list[str]:
    lines: list[str] = []
    adjacent_lists = 0
    for previous, node in zip([None, *nodes], nodes, strict=False):
        adjacent_lists = adjacent_lists + 1 if previous and previous.type == node.type else 0
        if previous and not is_tight and not _is_adjacent(previous, node):
            lines.append("")
        if previous and is_tight and node.type in _LAZY_TYPES:
            lines += _write_end_of_quote(previous, lines[-1])
        if node.type in _LIST_TYPES:
            # Adjacent lists have different markers, because they would be one list otherwise.
            lines += _write_list(node, is_second=adjacent_lists % 2 == 1)
        else:
            lines += _WRITERS[node.type](node)
    return lines


def _write_end_of_quote(node: SyntaxTreeNode, last_line: str) -> list[str]:
    """Return the line that ends a quote's paragraph in a list or quote, because the next line would continue it."""
    if node.type not in _CONTAINER_TYPES:
        return []
    while node.children and node.type != "paragraph":
        node = node.children[-1]
    prefix = _QUOTE_PREFIX.match(last_line) if node.type == "paragraph" else None
    return [re.sub("[^>]", " ", prefix[0])] if prefix else []


def _is_adjacent(previous: SyntaxTreeNode, node: SyntaxTreeNode) -> bool:
    """Return whether no empty line separates two blocks."""
    if previous.type == node.type == _FOOTNOTE:
        return _is_one_paragraph(previous) and _is_one_paragraph(node)
    return previous.type == ATTRIBUTES or previous.type == node.type == DEFINITION


def _is_one_paragraph(footnote: SyntaxTreeNode) -> bool:
    return [child.type for child in footnote.children] == ["paragraph"]


def _write_paragraph(node: SyntaxTreeNode) -> list[str]:
    return _write_inline(node) or [_BLANK]


def _write_inline(node: SyntaxTreeNode) -> list[str]:
    """Return the lines of a paragraph or heading."""
    content = node.children[0].content
    if not content:
        return []
    if not _CODE_OR_LINK.search(content):
        content = _SPACE_AT_END.sub("", _HARD_BREAK.sub(r"\\", _INDENT.sub("", content)))
    first, *others = content.split("\n")
    return [_protect_first_line(first, is_nested=node.level > 0), *map(_protect_line, others)]


def _protect_first_line(line: str, *, is_nested: bool) -> str:
    """Return the first line of a paragraph in a form that begins no other block."""
    if is_nested and _DASHES.fullmatch(line):
        # Behind the marker of an item, the line would be a thematic break.
        return f"\\{line}"
    return f"{_BLANK}{line}" if _BLOCK_START.match(line) else line


def _protect_line(line: str) -> str:
    """Return a further line of a paragraph in a form that does not end it."""
    text = line.lstrip(" \t")
    # A tab is no such indentation, because it is narrower behind the markers of quotes and items.
    return f"{_CODE_INDENT}{text}" if _INTERRUPTION.match(text) and not line.startswith(_CODE_INDENT) else line


def _write_heading(node: SyntaxTreeNode) -> list[str]:
    level = int(node.tag[1:])
    if "\n" in node.children[0].content:
        # Several hyphens below a pipe would be a table.
        return [*_write_inline(node), "===" if level == 1 else "-" if "|" in node.children[0].content else "---"]
    content = _CLOSING_HASHES.sub(r"\\\1", node.children[0].content)
    return [f"{'#' * level} {content}" if content else "#" * level]


def _write_thematic_break(node: SyntaxTreeNode) -> list[str]:
    # Inside a list, hyphens would be an item's marker or make a heading of the line above.
    return ["___" if node.level else "---"]


def _write_code(node: SyntaxTreeNode) -> list[str]:
    info = node.info.strip()
    char = "~" if "`" in info else "`"
    runs = re.findall(re.escape(char) + "+", node.content)
    fence = char * max([3, *(len(run) + 1 for run in runs)])
    separator = " " if info.startswith(char) else ""
    code = node.content.removesuffix("\n").split("\n") if node.content else []
    return [f"{fence}{separator}{info}", *code, fence]


def _write_quote(node: SyntaxTreeNode) -> list[str]:
    return [f"> {line}" if line else ">" for line in _write_blocks(node.children)] or [">"]


def _write_list(node: SyntaxTreeNode, *, is_second: bool) -> list[str]:
    is_tight = _is_tight(node)
    lines: list[str] = []
    for marker, item in zip(_item_markers(node, is_second=is_second), node.children, strict=False):
        if lines and not is_tight:
            lines.append("")
        lines += _indent(_write_blocks(item.children, is_tight=is_tight), marker, " " * len(marker))
    return lines


def _is_tight(node: SyntaxTreeNode) -> bool:
    """Return whether no empty lines separate the items of a list: its paragraphs then have no tags in HTML.

    A list without paragraphs is loose if it has an item of several blocks, because these may need to be separated.
    """
    paragraphs = [block for item in node.children for block in item.children if block.type == "paragraph"]
    if paragraphs:
        return all(paragraph.hidden for paragraph in paragraphs)
    return all(len(item.children) <= 1 for item in node.children)


def _item_markers(node: SyntaxTreeNode, *, is_second: bool) -> Iterator[str]:
    """Yield the marker of each item."""
    if node.type == "bullet_list":
        # An empty item is not marked by a hyphen, because several of them in one line are a thematic break.
        has_empty_item = not all(item.children for item in node.children)
        marker = "*" if is_second else "+" if has_empty_item else "-"
        yield from (f"{marker} " for _ in node.children)
    else:
        delimiter = ")" if is_second else "."
        start = int(node.attrs.get("start", 1))
        yield from (f"{min(start + index, MAX_ITEM_NUMBER)}{delimiter} " for index in range(len(node.children)))


def _indent(lines: Sequence[str], first_prefix: str, prefix: str) -> Iterator[str]:
    yield first_prefix + lines[0] if lines else first_prefix.rstrip()
    yield from (f"{prefix}{line}" if line else "" for line in lines[1:])


def _write_table(node: SyntaxTreeNode) -> list[str]:
    grid = table_grid(node.token) if node.token else None
    if grid is None:
        return []
    header, *rows = (_write_row(row.cells) for row in grid.rows)
    return [header, f"|{'|'.join(DELIMITERS[alignment] for alignment in grid.alignments)}|", *rows]


def _write_row(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in escaped)


def _write_class_line(node: SyntaxTreeNode) -> list[str]:
    return [f"{{.{node.attrs['class']}}}"]


def _write_definition(node: SyntaxTreeNode) -> list[str]:
    return [line.strip(" \t") for line in node.content.split("\n")]


def _write_footnote(node: SyntaxTreeNode) -> list[str]:
    label = f"[^{node.meta['label']}]:"
    lines = _write_blocks(node.children)
    if node.children and node.children[0].type == "paragraph":
        return [*_indent(lines, f"{label} ", " " * 4)]
    # In the line of the label, a list or a fence would need another indentation.
    return [*_indent([label, *lines], "", " " * 4)]


_WRITERS: Mapping[str, Callable[[SyntaxTreeNode], list[str]]] = {
    "paragraph": _write_paragraph,
    "heading": _write_heading,
    "hr": _write_thematic_break,
    "fence": _write_code,
    "code_block": _write_code,
    "blockquote": _write_quote,
    "table": _write_table,
    ATTRIBUTES: _write_class_line,
    DEFINITION: _write_definition,
    _FOOTNOTE: _write_footnote,
}
