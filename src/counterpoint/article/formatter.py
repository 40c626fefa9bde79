"""The formatter of article files: text to canonical text, which parses to the same records."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest

from counterpoint.article.front_matter import parse_required_front_matter
from counterpoint.article.front_matter_writer import write_front_matter
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.markdown_writer import write_markdown
from counterpoint.article.options import DEFAULT_OPTIONS, ParserOptions
from counterpoint.article.parser import ParsedArticle, parse_article
from counterpoint.article.records import Article
from counterpoint.article.source_file import SourceFile
from counterpoint.errors import InvalidFiles, Place, Problem

_SOURCE_DETAILS = {"line", "sha256", "source_text"}
"""The attributes of records that may differ between two files with the same content."""


def format_article(article: Article, options: ParserOptions = DEFAULT_OPTIONS) -> str:
    """Return the canonical text of an article that was parsed with these options.

    Raise InvalidFiles if it would parse to another article, which is a defect of the formatter.
    """
    return format_and_parse(article, options).article.source_text


def format_and_parse(article: Article, options: ParserOptions) -> ParsedArticle:
    """Return the canonical text of an article, parsed, with its warnings. Raise InvalidFiles as `format_article` does.

    The text is the `source_text` of the result.
    """
    text = _format_text(article.source_text, article.path, options.limits.nesting)
    try:
        parsed = parse_article(text, path=article.path, sha256="", options=options)
    except InvalidFiles as error:
        raise InvalidFiles([_defect(article, 1)]) from error
    if line := find_difference(article, parsed.article):
        raise InvalidFiles([_defect(article, line)])
    return parsed


def _format_text(text: str, path: str, max_nesting: int) -> str:
    """Return the canonical text of a valid article file."""
    source = SourceFile.from_text(text, path)
    front_matter = parse_required_front_matter(source)
    if front_matter is None:
        raise InvalidFiles(source.problems)
    body = parse_markdown("\n".join(source.lines[front_matter.closing_line :]), max_nesting, has_definitions=True)
    return f"---\n{write_front_matter(front_matter)}\n---\n\n{write_markdown(body)}\n"


def find_difference(article: Article, other: Article) -> int | None:
    """Return the line of the first part of an article that differs in content from another article, or None."""
    for (line, content), (_, other_content) in zip_longest(_parts(article), _parts(other), fillvalue=(1, None)):
        if content != other_content:
            return line
    return None


def block_lines(article: Article) -> list[int]:
    """Return the lines of an article's headings and blocks, in its order."""
    return [line for line, _ in _parts(article)][1:]


def _parts(article: Article) -> Iterator[tuple[int, object]]:
    """Yield the line and the content of the front matter, of each heading and of each block."""
    yield 1, _content(replace(article, sections=()))
    for section in article.sections:
        yield section.line, (section.slug, section.heading, section.level)
        yield from ((block.line, _content(block)) for block in section.blocks)


def _content(value: object) -> object:
    """Return a record as nested tuples, without details of its source."""
    if isinstance(value, tuple):
        return tuple(map(_content, value))
    if is_dataclass(value):
        names = (field.name for field in fields(value) if field.name not in _SOURCE_DETAILS)
        return type(value).__name__, *((name, _content(getattr(value, name))) for name in names)
    return value


def _defect(article: Article, line: int) -> Problem:
    hint = "this is a defect of Counterpoint: please report it with this part of the file"
    return Problem(Place(article.path, line), "formatting would change the content here, so it is not formatted", hint)
