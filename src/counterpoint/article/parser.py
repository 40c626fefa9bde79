"""Text in, records out: the whole article file, or all its problems at once."""

from counterpoint.article.checks import check_blocks, check_link_definitions
from counterpoint.article.front_matter import parse_front_matter
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.metadata import parse_metadata
from counterpoint.article.records import Article, Section
from counterpoint.article.sections import parse_sections
from counterpoint.article.source_file import SourceFile
from counterpoint.errors import InvalidFiles

PARSER_VERSION = 2
"""Increase it when records of the same text change: seeding then parses unchanged files again."""


def parse_article(text: str, *, path: str, sha256: str) -> Article:
    """The article that a file's text states.

    `path` is relative to the seed folder, with `/`; `sha256` is of the file's bytes. Raises `ProblemsFound`.
    """
    source = SourceFile.of(text, path)
    front = parse_front_matter(source)
    if front is None:
        raise InvalidFiles(source.problems)
    metadata = parse_metadata(front, source)
    sections = _parse_body(front.closing_line, source)
    if source.problems:
        raise InvalidFiles(source.problems)
    return Article(
        path=path,
        sha256=sha256,
        slug=metadata.slug,
        title=metadata.title,
        subtitle=metadata.subtitle,
        summary=metadata.summary,
        authors=metadata.authors,
        language=metadata.language,
        published=metadata.published,
        updated=metadata.updated,
        url=metadata.url,
        sections=sections,
    )


def _parse_body(first_line: int, source: SourceFile) -> tuple[Section, ...]:
    # Empty lines in the place of the front matter let the parser count lines as the file does.
    body = parse_markdown("\n" * first_line + "\n".join(source.lines[first_line:]))
    if not body.tokens:
        hint = "write the article below the closing ---"
        source.report("nothing follows the front matter", first_line, hint=hint)
    check_blocks(body, source)
    sections = parse_sections(body, source)
    check_link_definitions(body, source)
    return sections
