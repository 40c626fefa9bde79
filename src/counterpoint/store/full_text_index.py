"""Upkeep of the full-text index of the passages after a seeding."""

from sqlalchemy import Connection

FEW_CHANGES = 200
"""Number of articles that a seeding may change without a merge of the index's segments."""

SMALL_CHANGE_RATIO = 0.1
"""Ratio of all articles that a seeding may change without another count of the frequent words."""

_FREQUENT_WORDS = (
    "DELETE FROM passage_index_frequency",
    "CREATE VIRTUAL TABLE temp.passage_index_vocabulary USING fts5vocab(main, passage_index, row)",
    "INSERT INTO passage_index_frequency SELECT term, doc FROM temp.passage_index_vocabulary WHERE doc >= 1000",
    "INSERT INTO passage_index_frequency SELECT '', count(*) FROM passage",
    "DROP TABLE temp.passage_index_vocabulary",
)


def tidy(connection: Connection, changes: int, articles: int) -> None:
    """Make searches fast after a seeding that changed some of all articles.

    A search on SQLite looks words up in each segment of the index, and begins with rare words. So merge the segments if
    there are many changes, and count the frequent words if these are a large part of all articles. A search on
    PostgreSQL reads all new entries that are not yet in the tree of the index.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT gin_clean_pending_list('passage_index')")
    elif changes > FEW_CHANGES:
        connection.exec_driver_sql("INSERT INTO passage_index (passage_index) VALUES ('optimize')")
        if changes > articles * SMALL_CHANGE_RATIO:
            for sql in _FREQUENT_WORDS:
                connection.exec_driver_sql(sql)
