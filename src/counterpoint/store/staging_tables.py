"""Staging tables: temporary tables without indexes, for the new rows that contain ranks of articles.

Articles get their ranks when all are inserted. Rows that are in their tables by then would be written to all indexes
twice.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, MetaData, Table, func, insert, select

from counterpoint.store import article_ranks, models
from counterpoint.store.models import sql_table

StagingTables = Mapping[Table, Table]
"""The staging tables by the tables that get their rows."""

_ARTICLE = sql_table(models.Article)


def create_staging_tables(connection: Connection) -> StagingTables:
    """Create staging tables for this transaction of PostgreSQL, if the role may; otherwise return none."""
    may_create = func.has_database_privilege(func.current_database(), "TEMP")
    if not connection.scalar(select(may_create)):
        return {}
    metadata, quote = MetaData(), connection.dialect.identifier_preparer.format_table
    staging = {
        table: table.to_metadata(metadata, name=f"staged_{table.name}")
        for table in article_ranks.list_tables_with_ranks()
    }
    for table, staging_table in staging.items():
        connection.exec_driver_sql(f"CREATE TEMP TABLE {quote(staging_table)} (LIKE {quote(table)}) ON COMMIT DROP")
    return staging


def insert_staged_rows(connection: Connection, staging: StagingTables) -> None:
    """Insert the rows of the staging tables with the ranks of their articles."""
    for table, staging_table in staging.items():
        columns = [
            _ARTICLE.c[column.name] if column.name in article_ranks.KEYS else column for column in staging_table.c
        ]
        rows = select(*columns).join(_ARTICLE, _ARTICLE.c.id == staging_table.c.article_id)
        connection.execute(insert(table).from_select([*table.c], rows.order_by(*staging_table.primary_key)))
