"""Rows of articles: seedings insert them in batches, and delete them."""

import gc
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, select

from counterpoint.article.folder_checks import Claim, add_claims, list_claims
from counterpoint.errors import InvalidFiles, Problem
from counterpoint.store import article_ranks, entity_freshness, image_files, models, source_files, translations
from counterpoint.store.batching import batched
from counterpoint.store.bulk_insert import insert_columns
from counterpoint.store.id_allocator import IdAllocator, find_next_id
from counterpoint.store.models import sql_table
from counterpoint.store.prepared_articles import PreparedArticle, allocate_ids
from counterpoint.store.seeding_cache_tags import COMPARED_MODELS, ChangeTracker
from counterpoint.store.staging_tables import StagingTables, insert_staged_rows
from counterpoint.store.statement_kinds import ENTITY_KINDS

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


def delete_articles(connection: Connection, paths: Sequence[str], changes: ChangeTracker) -> None:
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


def insert_articles(
    connection: Connection,
    articles: Iterable[PreparedArticle],
    changes: ChangeTracker,
    images: image_files.ImageSource,
    staging: StagingTables,
) -> None:
    """Insert articles in batches, and rank them; collect the problems of all before raising InvalidFiles."""
    ids = IdAllocator({model: find_next_id(connection, model) for model in MODELS_WITH_IDS})
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
