"""Seeding: replacement of the stored articles by those of a folder.

Only this module, and those that it calls, write content.

A seeding is one transaction that first waits for any other to end, so that what it reads stays true until it commits.
Until then other connections read the old content.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from counterpoint.article.article_links import ArticleLink
from counterpoint.errors import InvalidFiles, Problem, to_error
from counterpoint.store import entity_freshness, image_files, index_upkeep, models, outbox, source_files, translations
from counterpoint.store.article_warnings import warn_about_links, warn_about_names
from counterpoint.store.article_writer import delete_articles, insert_articles
from counterpoint.store.change_details import DetailedChangeTracker
from counterpoint.store.folder_difference import (
    Difference,
    compare_folder,
    find_refusal,
    read_stored_articles,
    revision_id,
)
from counterpoint.store.models import sql_table
from counterpoint.store.prepared_articles import PreparedArticle
from counterpoint.store.schema_version import check_schema_version
from counterpoint.store.seeding_cache_tags import TYPES, ChangeTracker
from counterpoint.store.seeding_options import SeedOptions, SeedResult
from counterpoint.store.write_engine import begin_write

ReadArticles = Callable[[Sequence[str]], Iterable[PreparedArticle]]
"""Returns the articles at some paths, prepared with the parser version, or raises InvalidFiles."""


_DEFAULT_OPTIONS = SeedOptions()


def seed(
    engine: Engine,
    files: Mapping[str, str],
    read_articles: ReadArticles,
    *,
    parser_version: int,
    now: datetime,
    options: SeedOptions = _DEFAULT_OPTIONS,
) -> SeedResult:
    """Make the database hold exactly the articles of a folder; write nothing if it does already.

    `files` maps paths to SHA-256 digests. Articles stored with another `parser_version` count as changed. Raise
    NotReady if the tables are not of this version, TooManyRemovals, or InvalidFiles if any article has a problem.
    """
    with _pause_collector(), begin_write(engine, options.on_wait) as connection:
        check_schema_version(connection)
        previous_revision = connection.scalar(select(sql_table(models.Revision).c.id))
        result = _replace_content(connection, files, read_articles, parser_version, now, options)
        notifications = outbox.add_tags(connection, options.receivers, result.tags)
        result = replace(result, previous_revision=previous_revision, notifications=notifications)
        options.on_result(result)
        if options.is_dry_run:
            connection.rollback()
        return result


@contextmanager
def _pause_collector() -> Iterator[None]:
    """Pause Python's cyclic garbage collector, which would often visit each row.

    Rows contain no cycles, but SQLAlchemy's conditions do, and so each batch must be followed by a collection.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _replace_content(
    connection: Connection,
    files: Mapping[str, str],
    read_articles: ReadArticles,
    parser_version: int,
    now: datetime,
    options: SeedOptions,
) -> SeedResult:
    stored = read_stored_articles(connection)
    for path in image_files.find_outdated_articles(connection, options.images):
        stored[path] = (stored[path][0], models.STALE_PARSER_VERSION)
    difference = compare_folder(stored, files, parser_version, force=options.force)
    refusal = find_refusal(options.removal_limit, difference, stored, files)
    if refusal and not options.is_dry_run:
        raise refusal
    stored_revision = connection.scalar(select(sql_table(models.Revision).c.id))
    if difference.is_empty and stored_revision == _compute_revision_id(connection, files, parser_version):
        return SeedResult(difference, stored_revision)
    changes = _start_tracking(connection, difference, parser_version, has_details=options.has_details)
    old_images = image_files.find_unreferenced(connection)
    delete_articles(connection, [*difference.removed, *difference.changed], changes)
    articles = _ArticleSelection(are_drafts_selected=options.is_preview)
    _insert_difference(
        connection, articles.select(read_articles(difference.paths_to_read)), difference, changes, options
    )
    drafts = tuple(articles.drafts)
    published = {path: digest for path, digest in files.items() if path not in articles.drafts}
    difference = compare_folder(stored, published, parser_version, force=options.force)
    revision = _compute_revision_id(connection, published, parser_version)
    if difference.is_empty and stored_revision == revision:
        return SeedResult(difference, revision, drafts=drafts)
    warnings = _compare_articles(connection, changes, options, articles.links, published)
    source_files.replace_declarations(connection, options.declarations)
    image_files.delete_unreferenced(connection, old_images)
    index_upkeep.tidy_indexes(connection, len(difference.paths_to_read), len(published))
    _write_revision(connection, revision, len(published), now)
    return SeedResult(difference, revision, changes.tags, warnings, drafts, changes.details, refusal)


class _ArticleSelection:
    """The articles of a folder that are stored. Collects the paths of drafts, and the links of the others."""

    def __init__(self, *, are_drafts_selected: bool) -> None:
        self.drafts: list[str] = []
        self.links: list[ArticleLink] = []
        self._are_drafts_selected = are_drafts_selected

    def select(self, articles: Iterable[PreparedArticle]) -> Iterator[PreparedArticle]:
        """Yield the articles that are stored."""
        for prepared in articles:
            if prepared.article.draft and not self._are_drafts_selected:
                self.drafts.append(prepared.article.path)
            else:
                self.links += prepared.links
                yield prepared


def _insert_difference(
    connection: Connection,
    articles: Iterable[PreparedArticle],
    difference: Difference,
    changes: ChangeTracker,
    options: SeedOptions,
) -> None:
    """Insert the articles that were added or changed, and what follows from them."""
    count = len(difference.paths_to_read)
    with index_upkeep.defer_full_text_index(connection, count):
        with index_upkeep.defer_indexes(connection, count) as staging:
            insert_articles(connection, articles, changes, options.images, staging)
        entity_freshness.refresh(connection, options.names, changes)


def _compare_articles(
    connection: Connection,
    changes: ChangeTracker,
    options: SeedOptions,
    links: Iterable[ArticleLink],
    paths: Collection[str],
) -> tuple[Problem, ...]:
    """Update the links between translations. Return the warnings about articles that do not fit together.

    Raise InvalidFiles about errors, unless this is a preview.
    """
    problems = translations.refresh_links(connection, changes)
    problems += warn_about_names(connection, options.names, changes)
    problems += warn_about_links(connection, links, paths)
    if options.is_strict:
        problems = list(map(to_error, problems))
    if not options.is_preview and any(problem.is_error for problem in problems):
        raise InvalidFiles(problems)
    return tuple(problems)


def _compute_revision_id(connection: Connection, files: Mapping[str, str], parser_version: int) -> str:
    """Return the id of the revision that holds these articles with the images that are stored."""
    return revision_id({**files, **image_files.read_digests(connection)}, parser_version)


def _write_revision(connection: Connection, revision: str, article_count: int, now: datetime) -> None:
    table = sql_table(models.Revision)
    connection.execute(delete(table))
    connection.execute(insert(table), {"id": revision, "article_count": article_count, "seeded_at": now})


def _start_tracking(
    connection: Connection, difference: Difference, parser_version: int, *, has_details: bool
) -> ChangeTracker:
    """Create a tracker. All types count as changed if any stored article is of another parser version.

    Rows are not compared then, because equal rows of two parser versions may mean different things.
    """
    version = sql_table(models.Article).c.parser_version
    is_new_parser = connection.scalar(select(version).where(version != parser_version).limit(1)) is not None
    has_deletions = bool(difference.removed or difference.changed)
    tracker_class = DetailedChangeTracker if has_details else ChangeTracker
    changes = tracker_class(compare=has_deletions and not is_new_parser)
    changes.mark_types(*(TYPES if is_new_parser else [models.Revision.__name__]))
    return changes
