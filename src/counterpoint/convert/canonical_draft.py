"""The last step of a conversion: the draft is checked, and written as `counterpoint format` writes it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from counterpoint.article.formatter import block_lines, format_and_parse
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article
from counterpoint.errors import InvalidFiles, Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of an article file, and the places in it that a person should check."""

    text: str
    problems: tuple[Problem, ...]


def finish_draft(text: str, doubts: Iterable[Problem], path: str, options: ParserOptions) -> Draft:
    """Return the canonical draft with its doubts and the problems that `counterpoint check` would report.

    A draft with an error keeps its form, because only valid articles can be formatted.
    """
    try:
        article = parse_article(text, path=path, sha256="", options=options).article
        canonical = format_and_parse(article, options)
    except InvalidFiles as error:
        return Draft(text, tuple(sorted([*doubts, *error.problems])))
    problems = [*_move(doubts, article, canonical.article), *canonical.warnings]
    return Draft(canonical.article.source_text, tuple(sorted(problems)))


def _move(doubts: Iterable[Problem], article: Article, canonical: Article) -> Iterator[Problem]:
    """Yield doubts about an article with their lines in its canonical text.

    A doubt moves as far as the first block at its line or below it, because class lines and lead-ins have no record of
    their own.
    """
    lines, new_lines = block_lines(article), block_lines(canonical)
    for doubt in doubts:
        line = doubt.place.line
        index = bisect_left(lines, line)
        distance = new_lines[index] - lines[index] if index < len(lines) else 0
        yield replace(doubt, place=replace(doubt.place, line=line + distance))
