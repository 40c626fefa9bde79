"""PostgreSQL's indexes and constraints in the first seeding: dropped while it inserts rows, and created after them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ARRAY, Connection, String, Table, bindparam, text
from sqlalchemy.exc import DBAPIError

_DROP_AND_CREATE = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
       contype = 'f' AS is_last
FROM pg_constraint
WHERE conrelid = ANY (:tables ::regclass[]) AND contype IN ('f', 'u')
UNION ALL
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), FALSE
FROM pg_index
WHERE indrelid = ANY (:tables ::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY is_last DESC
"""
"""Selects the statements for each index of some tables, except those of primary keys, and for each foreign key.

Foreign keys are dropped first and created last, because they need the indexes.
"""


@contextmanager
def defer_constraints(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Create indexes, unique constraints and foreign keys of tables at the end of a block that fills them.

    Until the end of the transaction, all others wait that read or write these tables, or those that they reference. If
    another transaction reads them already, or if an object of the operator needs an index, nothing is dropped.
    """
    statements = _drop_constraints(connection, tables)
    yield
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _drop_constraints(connection: Connection, tables: Sequence[Table]) -> list[str]:
    """Drop indexes, unique constraints and foreign keys, and return the statements that create them; none on failure.

    All locks are taken first and without waiting, because others that hold some of them may wait for the rest.
    """
    quote = connection.dialect.identifier_preparer.format_table
    names = [*map(quote, tables)]
    references = {quote(key.column.table) for table in tables for key in table.foreign_keys}
    query = text(_DROP_AND_CREATE).bindparams(bindparam("tables", names, ARRAY(String)))
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"LOCK TABLE {', '.join({*names, *references})} IN ACCESS EXCLUSIVE MODE NOWAIT")
            statements = connection.execute(query).all()
            for drop, _, _ in statements:
                connection.exec_driver_sql(drop.replace("%", "%%"))
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return []
    return [create for _, create, _ in reversed(statements)]
