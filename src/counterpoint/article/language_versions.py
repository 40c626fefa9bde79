"""Language versions across the articles of a folder: which articles are translations of each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from counterpoint.article.normalization import fold
from counterpoint.article.records import Article
from counterpoint.article.slug_claims import Claim
from counterpoint.errors import Place, Problem, Severity


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
