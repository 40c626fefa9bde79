"""`counterpoint seed` notifies receivers of every change, at least once, whatever fails in between."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoint.store.outbox import add_tags, delete_confirmed
from support.commands import error_lines, run, write_sample_folder, write_texts
from support.database_helpers import open_client, open_write_engine
from support.processes import start_program
from support.receiver import SECRET, TIMEOUT_SECONDS, Receiver, run_receiver
from support.sample_articles import TEXTS
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

pytestmark = variant("postgresql")

OLD = TEXTS["old.md"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that contains the sample articles."""
    return write_sample_folder(tmp_path / "articles")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with run_receiver() as receiver:
        yield receiver


def seed(url: str, folder: Path, *options: str, **settings: str) -> Result:
    return run("seed", str(folder), *options, COUNTERPOINT_DATABASE_URL=url, **settings)


def change(folder: Path, word: str) -> None:
    """Change a paragraph of one article."""
    write_texts(folder, {"old.md": OLD.replace("Before any", word)})


def read_revision(url: str) -> str:
    with open_client(url) as api:
        revision: str = api.execute("{ revision { id } }")["revision"]["id"]
    return revision


def list_unnotified(url: str, receiver: Receiver) -> list[str]:
    settings = {"COUNTERPOINT_DATABASE_URL": url, "COUNTERPOINT_NOTIFY_URLS": f"{receiver.url},https://site.example"}
    receivers: list[str] = json.loads(run("status", "--format", "json", **settings).stdout)["notNotified"]
    return receivers


def test_receivers_are_sent_the_revision_and_the_tags(
    database_url: str, folder: Path, tmp_path: Path, receiver: Receiver
) -> None:
    with run_receiver() as second:
        settings = {"COUNTERPOINT_NOTIFY_URLS": f" {second.url} , ", "COUNTERPOINT_NOTIFY_SECRET": SECRET}
        options = ("--tags", str(tmp_path / "tags"), "--notify", receiver.url, "--notify", second.url)
        result = seed(database_url, folder, *options, **settings)
    tags = (tmp_path / "tags").read_text(encoding="ascii").split()
    assert len(tags) > 20
    for notification in (*receiver.take(), *second.take()):
        body = json.loads(notification.body)
        assert body["type"] == "content.published"
        assert datetime.fromisoformat(body["timestamp"]).tzinfo == UTC
        assert body["data"] == {"revision": read_revision(database_url), "tags": tags}
        assert notification.headers["content-type"] == "application/json"
        assert notification.has_valid_signature
    lines = [f"Notified {url} ({len(tags)} tags)." for url in (second.url, receiver.url)]
    assert (result.exit_code, result.stdout.splitlines()[-2:]) == (0, lines)


def test_nothing_is_sent_if_nothing_changed_or_in_a_dry_run(
    migrated_sqlite_url: str, folder: Path, receiver: Receiver
) -> None:
    seed(migrated_sqlite_url, folder, "--notify", receiver.url)
    assert len(receiver.take()) == 1
    assert "Notified" not in seed(migrated_sqlite_url, folder, "--notify", receiver.url).stdout
    change(folder, "After all")
    assert "Notified" not in seed(migrated_sqlite_url, folder, "--notify", receiver.url, "--dry-run").stdout
    assert receiver.take() == []


def test_failure_keeps_the_content_and_the_next_seeding_sends_all_tags(
    database_url: str, folder: Path, receiver: Receiver
) -> None:
    seed(database_url, folder)
    receiver.statuses += [400, 404]
    change(folder, "After all")
    failure = f"{receiver.url} (7 tags): HTTP 400 Bad Request. The content is published. "
    advice = "Run `counterpoint seed` again to repeat the notification."
    result = seed(database_url, folder, "--notify", receiver.url)
    assert (result.exit_code, error_lines(result)[-1]) == (1, f"Not notified: {failure}{advice}")
    assert result.stdout.startswith("0 added, 1 changed, ")
    write_texts(folder, {"another.md": TEXTS["undated.md"]})
    assert seed(database_url, folder, "--notify", receiver.url, "--format", "github").stdout.splitlines()[-1] == (
        f"::error::Not notified: {receiver.url} (19 tags): HTTP 404 Not Found. The content is published. {advice}"
    )
    assert list_unnotified(database_url, receiver) == [receiver.url]
    repeated = seed(database_url, folder, "--notify", receiver.url)
    assert (repeated.exit_code, repeated.stdout.splitlines()[-1]) == (0, f"Notified {receiver.url} (19 tags).")
    first, second, third = receiver.take()
    assert {*first.data["tags"]} < {*second.data["tags"]}
    assert third.data == second.data == {"revision": read_revision(database_url), "tags": second.data["tags"]}
    assert list_unnotified(database_url, receiver) == []


def test_receivers_fail_independently(migrated_sqlite_url: str, folder: Path, receiver: Receiver) -> None:
    settings = {"COUNTERPOINT_NOTIFY_URLS": receiver.url}
    with run_receiver(403) as other:
        result = seed(migrated_sqlite_url, folder, "--notify", other.url, **settings)
        assert (result.exit_code, result.stdout.splitlines()[-1].partition(" (")[0]) == (1, f"Notified {receiver.url}")
        assert seed(migrated_sqlite_url, folder, "--notify", other.url, **settings).exit_code == 0
        assert (len(receiver.take()), len(other.take())) == (1, 2)


def test_json_document_holds_the_outcomes_and_no_secret(
    migrated_sqlite_url: str, folder: Path, receiver: Receiver
) -> None:
    receiver.statuses += [204, 400]
    url = receiver.url.replace("://", "://user:hidden@") + "?token=hidden"
    result = seed(migrated_sqlite_url, folder, "--format", "json", "--notify", url)
    document = json.loads(result.stdout)
    outcome = {"url": receiver.url, "tags": 30, "delivered": True, "attempts": 1, "failure": None}
    assert (result.exit_code, document["ok"], document["error"]) == (0, True, None)
    assert (document["added"], document["notifications"]) == (["new.md", "old.md", "undated.md"], [outcome])
    change(folder, "After all")
    result = seed(migrated_sqlite_url, folder, "--format", "json", "--notify", url)
    document = json.loads(result.stdout)
    outcome |= {"tags": 7, "delivered": False, "failure": "HTTP 400 Bad Request"}
    assert (result.exit_code, document["ok"], document["error"]["code"]) == (1, False, "NOTIFICATION_FAILED")
    assert document["notifications"] == [outcome]
    assert "hidden" not in result.output


def test_seeding_that_does_not_wait_leaves_the_notification_to_the_next(
    migrated_sqlite_url: str, folder: Path, receiver: Receiver
) -> None:
    result = seed(migrated_sqlite_url, folder, "--no-wait", "--notify", receiver.url)
    line = f"Not sent yet: {receiver.url} (30 tags). The next seeding sends it."
    assert (result.exit_code, result.stdout.splitlines()[-1], receiver.take()) == (0, line, [])
    settings = {"COUNTERPOINT_DATABASE_URL": migrated_sqlite_url, "COUNTERPOINT_NOTIFY_URLS": receiver.url}
    assert f"not notified       {receiver.url} (run `counterpoint seed`)\n" in run("status", **settings).stdout
    assert seed(migrated_sqlite_url, folder, "--notify", receiver.url).exit_code == 0
    assert len(receiver.take()[0].data["tags"]) == 30


def test_notification_survives_a_seeding_that_is_killed_while_it_sends(
    database_url: str, folder: Path, receiver: Receiver
) -> None:
    receiver.on_notification = lambda _: program.send_signal(signal.SIGKILL)
    program = start_program("seed", str(folder), "--notify", receiver.url, COUNTERPOINT_DATABASE_URL=database_url)
    lost = receiver.arrivals.get(timeout=TIMEOUT_SECONDS)
    assert program.wait() == -signal.SIGKILL
    receiver.on_notification = lambda _: None
    receiver.take()
    assert seed(database_url, folder, "--notify", receiver.url).exit_code == 0
    (repeated,) = receiver.take()
    assert repeated.data == lost.data
    assert repeated.headers["webhook-id"] != lost.headers["webhook-id"]


def test_confirmation_that_cannot_be_recorded_is_repeated_by_the_next_seeding(
    database_url: str, folder: Path, receiver: Receiver
) -> None:
    def rename_table(name: str, new_name: str) -> None:
        with open_write_engine(database_url) as engine, engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {new_name}")

    receiver.on_notification = lambda _: rename_table("notification", "other")
    result = seed(database_url, folder, "--notify", receiver.url, "--format", "json")
    receiver.on_notification = lambda _: None
    document = json.loads(result.stdout)
    (notification,) = document["notifications"]
    assert (result.exit_code, document["ok"], len(document["added"])) == (1, False, 3)
    assert (notification["delivered"], document["error"]["code"]) == (True, "NOTIFICATION_FAILED")
    assert document["error"]["message"].startswith(f"Notified, but not recorded: {receiver.url} (")
    assert "The database reported an error: " in notification["failure"]
    rename_table("other", "notification")
    assert seed(database_url, folder, "--notify", receiver.url).exit_code == 0
    assert len(receiver.take()) == 2


def test_loss_of_the_database_while_receivers_are_notified_is_reported_as_such(
    migrated_sqlite_url: str, folder: Path, receiver: Receiver
) -> None:
    receiver.on_notification = lambda _: Path(migrated_sqlite_url.removeprefix("sqlite:///")).unlink()
    result = seed(migrated_sqlite_url, folder, "--notify", receiver.url)
    receiver.on_notification = lambda _: None
    assert result.exit_code == 1
    assert error_lines(result)[-1].startswith(f"Notified, but not recorded: {receiver.url} (")


def test_confirmation_keeps_the_tags_that_another_seeding_has_added_since(database_url: str) -> None:
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        (first,) = add_tags(connection, ["a"], ["x", "y"])
        (second,) = add_tags(connection, ["a"], ["y", "z"])
        delete_confirmed(connection, [first])
        assert add_tags(connection, ["a", "b"], []) == (second,)
        assert second.tags == ("x", "y", "z")
        delete_confirmed(connection, [second])
        assert add_tags(connection, ["a"], []) == ()


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "message"),
    [
        (["--notify", "ftp://hidden"], {}, 2, "Error: Invalid value for '--notify': not the URL of a receiver, "),
        ([], {"COUNTERPOINT_NOTIFY_URLS": "hidden"}, 1, "COUNTERPOINT_NOTIFY_URLS: not the URL of a receiver, "),
        ([], {"COUNTERPOINT_NOTIFY_SECRET": "hidden"}, 1, "COUNTERPOINT_NOTIFY_SECRET: not a secret, expected whsec_ "),
    ],
)
def test_invalid_receiver_and_secret_are_reported_without_quoting_them(
    folder: Path, arguments: list[str], settings: dict[str, str], status: int, message: str
) -> None:
    result = run("seed", str(folder), *arguments, **settings)
    assert (result.exit_code, result.stdout) == (status, "")
    assert message in result.stderr
    assert "hidden" not in result.stderr
