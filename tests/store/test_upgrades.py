"""Upgrades keep the content: from every released version, with a server running, and when a migration fails."""

from __future__ import annotations

import html
import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import inspect, text

from counterpoint.database_url import parse_database_url
from counterpoint.store.models import SCHEMA_VERSION
from counterpoint.store.write_engine import WAITING_MESSAGE, begin_write
from support.commands import assert_one_error_line, run, write_sample_folder
from support.database_helpers import REPOSITORY, open_client, open_write_engine
from support.processes import TIMEOUT_SECONDS, run_program, start_program
from support.released_databases import VERSIONS, released_articles, restore_database
from support.selections import read_all_content
from support.servers import run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.processes import Program
    from support.servers import Response, ServerProcess

SEARCH = '{ search(query: "mayor", first: 50) { totalCount edges { snippet node { id __typename } } } }'
PAGE = (
    "{ articles(orderBy: UPDATED_ASC) { totalCount counts(by: AUTHOR) { key total } nodes { slug title"
    " sections { heading } } } stances { nodes { text } }"
    " parties { nodes { articles(orderBy: UPDATED_DESC) { nodes { slug } } } } }"
)

MIGRATION = """
import sqlalchemy as sa
from alembic import op
from counterpoint.store.migrations import mark_content_stale, require_reader
from counterpoint.store.models import SCHEMA_VERSION

revision, down_revision, branch_labels, depends_on = "9001", SCHEMA_VERSION, None, None

def rebuild_tables(*, nullable):
    for table, column in (("article", "title"), ("stance", "text"), ("party", "name")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(), nullable=nullable)

def upgrade():
    rebuild_tables(nullable=True)
    {upgrade}

def downgrade():
    rebuild_tables(nullable=False)
    op.execute("DELETE FROM passage WHERE kind = 'STANCE'")
    mark_content_stale(op.get_bind())
    require_reader(op.get_bind(), SCHEMA_VERSION)
"""
"""A migration that rebuilds tables to which others refer, and one that loses content when it is undone."""

ENDS_OLD_SERVERS = "require_reader(op.get_bind(), revision)"
"""A statement of a migration after which servers of earlier versions are not ready."""

ADDITIONS = """
    op.create_table("annotation", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.String()))
    op.create_index("ix_section_heading", "section", ["heading"])
    with op.batch_alter_table("article") as batch:
        batch.add_column(sa.Column("tone", sa.String()))
"""
"""The statements of a migration that only adds to the tables."""


def write_migration(folder: Path, upgrade: str) -> Path:
    """Write a migration after the newest one, and return the configuration of `alembic` for it."""
    (folder / "9001_extra.py").write_text(MIGRATION.format(upgrade=upgrade), encoding="utf-8")
    own = REPOSITORY / "migrations"
    configuration = folder / "alembic.ini"
    configuration.write_text(
        f"[alembic]\nscript_location = {own}\npath_separator = os\n"
        f"version_locations = {own / 'versions'}{os.pathsep}{folder}\n",
        encoding="utf-8",
    )
    return configuration


def alembic(database_url: str, *arguments: str) -> Program:
    """Run the `alembic` command line from the checkout."""
    return run_program(*arguments, module="alembic", COUNTERPOINT_DATABASE_URL=database_url)


def alembic_succeeds(database_url: str, *arguments: str) -> None:
    program = alembic(database_url, *arguments)
    assert program.wait() == 0, program.stderr


def seed(database_url: str, folder: Path) -> str:
    """Run the command `seed`, and return its summary."""
    result = run("seed", "--no-wait", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def migrate(database_url: str) -> None:
    result = run("migrate", COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stdout) == (0, "The tables are up to date.\n"), result.stderr


def status(database_url: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        run("status", "--format", "json", COUNTERPOINT_DATABASE_URL=database_url).stdout
    )
    return document


def read_everything(database_url: str) -> dict[str, Any]:
    """Read all content, the revision, and what a search returns."""
    with open_client(database_url) as api:
        return {**read_all_content(api), "hits": api.execute(SEARCH)}


def read_columns(database_url: str) -> dict[str, list[tuple[str, bool]]]:
    """Return the names of all columns by table, and whether each may be null. No query depends on their order."""
    with open_write_engine(database_url) as engine:
        tables = inspect(engine)
        return {
            table: sorted((column["name"], column["nullable"]) for column in tables.get_columns(table))
            for table in sorted(tables.get_table_names())
        }


def wait_for(read: Callable[[], Response], is_expected: Callable[[Response], bool]) -> Response:
    """Return the first response that is as expected."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not is_expected(response := read()):
        assert time.monotonic() < deadline, response.body
        time.sleep(0.02)
    return response


def test_every_release_has_its_databases() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)) == VERSIONS


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_upgrade_from_a_release_keeps_the_content(version: str, empty_database_url: str) -> None:
    restore_database(version, empty_database_url)
    migrate(empty_database_url)
    with open_client(empty_database_url) as api:
        before_seeding = api.execute(PAGE)
    seed(empty_database_url, released_articles(version))
    assert status(empty_database_url)["staleArticles"] == 0
    upgraded = read_everything(empty_database_url)
    alembic_succeeds(empty_database_url, "downgrade", "base")
    migrate(empty_database_url)
    seed(empty_database_url, released_articles(version))
    assert read_everything(empty_database_url) == upgraded
    with open_client(empty_database_url) as api:
        assert api.execute(PAGE) == before_seeding


@variant("postgresql")
@pytest.mark.slow
def test_upgrade_serves_escaped_texts_as_html_until_the_next_seeding(empty_database_url: str) -> None:
    restore_database("0.1.0", empty_database_url)
    with open_write_engine(empty_database_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE stance SET text = '<b> & \"c\"' WHERE position = 0"))
    migrate(empty_database_url)
    tables = "... on Table { id columns columnAlignments }"
    with open_client(empty_database_url) as api:
        answer = api.execute(f"{{ stances {{ nodes {{ text html section {{ blocks {{ {tables} }} }} }} }} }}")
    stances = answer["stances"]["nodes"]
    assert '<b> & "c"' in [stance["text"] for stance in stances]
    assert [stance["html"] for stance in stances] == [html.escape(stance["text"]) for stance in stances]
    blocks = [block for stance in stances for block in stance["section"]["blocks"] if block]
    assert [block["columnAlignments"] for block in blocks] == [["NONE"] * len(block["columns"]) for block in blocks]


@variant
@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_downgrade_to_a_release_and_back_keeps_the_content(version: str, empty_database_url: str) -> None:
    restore_database(version, empty_database_url)
    columns, released_schema = read_columns(empty_database_url), status(empty_database_url)["migration"]["version"]
    migrate(empty_database_url)
    seed(empty_database_url, released_articles(version))
    before = read_everything(empty_database_url)
    alembic_succeeds(empty_database_url, "downgrade", released_schema)
    assert read_columns(empty_database_url) == columns
    migrate(empty_database_url)
    seed(empty_database_url, released_articles(version))
    assert read_everything(empty_database_url) == before


@variant("postgresql")
@pytest.mark.slow
def test_undoing_and_repeating_the_last_migration_keeps_the_content(database_url: str, tmp_path: Path) -> None:
    folder = write_sample_folder(tmp_path)
    seed(database_url, folder)
    before = read_everything(database_url)
    alembic_succeeds(database_url, "downgrade", "-1")
    alembic_succeeds(database_url, "upgrade", "head")
    seed(database_url, folder)
    assert read_everything(database_url) == before


@variant("postgresql")
@pytest.mark.slow
def test_running_server_shows_what_a_migration_lost_only_until_the_next_seeding(
    database_url: str, tmp_path: Path
) -> None:
    folder = write_sample_folder(tmp_path / "articles")
    configuration = str(write_migration(tmp_path, f"mark_content_stale(op.get_bind()); {ENDS_OLD_SERVERS}"))
    seed(database_url, folder)
    first = status(database_url)

    def search(server: ServerProcess) -> Response:
        return server.post({"query": SEARCH})

    with run_service(database_url) as server:
        pages, complete = server.post({"query": PAGE}), search(server)
        etags = [complete.headers["etag"]]
        alembic_succeeds(database_url, "-c", configuration, "upgrade", "head")
        etags.append(wait_for(lambda: search(server), lambda r: r.headers["etag"] not in etags).headers["etag"])
        assert server.get("/readyz").json["errors"][0]["message"].startswith("The database has schema version '9001', ")
        alembic_succeeds(database_url, "-c", configuration, "downgrade", SCHEMA_VERSION)
        incomplete = wait_for(lambda: search(server), lambda r: r.headers["etag"] not in etags)
        assert incomplete.body != complete.body
        assert server.post({"query": PAGE}).body == pages.body
        between = status(database_url)
        assert (between["ready"], between["staleArticles"]) == (True, 3)
        assert seed(database_url, folder).startswith("0 added, 3 changed, 0 removed, 0 unchanged")
        again = wait_for(lambda: search(server), lambda r: r.headers["etag"] != incomplete.headers["etag"])
        assert (again.body, again.headers["etag"]) == (complete.body, complete.headers["etag"])
    last = status(database_url)
    assert last["revision"] == first["revision"] != between["revision"]
    assert last["counts"] == first["counts"]
    assert last["staleArticles"] == 0


@variant("postgresql")
def test_servers_go_on_while_a_newer_version_adds_to_the_tables(database_url: str, tmp_path: Path) -> None:
    folder = write_sample_folder(tmp_path / "articles")
    configuration = str(write_migration(tmp_path, ADDITIONS))
    seed(database_url, folder)
    stop = Event()

    def read_until_stopped(server: ServerProcess) -> set[int]:
        statuses = set()
        while not stop.is_set():
            statuses |= {server.post({"query": PAGE}).status, server.get("/readyz").status}
            time.sleep(0.02)
        return statuses

    with run_service(database_url, COUNTERPOINT_RESPONSE_CACHE_BYTES="0") as old, ThreadPoolExecutor() as readers:
        page = old.post({"query": PAGE}).body
        statuses = readers.submit(read_until_stopped, old)
        alembic_succeeds(database_url, "-c", configuration, "upgrade", "head")
        with open_write_engine(database_url) as engine, begin_write(engine) as connection:
            connection.execute(text("UPDATE article SET tone = 'calm', title = 'Sown by the newer version'"))
            connection.execute(text("UPDATE revision SET id = 'newer'"))
        wait_for(lambda: old.post({"query": PAGE}), lambda response: b"Sown by the newer version" in response.body)
        stop.set()
        assert statuses.result() == {200}
        with run_service(database_url) as restarted:
            assert restarted.get("/readyz").status == 200
            assert restarted.post({"query": PAGE}).body == old.post({"query": PAGE}).body != page
    assert status(database_url)["ready"]
    refusal = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert_one_error_line(refusal, "The database has schema version '9001', .+")


@variant("postgresql")
def test_migration_rebuilds_tables_that_others_refer_to(database_url: str, tmp_path: Path) -> None:
    configuration = str(write_migration(tmp_path, "pass"))
    seed(database_url, write_sample_folder(tmp_path / "articles"))
    content, columns = read_everything(database_url), read_columns(database_url)
    alembic_succeeds(database_url, "-c", configuration, "upgrade", "head")
    assert read_everything(database_url) == content
    assert dict(read_columns(database_url)["stance"]) == dict(columns["stance"]) | {"text": True}
    alembic_succeeds(database_url, "-c", configuration, "downgrade", SCHEMA_VERSION)
    assert read_columns(database_url) == columns


@variant("postgresql")
@pytest.mark.parametrize("failure", ["raise RuntimeError('broken')", "op.execute('SELECT missing')"])
def test_failed_migration_changes_nothing(failure: str, database_url: str, tmp_path: Path) -> None:
    configuration = write_migration(tmp_path, f"op.execute('DELETE FROM passage'); {failure}")
    seed(database_url, write_sample_folder(tmp_path / "articles"))
    content, columns = read_everything(database_url), read_columns(database_url)
    assert alembic(database_url, "-c", str(configuration), "upgrade", "head").wait() != 0
    assert (read_everything(database_url), read_columns(database_url)) == (content, columns)


def test_migration_that_breaks_references_is_undone(sqlite_url: str, tmp_path: Path) -> None:
    configuration = write_migration(tmp_path, "op.execute(\"DELETE FROM party WHERE slug = 'judges'\")")
    migrate(sqlite_url)
    seed(sqlite_url, write_sample_folder(tmp_path / "articles"))
    content = read_everything(sqlite_url)
    result = alembic(sqlite_url, "-c", str(configuration), "upgrade", "head")
    message = "The migration was undone, because rows would refer to missing rows: "
    assert message in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert read_everything(sqlite_url) == content


@variant("postgresql")
@pytest.mark.slow
def test_four_concurrent_migrations_of_an_empty_database_all_succeed(empty_database_url: str) -> None:
    programs = [start_program("migrate", COUNTERPOINT_DATABASE_URL=empty_database_url) for _ in range(4)]
    assert [program.wait() for program in programs] == [0] * 4, [program.stderr for program in programs]
    assert {program.stdout for program in programs} == {"The tables are up to date.\n"}
    assert {program.stderr for program in programs} <= {"", f"{WAITING_MESSAGE}\n"}
    assert status(empty_database_url)["migration"] == {"version": SCHEMA_VERSION, "expected": SCHEMA_VERSION}


def test_migration_waits_for_a_seeding_and_reports_it(database_url: str) -> None:
    with open_write_engine(database_url) as engine:
        with begin_write(engine):
            program = start_program("migrate", COUNTERPOINT_DATABASE_URL=database_url)
            program.wait_for_line(f"{WAITING_MESSAGE}\n")
            assert program.process.is_alive()
        assert program.wait() == 0
    assert (program.stdout, program.stderr) == ("The tables are up to date.\n", f"{WAITING_MESSAGE}\n")


def test_migration_gives_up_waiting_for_readers_after_the_lock_timeout(postgresql_url: str) -> None:
    """A backup holds such locks as this transaction does. The migration after 0018 replaces an index."""
    migrate(postgresql_url)
    alembic_succeeds(postgresql_url, "downgrade", "0018")
    before = status(postgresql_url)["migration"]
    with psycopg.connect(postgresql_url) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            connection.execute(f'LOCK TABLE "{table}" IN ACCESS SHARE MODE'.encode())
        settings = {"COUNTERPOINT_DATABASE_URL": postgresql_url, "PGOPTIONS": "-c lock_timeout=100ms"}
        assert_one_error_line(run("migrate", **settings), ".*canceling statement due to lock timeout")
    assert status(postgresql_url)["migration"] == before
    migrate(postgresql_url)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_database_that_cannot_store_every_text_is_refused(encoding: str, postgresql_url: str) -> None:
    name = f"{parse_database_url(postgresql_url).database}_{encoding.lower()}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0".encode()
        )
        try:
            url = parse_database_url(postgresql_url).set(database=name, drivername="postgresql").render_as_string()
            result = run("migrate", COUNTERPOINT_DATABASE_URL=url)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    assert_one_error_line(result, f"The database has the encoding {encoding}, expected UTF8\\. Create one with .+")


@variant("postgresql")
def test_newer_database_is_refused(database_url: str, tmp_path: Path) -> None:
    folder = write_sample_folder(tmp_path)
    seed(database_url, folder)
    content = read_everything(database_url)
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE schema_compatibility SET oldest_reader = '9999'"))
    message = (
        rf"The database has schema version '9999', but .* only versions up to '{SCHEMA_VERSION}': run the newer "
        rf"version of Counterpoint, or downgrade the database with it \(`alembic downgrade {SCHEMA_VERSION}`\)\."
    )
    for command in (["migrate"], ["seed", str(folder), "--force"], ["serve"]):
        assert_one_error_line(run(*command, COUNTERPOINT_DATABASE_URL=database_url), message)
    result = run("status", COUNTERPOINT_DATABASE_URL=database_url)
    assert f"9999 (expected {SCHEMA_VERSION})" in result.stdout
    result.stdout_bytes = b""
    assert_one_error_line(result, message)
    assert read_everything(database_url) == content


@variant("postgresql")
def test_server_starts_before_the_database_is_migrated(empty_database_url: str) -> None:
    with run_service(empty_database_url) as server:
        assert server.get("/readyz").status == 503
        migrate(empty_database_url)
        assert wait_for(lambda: server.get("/readyz"), lambda r: b"no content" in r.body).status == 503


def test_versions_sort_as_text() -> None:
    files = sorted((REPOSITORY / "migrations" / "versions").glob("*.py"))
    assert all(re.fullmatch(r"\d{4}_\w+\.py", file.name) for file in files)
    for earlier, later in pairwise(files):
        assert f'down_revision = "{earlier.name[:4]}"' in later.read_text(encoding="utf-8")
