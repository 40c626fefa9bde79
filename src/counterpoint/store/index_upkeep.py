"""Upkeep of the indexes in a seeding: they are created after the rows of an empty database, and tidied at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from counterpoint.store import models
from counterpoint.store.models import sql_table

FEW_CHANGES = 200
"""Number of articles that a seeding may change without work on whole indexes."""

SMALL_CHANGE_RATIO = 0.1
"""Ratio of all articles that a seeding may change without another count of the frequent words."""

_DROPPED = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
"""The indexes of SQLite's tables, except those of constraints, and the triggers of the full-text index."""

_FULL_TEXT_INDEXES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'"

_FREQUENT_WORDS = (
    "DELETE FROM passage_index_frequency",
    "CREATE VIRTUAL TABLE temp.passage_index_vocabulary USING fts5vocab(main, passage_index, row)",
    "INSERT INTO passage_index_frequency SELECT term, doc FROM temp.passage_index_vocabulary WHERE doc >= 1000",
    "INSERT INTO passage_index_frequency SELECT '', count(*) FROM passage",
    "DROP TABLE temp.passage_index_vocabulary",
)


@contextmanager
def defer_indexes(connection: Connection, new_articles: int) -> Iterator[None]:
    """Create the indexes at the end of a block that fills an empty SQLite database with so many articles, if it pays.

    Sorting all entries at once is much faster than adding each one. All of it belongs to the transaction. On PostgreSQL
    the indexes stay, because readers would wait for the lock on a table whose index is dropped.
    """
    article_id = sql_table(models.Article).c.id
    is_empty = connection.scalar(select(article_id).limit(1)) is None
    if connection.dialect.name != "sqlite" or not is_empty or new_articles <= FEW_CHANGES:
        yield
        return
    dropped = connection.exec_driver_sql(f"{_DROPPED} ORDER BY rowid").all()
    for kind, name, _ in dropped:
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield
    for _, _, statement in dropped:
        connection.exec_driver_sql(statement)
    for (name,) in connection.exec_driver_sql(_FULL_TEXT_INDEXES).all():
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def tidy_indexes(connection: Connection, changes: int, articles: int) -> None:
    """Make queries fast after a seeding that changed some of all articles."""
    if connection.dialect.name == "postgresql":
        _tidy_postgresql(connection, changes)
    elif changes > FEW_CHANGES:
        _tidy_sqlite(connection, is_large_change=changes > articles * SMALL_CHANGE_RATIO)


def _tidy_postgresql(connection: Connection, changes: int) -> None:
    """Move new entries into the tree of the full-text index, because a search reads all that are not there yet.

    After many changes, collect statistics, because without them PostgreSQL reads all articles of a language to filter
    a few rows.
    """
    connection.exec_driver_sql("SELECT gin_clean_pending_list('passage_index')")
    if changes > FEW_CHANGES:
        quote = connection.dialect.identifier_preparer.format_table
        connection.exec_driver_sql(f"ANALYZE {', '.join(map(quote, models.metadata.sorted_tables))}")


def _tidy_sqlite(connection: Connection, *, is_large_change: bool) -> None:
    """Merge the segments of the full-text index, because a search looks words up in each, and count frequent words.

    A search begins with rare words.
    """
    connection.exec_driver_sql("INSERT INTO passage_index (passage_index) VALUES ('optimize')")
    for sql in _FREQUENT_WORDS if is_large_change else ():
        connection.exec_driver_sql(sql)
