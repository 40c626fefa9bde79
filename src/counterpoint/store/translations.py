"""Translations: rows that link each article to its other language versions.

An unchanged file may get other translations when another file changes. The rows of all articles are therefore compared
with what the stored articles state, and only those that differ are written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from counterpoint.article.folder_checks import (
    Claim,
    Group,
    LanguageVersion,
    find_missing_originals,
    find_repeated_languages,
    group_versions,
    locate_slug,
)
from counterpoint.errors import Place, Problem
from counterpoint.store import models
from counterpoint.store.batching import MAX_IN_VALUES, batched
from counterpoint.store.models import sql_table
from counterpoint.store.seeding_cache_tags import ChangeTracker, read_slugs
from counterpoint.store.source_files import read_sources

_ARTICLE = sql_table(models.Article)
_FORMER_SLUG = sql_table(models.FormerSlug)
_TRANSLATION = sql_table(models.Translation)

Links = dict[int, list[tuple[int, int]]]
"""By the id of an article: the position and the id of each of its translations, in order."""


def delete_links(connection: Connection, article_ids: Sequence[int], changes: ChangeTracker) -> None:
    """Delete the links from and to articles, and record the articles that lose a translation."""
    linked = select(_TRANSLATION.c.article_id).where(_TRANSLATION.c.translation_id.in_(article_ids))
    changes.record_slugs(read_slugs(connection, list(connection.scalars(linked))))
    for column in (_TRANSLATION.c.article_id, _TRANSLATION.c.translation_id):
        connection.execute(delete(_TRANSLATION).where(column.in_(article_ids)))


def refresh_links(connection: Connection, changes: ChangeTracker) -> list[Problem]:
    """Write the links that differ from what the stored articles state, and record the articles that get others.

    Return an error for each article whose original is missing, and the warnings about changed articles.
    """
    ids, versions = _read_versions(connection, _ARTICLE.c.translation_of.is_not(None))
    claims = read_claims(connection, {version.translation_of for version in versions if version.translation_of})
    for paths in batched(sorted({claim.path for claim in claims.values()} - ids.keys()), MAX_IN_VALUES):
        more_ids, more_versions = _read_versions(connection, _ARTICLE.c.path.in_(paths))
        ids |= more_ids
        versions += more_versions
    groups = group_versions(versions, claims)
    _replace_links(connection, _link(groups, ids))
    changed_groups = [group for group in groups if any(version.slug in changes.slugs for version in group)]
    changes.record_slugs(read_slugs(connection, [ids[version.path] for group in changed_groups for version in group]))

    def locate(version: LanguageVersion) -> Place:
        ((path, text),) = read_sources(connection, [version.path])
        return locate_slug(text, path, "translation_of", version.translation_of or "")

    return [*find_missing_originals(versions, claims, locate), *find_repeated_languages(changed_groups, locate)]


def _read_versions(
    connection: Connection, condition: ColumnElement[bool]
) -> tuple[dict[str, int], list[LanguageVersion]]:
    """Return the ids of articles by path, and the articles as language versions."""
    article = _ARTICLE.c
    columns = (article.id, article.path, article.slug, article.language, article.translation_of)
    rows = connection.execute(select(*columns).where(condition).order_by(article.path)).all()
    return {row.path: row.id for row in rows}, [LanguageVersion(*row[1:]) for row in rows]


def read_claims(connection: Connection, slugs: Iterable[str]) -> dict[str, Claim]:
    """Return the claims of stored articles on slugs."""
    claims: dict[str, Claim] = {}
    for batch in batched(sorted(slugs), MAX_IN_VALUES):
        current = select(_ARTICLE.c.slug, _ARTICLE.c.path).where(_ARTICLE.c.slug.in_(batch))
        former = select(_FORMER_SLUG.c.slug, _ARTICLE.c.path).join_from(_FORMER_SLUG, _ARTICLE)
        former = former.where(_FORMER_SLUG.c.slug.in_(batch))
        claims |= {slug: Claim(path) for slug, path in connection.execute(current)}
        claims |= {slug: Claim(path, is_former=True) for slug, path in connection.execute(former)}
    return claims


def _link(groups: Iterable[Group], ids: Mapping[str, int]) -> Links:
    """Return the links of the articles in groups: each to all others of its group, in the order of the group."""
    links: Links = {}
    for group in groups:
        members = [ids[version.path] for version in group]
        links |= {member: list(enumerate(other for other in members if other != member)) for member in members}
    return links


def _replace_links(connection: Connection, links: Links) -> None:
    """Write the links of the articles whose stored links differ."""
    stored: Links = defaultdict(list)
    columns = (_TRANSLATION.c.article_id, _TRANSLATION.c.position, _TRANSLATION.c.translation_id)
    for article_id, position, translation_id in connection.execute(select(*columns).order_by(*columns)):
        stored[article_id].append((position, translation_id))
    changed = sorted(article_id for article_id in {*stored, *links} if stored.get(article_id) != links.get(article_id))
    for batch in batched(changed, MAX_IN_VALUES):
        connection.execute(delete(_TRANSLATION).where(_TRANSLATION.c.article_id.in_(batch)))
        rows = [
            {"article_id": article_id, "position": position, "translation_id": translation_id}
            for article_id in batch
            for position, translation_id in links.get(article_id, ())
        ]
        if rows:
            connection.execute(insert(_TRANSLATION), rows)
