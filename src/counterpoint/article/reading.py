"""Text in, records out: the whole article file, or all its problems at once."""

from counterpoint.article.front_matter import read_front_matter
from counterpoint.article.markdown import parse
from counterpoint.article.metadata import read_metadata
from counterpoint.article.records import Article, Section
from counterpoint.article.sections import read_sections
from counterpoint.article.soundness import check_links, check_tokens
from counterpoint.article.source import Source
from counterpoint.errors import ProblemsFound


def read_article(text: str, *, path: str, sha256: str) -> Article:
    """The article that a file's text states.

    `path` is relative to the seed folder, with `/`; `sha256` is of the file's bytes. Raises `ProblemsFound`.
    """
    source = Source.of(text, path)
    front = read_front_matter(source)
    if front is None:
        raise ProblemsFound(source.problems)
    metadata = read_metadata(front, source)
    sections = _read_body(front.closing_line, source)
    if source.problems:
        raise ProblemsFound(source.problems)
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


def _read_body(first_line: int, source: Source) -> tuple[Section, ...]:
    # Empty lines in the place of the front matter let the parser count lines as the file does.
    body = parse("\n" * first_line + "\n".join(source.lines[first_line:]))
    if not body.tokens:
        hint = "write the article below the closing ---"
        source.report("nothing follows the front matter", first_line, hint=hint)
    check_tokens(body, source)
    sections = read_sections(body, source)
    check_links(body, source)
    return sections
