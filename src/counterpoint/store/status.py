"""The status of the database: its schema version, its revision, and what it holds.

The server reads `Status` for `/readyz`. Operators read `DatabaseReport` with the command `status`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, func, select, text

from counterpoint.errors import NO_CONTENT_MESSAGE, CounterpointError, NotReady
from counterpoint.store import models, outbox
from counterpoint.store.database import Database
from counterpoint.store.match_counts import COUNT_TABLE
from counterpoint.store.models import sql_table
from counterpoint.store.schema_version import (
    OLDEST_READER_QUERY,
    VERSION_QUERY,
    find_read_defect,
    is_newer,
    read_oldest_reader,
    read_schema_version,
)
from counterpoint.store.snapshots import open_snapshot
from counterpoint.store.statement_kinds import ENTITY_KINDS, STATEMENT_KINDS

STATUS_QUERY = (
    f"SELECT ({VERSION_QUERY}), ({OLDEST_READER_QUERY}), id, CAST(article_count AS TEXT), CAST(seeded_at AS TEXT)"
    " FROM revision"
)

READ_TABLES = sorted({*models.Base.metadata.tables, COUNT_TABLE} - {"notification", "source_file"})
"""The tables that the server reads. SQLite has no rights, and no match counts."""

COUNTED_MODELS: tuple[type[models.Base], ...] = (
    models.Article,
    models.Section,
    *(kind.model for kind in ENTITY_KINDS),
    *(kind.model for kind in STATEMENT_KINDS),
)


@dataclass(frozen=True)
class Status:
    """The revision of the content, the number of articles, and the time of the last seeding that changed anything."""

    revision: str
    article_count: int
    seeded_at: datetime


@dataclass(frozen=True)
class DatabaseReport:
    """Everything that operators ask about a database. `status` is None if it holds no content."""

    url: str
    """The URL without the password."""
    schema_version: str | None
    oldest_reader: str | None
    """The oldest schema version whose servers can read the tables."""
    expected_schema_version: str
    size_bytes: int
    status: Status | None
    counts: Mapping[str, int]
    """The number of objects of each GraphQL type. Empty if this version cannot read the tables."""
    stale_articles: int
    """The number of articles that the next seeding reads again, because a migration lost some of their content."""
    unnotified_receivers: Collection[str]
    """The keys of the receivers that have not confirmed all changes. The next seeding notifies them."""

    def find_defect(self) -> str | None:
        """Return why the database is not ready, or None."""
        if defect := find_read_defect(self.schema_version, self.oldest_reader):
            return defect
        return None if self.status and self.status.article_count else NO_CONTENT_MESSAGE


async def read_status(database: Database) -> Status:
    """Read the status. Raise NotReady if the tables are of another version, hold no article, or cannot be read."""
    # Unqueued, because a busy server is still ready.
    row = await database.fetch_unqueued(STATUS_QUERY)
    version, oldest_reader, revision, count, seeded = (
        None if text is None else text.decode() for text in row or (None,) * 5
    )
    if revision is None or count is None or seeded is None or int(count) == 0:
        raise NotReady(NO_CONTENT_MESSAGE)
    if defect := find_read_defect(version, oldest_reader):
        raise NotReady(defect)
    await database.check_rights(READ_TABLES)
    return Status(revision, int(count), _in_utc(datetime.fromisoformat(seeded)))


async def refuse_newer_schema(database: Database) -> None:
    """Raise NotReady if the tables are too new for this version. All else can become right while a server runs."""
    try:
        version = await _fetch_version(database, VERSION_QUERY)
        oldest_reader = await _fetch_version(database, OLDEST_READER_QUERY) if is_newer(version) else None
    finally:
        await database.close()
    if is_newer(version) and (defect := find_read_defect(version, oldest_reader)):
        raise NotReady(defect)


async def _fetch_version(database: Database, query: str) -> str | None:
    """Return the only value of a query, or None if it cannot be read."""
    try:
        row = await database.fetch_unqueued(query)
    except CounterpointError:
        return None
    return row[0].decode() if row and row[0] else None


def read_report(url: URL) -> DatabaseReport:
    """Read a report, and write nothing. Raise NotReady if there is no database."""
    with open_snapshot(url) as connection:
        version = read_schema_version(connection)
        oldest_reader = read_oldest_reader(connection)
        is_readable = find_read_defect(version, oldest_reader) is None
        # Without a revision, nothing else is read, because the first seeding locks tables of PostgreSQL.
        status = _read_revision(connection) if is_readable else None
        return DatabaseReport(
            url=url.render_as_string(hide_password=True).replace("+psycopg", "", 1),
            schema_version=version,
            oldest_reader=oldest_reader,
            expected_schema_version=models.SCHEMA_VERSION,
            size_bytes=_read_size(connection, url),
            status=status,
            counts=_count_rows(connection, has_content=status is not None) if is_readable else {},
            stale_articles=_count_stale_articles(connection) if status else 0,
            unnotified_receivers=outbox.list_receivers(connection) if is_readable else (),
        )


def _read_revision(connection: Connection) -> Status | None:
    table = sql_table(models.Revision).c
    row = connection.execute(select(table.id, table.article_count, table.seeded_at)).first()
    return row and Status(row.id, row.article_count, _in_utc(row.seeded_at))


def _count_rows(connection: Connection, *, has_content: bool) -> dict[str, int]:
    if not has_content:
        return {model.__name__: 0 for model in COUNTED_MODELS}
    counts = {model.__name__: _count(connection, model) for model in COUNTED_MODELS}
    block = sql_table(models.Block).c
    blocks = connection.execute(select(block.type, func.count()).group_by(block.type).order_by(block.type))
    counts.update((type_name, number) for type_name, number in blocks)
    return counts


def _count(connection: Connection, model: type[models.Base]) -> int:
    return connection.scalar(select(func.count()).select_from(sql_table(model))) or 0


def _count_stale_articles(connection: Connection) -> int:
    article = sql_table(models.Article)
    is_stale = article.c.parser_version == models.STALE_PARSER_VERSION
    return connection.scalar(select(func.count()).select_from(article).where(is_stale)) or 0


def _read_size(connection: Connection, url: URL) -> int:
    """Return the bytes of the database; of an SQLite file, with its write-ahead log."""
    if url.get_backend_name() == "sqlite":
        files = (Path(f"{url.database}{suffix}") for suffix in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0


def _in_utc(moment: datetime) -> datetime:
    # SQLite stores no time zone; all times are written in UTC.
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
