"""The parser of article files: text to records and warnings, or all problems of the file at once."""

from dataclasses import dataclass

from counterpoint.article.checks import check_blocks, check_limits, check_references
from counterpoint.article.front_matter import FrontMatter, parse_required_front_matter
from counterpoint.article.images import ArticleImages
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.metadata import (
    check_dates,
    parse_authors,
    parse_date,
    parse_draft,
    parse_former_slugs,
    parse_language,
    parse_slug,
    parse_title,
    parse_translation_of,
    parse_url,
)
from counterpoint.article.misreadings import check_misreadings
from counterpoint.article.options import DEFAULT_OPTIONS, ParserOptions
from counterpoint.article.records import Article, Section
from counterpoint.article.sections import parse_sections
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_classifier import TableClassifier
from counterpoint.errors import InvalidFiles, Place, Problem, to_error

PARSER_VERSION = 9
"""Increase this when the parser returns other records for the same text: unchanged files are then parsed again."""


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article and the warnings about its file, by place."""

    article: Article
    warnings: tuple[Problem, ...]


def parse_article(text: str, *, path: str, sha256: str, options: ParserOptions = DEFAULT_OPTIONS) -> ParsedArticle:
    """Parse an article file. Raise InvalidFiles with all its problems if one is an error, or any if strict.

    `path` is relative to the seed folder, with `/`; `sha256` is the hexadecimal hash of the file's bytes.
    """
    _check_size(text, path, options.limits.file_bytes)
    source = SourceFile.from_text(text, path)
    front_matter = parse_required_front_matter(source)
    if front_matter is None:
        raise InvalidFiles(source.problems)
    article = _parse_front_matter_and_body(front_matter, sha256, options)
    problems = list(map(to_error, source.problems)) if options.is_strict else source.problems
    if any(problem.is_error for problem in problems):
        raise InvalidFiles(problems)
    return ParsedArticle(article, tuple(sorted(problems, key=lambda problem: (problem.place, problem.message))))


def _check_size(text: str, path: str, max_bytes: int) -> None:
    """Raise InvalidFiles if a file is larger than the limit."""
    # Each character has one byte at least, so that a text far above the limit need not be encoded.
    size = len(text)
    if size <= max_bytes:
        size = len(text.encode(errors="replace"))
    if size > max_bytes:
        raise InvalidFiles([describe_too_large(path, max_bytes)])


def describe_too_large(path: str, max_bytes: int) -> Problem:
    """Return the problem of a file that is larger than the limit."""
    message = f"the file is larger than {max_bytes:,} bytes"
    return Problem(Place(path, 1), message, "split the article, or raise COUNTERPOINT_LIMIT_ARTICLE_BYTES")


def _parse_front_matter_and_body(front_matter: FrontMatter, sha256: str, options: ParserOptions) -> Article:
    source = front_matter.source
    published, updated = parse_date(front_matter, "published"), parse_date(front_matter, "updated")
    check_dates(front_matter, published, updated, options.today)
    language = parse_language(front_matter)
    slug = parse_slug(front_matter)
    former_slugs = parse_former_slugs(front_matter, slug)
    images = ArticleImages(source.path, options.resolve_image)
    sections = _parse_body(front_matter, language, options, images)
    return Article(
        path=source.path,
        sha256=sha256,
        slug=slug,
        title=parse_title(front_matter),
        subtitle=front_matter.read_text("subtitle"),
        summary=front_matter.read_text("summary"),
        authors=parse_authors(front_matter),
        language=language,
        published=published,
        updated=updated,
        url=parse_url(front_matter),
        draft=parse_draft(front_matter),
        former_slugs=former_slugs,
        translation_of=parse_translation_of(front_matter, {slug, *former_slugs}),
        sections=sections,
        source_text=source.text,
        image_files=images.files,
    )


def _parse_body(
    front_matter: FrontMatter, language: str, options: ParserOptions, images: ArticleImages
) -> tuple[Section, ...]:
    # Empty lines replace the front matter, because the parser must count lines as the file does.
    source, start = front_matter.source, front_matter.closing_line
    text = "\n" * start + "\n".join(source.lines[start:])
    body = parse_markdown(text, options.limits.nesting, images=images)
    if not body.tokens:
        source.report("the article is empty", start, hint="write the text below the closing ---")
    if not check_limits(body, options.limits, source):
        return ()
    check_blocks(body, source)
    check_misreadings(body, source)
    sections = parse_sections(body, TableClassifier(options.headers, options.names, language, source), source)
    check_references(body, source)
    return sections
