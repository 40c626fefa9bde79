"""The converter of Word documents (.docx)."""

import io
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import mammoth  # type: ignore[import-untyped]  # the library has no types
from bs4 import Tag

from counterpoint.article.language_tags import is_language_tag
from counterpoint.convert.document import Block, Document, Heading, Metadata, Paragraph, to_plain_text
from counterpoint.convert.html_page import mark_headings, read_blocks
from counterpoint.convert.html_tree import parse_html_text
from counterpoint.convert.lines import is_heading_like
from counterpoint.convert.page_header import split_names
from counterpoint.convert.source import SourceError

MAX_XML_BYTES = 20_000_000
"""Maximum size of the unpacked XML. Images are not unpacked."""
_NOT_DOCX = "is not a .docx file, or is damaged"
_CORE_PROPERTIES = "docProps/core.xml"
_PROPERTIES = ("title", "creator", "description", "language")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p.document-subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


def convert_docx(content: bytes) -> Document:
    """Convert a Word document. Raise SourceError if it is damaged, or too large when unpacked."""
    _check_archive(content)
    metadata = _read_properties(content)
    html, messages = _to_html(content)
    tree = parse_html_text(html)
    styled_title = _take_styled(tree, "document-title")
    metadata.subtitle = _take_styled(tree, "document-subtitle")
    blocks = read_blocks(tree, None)
    if metadata.title and not styled_title:
        metadata.doubt("title", "this is taken from the document's properties")
    metadata.title = styled_title or metadata.title or _take_first_line(blocks, metadata)
    for message in dict.fromkeys(messages):
        metadata.doubt("title", f"Word: {message}")
    return Document(metadata, tuple(mark_headings(_drop_repeated_title(blocks, metadata.title))))


def _check_archive(content: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(_NOT_DOCX) from error
    if size > MAX_XML_BYTES:
        raise SourceError(f"has more than {MAX_XML_BYTES:,} bytes of text when unpacked")
    if "[Content_Types].xml" not in names:
        raise SourceError(_NOT_DOCX)


def _to_html(content: bytes) -> tuple[str, list[str]]:
    """Return the document as HTML, and the library's messages about what it can't convert."""
    try:
        result: Any = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception as error:  # The library raises errors of any type for damaged documents.
        raise SourceError(_NOT_DOCX) from error
    return str(result.value), [str(message.message) for message in result.messages]


def _read_properties(content: bytes) -> Metadata:
    """Return the title, author and language of the core properties, as far as they are there."""
    metadata = Metadata()
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            root = ElementTree.fromstring(archive.read(_CORE_PROPERTIES))
    except Exception:  # The properties are optional, and damaged ones do not matter.
        return metadata
    values = {name: " ".join((root.findtext(f"{_DUBLIN_CORE}{name}") or "").split()) for name in _PROPERTIES}
    metadata.title = values["title"] or None
    metadata.authors = split_names(values["creator"])
    metadata.summary = values["description"] or None
    metadata.language = values["language"] if is_language_tag(values["language"]) else None
    for key in ("authors", "summary"):
        if getattr(metadata, key):
            metadata.doubt(key, "this is taken from the document's properties")
    return metadata


def _take_styled(tree: Tag, class_name: str) -> str | None:
    """Remove the elements with a class, and return the text of the first."""
    elements = tree.find_all(class_=class_name)
    texts = [" ".join(element.extract().get_text(" ").split()) for element in elements]
    return next(filter(None, texts), None)


def _take_first_line(blocks: list[Block], metadata: Metadata) -> str | None:
    """Take the first block as the title if it is a heading or a short line."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading | Paragraph) or not is_heading_like(to_plain_text(first.markdown)):
        return None
    del blocks[0]
    metadata.doubt("title", "the first line was taken as the title")
    return to_plain_text(first.markdown)


def _drop_repeated_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Return the blocks without a first heading or line that repeats the title."""
    first = blocks[0] if blocks else None
    is_title = (
        isinstance(first, Heading | Paragraph) and to_plain_text(first.markdown).casefold() == (title or "").casefold()
    )
    return blocks[1:] if is_title else blocks
