"""The source that is converted: its format, and its bytes as text."""

import codecs
from enum import StrEnum

from counterpoint.errors import CounterpointError

MAX_SOURCE_BYTES = 20_000_000


class SourceFormat(StrEnum):
    """The format of a source."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"


class SourceError(CounterpointError):
    """A source can't be read. The message is a predicate whose subject is the source."""

    code = "UNREADABLE_SOURCE"


_FORMATS_BY_SUFFIX = {
    ".docx": SourceFormat.DOCX,
    ".htm": SourceFormat.HTML,
    ".html": SourceFormat.HTML,
    ".xhtml": SourceFormat.HTML,
    ".txt": SourceFormat.TEXT,
    ".md": SourceFormat.TEXT,
}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<article", b"<?xml")
_ZIP_START = b"PK\x03\x04"
_BINARY_STARTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8", b"{\\rtf", b"\x1f\x8b")
_ENCODINGS_BY_MARK = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def detect_format(content: bytes, suffix: str) -> SourceFormat:
    """Return the format of a source by its first bytes, or else by the suffix of its file."""
    if content.startswith(_ZIP_START):
        return SourceFormat.DOCX
    start = content[:1_000].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(_HTML_STARTS):
        return SourceFormat.HTML
    return _FORMATS_BY_SUFFIX.get(suffix.lower(), SourceFormat.TEXT)


def check_content(content: bytes) -> None:
    """Raise SourceError if a source is empty, too large, or of a format that is not supported."""
    if not content.strip():
        raise SourceError("is empty")
    if len(content) > MAX_SOURCE_BYTES:
        raise SourceError(f"is larger than {MAX_SOURCE_BYTES:,} bytes")
    if content.startswith(_BINARY_STARTS):
        raise SourceError("is neither text nor HTML nor .docx: save it in one of these formats")


def decode_text(content: bytes, encoding: str | None = None) -> str:
    """Decode text in an encoding: by default UTF-16 if its byte order mark is there, or else UTF-8."""
    by_mark = next((name for mark, name in _ENCODINGS_BY_MARK.items() if content.startswith(mark)), None)
    name = encoding or by_mark or "utf-8"
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8, or declare its encoding if it is HTML"
        raise SourceError(f"has bytes at position {error.start:,} that are not {name.upper()}: {hint}") from error
    except (LookupError, UnicodeError) as error:
        raise SourceError(f"can't be decoded as {name.upper()}: save it as UTF-8") from error
    if "\0" in text:
        raise SourceError("is binary, or in an encoding other than UTF-8: it contains NUL characters")
    return text
