"""The parser of article files: text to records, or all problems of the file at once."""

from counterpoint.article.checks import check_blocks, check_link_definitions
from counterpoint.article.front_matter import parse_required_front_matter
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.metadata import parse_date, parse_language, parse_slug, parse_title, parse_url
from counterpoint.article.records import Article, Section
from counterpoint.article.sections import parse_sections
from counterpoint.article.source_file import SourceFile
from counterpoint.errors import InvalidFiles

PARSER_VERSION = 2
"""Increase this when the parser returns other records for the same text: unchanged files are then parsed again."""


def parse_article(text: str, *, path: str, sha256: str) -> Article:
    """Parse an article file. Raise InvalidFiles with all its problems.

    `path` is relative to the seed folder, with `/`; `sha256` is the hexadecimal hash of the file's bytes.
    """
    source = SourceFile.from_text(text, path)
    front_matter = parse_required_front_matter(source)
    if front_matter is None:
        raise InvalidFiles(source.problems)
    article = Article(
        path=path,
        sha256=sha256,
        slug=parse_slug(front_matter),
        title=parse_title(front_matter),
        subtitle=front_matter.read_text("subtitle"),
        summary=front_matter.read_text("summary"),
        authors=front_matter.read_texts("authors"),
        language=parse_language(front_matter),
        published=parse_date(front_matter, "published"),
        updated=parse_date(front_matter, "updated"),
        url=parse_url(front_matter),
        sections=_parse_body(front_matter.closing_line, source),
    )
    if source.problems:
        raise InvalidFiles(source.problems)
    return article


def _parse_body(front_matter_lines: int, source: SourceFile) -> tuple[Section, ...]:
    # Empty lines replace the front matter, because the parser must count lines as the file does.
    body = parse_markdown("\n" * front_matter_lines + "\n".join(source.lines[front_matter_lines:]))
    if not body.tokens:
        source.report("the article is empty", front_matter_lines, hint="write the text below the closing ---")
    check_blocks(body, source)
    sections = parse_sections(body, source)
    check_link_definitions(body, source)
    return sections
