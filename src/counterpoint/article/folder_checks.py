"""Checks of the articles of a folder against each other, in memory."""

from counterpoint.article.language_versions import (
    LanguageVersion,
    find_missing_originals,
    find_repeated_languages,
    group_versions,
)
from counterpoint.article.records import Article
from counterpoint.article.slug_claims import Claim, add_claims, locate_slug
from counterpoint.errors import Place, Problem


class FolderChecker:
    """Collects what articles state about each other, and finds what does not fit."""

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
