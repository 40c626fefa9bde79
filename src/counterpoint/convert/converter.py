"""The converter: the bytes of a source to the draft of an article."""

from dataclasses import dataclass

from counterpoint.article.options import DEFAULT_OPTIONS, ParserOptions
from counterpoint.article.table_headers import TableHeaders
from counterpoint.convert.document import Document
from counterpoint.convert.docx import convert_docx
from counterpoint.convert.draft import Draft, write_draft
from counterpoint.convert.html_page import convert_html
from counterpoint.convert.html_tree import parse_html
from counterpoint.convert.scraped_text import convert_scraped_text
from counterpoint.convert.source import SourceError, SourceFormat, check_content, decode_text


@dataclass(frozen=True, slots=True)
class ConverterOptions:
    """The values that a conversion does not guess, and the path of the draft in messages."""

    path: str
    slug: str | None = None
    language: str | None = None
    parser: ParserOptions = DEFAULT_OPTIONS


def convert(content: bytes, source_format: SourceFormat, options: ConverterOptions) -> Draft:
    """Convert a source. Raise SourceError if it can't be read."""
    check_content(content)
    document = _read(content, source_format, options.parser.headers)
    if not document.blocks:
        raise SourceError("has no text, or nothing but a title")
    if options.language:
        document.metadata.language = options.language
    if options.slug:
        document.metadata.slug = options.slug
    return write_draft(document, path=options.path, options=options.parser)


def _read(content: bytes, source_format: SourceFormat, headers: TableHeaders) -> Document:
    match source_format:
        case SourceFormat.DOCX:
            return convert_docx(content)
        case SourceFormat.HTML:
            return convert_html(parse_html(content))
        case SourceFormat.TEXT:
            return convert_scraped_text(decode_text(content), headers)
