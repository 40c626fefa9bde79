"""Checks of the articles of a folder against each other.

A slug, current or former, belongs to one article, and the translations of an article have different languages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from counterpoint.article.front_matter import parse_required_front_matter
from counterpoint.article.normalization import fold, slugify
from counterpoint.article.records import Article
from counterpoint.article.source_file import SourceFile
from counterpoint.errors import Place, Problem, Severity


class Claim(NamedTuple):
    """The file of the article that has a slug, and whether the slug is a former one."""

    path: str
    is_former: bool = False


class LanguageVersion(NamedTuple):
    """An article as a version in one language."""

    path: str
    slug: str
    language: str
    translation_of: str | None

    @classmethod
    def from_article(cls, article: Article) -> Self:
        """Return the language version that an article is."""
        return cls(article.path, article.slug, article.language, article.translation_of)


Group = Sequence[LanguageVersion]
"""Articles that are translations of each other, by language and slug."""

Locate = Callable[[LanguageVersion], Place]
"""Returns the place where a file names the article that it translates."""


class FolderChecker:
    """Collects what articles state about each other, in memory, and finds what does not fit."""

    def __init__(self) -> None:
        self._claims: dict[str, Claim] = {}
        self._versions: list[LanguageVersion] = []
        self._places: dict[str, Place] = {}

    def add(self, article: Article) -> list[Problem]:
        """Add an article. Return the problems if another article has one of its slugs; it is not added then."""
        duplicates = add_claims(article, self._claims)
        if not duplicates:
            self._versions.append(LanguageVersion.from_article(article))
            slug = article.translation_of
            if slug is not None:
                self._places[article.path] = locate_slug(article.source_text, article.path, "translation_of", slug)
        return duplicates

    def check_translations(self, *, is_complete: bool) -> list[Problem]:
        """Return the problems of translations. Without `is_complete`, originals may be in files that were not added."""
        groups = group_versions(self._versions, self._claims)
        problems = list(find_repeated_languages(groups, self._locate))
        if is_complete:
            problems += find_missing_originals(self._versions, self._claims, self._locate)
        return problems

    def _locate(self, version: LanguageVersion) -> Place:
        return self._places[version.path]


def list_claims(article: Article) -> Iterator[tuple[str, Claim]]:
    """Yield each slug of an article with its claim, the current one first."""
    yield article.slug, Claim(article.path)
    yield from ((slug, Claim(article.path, is_former=True)) for slug in article.former_slugs)


def add_claims(article: Article, claims: dict[str, Claim]) -> list[Problem]:
    """Add the slugs of an article to the claims by slug. Return the problems if another file has one; add none then."""
    own = dict(list_claims(article))
    problems = [
        _describe_duplicate_slug(article, slug, claims[slug], is_former=claim.is_former)
        for slug, claim in own.items()
        if slug in claims and claims[slug].path != article.path
    ]
    if not problems:
        claims |= own
    return problems


def locate_slug(source_text: str, path: str, key: str, slug: str) -> Place:
    """Return the place of a slug in the value of a front matter key; without that key, the beginning of the file."""
    source = SourceFile.from_text(source_text, path)
    front_matter = parse_required_front_matter(source)
    for text, offset in front_matter.read_items(key) if front_matter else ():
        if slugify(text) == slug:
            return Place(path, *source.position(offset))
    return Place(path, 1)


def _describe_duplicate_slug(article: Article, slug: str, other: Claim, *, is_former: bool) -> Problem:
    relation = "has it too" if other.is_former == is_former else "had it formerly" if other.is_former else "has it now"
    message = f"duplicate {'former slug' if is_former else 'slug'} {slug!r}: {other.path} {relation}"
    hint = "remove it from one of them" if is_former or other.is_former else "give one of them its own `slug:`"
    key = "former_slugs" if is_former else "slug"
    return Problem(locate_slug(article.source_text, article.path, key, slug), message, hint)


def group_versions(versions: Iterable[LanguageVersion], claims: Mapping[str, Claim]) -> list[Group]:
    """Return the groups of articles that translate each other, directly or through others, in either direction."""
    by_path = {version.path: version for version in versions}
    groups = _PathGroups()
    for version in by_path.values():
        if version.translation_of is not None and version.translation_of in claims:
            groups.join(version.path, claims[version.translation_of].path)
    members: dict[str, list[LanguageVersion]] = defaultdict(list)
    for path in groups.paths:
        members[groups.find(path)].append(by_path[path])
    return [sorted(group, key=lambda version: (fold(version.language), version.slug)) for group in members.values()]


def find_missing_originals(
    versions: Iterable[LanguageVersion], claims: Mapping[str, Claim], locate: Locate
) -> Iterator[Problem]:
    """Yield a problem for each article that translates one that does not exist."""
    for version in versions:
        if version.translation_of is not None and version.translation_of not in claims:
            message = f"there is no article {version.translation_of!r} that this one could be a translation of"
            hint = "expected the slug of an article in this folder that is not a draft"
            yield Problem(locate(version), message, hint)


def find_repeated_languages(groups: Iterable[Group], locate: Locate) -> Iterator[Problem]:
    """Yield a warning for each article whose language another version of it has too."""
    for group in groups:
        first_paths: dict[str, str] = {}
        # The original comes first, because the warning belongs to a file that names another.
        for version in sorted(group, key=lambda version: (version.translation_of is not None, version.path)):
            first = first_paths.setdefault(fold(version.language), version.path)
            if first != version.path:
                message = f"{first} is a version of the same article in the language {version.language} too"
                hint = "expected one version for each language"
                yield Problem(locate(version), message, hint, Severity.WARNING)


class _PathGroups:
    """Disjoint sets of paths."""

    def __init__(self) -> None:
        self.paths: dict[str, None] = {}
        """The paths that have been joined to another, in a stable order."""
        self._parents: dict[str, str] = {}

    def find(self, path: str) -> str:
        """Return the path that represents the set of a path."""
        parents = self._parents
        while (parent := parents.get(path, path)) != path:
            # Shorten the way to the root, because long chains of translations would take quadratic time.
            parents[path] = parents.get(parent, parent)
            path = parent
        return path

    def join(self, path: str, other: str) -> None:
        """Unite the sets of two paths."""
        self.paths |= {path: None, other: None}
        self._parents[self.find(path)] = self.find(other)
