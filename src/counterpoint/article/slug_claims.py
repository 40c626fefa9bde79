"""Slugs across the articles of a folder: a slug, current or former, belongs to one article."""

from collections.abc import Iterator
from typing import NamedTuple

from counterpoint.article.front_matter import parse_required_front_matter
from counterpoint.article.normalization import slugify
from counterpoint.article.records import Article
from counterpoint.article.source_file import SourceFile
from counterpoint.errors import Place, Problem


class Claim(NamedTuple):
    """The file of the article that has a slug, and whether the slug is a former one."""

    path: str
    is_former: bool = False


def list_claims(article: Article) -> Iterator[tuple[str, Claim]]:
    """Yield each slug of an article with its claim, the current one first."""
    yield article.slug, Claim(article.path)
    yield from ((slug, Claim(article.path, is_former=True)) for slug in article.former_slugs)


def add_claims(article: Article, claims: dict[str, Claim]) -> list[Problem]:
    """Add the slugs of an article to the claims by slug. Return the problems if another file has one; add none then."""
    own = dict(list_claims(article))
    problems = [
        _duplicate_slug(article, slug, claims[slug], is_former=claim.is_former)
        for slug, claim in own.items()
        if slug in claims and claims[slug].path != article.path
    ]
    if not problems:
        claims |= own
    return problems


def locate_slug(source_text: str, path: str, key: str, slug: str) -> Place:
    """Return the place of a slug in the value of a front matter key; without that key, the begin of the file."""
    source = SourceFile.from_text(source_text, path)
    front_matter = parse_required_front_matter(source)
    for text, offset in front_matter.read_items(key) if front_matter else ():
        if slugify(text) == slug:
            return Place(path, *source.position(offset))
    return Place(path, 1)


def _duplicate_slug(article: Article, slug: str, other: Claim, *, is_former: bool) -> Problem:
    relation = "has it too" if other.is_former == is_former else "had it formerly" if other.is_former else "has it now"
    message = f"duplicate {'former slug' if is_former else 'slug'} {slug!r}: {other.path} {relation}"
    hint = "remove it from one of them" if is_former or other.is_former else "give one of them its own `slug:`"
    key = "former_slugs" if is_former else "slug"
    return Problem(locate_slug(article.source_text, article.path, key, slug), message, hint)
