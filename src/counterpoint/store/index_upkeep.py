"""Upkeep of the indexes in a seeding: they are created after the rows of an empty database, and tidied at the end."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, Table, select

from counterpoint.store import models
from counterpoint.store.match_counts import refresh_match_counts
from counterpoint.store.models import sql_table
from counterpoint.store.postgresql_constraints import defer_constraints
from counterpoint.store.staging_tables import StagingTables, create_staging_tables
from counterpoint.store.statement_kinds import ENTITY_KINDS

FEW_CHANGES = 200
"""Number of articles that a seeding may change without work on whole indexes."""

SMALL_CHANGE_RATIO = 0.1
"""Ratio of all articles that a seeding may change without another count of the frequent words."""

TABLES = models.metadata.sorted_tables

_IMAGE_USE = sql_table(models.ArticleImageFile)
_DEFERRABLE_TABLES = [table for table in TABLES if "article_id" in table.c and table is not _IMAGE_USE]
"""PostgreSQL's tables whose indexes the first seeding creates after the rows.

The uses of images keep theirs, because to drop the foreign key would lock the image files, which servers always read.
"""

_LATER_MODELS: tuple[type[models.Base], ...] = (
    models.Passage,
    models.Translation,
    *(model for kind in ENTITY_KINDS for model in (kind.model, kind.alias)),
)
_LATER_TABLES = [*map(sql_table, _LATER_MODELS)]
"""The tables that a seeding fills or updates after it has inserted the rows of the articles."""

MAX_SEGMENTS = 1_999
"""Number of segments of SQLite's full-text index at which FTS5 merges them while it is built: the most that it allows.

Such a merge would leave as much unused space in the file as the segments take.
"""

_OPTIMIZE = "INSERT INTO passage_index (passage_index) VALUES ('optimize')"

_SQLITE_DEFINITIONS = "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY rowid"
"""The indexes of SQLite's tables, except those of constraints, or the triggers of the full-text index."""

FREQUENT_WORD_ROWS = 1_000
"""Rows with a word from which it is frequent. `engine/sql/fulltext.py` takes all other words for rarer (FEW_ROWS)."""

_FREQUENT_WORDS = (
    "DELETE FROM passage_index_frequency",
    "CREATE VIRTUAL TABLE temp.passage_index_vocabulary USING fts5vocab(main, passage_index, row)",
    "INSERT INTO passage_index_frequency"
    f" SELECT term, doc FROM temp.passage_index_vocabulary WHERE doc >= {FREQUENT_WORD_ROWS}",
    "INSERT INTO passage_index_frequency SELECT '', count(*) FROM passage",
    "DROP TABLE temp.passage_index_vocabulary",
)


@contextmanager
def defer_indexes(connection: Connection, new_articles: int) -> Iterator[StagingTables]:
    """Speed up a block that inserts so many articles: in an empty database, create the indexes at its end.

    Sorting all entries at once is much faster than adding each one. All of it belongs to the transaction. Yield
    PostgreSQL's staging tables for the rows of the articles.
    """
    if new_articles <= FEW_CHANGES:
        yield {}
    elif connection.dialect.name == "postgresql":
        with _defer_postgresql(connection) as staging:
            yield staging
    else:
        with _defer_sqlite(connection, "index"):
            yield {}


@contextmanager
def defer_full_text_index(connection: Connection, new_articles: int) -> Iterator[None]:
    """Build SQLite's full-text index at the end of a block that inserts so many articles in an empty database."""
    if new_articles <= FEW_CHANGES or connection.dialect.name != "sqlite":
        yield
        return
    with _defer_sqlite(connection, "trigger") as is_deferred:
        yield
        if is_deferred:
            _build_full_text_index(connection)


@contextmanager
def _defer_postgresql(connection: Connection) -> Iterator[StagingTables]:
    """Create indexes and constraints at the end if there is no revision yet, and collect statistics.

    Otherwise the indexes stay, because readers would wait for the lock on a table whose index is dropped. They also
    stay without staging tables: a new index on rows that had other ranks before is of no use in the same transaction.

    Without statistics, the update of entities would read whole tables.
    """
    staging = create_staging_tables(connection)
    has_revision = connection.scalar(select(sql_table(models.Revision).c.id)) is not None
    is_deferred = staging and not has_revision
    with defer_constraints(connection, _DEFERRABLE_TABLES) if is_deferred else nullcontext():
        yield staging
    _analyze(connection, [table for table in TABLES if table not in _LATER_TABLES])


def _analyze(connection: Connection, tables: Iterable[Table]) -> None:
    """Collect PostgreSQL's statistics. Without them, it reads all articles of a language to filter a few rows."""
    quote = connection.dialect.identifier_preparer.format_table
    connection.exec_driver_sql(f"ANALYZE {', '.join(map(quote, tables))}")


@contextmanager
def _defer_sqlite(connection: Connection, kind: str) -> Iterator[bool]:
    """Create the indexes or triggers at the end if there is no article yet, and yield whether there is none."""
    is_empty = connection.scalar(select(sql_table(models.Article).c.id).limit(1)) is None
    dropped = connection.exec_driver_sql(_SQLITE_DEFINITIONS, (kind,)).all() if is_empty else []
    for name, _ in dropped:
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield is_empty
    for _, statement in dropped:
        connection.exec_driver_sql(statement)


def _build_full_text_index(connection: Connection) -> None:
    """Index all passages, and merge the segments once. Many merges on the way would take longer."""
    _limit_segments(connection, automerge=0, crisismerge=MAX_SEGMENTS)
    connection.exec_driver_sql("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    connection.exec_driver_sql(_OPTIMIZE)
    _limit_segments(connection, automerge=4, crisismerge=16)  # the defaults


def _limit_segments(connection: Connection, **settings: int) -> None:
    for setting in settings.items():
        connection.exec_driver_sql("INSERT INTO passage_index (passage_index, rank) VALUES (?, ?)", setting)


def tidy_indexes(connection: Connection, changes: int, articles: int) -> None:
    """Make queries fast after a seeding that changed some of all articles."""
    if connection.dialect.name == "postgresql":
        _tidy_postgresql(connection, changes)
    elif changes > FEW_CHANGES:
        _tidy_sqlite(connection, is_large_change=changes > articles * SMALL_CHANGE_RATIO)


def _tidy_postgresql(connection: Connection, changes: int) -> None:
    """Move new entries into the tree of the full-text index, because a search reads all that are not there yet.

    After many changes, collect the statistics that are not collected yet. The match counts need them.
    """
    connection.exec_driver_sql("SELECT gin_clean_pending_list('passage_index')")
    if changes > FEW_CHANGES:
        _analyze(connection, _LATER_TABLES)
    refresh_match_counts(connection, has_new_statistics=changes > FEW_CHANGES)


def _tidy_sqlite(connection: Connection, *, is_large_change: bool) -> None:
    """Merge the segments of the full-text index, because a search looks words up in each, and count frequent words.

    A search begins with rare words.
    """
    connection.exec_driver_sql(_OPTIMIZE)
    for sql in _FREQUENT_WORDS if is_large_change else ():
        connection.exec_driver_sql(sql)
