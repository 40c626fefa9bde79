"""The last step of a conversion: the draft is checked, and written as `counterpoint format` writes it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from counterpoint.article.formatter import format_article
from counterpoint.article.front_matter import parse_required_front_matter
from counterpoint.article.markdown import line_of, parse_markdown, top_level_blocks
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.source_file import SourceFile
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
        formatted = format_article(article, options)
        warnings = parse_article(formatted, path=path, sha256="", options=options).warnings
    except InvalidFiles as error:
        return Draft(text, tuple(sorted([*doubts, *error.problems])))
    return Draft(formatted, tuple(sorted([*_move(doubts, text, formatted, options), *warnings])))


def _move(doubts: Iterable[Problem], text: str, formatted: str, options: ParserOptions) -> Iterator[Problem]:
    """Yield doubts about blocks of a text with the lines of the same blocks in the formatted one."""
    lines, new_lines = _block_lines(text, options), _block_lines(formatted, options)
    for doubt in doubts:
        index = bisect_right(lines, doubt.place.line) - 1
        if index < 0 or len(lines) != len(new_lines):
            yield doubt
        else:
            yield replace(doubt, place=replace(doubt.place, line=new_lines[index]))


def _block_lines(text: str, options: ParserOptions) -> list[int]:
    """Return the line where each block begins."""
    source = SourceFile.from_text(text, "")
    front_matter = parse_required_front_matter(source)
    start = front_matter.closing_line if front_matter else 0
    body = parse_markdown("\n" * start + "\n".join(source.lines[start:]), options.limits.nesting)
    return [line_of(tokens[0]) for tokens in top_level_blocks(body.tokens)]
