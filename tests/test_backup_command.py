"""`counterpoint backup` copies an SQLite database while it is read and written, as a whole or not at all."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from support.commands import assert_one_error_line, run, write_sample_folder, write_texts
from support.permissions import drop_privileges
from support.processes import start_program
from support.sample_articles import TEXTS
from support.servers import run_service
from support.whole_database import read_content

if TYPE_CHECKING:
    from click.testing import Result

ROLLBACK_JOURNAL = b"\x01\x01"
"""Bytes 18 and 19 of a file that needs no write-ahead log."""


@pytest.fixture
def url(migrated_sqlite_url: str, tmp_path: Path) -> str:
    """Return the URL of an SQLite database with the sample articles."""
    samples = str(write_sample_folder(tmp_path / "samples"))
    assert run("seed", "--no-wait", samples, COUNTERPOINT_DATABASE_URL=migrated_sqlite_url).exit_code == 0
    return migrated_sqlite_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for the copies."""
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies"


def backup(url: str, *arguments: str | Path) -> Result:
    return run("backup", *map(str, arguments), COUNTERPOINT_DATABASE_URL=url)


def find_file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_copy_is_one_file_with_the_whole_content(url: str, folder: Path) -> None:
    result = backup(url, folder / "new" / "copy.db")
    content = (folder / "new" / "copy.db").read_bytes()
    assert re.fullmatch(rf"Wrote .+/copy\.db: revision \w{{32}}, {len(content):,} bytes\.\n", result.stdout)
    assert list_names(folder / "new") == ["copy.db"]
    assert content[18:20] == ROLLBACK_JOURNAL
    assert read_content(f"sqlite:///{folder}/new/copy.db", ["raids"]) == read_content(url, ["raids"])


def test_name_of_the_copy_need_not_be_utf8(url: str, folder: Path) -> None:
    name = os.fsdecode(b"\xff.db")
    assert backup(url, folder / name).exit_code == 0
    assert list_names(folder) == [name]


def test_copy_of_an_immutable_file(url: str, folder: Path) -> None:
    backup(url, folder / "first.db")
    assert backup(f"sqlite:///{folder}/first.db?immutable=1", folder / "second.db").exit_code == 0
    assert list_names(folder) == ["first.db", "second.db"]
    assert read_content(f"sqlite:///{folder}/second.db") == read_content(url)


def test_database_without_content_is_copied(tmp_path: Path, sqlite_url: str) -> None:
    find_file(sqlite_url).touch()
    assert "copy.db: no content, " in backup(sqlite_url, tmp_path / "copy.db").stdout
    run("migrate", COUNTERPOINT_DATABASE_URL=sqlite_url)
    assert "copy.db: no content, " in backup(sqlite_url, "--force", tmp_path / "copy.db").stdout


@pytest.mark.slow
def test_copies_during_seedings_hold_one_revision_each(url: str, tmp_path: Path, folder: Path) -> None:
    folders = [write_sample_folder(tmp_path / "samples"), write_texts(tmp_path / "less", {"a.md": TEXTS["new.md"]})]
    copies = 0
    with run_service(url) as server:
        for source in folders:
            before, contents = read_content(url), []
            seeding = start_program("seed", "--max-removals", "100%", source, COUNTERPOINT_DATABASE_URL=url)
            while seeding.process.is_alive():
                assert backup(url, "--force", folder / "copy.db").exit_code == 0
                contents.append(read_content(f"sqlite:///{folder}/copy.db"))
            assert (seeding.wait(), server.get("/readyz").status) == (0, 200)
            assert all(content in (before, read_content(url)) for content in contents)
            copies += len(contents)
    assert copies >= 2


def test_existing_file_is_replaced_only_by_force(url: str, folder: Path) -> None:
    (folder / "copy.db").write_bytes(b"precious")
    assert_one_error_line(
        backup(url, folder / "copy.db"), r".+/copy\.db exists: it is not overwritten without --force\."
    )
    assert (folder / "copy.db").read_bytes() == b"precious"
    assert backup(url, "--force", folder / "copy.db").exit_code == 0
    assert read_content(f"sqlite:///{folder}/copy.db") == read_content(url)


def test_database_in_use_is_not_replaced(url: str, folder: Path) -> None:
    (folder / "link.db").symlink_to(find_file(url))
    (folder / "other.db").touch()
    (folder / "other.db-wal").touch()
    for name in ("link.db", "other.db"):
        result = backup(url, "--force", folder / name)
        assert_one_error_line(result, rf".+/{name} is a database in use: expected another file\.")
    assert (folder / "other.db").read_bytes() == b""
    assert backup(url, folder / "copy.db").exit_code == 0


def hide_null(path: Path) -> None:
    """Declare that a column has no null, though it has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE extra AS SELECT NULL AS note")
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE extra (note NOT NULL)' WHERE name = 'extra'")


def truncate(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (hide_null, r"The database is damaged: NULL value in extra\.note\. Nothing was written\."),
        (truncate, r"The database can't be copied: database disk image is malformed\. Nothing was written\."),
        (Path.unlink, r"There is no database /.+: run `counterpoint migrate`\."),
    ],
)
def test_damaged_database_leaves_no_copy(url: str, folder: Path, damage: object, message: str) -> None:
    damage(find_file(url))  # type: ignore[operator]
    assert_one_error_line(backup(url, folder / "copy.db"), message)
    assert list_names(folder) == []


def test_unwritable_place_is_reported(url: str, tmp_path: Path, folder: Path) -> None:
    folder.chmod(0o555)
    with drop_privileges(tmp_path):
        result = backup(url, folder / "copy.db")
    assert_one_error_line(result, r".+/copies/copy\.db can't be written: Permission denied\.")


@pytest.mark.slow
def test_interrupted_backup_leaves_no_copy(url: str, folder: Path) -> None:
    with closing(sqlite3.connect(find_file(url))) as connection:
        numbers = "WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < 2000000)"
        connection.execute(f"CREATE TABLE extra AS {numbers} SELECT n, hex(n) FROM number")
        connection.commit()

    def interrupt() -> None:
        while not any(folder.iterdir()):
            time.sleep(0.001)  # so that the backup's thread runs
        os.kill(os.getpid(), signal.SIGINT)

    thread = Thread(target=interrupt)
    # A shell starts programs in the background with this signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread.start()
    result = backup(url, folder / "copy.db")
    thread.join()
    signal.signal(signal.SIGINT, before)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "Interrupted.\n")
    assert list_names(folder) == []


def test_postgresql_is_left_to_pg_dump(tmp_path: Path) -> None:
    result = backup("postgresql://editor:secret@db.example/content", tmp_path / "copy.dump")
    assert result.exit_code == 2
    assert f"pg_dump --format=custom --file={tmp_path}/copy.dump postgresql://editor:***@db.example/content" in (
        result.stderr
    )
