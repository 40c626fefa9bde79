"""The front matter of a draft: what the source states, completed by what its text shows."""

import re
from collections import Counter
from collections.abc import Iterator

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS
from counterpoint.article.front_matter_writer import quote_yaml
from counterpoint.article.language_tags import is_language_tag
from counterpoint.article.normalization import slugify
from counterpoint.article.table_headers import FALLBACK_LANGUAGE, TableHeaders
from counterpoint.convert.document import Block, Document, Heading, ItemList, Metadata, Paragraph, Table, to_plain_text
from counterpoint.convert.words import guess_language

_SUBTITLE = re.compile(r"(.{3,}?)(?::\s+|\uff1a\s*|\s[\u2013\u2014]\s)(.{3,})")
_MAX_SLUG_CHARS = 80
UNTITLED = "Untitled"


def complete_metadata(document: Document, headers: TableHeaders) -> Metadata:
    """Return the metadata with title, language and slug, and a doubt about each that is missing or guessed."""
    metadata = document.metadata
    _complete_title(metadata)
    _complete_language(document, headers)
    if metadata.slug is None:
        metadata.slug = _shorten_slug(slugify(metadata.title or "")) or "untitled"
        metadata.doubt("slug", "the slug is made from the title")
    if metadata.published is None and not any(key == "published" for key, _ in metadata.doubts):
        metadata.doubt("published", "no date was found", "add the line published: YYYY-MM-DD")
    if not metadata.authors:
        metadata.doubt("authors", "no author was found", "add the line authors: […]")
    return metadata


def format_front_matter(metadata: Metadata) -> list[str]:
    """Return the lines of the front matter, in the order of its keys."""
    values = {key.name: getattr(metadata, key.name, None) for key in FRONT_MATTER_KEYS} | {"draft": True}
    return [f"{name}: {_write_value(value)}" for name, value in values.items() if value]


def _complete_title(metadata: Metadata) -> None:
    if metadata.title is None:
        metadata.title = UNTITLED
        metadata.doubt("title", "no title was found")
    elif metadata.subtitle is None and (match := _SUBTITLE.fullmatch(metadata.title)):
        metadata.title, metadata.subtitle = match.groups()
        metadata.doubt("subtitle", "the title was split at its colon", "join both parts if they are one title")


def _complete_language(document: Document, headers: TableHeaders) -> None:
    metadata = document.metadata
    if metadata.language and not is_language_tag(metadata.language):
        metadata.language = None
    if metadata.language is None:
        by_headers = _language_of_headers(document.blocks, headers)
        guess = by_headers or guess_language("\n".join(_texts(document.blocks)))
        metadata.language = guess or FALLBACK_LANGUAGE
        basis = "the headers of its tables" if by_headers else "its words"
        message = f"the language is guessed from {basis}" if guess else "the language was not recognized"
        metadata.doubt("language", message)


def _language_of_headers(blocks: tuple[Block, ...], headers: TableHeaders) -> str | None:
    """Return the language that most tables' headers are known in."""
    languages: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table) and (header := headers.find_foreign(tuple(map(to_plain_text, block.header)))):
            languages[header.language] += 1
    return languages.most_common(1)[0][0] if languages else None


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.markdown
            case ItemList():
                yield from block.items
            case Table():
                yield from (cell for row in block.rows for cell in row)


def _shorten_slug(slug: str) -> str:
    """Return a slug with at most 80 characters, which ends with a whole word."""
    if len(slug) <= _MAX_SLUG_CHARS:
        return slug
    return slug[: _MAX_SLUG_CHARS + 1].rpartition("-")[0] or slug[:_MAX_SLUG_CHARS]


def _write_value(value: object) -> str:
    """Return a value in quotes if it is a text. The formatter removes those that YAML does not need."""
    if isinstance(value, list):
        return f"[{', '.join(map(quote_yaml, value))}]"
    return quote_yaml(" ".join(value.split())) if isinstance(value, str) else str(value).lower()
