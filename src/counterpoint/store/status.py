"""Whether the database is ready to be asked: its tables are those of this version, and it holds content."""

from dataclasses import dataclass
from datetime import UTC, datetime

from counterpoint.errors import NotReady
from counterpoint.store import models
from counterpoint.store.database import Database

STATEMENT = (
    "SELECT CAST((SELECT version_num FROM alembic_version) AS TEXT), id, CAST(article_count AS TEXT),"
    " CAST(seeded_at AS TEXT) FROM revision"
)


@dataclass(frozen=True)
class Status:
    """What the database holds: its revision, how many articles, and when they were seeded."""

    revision: str
    article_count: int
    seeded_at: datetime


async def read_status(reader: Database) -> Status:
    """Read the status. Raise NotReady unless the tables are of this version and there is an article."""
    # Past all that wait: a server that has much to do is ready.
    row = await reader.fetch_unqueued(STATEMENT)
    migrated, revision, count, seeded = (None if text is None else text.decode() for text in row or (None,) * 4)
    if revision is None or count is None or seeded is None or int(count) == 0:
        raise NotReady("There is no content yet: run seed.")
    if migrated != models.SCHEMA_VERSION:
        raise NotReady("The tables are not those of this version: run migrate.")
    when = datetime.fromisoformat(seeded)
    return Status(revision, int(count), when if when.tzinfo else when.replace(tzinfo=UTC))
