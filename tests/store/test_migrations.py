"""Migrations create exactly the tables that the models declare."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from counterpoint.errors import MigrationError, NotReady
from counterpoint.store.migrations import begin_migration, find_migrations, migrate
from counterpoint.store.models import SCHEMA_VERSION, include_in_autogenerate, metadata
from support.database_helpers import REPOSITORY, migrate_database, open_client, open_write_engine, seed_articles
from support.new_sqlite_database import read_definitions, read_rows, run_all_migrations
from support.sample_articles import ARTICLES
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = sorted(metadata.tables)


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    with open_write_engine(empty_database_url) as engine:
        yield engine


@pytest.fixture
def migrated(database_url: str) -> Iterator[Engine]:
    with open_write_engine(database_url) as engine:
        yield engine


def downgrade(engine: Engine, version: str) -> None:
    config = Config(REPOSITORY / "alembic.ini")
    with begin_migration(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)


def read_structure(engine: Engine) -> dict[str, Any]:
    """Return the structure of all tables, with the names of constraints."""
    inspector = inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            },
            "primary key": (
                inspector.get_pk_constraint(table)["name"],
                inspector.get_pk_constraint(table)["constrained_columns"],
            ),
            "foreign keys": sorted(
                (str(key["name"]), key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(
                (str(key["name"]), key["column_names"]) for key in inspector.get_unique_constraints(table)
            ),
            "indexes": sorted(
                (str(index["name"]), index["column_names"], index["unique"])
                for index in inspector.get_indexes(table)
                if include_in_autogenerate(index["name"])
            ),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version" and include_in_autogenerate(table)
    }


def test_migrations_and_models_do_not_differ(migrated: Engine) -> None:
    with migrated.connect() as connection:
        compared = {"compare_type": True, "compare_server_default": True, "include_name": include_in_autogenerate}
        context = MigrationContext.configure(connection, opts=compared)
        assert compare_metadata(context, metadata) == []


def test_migrations_create_the_tables_of_the_models(empty: Engine) -> None:
    metadata.create_all(empty)
    structure = read_structure(empty)
    metadata.drop_all(empty)
    migrate(empty)
    assert read_structure(empty) == structure


def test_new_sqlite_database_is_what_all_migrations_create(tmp_path: Path) -> None:
    new, migrated = tmp_path / "new.db", tmp_path / "migrated.db"
    migrate_database(f"sqlite:///{new}")
    run_all_migrations(migrated)
    with closing(sqlite3.connect(new)) as one, closing(sqlite3.connect(migrated)) as other:
        definitions = sort_constraints(read_definitions(one))
        assert definitions == sort_constraints(read_definitions(other))
        # SQLite adds the totals, which are zero, to the data of its index only when that is rebuilt.
        tables = [name for name, lines in definitions.items() if "TABLE" in lines[0] and name != "passage_index_data"]
        for table in tables:
            assert read_rows(one, table) == read_rows(other, table)


def sort_constraints(definitions: dict[str, str]) -> dict[str, list[str]]:
    """Return the lines of each definition with the constraints at the end and sorted, because their order varies."""
    return {
        name: sorted(sql.replace(",\n", "\n").splitlines(), key=lambda line: line * (" CONSTRAINT " in line))
        for name, sql in definitions.items()
    }


@variant("postgresql")
def test_every_model_has_a_table(migrated: Engine) -> None:
    assert sorted(read_structure(migrated)) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_foreign_key_begins_an_index(table: str) -> None:
    declared = metadata.tables[table]
    begun = {next(iter(index.columns)).name for index in declared.indexes}
    begun |= {
        next(iter(constraint.columns)).name  # type: ignore[attr-defined]
        for constraint in declared.constraints
        if type(constraint).__name__ in ("UniqueConstraint", "PrimaryKeyConstraint")
    }
    assert {key.parent.name for key in declared.foreign_keys} - begun == set()


@variant("postgresql")
def test_names_of_constraints_contain_their_columns(migrated: Engine) -> None:
    for table, table_structure in read_structure(migrated).items():
        assert table_structure["primary key"][0] == f"pk_{table}"
        for kind, names in (
            ("fk", table_structure["foreign keys"]),
            ("uq", table_structure["unique"]),
            ("ix", table_structure["indexes"]),
        ):
            for name, columns, *_ in names:
                # PostgreSQL implements a unique constraint by an index of the same name.
                assert name in {f"{kind}_{table}_{'_'.join(columns)}", f"uq_{table}_{'_'.join(columns)}"}


@variant("postgresql")
def test_seeding_requires_migration(empty: Engine) -> None:
    with pytest.raises(NotReady, match="run `counterpoint migrate`"):
        seed_articles(empty, [])
    migrate(empty)
    seed_articles(empty, [])


@variant("postgresql")
def test_migrating_again_changes_nothing(migrated: Engine) -> None:
    before = read_structure(migrated)
    migrate(migrated)
    assert read_structure(migrated) == before


@variant("postgresql")
def test_migrations_in_the_working_directory_are_ignored(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n", encoding="utf-8")
    for name in ("env.py", f"versions/{SCHEMA_VERSION}_theirs.py"):
        (tmp_path / "migrations" / name).write_text("raise SystemExit('Theirs ran.')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    migrate(empty)
    assert sorted(read_structure(empty)) == TABLES


@variant("postgresql")
def test_database_of_unknown_version_is_not_changed(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = read_structure(migrated)
    with pytest.raises(NotReady, match=rf"has schema version '9999', .*`alembic downgrade {SCHEMA_VERSION}`"):
        migrate(migrated)
    assert read_structure(migrated) == before


def test_migrations_are_found_in_the_checkout_or_beside_the_environment(tmp_path: Path) -> None:
    checkout, environment = tmp_path / "checkout", tmp_path / "app" / "venv"
    code = "counterpoint/store/migrating.py"
    installed = environment / "lib" / "python3.13" / "site-packages" / code
    with pytest.raises(
        MigrationError, match=rf"no migration to version {SCHEMA_VERSION} in .* or {tmp_path}/app/migrations: "
    ):
        find_migrations(installed, environment)
    for home in (checkout, environment.parent):
        (home / "migrations" / "versions").mkdir(parents=True)
        (home / "migrations" / "versions" / f"{SCHEMA_VERSION}_tables.py").touch()
    assert find_migrations(installed, environment) == environment.parent / "migrations"
    assert find_migrations(checkout / "src" / code, environment) == checkout / "migrations"


def read_passages(engine: Engine) -> list[Any]:
    query = "SELECT kind, key, article_id, section_id, words FROM passage ORDER BY key"
    with engine.connect() as connection:
        return list(connection.execute(text(query)).all())


@variant
def test_migration_to_word_stems_keeps_passages_and_the_next_seeding_adds_stems(migrated: Engine) -> None:
    seed_articles(migrated, ARTICLES)
    before = read_passages(migrated)
    downgrade(migrated, "0005")
    migrate(migrated)
    assert read_passages(migrated) == before
    with open_client(migrated.url.render_as_string(hide_password=False)) as api:
        query = '{ search(query: "raid") { totalCount } }'
        assert api.execute(query) == {"search": {"totalCount": 0}}
        seed_articles(migrated, ARTICLES)
        assert api.execute(query) == {"search": {"totalCount": 1}}


def test_downgraded_index_follows_the_passages(migrated: Engine) -> None:
    seed_articles(migrated, ARTICLES)
    downgrade(migrated, "0005")
    is_sqlite = migrated.dialect.name == "sqlite"
    condition = (
        "id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH 'raids')"
        if is_sqlite
        else "words::tsvector @@ 'raids'::tsquery"
    )
    with migrated.begin() as connection:
        count = text(f"SELECT count(*) FROM passage WHERE {condition}")
        assert connection.scalar(count) == 1
        connection.execute(text("UPDATE passage SET words = ' other '"))
        assert connection.scalar(count) == 0


@variant
def test_downgrade_drops_everything(migrated: Engine) -> None:
    before = read_structure(migrated)
    downgrade(migrated, "base")
    assert read_structure(migrated) == {}
    migrate(migrated)
    assert read_structure(migrated) == before


@variant("postgresql")
def test_failed_migration_is_rolled_back(empty: Engine) -> None:
    class Broken(Exception):
        pass

    def migrate_and_break() -> None:
        config = Config(REPOSITORY / "alembic.ini")
        with empty.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            raise Broken

    with pytest.raises(Broken):
        migrate_and_break()
    assert inspect(empty).get_table_names() == []


def test_schema_version_is_the_last_migration(migrated: Engine) -> None:
    files = sorted((REPOSITORY / "migrations" / "versions").glob("*.py"))
    assert files[-1].name.startswith(f"{SCHEMA_VERSION}_")
    with migrated.connect() as connection:
        assert MigrationContext.configure(connection).get_current_heads() == (SCHEMA_VERSION,)
