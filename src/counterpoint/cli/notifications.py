"""Notifications of `seed`: each receiver is sent the revision and the cache tags that it has not confirmed yet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from counterpoint.article.messages import count
from counterpoint.cli.errors import describe_database_error, write_error, write_output
from counterpoint.cli.reports import Report, ReportFormat, write_report
from counterpoint.errors import CounterpointError, NotificationFailed
from counterpoint.settings import Settings
from counterpoint.store.outbox import PendingNotification, delete_confirmed
from counterpoint.store.seeding_options import SeedResult
from counterpoint.store.write_engine import WAITING_MESSAGE, begin_write, write_engine
from counterpoint.webhooks import Delivery, Receiver, RetryPolicy, Webhook, deliver_all, parse_receivers, parse_secret

EVENT_TYPE = "content.published"


class ReceiverType(click.ParamType[Receiver]):
    """The value of `--notify`."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Receiver:
        """Parse the value."""
        if isinstance(value, Receiver):
            return value
        try:
            return Receiver.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@dataclass(frozen=True)
class Notification:
    """A notification of a receiver, and the outcome of sending it.

    `delivery` is None if the next seeding will send it. `record_failure` says why a confirmation was not recorded.
    """

    receiver: Receiver
    pending: PendingNotification
    delivery: Delivery | None = None
    record_failure: str | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver has confirmed it."""
        return self.delivery is not None and self.delivery.failure is None

    @property
    def failure(self) -> str | None:
        """Why the next seeding repeats the notification; None if it need not."""
        return self.record_failure or (self.delivery.failure if self.delivery else None)

    def __str__(self) -> str:
        tags = count(len(self.pending.tags), "tag")
        if self.delivery is None:
            return f"Not sent yet: {self.receiver} ({tags}). The next seeding sends it."
        if self.record_failure:
            return f"Notified, but not recorded: {self.receiver} ({tags}): {self.record_failure}"
        if self.delivery.failure is None:
            return f"Notified {self.receiver} ({tags})."
        attempts = f", after {self.delivery.attempts} attempts" if self.delivery.attempts > 1 else ""
        return f"Not notified: {self.receiver} ({tags}): {self.delivery.failure}{attempts}."


def list_receivers(settings: Settings, options: Iterable[Receiver]) -> list[Receiver]:
    """Return the receivers of the settings and of the options, each once."""
    return [*dict.fromkeys([*parse_receivers(settings.notify_urls), *options])]


def pair_with_receivers(result: SeedResult, receivers: Iterable[Receiver]) -> list[Notification]:
    """Return the notifications of a seeding, not sent yet."""
    pending = {notification.receiver: notification for notification in result.notifications}
    return [Notification(receiver, pending[receiver.key]) for receiver in receivers if receiver.key in pending]


def send(
    notifications: Sequence[Notification], result: SeedResult, now: datetime, settings: Settings
) -> list[Notification]:
    """Send notifications, and delete those that were delivered from the database."""
    if not notifications:
        return []
    secret = settings.notify_secret.get_secret_value()
    webhooks = [
        Webhook(item.receiver, _build_body(item, result.revision, now), parse_secret(secret) if secret else None)
        for item in notifications
    ]
    deliveries = deliver_all(webhooks, RetryPolicy(), write_error)
    outcomes = [
        Notification(item.receiver, item.pending, delivery)
        for item, delivery in zip(notifications, deliveries, strict=True)
    ]
    confirmed = [item.pending for item in outcomes if item.is_delivered]
    failure = _record(confirmed, settings) if confirmed else None
    return [replace(item, record_failure=failure) if item.is_delivered else item for item in outcomes]


def _record(confirmed: Sequence[PendingNotification], settings: Settings) -> str | None:
    """Delete notifications from the database. Return why that failed, or None."""
    try:
        with (
            write_engine(settings.database) as engine,
            begin_write(engine, lambda: write_error(WAITING_MESSAGE)) as connection,
        ):
            delete_confirmed(connection, confirmed)
    except DBAPIError as error:
        return describe_database_error(error)
    except CounterpointError as error:
        return str(error)
    return None


def report_notifications(
    notifications: Sequence[Notification], report: Report | None, report_format: ReportFormat
) -> None:
    """Print the outcomes of notifications, in the report if there is one. Exit with status 1 after a failure."""
    error = _find_failure(notifications)
    if report:
        data = {**report.data, "notifications": [*map(_as_json, notifications)]}
        write_report(replace(report, data=data, error=error), report_format)
    else:
        for notification in notifications:
            if not notification.failure:
                write_output(str(notification))
        if error:
            write_report(Report(str(error), error=error), report_format)
    if error:
        raise SystemExit(1)


def _find_failure(notifications: Sequence[Notification]) -> NotificationFailed | None:
    failures = [str(notification) for notification in notifications if notification.failure]
    if not failures:
        return None
    advice = "The content is published. Run `counterpoint seed` again to repeat the notification."
    return NotificationFailed(" ".join([*failures, advice]))


def _as_json(notification: Notification) -> dict[str, Any]:
    delivery = notification.delivery
    return {
        "url": str(notification.receiver),
        "tags": len(notification.pending.tags),
        "delivered": notification.is_delivered,
        "attempts": delivery.attempts if delivery else 0,
        "failure": notification.failure,
    }


def _build_body(notification: Notification, revision: str, now: datetime) -> bytes:
    data = {"revision": revision, "tags": notification.pending.tags}
    return json.dumps({"type": EVENT_TYPE, "timestamp": now.isoformat(), "data": data}).encode()
