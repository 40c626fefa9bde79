"""The links of an article to the files of other articles."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from counterpoint.article.normalization import fold
from counterpoint.article.records import Article, PointList
from counterpoint.errors import Place, Problem, Severity

FILE_LINK = re.compile(r'href="(?![/?#]|[A-Za-z][A-Za-z0-9+.-]*:)([^"?#]+[.]md)(?:[?][^"#]*)?(#[^"]*)?"')
"""A link to the file of an article: its relative path, and the fragment. The pages for readers use the same pattern."""


class ArticleLink(NamedTuple):
    """A link from one article to the file of another one, both with paths relative to the seed folder."""

    path: str
    line: int
    target: str


def find_article_links(article: Article) -> Iterator[ArticleLink]:
    """Yield the links of an article, with the line of the paragraph, list item or table that contains them."""
    for section in article.sections:
        for block in section.blocks:
            parts = block.points if isinstance(block, PointList) else (block,)
            for part in parts:
                for match in FILE_LINK.finditer(part.html):
                    yield ArticleLink(article.path, part.line, _resolve_link(match[1], article.path))


def _resolve_link(address: str, path: str) -> str:
    """Return the path of the file that an address in the HTML of the article at `path` names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(unescape(address))))


def find_broken_links(links: Iterable[ArticleLink], paths: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each link to a file that is none of the articles at `paths`."""
    paths_by_name = {_file_name(path): path for path in sorted(paths, reverse=True)}
    for link in links:
        if link.target not in paths:
            similar = paths_by_name.get(_file_name(link.target))
            hint = f"did you mean {similar}?" if similar else "expected the path of an article that is not a draft"
            message = f"there is no article {link.target!r} for a link here"
            yield Problem(Place(link.path, link.line), message, hint, Severity.WARNING)


def _file_name(path: str) -> str:
    """Return the name of a file for comparison: without its folder, case and kind of Unicode characters."""
    return fold(posixpath.basename(path))
