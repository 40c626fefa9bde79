"""`counterpoint status` reports what the database holds, and writes nothing."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from counterpoint.store.migrations import mark_content_stale
from support.commands import assert_one_error_line, run, write_sample_folder
from support.database_helpers import open_write_engine
from support.variants import variant

pytestmark = variant("postgresql")

COUNTS = {
    "Article": 3,
    "Section": 6,
    "Party": 4,
    "Government": 2,
    "PolicyArea": 2,
    "Group": 1,
    "Stance": 7,
    "Measure": 5,
    "Approach": 3,
    "Role": 2,
    "Challenge": 2,
    "ProposedSolution": 3,
    "Point": 4,
    "Paragraph": 2,
    "PointList": 3,
    "Table": 8,
}


def seed(database_url: str, folder: Path) -> None:
    assert run("seed", str(write_sample_folder(folder)), COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0


def test_status_of_a_seeded_database(database_url: str, tmp_path: Path) -> None:
    seed(database_url, tmp_path)
    result = run("status", "--format", "json", COUNTERPOINT_DATABASE_URL=database_url)
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert document["counts"] == COUNTS
    assert document["sizeBytes"] > 100_000
    assert datetime.fromisoformat(document["seededAt"]).tzinfo
    assert re.fullmatch("[0-9a-f]{32}", document["revision"])
    assert (document["ready"], document["reason"]) == (True, None)
    assert document["migration"]["version"] == document["migration"]["expected"]


def test_status_as_text(database_url: str, tmp_path: Path) -> None:
    seed(database_url, tmp_path)
    result = run("status", COUNTERPOINT_DATABASE_URL=database_url)
    lines = dict(line.strip().split(maxsplit=1) for line in result.stdout.splitlines())
    assert lines["database"] == database_url
    assert lines["migration"].endswith(" (current)")
    assert lines.keys() >= {"size", "revision", "seeded", *COUNTS}
    assert lines["Article"] == "3"


def test_status_counts_the_articles_that_wait_for_a_seeding(database_url: str, tmp_path: Path) -> None:
    seed(database_url, tmp_path)
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        mark_content_stale(connection)
    result = run("status", COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "stale articles     3 (run `counterpoint seed` to read them again)\n" in result.stdout


def test_status_of_an_empty_database(database_url: str) -> None:
    result = run("status", COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stderr) == (1, "There is no content yet: run `counterpoint seed`.\n")
    assert "(current)" in result.stdout
    document = json.loads(run("status", "--format", "json", COUNTERPOINT_DATABASE_URL=database_url).stdout)
    block_types = {"Paragraph", "PointList", "Table"}
    assert document["counts"] == dict.fromkeys(COUNTS.keys() - block_types, 0)


def test_status_of_a_database_of_another_version(database_url: str) -> None:
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE schema_compatibility SET oldest_reader = '9999'"))
    result = run("status", "--format", "json", COUNTERPOINT_DATABASE_URL=database_url)
    document = json.loads(result.stdout)
    assert (result.exit_code, document["migration"]["version"], document["counts"]) == (1, "9999", {})
    assert document["reason"] == result.stderr.strip()


def test_missing_file_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "counterpoint.db"
    result = run("status", COUNTERPOINT_DATABASE_URL=f"sqlite:///{path}")
    assert_one_error_line(result, rf"There is no database {path}: run `counterpoint migrate`\.")
    assert [*tmp_path.iterdir()] == []


def test_database_without_tables_is_not_migrated(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    result = run("status", COUNTERPOINT_DATABASE_URL=empty_database_url)
    assert result.exit_code == 1
    assert "none (expected " in result.stdout
    assert "run `counterpoint migrate`" in result.stderr


def test_password_is_not_shown() -> None:
    url = "postgresql://a:secret@127.0.0.1:1/b"
    assert_one_error_line(run("status", COUNTERPOINT_DATABASE_URL=url), "(?!.*secret).+")
