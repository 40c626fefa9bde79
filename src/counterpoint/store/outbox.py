"""The outbox: notifications that receivers have not confirmed yet.

A seeding adds the cache tags of its changes in its own transaction. They stay until each receiver has confirmed them,
so that no failure between the commit and the last confirmation loses any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from counterpoint.store.models import Notification, sql_table


@dataclass(frozen=True)
class PendingNotification:
    """The cache tags of all changes that a receiver has not confirmed yet, sorted. `version` names this state."""

    receiver: str
    version: str
    tags: tuple[str, ...]


def add_tags(connection: Connection, receivers: Iterable[str], tags: Sequence[str]) -> tuple[PendingNotification, ...]:
    """Add tags to the notifications of receivers, and return those that are pending."""
    table = sql_table(Notification)
    pending = {notification.receiver: notification for notification in _read(connection, receivers)}
    for receiver in receivers if tags else ():
        previous = pending.get(receiver)
        all_tags = tuple(sorted({*tags, *(previous.tags if previous else ())}))
        # A new version, because another process may confirm the previous one at any time.
        pending[receiver] = PendingNotification(receiver, uuid4().hex, all_tags)
        connection.execute(delete(table).where(table.c.receiver == receiver))
        row = {"receiver": receiver, "version": pending[receiver].version, "tags": "\n".join(all_tags)}
        connection.execute(insert(table), row)
    return tuple(pending.values())


def delete_confirmed(connection: Connection, notifications: Iterable[PendingNotification]) -> None:
    """Delete notifications, unless another seeding has added tags to them since."""
    table = sql_table(Notification)
    versions = [notification.version for notification in notifications]
    connection.execute(delete(table).where(table.c.version.in_(versions)))


def list_receivers(connection: Connection) -> list[str]:
    """Return the keys of all receivers that have not confirmed everything."""
    return [*connection.scalars(select(sql_table(Notification).c.receiver))]


def _read(connection: Connection, receivers: Iterable[str]) -> list[PendingNotification]:
    table = sql_table(Notification).c
    rows = connection.execute(select(table.receiver, table.version, table.tags).where(table.receiver.in_([*receivers])))
    return [PendingNotification(row.receiver, row.version, tuple(row.tags.splitlines())) for row in rows]
