"""Declarations: the files of a seed folder that declare something for all of its articles."""

from dataclasses import replace

from counterpoint.article.header_declarations import HEADERS_FILE, parse_header_declarations
from counterpoint.article.name_declarations import NAMES_FILE, parse_name_declarations
from counterpoint.article.options import ParserOptions

DECLARATION_FILES = (HEADERS_FILE, NAMES_FILE)


def add_declarations(options: ParserOptions, path: str, text: str) -> ParserOptions:
    """Return the options with what one of the files declares. Raise InvalidFiles with all problems of the file."""
    if path == HEADERS_FILE:
        return replace(options, declared_headers=parse_header_declarations(text, path=path))
    return replace(options, names=parse_name_declarations(text, path=path))
