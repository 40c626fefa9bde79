"""Options of the article parser: limits, what the seed folder declares, and how to treat warnings."""

from dataclasses import dataclass, field, replace
from datetime import date

from counterpoint.article.header_declarations import HEADERS_FILE, load_builtin_headers, parse_header_declarations
from counterpoint.article.image_formats import ImageLimits
from counterpoint.article.images import ResolveImage
from counterpoint.article.name_declarations import NAMES_FILE, parse_name_declarations
from counterpoint.article.settled_names import NO_SETTLED_NAMES, SettledNames
from counterpoint.article.table_headers import TableHeaders

DECLARATION_FILES = (HEADERS_FILE, NAMES_FILE)
"""The files of a seed folder that declare something for all of its articles."""


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """The limits on one article file. A file over a limit is invalid."""

    file_bytes: int = 5_000_000
    table_rows: int = 10_000
    """Maximum number of rows in one table, without its header."""
    cell_chars: int = 10_000
    paragraph_chars: int = 50_000
    """Maximum number of characters in one paragraph, heading or list item, because inline parsing is not linear."""
    nesting: int = 20
    """Maximum depth of nested quotes; a list counts twice, because its items are a level too."""
    image: ImageLimits = field(default_factory=ImageLimits)


@dataclass(frozen=True, slots=True)
class ParserOptions:
    """The options of the article parser."""

    limits: ParserLimits = ParserLimits()
    declared_headers: TableHeaders | None = None
    """The headers of a seed folder, with the built-in ones; None if only those are known."""
    names: SettledNames = NO_SETTLED_NAMES
    """The names that the seed folder settles."""
    is_strict: bool = False
    """Whether warnings are errors."""
    today: date | None = None
    """The day after which a date is in the future; None if no date is checked."""
    resolve_image: ResolveImage | None = None
    """Finds the image files that addresses name; without it, all addresses stay as they are."""

    @property
    def headers(self) -> TableHeaders:
        """The headers that are known in every article. The built-in ones are loaded when they are first used."""
        return self.declared_headers or load_builtin_headers()


DEFAULT_OPTIONS = ParserOptions()


def add_declarations(options: ParserOptions, path: str, text: str) -> ParserOptions:
    """Return the options with what a declaration file declares. Raise InvalidFiles with all problems of the file."""
    if path == HEADERS_FILE:
        return replace(options, declared_headers=parse_header_declarations(text, path=path))
    return replace(options, names=parse_name_declarations(text, path=path))
