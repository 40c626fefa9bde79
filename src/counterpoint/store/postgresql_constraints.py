"""PostgreSQL's indexes and constraints in the first seeding: dropped while it inserts rows, and created after them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ARRAY, Connection, String, Table, bindparam, text

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

    Until the end of the transaction, all others wait that read or write these tables.
    """
    names = [connection.dialect.identifier_preparer.format_table(table) for table in tables]
    query = text(_DROP_AND_CREATE).bindparams(bindparam("tables", names, ARRAY(String)))
    statements = connection.execute(query).all()
    for drop, _, _ in statements:
        connection.exec_driver_sql(drop.replace("%", "%%"))
    yield
    for _, create, _ in reversed(statements):
        connection.exec_driver_sql(create.replace("%", "%%"))
