"""The links of an article to other articles and to sections."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from counterpoint.article.normalization import fold
from counterpoint.article.records import Article, PointList
from counterpoint.errors import Place, Problem, Severity

FILE_LINK = re.compile(r'href="(?![/?#]|[A-Za-z][A-Za-z0-9+.-]*:)([^"?#]+[.]md)(?:[?][^"#]*)?(#[^"]*)?"')
"""A link to the file of an article: its relative path, and the fragment."""

_SECTION_LINK = re.compile(r'href="(#[^"]+)"')
"""A link to a section of the same article."""

_FOOTNOTE_PREFIXES = ("fn-", "fnref-")
"""The beginnings of fragments that lead to footnotes, which are not checked."""


class ArticleLink(NamedTuple):
    """A link from one article to the file of another one or to itself, with paths relative to the seed folder."""

    path: str
    line: int
    target: str
    fragment: str
    """The slug of a section in the target; an empty text if the link leads to no section."""


def find_article_links(article: Article) -> Iterator[ArticleLink]:
    """Yield the links of an article that other articles, or a lack of sections, may make lead nowhere.

    Each has the line of the paragraph, list item or table that contains it.
    """
    own_sections = {"", *(section.slug for section in article.sections)}
    for section in article.sections:
        for block in section.blocks:
            for part in block.points if isinstance(block, PointList) else (block,):
                for link in _find_links(article.path, part.line, part.html):
                    if link.target != article.path or link.fragment not in own_sections:
                        yield link


def _find_links(path: str, line: int, html: str) -> Iterator[ArticleLink]:
    """Yield the links to articles and their sections in HTML of the article at `path`."""
    for match in FILE_LINK.finditer(html):
        yield ArticleLink(path, line, resolve_link(match[1], path), _read_section(match[2] or ""))
    for match in _SECTION_LINK.finditer(html):
        yield ArticleLink(path, line, path, _read_section(match[1]))


def resolve_link(address: str, path: str) -> str:
    """Return the path of the file that an address in the HTML of the article at `path` names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(unescape(address))))


def _read_section(fragment: str) -> str:
    """Return the slug of a section to which the fragment of an address leads."""
    slug = unquote(unescape(fragment)).removeprefix("#")
    return "" if slug.startswith(_FOOTNOTE_PREFIXES) else slug


def find_broken_links(
    links: Iterable[ArticleLink], paths: Collection[str], find_sections: Callable[[str], Collection[str]]
) -> Iterator[Problem]:
    """Yield a warning for each link to a file that is none of the articles at `paths`, or to a section it lacks.

    `find_sections` returns the slugs of the sections of the article at a path.
    """
    paths_by_name: dict[str, str] = {}
    for link in links:
        if link.target not in paths:
            # Only now, because most folders have no broken link.
            paths_by_name = paths_by_name or {_fold_file_name(path): path for path in sorted(paths, reverse=True)}
            similar = paths_by_name.get(_fold_file_name(link.target))
            hint = f"did you mean {similar}?" if similar else "expected the path of an article that is not a draft"
            yield _warn(link, f"there is no article {link.target!r} for a link here", hint)
        elif link.fragment and link.fragment not in (sections := find_sections(link.target)):
            closest = get_close_matches(link.fragment, sections, n=1)
            hint = f"did you mean #{closest[0]}?" if closest else "expected the slug of a heading there"
            yield _warn(link, f"there is no section {link.fragment!r} in {link.target} for a link here", hint)


def _warn(link: ArticleLink, message: str, hint: str) -> Problem:
    return Problem(Place(link.path, link.line), message, hint, Severity.WARNING)


def _fold_file_name(path: str) -> str:
    """Return the name of a file for comparison: without its folder, case and kind of Unicode characters."""
    return fold(posixpath.basename(path))
