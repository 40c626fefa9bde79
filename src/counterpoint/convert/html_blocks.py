"""The blocks of an HTML element: headings, paragraphs, lists, tables, quotes and code."""

import re
from collections.abc import Iterable, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from counterpoint.convert.document import Block, Doubt, Heading, ItemList, Paragraph, Table, list_lines, to_plain_text
from counterpoint.convert.html_inline import InlineReader
from counterpoint.convert.html_metadata import attribute
from counterpoint.convert.html_tables import is_layout, read_table
from counterpoint.convert.lines import clean_text, is_heading_like, split_bullet

_BLOCKS = [
    *("address", "article", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
]  # fmt: skip
_BLOCK_NAMES = frozenset(_BLOCKS)
_LANGUAGE_CLASS = re.compile(r"(?:language|lang|highlight-source)-([\w+#-]+)")


class BlockReader:
    """The reader of an element's blocks. It moves the nodes that it reads out of their tree."""

    def __init__(self, inline: InlineReader) -> None:
        self._inline = inline

    def read(self, element: Tag) -> Iterator[Block]:
        """Yield the blocks in an element, in its order."""
        run: list[PageElement] = []
        for node in list(element.children):
            if isinstance(node, Tag) and _is_block(node):
                yield from self._read_run(run)
                run = []
                yield from self._read_block(node)
            else:
                run.append(node)
        yield from self._read_run(run)

    def _read_run(self, nodes: list[PageElement]) -> Iterator[Block]:
        """Yield a paragraph of the inline nodes between blocks. Several line breaks in sequence separate paragraphs."""
        for group in _split_at_breaks(nodes):
            is_bold = _is_bold(group)
            markdown = self._inline.read(group)
            doubts = self._inline.take_doubts()
            if not markdown:
                continue
            plain = to_plain_text(markdown)
            if is_bold and is_heading_like(plain) and "\n" not in markdown:
                doubt = Doubt(f"the bold line {plain!r} was taken as a heading")
                yield Heading(markdown=markdown.replace("**", ""), level=7, doubts=(*doubts, doubt))
            else:
                yield from _split_typed_list(markdown, doubts)

    def _read_block(self, element: Tag) -> Iterator[Block]:
        match element.name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield from self._read_heading(element)
            case "ul" | "ol":
                yield from self._read_list(element)
            case "dl":
                yield from self._read_definitions(element)
            case "table" if not is_layout(element):
                yield from self._read_table(element)
            case "blockquote":
                yield from self._read_quote(element)
            case "pre":
                yield from _read_code(element)
            case "hr":
                return
            case _:
                yield from self.read(element)

    def _read_heading(self, element: Tag) -> Iterator[Block]:
        """Yield a heading. Blocks inside it follow it, because its end tag may be missing."""
        inner = element.find(_BLOCKS)
        blocks: list[Block] = []
        if isinstance(inner, Tag):
            first, *blocks = [*self.read(element)] or [Paragraph(markdown="")]
            text, doubts = (first.markdown, first.doubts) if isinstance(first, Heading | Paragraph) else ("", ())
        else:
            text, doubts = self._inline.read(element.contents, is_single_line=True), self._inline.take_doubts()
        markdown = " ".join(text.replace("**", "").replace("\\\n", " ").split())
        if any(char.isalnum() for char in to_plain_text(markdown)):
            yield Heading(markdown=markdown, level=int(element.name[1]), doubts=doubts)
        yield from blocks

    def _read_list(self, element: Tag) -> Iterator[Block]:
        items = [self._read_item(child) for child in element.find_all(True, recursive=False)]
        texts = tuple(filter(None, items))
        if texts:
            start = attribute(element, "start")
            doubts = [Doubt("the numbers of this list are not kept")] if start not in ("", "1") else []
            is_ordered = element.name == "ol"
            yield ItemList(items=texts, is_ordered=is_ordered, doubts=(*doubts, *self._inline.take_doubts()))

    def _read_item(self, element: Tag) -> str:
        """Return the Markdown of a list item: its first paragraph, and below it nested lists and other blocks."""
        lines: list[str] = []
        for block in self.read(element):
            if lines and not isinstance(block, ItemList):
                lines.append("")
            lines += _nested_lines(block)
        return "\n".join(lines)

    def _read_definitions(self, element: Tag) -> Iterator[Block]:
        """Yield a list with terms as labels."""
        items: list[str] = []
        term = ""
        for child in element.find_all(["dt", "dd"]):
            text = self._inline.read(child.contents, is_single_line=True)
            if child.name == "dt":
                term = text.replace("**", "").rstrip(":")
            elif text:
                items.append(f"**{term}:** {text}" if term else text)
        if items:
            yield ItemList(items=tuple(items), doubts=self._inline.take_doubts())

    def _read_table(self, element: Tag) -> Iterator[Block]:
        caption = element.find("caption")
        if isinstance(caption, Tag):
            yield from self.read(caption.extract())
        if table := read_table(element, self._inline):
            yield table

    def _read_quote(self, element: Tag) -> Iterator[Block]:
        lines: list[str] = []
        doubts: tuple[Doubt, ...] = ()
        for block in self.read(element):
            if lines:
                lines.append("")
            lines += _nested_lines(block)
            doubts += block.doubts
        if lines:
            yield Paragraph(markdown="\n".join(f"> {line}".rstrip() for line in lines), doubts=doubts)


def _is_block(element: Tag) -> bool:
    return element.name in _BLOCK_NAMES or element.find(_BLOCKS) is not None


def _split_at_breaks(nodes: list[PageElement]) -> Iterator[list[PageElement]]:
    group: list[PageElement] = []
    breaks: list[PageElement] = []
    for node in nodes:
        if isinstance(node, Tag) and node.name == "br":
            breaks.append(node)
        elif breaks and isinstance(node, NavigableString) and not node.strip():
            continue
        else:
            if len(breaks) > 1:
                yield group
                group = []
            elif group:
                group += breaks
            breaks = []
            group.append(node)
    yield group


def _is_bold(nodes: Iterable[PageElement]) -> bool:
    """Return whether inline nodes are bold as a whole."""
    tags = [node for node in nodes if isinstance(node, Tag) or str(node).strip()]
    return bool(tags) and all(isinstance(tag, Tag) and tag.name in ("b", "strong") for tag in tags)


def _split_typed_list(markdown: str, doubts: tuple[Doubt, ...]) -> Iterator[Block]:
    """Yield a paragraph, or a list if each of its lines begins with a typed bullet."""
    lines = [line.removesuffix("\\") for line in markdown.split("\n")]
    items = [split_bullet(line.removeprefix("\\")) for line in lines]
    if all(item and not item[0].rstrip(".)").isalnum() and item[1] for item in items):
        yield ItemList(items=tuple(item[1] for item in items if item), doubts=doubts)
    else:
        yield Paragraph(markdown=markdown, doubts=doubts)


def _nested_lines(block: Block) -> list[str]:
    """Return the lines of a block inside an item or a quote. A heading there is strong, and a table is its rows."""
    match block:
        case Heading():
            return [f"**{block.markdown}**"]
        case Paragraph():
            return block.markdown.split("\n")
        case ItemList():
            return [*list_lines(block)]
        case Table():
            return [" \u2014 ".join(filter(None, row)) for row in (block.header, *block.rows)]


def _read_code(element: Tag) -> Iterator[Block]:
    for line_break in element.find_all("br"):
        line_break.replace_with(NavigableString("\n"))
    text = clean_text(element.get_text()).strip("\n")
    if text.strip():
        runs = re.findall("`{3,}", text)
        fence = "`" * max([3, *(len(run) + 1 for run in runs)])
        classes = " ".join(attribute(tag, "class") for tag in [element, *element.find_all("code")])
        language = _LANGUAGE_CLASS.search(classes)
        yield Paragraph(markdown=f"{fence}{language[1] if language else ''}\n{text}\n{fence}")


def merge_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; lists of one item in sequence, which paragraphs with typed bullets are, become one list."""
    items: list[ItemList] = []
    for block in blocks:
        if isinstance(block, ItemList) and len(block.items) == 1 and not block.is_ordered:
            items.append(block)
        else:
            yield from _join_lists(items)
            items = []
            yield block
    yield from _join_lists(items)


def _join_lists(lists: list[ItemList]) -> Iterator[Block]:
    if lists:
        yield ItemList(
            items=tuple(item for part in lists for item in part.items),
            doubts=tuple(doubt for part in lists for doubt in part.doubts),
        )
