"""A seeding makes the database hold exactly the articles of a folder, or changes nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import delete, func, select

from counterpoint.article.settled_names import NameKind, SettledName, SettledNames
from counterpoint.article_folder import ArticleFolder
from counterpoint.database_url import parse_database_url
from counterpoint.errors import InvalidFiles, Severity
from counterpoint.store.article_ranks import KEYS
from counterpoint.store.folder_difference import Difference
from counterpoint.store.index_upkeep import FEW_CHANGES
from counterpoint.store.models import metadata
from counterpoint.store.prepared_articles import prepare_article
from counterpoint.store.seeding import seed
from support.article_strategies import with_content_hash
from support.database_helpers import (
    DATABASE_KINDS,
    SEED_TIME,
    EngineClient,
    create_sqlite_database,
    migrate_database,
    migrated_database,
    open_client,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.sample_articles import ARTICLES, TEXTS
from support.selections import read_all_content
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import sqlalchemy

    from counterpoint.article.records import Article
    from counterpoint.store.prepared_articles import PreparedArticle
    from support.postgresql_server import PostgresqlServer

OLD, NEW, UNDATED = ARTICLES
BROKEN = "---\ntitle: Broken\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | | |\n"


@dataclass(frozen=True)
class SeededDatabase:
    """A database with an engine to seed it and a client to query it."""

    engine: sqlalchemy.Engine
    api: EngineClient

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Read all rows of all tables, private ids included.

        A rank becomes the number of the article that has it, because its distance to others depends on the past.
        """
        articles = metadata.tables["article"].c
        with self.engine.connect() as connection:
            numbers = {
                rank: {value: number for number, value in enumerate(sorted(connection.scalars(select(articles[rank]))))}
                for rank in KEYS
            }
            return {
                name: sorted(
                    (
                        tuple(numbers[key][value] if key in KEYS else value for key, value in row.items())
                        for row in connection.execute(select(table)).mappings()
                    ),
                    key=repr,
                )
                for name, table in metadata.tables.items()
            }

    def definitions(self) -> set[str]:
        """Read the definitions of all indexes, triggers and PostgreSQL's constraints."""
        queries = {
            "sqlite": "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger')",
            "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace",
        }
        with self.engine.connect() as connection:
            return {*map(str, connection.exec_driver_sql(queries[self.engine.dialect.name]))}

    def empty(self) -> None:
        """Delete all rows."""
        with self.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))


@contextmanager
def open_seeded_database(url: str) -> Iterator[SeededDatabase]:
    with open_write_engine(url) as engine, open_client(url) as api:
        yield SeededDatabase(engine, api)


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def shared_database(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SeededDatabase]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url, open_seeded_database(url) as database:
        yield database


@pytest.fixture(scope="module")
def second_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeededDatabase]:
    with open_seeded_database(create_sqlite_database(tmp_path_factory)) as database:
        yield database


@pytest.fixture
def database(shared_database: SeededDatabase) -> SeededDatabase:
    """Return an empty database; tests run once for each kind."""
    shared_database.empty()
    return shared_database


@pytest.fixture
def empty_database(second_database: SeededDatabase) -> SeededDatabase:
    """Return a second empty database."""
    second_database.empty()
    return second_database


def write_folder(folder: Path, texts: dict[str, str]) -> ArticleFolder:
    """Replace all files of a folder."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ArticleFolder(folder)


def seed_folder(database: SeededDatabase, folder: ArticleFolder) -> Difference:
    return seed(
        database.engine, folder.files, folder.prepare_articles, parser_version=folder.parser_version, now=SEED_TIME
    ).difference


def entity_names(database: SeededDatabase) -> dict[str, list[str]]:
    """Return the names of all entities."""
    data = database.api.execute(
        "{ parties { nodes { name } } governments { nodes { name } } policyAreas { nodes { name } } "
        "groups { nodes { name } } }"
    )
    return {kind: [node["name"] for node in page["nodes"]] for kind, page in data.items()}


def test_second_run_writes_nothing(database: SeededDatabase) -> None:
    first = seed_articles(database.engine, ARTICLES)
    before = database.rows()
    again = seed_articles(database.engine, ARTICLES, now=SEED_TIME + timedelta(days=1))
    assert database.rows() == before
    assert again.revision == first.revision
    assert again.difference == Difference((), (), (), ("old.md", "new.md", "undated.md"))


def test_difference_lists_files_by_how_they_changed(database: SeededDatabase) -> None:
    assert seed_articles(database.engine, [OLD, NEW]).difference == Difference(("old.md", "new.md"), (), (), ())
    changed = with_content_hash(replace(NEW, title="Changed"))
    result = seed_articles(database.engine, [changed, UNDATED])
    assert result.difference == Difference(("undated.md",), ("new.md",), ("old.md",), ())


def test_unchanged_files_are_not_parsed(database: SeededDatabase) -> None:
    seed_articles(database.engine, [OLD, NEW])
    requested_paths: list[list[str]] = []

    def read_articles(paths: Sequence[str]) -> list[PreparedArticle]:
        requested_paths.append([*paths])
        return [prepare_article(UNDATED, 1)]

    files = {article.path: article.sha256 for article in ARTICLES}
    seed(database.engine, files, read_articles, parser_version=1, now=SEED_TIME)
    assert requested_paths == [["undated.md"]]


def test_removed_file_removes_entities_that_only_it_named(database: SeededDatabase) -> None:
    seed_articles(database.engine, ARTICLES)
    assert entity_names(database) == {
        "parties": ["City council", "Governor", "Judges", "THE MAYOR"],
        "governments": ["City", "State"],
        "policyAreas": ["Legal aid", "Safety"],
        "groups": ["Activists"],
    }
    seed_articles(database.engine, [OLD])
    assert entity_names(database) == {
        "parties": ["Governor", "The Mayor"],
        "governments": [],
        "policyAreas": [],
        "groups": ["Activists"],
    }
    assert database.api.execute('{ article(slug: "new") { id } articles { totalCount } }') == {
        "article": None,
        "articles": {"totalCount": 1},
    }


def test_empty_folder_leaves_only_a_revision(database: SeededDatabase) -> None:
    seed_articles(database.engine, ARTICLES)
    result = seed_articles(database.engine, [])
    assert {name: rows for name, rows in database.rows().items() if rows} == {
        "revision": [(result.revision, 0, database.rows()["revision"][0][2])]
    }


def test_changed_file_keeps_the_ids_of_unchanged_statements(database: SeededDatabase) -> None:
    statements = ["stances", "measures", "approaches", "roles", "challenges", "proposedSolutions", "points"]
    document = '{ article(slug: "%s") { sections { id } %s } }' % (  # noqa: UP031  # braces are GraphQL's
        "chicago-immigration-standoff",
        " ".join(f"{name} {{ id }}" for name in statements),
    )
    ((name, text),) = read_seed_texts().items()
    seed_articles(database.engine, parse_articles({name: text}))
    before = database.api.execute(document)["article"]
    lines = text.splitlines()
    (mayor,) = (at for at, line in enumerate(lines) if line.startswith("| Mayor Lori Lightfoot"))
    lines[mayor : mayor + 2] = [lines[mayor + 1], lines[mayor].replace("barred ICE", "BARRED ICE")]
    lines.insert(10, "A paragraph that moves all lines, in a section of its own.\n")
    seed_articles(database.engine, parse_articles({name: "\n".join(lines)}))
    after = database.api.execute(document)["article"]
    lost = {kind: [item for item in before[kind] if item not in after[kind]] for kind in before}
    assert lost == {kind: [] for kind in before} | {"measures": [before["measures"][1]]}
    assert [item["id"] for item in after["stances"]] == [before["stances"][at]["id"] for at in (1, 0, 2)]


def test_new_parser_version_parses_unchanged_files_again(database: SeededDatabase) -> None:
    first = seed_articles(database.engine, ARTICLES)
    again = seed_articles(database.engine, ARTICLES, parser_version=2)
    assert again.difference.changed == ("old.md", "new.md", "undated.md")
    assert again.revision != first.revision
    assert seed_articles(database.engine, ARTICLES, parser_version=2).difference.is_empty


def test_same_files_give_the_same_content_in_every_database(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    contents = []
    for kind in DATABASE_KINDS:
        for articles in (ARTICLES, ARTICLES[::-1]):
            with migrated_database(kind, postgresql, tmp_path_factory) as url, open_seeded_database(url) as database:
                seed_articles(database.engine, articles)
                contents.append(read_all_content(database.api))
    assert contents == [contents[0]] * 4


PATHS = {
    "one by one": [[OLD], [OLD, NEW], [OLD, NEW, UNDATED]],
    "newest first": [[NEW], [UNDATED, NEW], ARTICLES],
    "after other articles": [[with_content_hash(replace(OLD, path="else.md")), UNDATED], [], [UNDATED, NEW], ARTICLES],
    "after a change": [
        [with_content_hash(replace(article, published=None, title="?")) for article in ARTICLES],
        ARTICLES,
    ],
    "renamed": [[replace(article, path=f"was-{article.path}") for article in ARTICLES], ARTICLES],
    "slugs exchanged": [
        [with_content_hash(replace(OLD, slug="new")), with_content_hash(replace(NEW, slug="old")), UNDATED],
        ARTICLES,
    ],
    "parsed again": [ARTICLES, [replace(article, sha256="another") for article in ARTICLES], ARTICLES],
}


@variant("postgresql")
@pytest.mark.parametrize("path", PATHS)
def test_content_does_not_depend_on_earlier_seedings(
    database: SeededDatabase, empty_database: SeededDatabase, path: str
) -> None:
    for articles in PATHS[path]:
        seed_articles(database.engine, articles)
    seed_articles(empty_database.engine, ARTICLES)
    assert read_all_content(database.api) == read_all_content(empty_database.api)


@variant("postgresql")
def test_problem_in_one_file_writes_nothing(database: SeededDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(database, write_folder(folder, {"new.md": TEXTS["new.md"]}))
    before = database.rows()
    for texts in (
        {**TEXTS, "broken.md": BROKEN},
        {"broken.md": BROKEN, **TEXTS},
        {"new.md": BROKEN},
        {"a.md": BROKEN, "z.md": BROKEN},
    ):
        with pytest.raises(InvalidFiles):
            seed_folder(database, write_folder(folder, texts))
        assert database.rows() == before


def test_problems_of_all_files_are_reported_together(database: SeededDatabase, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "seed", {"a.md": BROKEN, "b.md": TEXTS["old.md"], "c.md": BROKEN})
    with pytest.raises(InvalidFiles) as caught:
        seed_folder(database, folder)
    assert [str(problem.place) for problem in caught.value.problems] == ["a.md:7:10", "b.md:16:1", "c.md:7:10"]


def test_duplicate_slugs_are_reported_with_other_problems(database: SeededDatabase, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "seed", {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"], "c.md": BROKEN})
    with pytest.raises(InvalidFiles) as caught:
        seed_folder(database, folder)
    assert [(problem.place.path, problem.severity) for problem in caught.value.problems] == [
        ("a.md", Severity.WARNING),
        ("b.md", Severity.ERROR),
        ("b.md", Severity.WARNING),
        ("c.md", Severity.ERROR),
    ]


def test_duplicate_slug_is_a_problem_of_the_later_file(database: SeededDatabase, tmp_path: Path) -> None:
    for texts in (
        {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"]},
        {"b.md": TEXTS["old.md"], "old.md": TEXTS["new.md"].replace("slug: new", "slug: old")},
    ):
        with pytest.raises(InvalidFiles) as caught:
            seed_folder(database, write_folder(tmp_path / "seed", texts))
        (problem,) = caught.value.problems
        first, second = texts
        assert problem.place.path == second
        assert problem.message == f"duplicate slug 'old': {first} has it too"


def test_slug_of_a_stored_file_is_a_problem(database: SeededDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(database, write_folder(folder, {"b.md": TEXTS["old.md"]}))
    before = database.rows()
    with pytest.raises(InvalidFiles) as caught:
        seed_folder(database, write_folder(folder, {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"]}))
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.message) == ("a.md", "duplicate slug 'old': b.md has it too")
    assert database.rows() == before


def test_file_may_reuse_the_slug_of_a_removed_file(database: SeededDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(database, write_folder(folder, {"a.md": TEXTS["old.md"]}))
    result = seed_folder(database, write_folder(folder, {"b.md": TEXTS["old.md"]}))
    assert result == Difference(("b.md",), (), ("a.md",), ())
    assert database.api.execute('{ article(slug: "old") { source { path } } }') == {
        "article": {"source": {"path": "b.md"}}
    }


@variant("postgresql")
@pytest.mark.slow
def test_more_than_one_batch_is_seeded(database: SeededDatabase) -> None:
    rows = "".join(f"| Party {number} | Stands | acted |\n" for number in range(1_100))
    crowd = f"---\ntitle: Crowd\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n{rows}"
    articles = parse_articles({"crowd.md": crowd, **{f"{number}.md": TEXTS["undated.md"] for number in range(250)}})
    query = "{ articles { totalCount } parties { totalCount } measures { totalCount } points { totalCount } }"
    seed_articles(database.engine, articles)
    counts = {name: page["totalCount"] for name, page in database.api.execute(query).items()}
    assert counts == {"articles": 251, "parties": 1_102, "measures": 1_350, "points": 250}
    seed_articles(database.engine, articles[1:2])
    counts = {name: page["totalCount"] for name, page in database.api.execute(query).items()}
    assert counts == {"articles": 1, "parties": 2, "measures": 1, "points": 1}


@variant("postgresql")
@pytest.mark.slow
def test_duplicate_slugs_are_found_across_batches(database: SeededDatabase) -> None:
    articles = parse_articles({f"{number:03}.md": TEXTS["undated.md"] for number in range(250)})
    articles.append(replace(articles[0], path="z.md"))
    with pytest.raises(InvalidFiles, match=r"duplicate slug '000': 000\.md has it too"):
        seed_articles(database.engine, articles)
    assert all(rows == [] for rows in database.rows().values())


def test_many_new_articles_leave_one_segment_of_the_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = {f"{number}.md": f"---\ntitle: Raid {number}\n---\n\nText {number}.\n" for number in range(401)}
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine, open_client(url) as api:
        seed_articles(engine, parse_articles(texts))
        with engine.connect() as connection:
            segments = connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM passage_index_idx")
            assert segments.scalar() == 1
            settings: dict[str, Any] = dict(connection.exec_driver_sql("SELECT k, v FROM passage_index_config").all())
            assert (settings["automerge"], settings["crisismerge"]) == (4, 16)  # SQLite's defaults
        assert api.execute('{ search(query: "raids") { totalCount } }') == {"search": {"totalCount": 401}}


def rows_without_passage_ids(database: SeededDatabase) -> dict[str, list[Any]]:
    """Return all rows; those of passages without ids, because names have lower ones if other articles came later."""
    rows = database.rows()
    return {**rows, "passage": sorted((row[1:] for row in rows["passage"]), key=repr)}


@variant("postgresql")
def test_database_is_the_same_whether_its_articles_come_at_once_or_later(database: SeededDatabase) -> None:
    articles = [
        with_content_hash(replace(article, path=f"{number}-{article.path}", slug=f"{article.slug}-{number}"))
        for number in range(FEW_CHANGES // len(ARTICLES) + 1)
        for article in ARTICLES
    ]
    seed_articles(database.engine, articles[:FEW_CHANGES])
    seed_articles(database.engine, articles)
    before, definitions = rows_without_passage_ids(database), database.definitions()
    database.empty()
    seed_articles(database.engine, articles)
    after = rows_without_passage_ids(database)
    assert after == before
    assert database.definitions() == definitions
    assert database.api.execute('{ search(query: "mayor") { totalCount } }')["search"]["totalCount"] > len(articles)


@cache
def tiny_articles(count: int) -> list[Article]:
    """Return articles with one statement each, the oldest and the newest by turns."""
    table = "| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | Opposes | acted |\n"
    years = [year for pair in zip(range(1000, 2000), range(2999, 1999, -1), strict=True) for year in pair]
    return parse_articles(
        {
            f"{number:03}.md": f"---\ntitle: Raid\npublished: {years[number]}-01-01\nauthors: [A]\n---\n\n{table}"
            for number in range(count)
        }
    )


def test_database_is_the_same_if_many_articles_are_added_to_many(migrated_postgresql_url: str) -> None:
    articles = tiny_articles(2 * FEW_CHANGES + 2)
    with open_seeded_database(migrated_postgresql_url) as database:
        database.empty()
        seed_articles(database.engine, articles[: FEW_CHANGES + 1])
        seed_articles(database.engine, articles)
        before = rows_without_passage_ids(database)
        database.empty()
        seed_articles(database.engine, articles)
        after = rows_without_passage_ids(database)
    assert after == before


def read_index_number(url: str) -> Any:
    """Return the private number of an index, which is another one after the index is created again."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT 'ix_measure_section_id'::regclass::oid").fetchone()
    return row and row[0]


def test_first_seeding_creates_the_indexes_after_the_rows(migrated_postgresql_url: str) -> None:
    index = read_index_number(migrated_postgresql_url)
    with open_seeded_database(migrated_postgresql_url) as database:
        definitions = database.definitions()
        seed_articles(database.engine, tiny_articles(FEW_CHANGES + 1))
        assert database.definitions() == definitions
        last_index = read_index_number(migrated_postgresql_url)
        assert last_index != index
        seed_articles(database.engine, tiny_articles(2 * FEW_CHANGES + 2))
        assert read_index_number(migrated_postgresql_url) == last_index


OBSTACLES = {
    "a reader": "BEGIN; SELECT count(*) FROM party",
    "a foreign key of the operator": 'CREATE TABLE own (key text COLLATE "C" REFERENCES measure (key))',
}


@pytest.mark.parametrize("obstacle", OBSTACLES.values(), ids=OBSTACLES)
def test_first_seeding_keeps_the_indexes_instead_of_waiting_or_failing_because_of(
    obstacle: str, migrated_postgresql_url: str
) -> None:
    index = read_index_number(migrated_postgresql_url)
    articles = tiny_articles(FEW_CHANGES + 1)
    with (
        psycopg.connect(migrated_postgresql_url, autocommit=True) as other,
        open_seeded_database(migrated_postgresql_url) as database,
    ):
        database.empty()
        other.execute(obstacle)
        seed_articles(database.engine, articles)
        before = database.rows()
        assert read_index_number(migrated_postgresql_url) == index
        other.execute("ROLLBACK; DROP TABLE IF EXISTS own")
        database.empty()
        seed_articles(database.engine, articles)
        assert database.rows() == before


@pytest.fixture
def role_without_temporary_tables(postgresql_url: str) -> Iterator[str]:
    """Create a role that may not create temporary tables, and yield the URL by which it reaches the empty database."""
    address = parse_database_url(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"REVOKE TEMP ON DATABASE {address.database} FROM PUBLIC")
        connection.execute("CREATE ROLE modest LOGIN")
        connection.execute("GRANT CREATE ON SCHEMA public TO modest")
        yield address.set(username="modest").render_as_string()
        connection.execute("DROP OWNED BY modest")
        connection.execute("DROP ROLE modest")


def test_database_is_the_same_without_the_right_to_create_temporary_tables(
    role_without_temporary_tables: str, postgresql_url: str
) -> None:
    migrate_database(role_without_temporary_tables)
    index = read_index_number(postgresql_url)
    articles = [replace(NEW, path=f"{number}.md", slug=f"new-{number}") for number in range(FEW_CHANGES + 1)]
    with open_seeded_database(role_without_temporary_tables) as database:
        seed_articles(database.engine, articles)
        assert read_index_number(postgresql_url) == index
        before = database.rows()
        seed_articles(database.engine, [])
    with open_seeded_database(postgresql_url) as database:
        seed_articles(database.engine, articles)
        assert database.rows() == before


def test_postgresql_has_statistics_after_a_large_seeding(migrated_postgresql_url: str) -> None:
    articles = tiny_articles(FEW_CHANGES + 1)
    names = SettledNames({NameKind.PARTY: {"mayor": SettledName("Mayor", ("Chief",))}})
    with open_write_engine(migrated_postgresql_url) as engine:
        seed_articles(engine, articles, names=names)
        with engine.connect() as connection:
            numbers: dict[str, float] = dict(
                connection.exec_driver_sql("SELECT relname, reltuples FROM pg_class").all()
            )
            for name in ("article", "measure", "passage", "party", "party_alias"):
                assert numbers[name] == connection.scalar(select(func.count()).select_from(metadata.tables[name])), name
            query = "SELECT null_frac FROM pg_stats WHERE tablename = 'party' AND attname = 'current_stance'"
            assert connection.exec_driver_sql(query).scalar() == 0


def test_rejected_first_seeding_of_many_articles_leaves_all_indexes(database: SeededDatabase) -> None:
    definitions = database.definitions()
    articles = [replace(OLD, path=f"{number}.md") for number in range(FEW_CHANGES + 1)]
    with pytest.raises(InvalidFiles, match="duplicate slug 'old'"):
        seed_articles(database.engine, articles)
    assert database.definitions() == definitions
    seed_articles(database.engine, ARTICLES)
