"""The converter of HTML pages."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from bs4 import Tag

from counterpoint.article.normalization import slugify
from counterpoint.convert.document import (
    Block,
    Document,
    Doubt,
    Heading,
    ItemList,
    Metadata,
    Paragraph,
    Table,
    to_plain_text,
)
from counterpoint.convert.html_blocks import BlockReader, merge_lists
from counterpoint.convert.html_content import extract_content
from counterpoint.convert.html_inline import InlineReader
from counterpoint.convert.html_metadata import attribute, read_metadata
from counterpoint.convert.lines import Line, clean_text, is_heading_like, is_prose
from counterpoint.convert.page_furniture import is_furniture
from counterpoint.convert.page_header import read_page_header

_MAX_HEADER_BLOCKS = 12


def convert_html(page: Tag) -> Document:
    """Convert a page."""
    metadata = read_metadata(page)
    heading = _find_title(page)
    content, removed = extract_content(page)
    if removed:
        metadata.doubt("title", f"left out as parts of the page: {', '.join(removed)}")
    blocks = read_blocks(content, metadata.url or _base_url(page))
    blocks, metadata.title = _split_title(blocks, heading or metadata.title)
    blocks = _read_header(_drop_furniture(blocks, metadata), metadata)
    return Document(metadata, tuple(mark_headings(blocks)))


def read_blocks(content: Tag, base_url: str | None) -> list[Block]:
    """Return the blocks of an element, with addresses relative to a base URL."""
    return [*merge_lists(BlockReader(InlineReader(base_url)).read(content))]


def mark_headings(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks. If none is a heading, short paragraphs above prose, lists and tables become headings."""
    has_headings = any(isinstance(block, Heading) for block in blocks)
    for block, following in zip_longest(blocks, blocks[1:]):
        if not has_headings and isinstance(block, Paragraph) and _is_heading(block, following):
            doubt = Doubt(f"the line {to_plain_text(block.markdown)!r} was taken as a heading")
            yield Heading(markdown=block.markdown, doubts=(*block.doubts, doubt))
        else:
            yield block


def _is_heading(block: Paragraph, following: Block | None) -> bool:
    is_above_text = isinstance(following, ItemList | Table) or (
        isinstance(following, Paragraph) and is_prose(to_plain_text(following.markdown))
    )
    is_text = not block.markdown.startswith((">", "`", "!")) and "\n" not in block.markdown
    return is_text and is_above_text and is_heading_like(to_plain_text(block.markdown))


def _find_title(page: Tag) -> str | None:
    """Return the text of the page's only heading of level 1, or of its article's."""
    for scope in (page, page.find("article")):
        headings = scope.find_all("h1") if isinstance(scope, Tag) else []
        texts = [" ".join(clean_text(heading.get_text()).split()) for heading in headings]
        if len(headings) == 1 and texts[0]:
            return texts[0]
    return None


def _base_url(page: Tag) -> str | None:
    base = page.find("base", href=True)
    return attribute(base, "href") if isinstance(base, Tag) else None


def _split_title(blocks: list[Block], title: str | None) -> tuple[list[Block], str | None]:
    """Return the blocks from the title on, without it, and the title. Blocks above it belong to the page."""
    slug = slugify(title or "")
    for index, block in enumerate(blocks[:_MAX_HEADER_BLOCKS]):
        text = to_plain_text(block.markdown) if isinstance(block, Heading) else ""
        if text and (slugify(text) == slug or (title is None and index == 0)):
            return blocks[index + 1 :], text
    return blocks, title


def _drop_furniture(blocks: Iterable[Block], metadata: Metadata) -> list[Block]:
    """Return the blocks without paragraphs such as `Read more`."""
    content = []
    for block in blocks:
        text = to_plain_text(block.markdown) if isinstance(block, Paragraph | Heading) else ""
        if text and "\n" not in text and not text.startswith(">") and is_furniture(text):
            metadata.doubt("title", f"left out as a part of the page: {text!r}")
        else:
            content.append(block)
    return content


def _read_header(blocks: list[Block], metadata: Metadata) -> list[Block]:
    """Read authors and dates from the paragraphs below the title, and return the other blocks."""
    paragraphs = []
    for block in blocks[:_MAX_HEADER_BLOCKS]:
        if not isinstance(block, Paragraph) or block.markdown.startswith(("!", ">", "`")):
            break
        paragraphs.append(Line(to_plain_text(block.markdown).replace("\\\n", " ")))
    title = Line(metadata.title or "Untitled")
    header = Metadata(title=metadata.title)
    rest = read_page_header([title, *paragraphs], header)
    remaining = [block for block, line in zip(blocks, paragraphs, strict=False) if any(line is other for other in rest)]
    _complete(metadata, header)
    return [*remaining, *blocks[len(paragraphs) :]]


def _complete(metadata: Metadata, header: Metadata) -> None:
    """Add the values that the page's metadata lacks."""
    keys = [key for key in ("subtitle", "authors", "published", "updated", "url") if not getattr(metadata, key)]
    for key in keys:
        setattr(metadata, key, getattr(header, key))
    metadata.doubts += [doubt for doubt in header.doubts if doubt[0] in keys]
