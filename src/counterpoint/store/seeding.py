"""Seeding: replacement of the stored articles by those of a folder.

Only this module, and those that it calls, write content.

A seeding is one transaction that first waits for any other to end, so that what it reads stays true until it commits.
Until then other connections read the old content.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from counterpoint.article.folder_checks import Claim, add_claims, list_claims
from counterpoint.errors import InvalidFiles, Problem, to_error
from counterpoint.store import (
    article_ranks,
    entity_freshness,
    image_files,
    index_upkeep,
    models,
    outbox,
    source_files,
    translations,
)
from counterpoint.store.batching import batched
from counterpoint.store.bulk_insert import insert_columns
from counterpoint.store.change_details import DetailedChangeTracker
from counterpoint.store.folder_difference import (
    Difference,
    compare_folder,
    find_refusal,
    read_stored_articles,
    revision_id,
)
from counterpoint.store.id_allocator import IdAllocator, next_id
from counterpoint.store.models import sql_table
from counterpoint.store.prepared_articles import PreparedArticle, allocate_ids
from counterpoint.store.schema_version import check_schema_version
from counterpoint.store.seeding_cache_tags import COMPARED_MODELS, TYPES, ChangeTracker
from counterpoint.store.seeding_options import SeedOptions, SeedResult
from counterpoint.store.similar_names import find_similar_names
from counterpoint.store.staging_tables import StagingTables, insert_staged_rows
from counterpoint.store.statement_kinds import ENTITY_KINDS
from counterpoint.store.write_engine import begin_write

ARTICLES_PER_BATCH = 100
"""Articles that memory holds at a time."""

ARTICLE_MODELS: tuple[type[models.Base], ...] = (
    *COMPARED_MODELS,
    models.ArticleAuthor,
    models.FormerSlug,
    *(kind.mention for kind in ENTITY_KINDS),
    models.Passage,
    models.ArticleImageFile,
)
"""The models whose rows belong to one article, each after those that it references."""

MODELS_WITH_IDS = [
    model for model in (*ARTICLE_MODELS, *(kind.model for kind in ENTITY_KINDS)) if "id" in sql_table(model).c
]

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
    with _paused_collector(), begin_write(engine, options.on_wait) as connection:
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
def _paused_collector() -> Iterator[None]:
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
    if difference.is_empty and stored_revision == _revision_id(connection, files, parser_version):
        return SeedResult(difference, stored_revision)
    changes = _start_tracking(connection, difference, parser_version, has_details=options.has_details)
    drafts: list[str] = []
    old_images = image_files.find_unreferenced(connection)
    _delete_articles(connection, [*difference.removed, *difference.changed], changes)
    articles = read_articles([*difference.added, *difference.changed])
    published_articles = articles if options.is_preview else _skip_drafts(articles, drafts)
    count = len(difference.added) + len(difference.changed)
    with index_upkeep.defer_full_text_index(connection, count):
        with index_upkeep.defer_indexes(connection, count) as staging:
            _insert_articles(connection, published_articles, changes, options.images, staging)
        entity_freshness.refresh(connection, options.names, changes)
    published = {path: digest for path, digest in files.items() if path not in drafts}
    difference = compare_folder(stored, published, parser_version, force=options.force)
    revision = _revision_id(connection, published, parser_version)
    if difference.is_empty and stored_revision == revision:
        return SeedResult(difference, revision, drafts=tuple(drafts))
    warnings = _compare_articles(connection, changes, options)
    source_files.replace_declarations(connection, options.declarations)
    image_files.delete_unreferenced(connection, old_images)
    index_upkeep.tidy_indexes(connection, count, len(published))
    _write_revision(connection, revision, len(published), now)
    return SeedResult(difference, revision, changes.tags, warnings, tuple(drafts), changes.details, refusal)


def _compare_articles(connection: Connection, changes: ChangeTracker, options: SeedOptions) -> tuple[Problem, ...]:
    """Update the links between translations. Return the warnings about articles that do not fit together.

    Raise InvalidFiles about errors, unless this is a preview.
    """
    problems = translations.refresh_links(connection, changes)
    problems += find_similar_names(connection, options.names, changes)
    if options.is_strict:
        problems = list(map(to_error, problems))
    if not options.is_preview and any(problem.is_error for problem in problems):
        raise InvalidFiles(problems)
    return tuple(problems)


def _revision_id(connection: Connection, files: Mapping[str, str], parser_version: int) -> str:
    """Return the id of the revision that holds these articles with the images that are stored."""
    return revision_id({**files, **image_files.read_digests(connection)}, parser_version)


def _skip_drafts(articles: Iterable[PreparedArticle], drafts: list[str]) -> Iterator[PreparedArticle]:
    """Yield the articles that are published, and collect the paths of the others."""
    for prepared in articles:
        if prepared.article.draft:
            drafts.append(prepared.article.path)
        else:
            yield prepared


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


def _delete_articles(connection: Connection, paths: Sequence[str], changes: ChangeTracker) -> None:
    """Delete the rows of articles, and record the entities that they name."""
    articles = sql_table(models.Article)
    for batch in batched(paths, ARTICLES_PER_BATCH):
        source_files.delete_sources(connection, batch)
        ids = list(connection.scalars(select(articles.c.id).where(articles.c.path.in_(batch))))
        changes.record_deletion(connection, ids)
        translations.delete_links(connection, ids, changes)
        for kind in ENTITY_KINDS:
            mentions = sql_table(kind.mention).c
            entity_ids = select(mentions[kind.foreign_key]).where(mentions.article_id.in_(ids))
            changes.entities[kind.model].update(connection.scalars(entity_ids))
        for model in reversed(ARTICLE_MODELS):
            table = sql_table(model)
            owner = table.c.id if model is models.Article else table.c.article_id
            connection.execute(delete(table).where(owner.in_(ids)))


def _insert_articles(
    connection: Connection,
    articles: Iterable[PreparedArticle],
    changes: ChangeTracker,
    images: image_files.ImageSource,
    staging: StagingTables,
) -> None:
    """Insert articles in batches, and rank them; collect the problems of all before raising InvalidFiles."""
    ids = IdAllocator({model: next_id(connection, model) for model in MODELS_WITH_IDS})
    claims: dict[str, Claim] = {}
    problems: list[Problem] = []
    for batch in batched(_catch_invalid_files(articles, problems), ARTICLES_PER_BATCH):
        problems += _find_duplicate_slugs(connection, batch, claims)
        if not problems:
            image_files.insert_missing(connection, [prepared.article for prepared in batch], images)
            _insert_batch(connection, batch, ids, changes, staging)
            claims.clear()  # because the database has them now
            gc.collect(0)
    if problems:
        raise InvalidFiles(problems)
    article_ranks.refresh(connection, has_copies=not staging)
    insert_staged_rows(connection, staging)


def _catch_invalid_files(articles: Iterable[PreparedArticle], problems: list[Problem]) -> Iterator[PreparedArticle]:
    """Yield the articles; collect the problems of the invalid ones instead of raising InvalidFiles."""
    try:
        yield from articles
    except InvalidFiles as error:
        problems += error.problems


def _insert_batch(
    connection: Connection,
    articles: Sequence[PreparedArticle],
    ids: IdAllocator,
    changes: ChangeTracker,
    staging: StagingTables,
) -> None:
    """Insert the rows of articles, and record the entities that they name."""
    for kind in ENTITY_KINDS:
        if entity_freshness.upsert(connection, kind, articles, ids):
            changes.mark_types(kind.model.__name__)
        changes.entities[kind.model].update(ids.entities[kind.model].values())
    columns_by_article = [allocate_ids(prepared.columns, ids) for prepared in articles]
    for prepared, columns in zip(articles, columns_by_article, strict=True):
        changes.record_insertion(prepared.article, columns)
    for model in ARTICLE_MODELS:
        table = sql_table(model)
        parts = [columns[model] for columns in columns_by_article if model in columns]
        insert_columns(connection, staging.get(table, table), parts)
    source_files.insert_sources(connection, [prepared.article for prepared in articles])


def _find_duplicate_slugs(
    connection: Connection, batch: Sequence[PreparedArticle], claims: dict[str, Claim]
) -> list[Problem]:
    """Return a problem for each slug that another article has; `claims` collects those of articles not yet stored."""
    articles = [prepared.article for prepared in batch]
    slugs = {slug for article in articles for slug, _ in list_claims(article)}
    claims |= translations.read_claims(connection, slugs)
    return [problem for article in articles for problem in add_claims(article, claims)]
