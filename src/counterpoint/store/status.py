"""Readiness of the database: its tables are those of this version, and it holds content."""

from dataclasses import dataclass
from datetime import UTC, datetime

from counterpoint.errors import NotReady
from counterpoint.store import models
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE, Database

STATUS_QUERY = (
    "SELECT CAST((SELECT version_num FROM alembic_version) AS TEXT), id, CAST(article_count AS TEXT),"
    " CAST(seeded_at AS TEXT) FROM revision"
)


@dataclass(frozen=True)
class Status:
    """The revision of the content, the number of articles, and the time of the last seeding that changed anything."""

    revision: str
    article_count: int
    seeded_at: datetime


async def read_status(database: Database) -> Status:
    """Read the status. Raise NotReady if the tables are of another version or hold no article."""
    # Unqueued, because a busy server is still ready.
    row = await database.fetch_unqueued(STATUS_QUERY)
    version, revision, count, seeded = (None if text is None else text.decode() for text in row or (None,) * 4)
    if revision is None or count is None or seeded is None or int(count) == 0:
        raise NotReady("There is no content yet: run `counterpoint seed`.")
    if version != models.SCHEMA_VERSION:
        raise NotReady(WRONG_SCHEMA_MESSAGE)
    seeded_at = datetime.fromisoformat(seeded)
    return Status(revision, int(count), seeded_at if seeded_at.tzinfo else seeded_at.replace(tzinfo=UTC))
