"""A seeding makes the database hold just what the folder says: all of it, or nothing new."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select

from counterpoint.article_folder import ArticleFolder
from counterpoint.errors import InvalidFiles
from counterpoint.store.models import metadata
from counterpoint.store.seeding import Difference, seed
from support.article_strategies import with_content_hash
from support.database_helpers import (
    DATABASE_KINDS,
    SEED_TIME,
    EngineClient,
    create_sqlite_database,
    migrated_database,
    open_client,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.sample_articles import ARTICLES, TEXTS
from support.selections import read_all_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy

    from support.postgresql_server import PostgresqlServer

OLD, NEW, UNDATED = ARTICLES
BROKEN = "---\ntitle: Broken\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | | |\n"


@dataclass(frozen=True)
class Place:
    """A database, to be seeded and asked."""

    engine: sqlalchemy.Engine
    api: EngineClient

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Read all rows of all tables, private ids included."""
        with self.engine.connect() as connection:
            return {
                name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for name, table in metadata.tables.items()
            }

    def empty(self) -> None:
        """Delete all rows."""
        with self.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))


@contextmanager
def place_of(url: str) -> Iterator[Place]:
    with open_write_engine(url) as engine, open_client(url) as api:
        yield Place(engine, api)


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def kept(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url, place_of(url) as place:
        yield place


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_of(create_sqlite_database(tmp_path_factory)) as place:
        yield place


@pytest.fixture
def place(kept: Place) -> Place:
    """Give an empty database, once of each kind."""
    kept.empty()
    return kept


@pytest.fixture
def fresh(another: Place) -> Place:
    """Give another empty database."""
    another.empty()
    return another


def write(folder: Path, texts: dict[str, str]) -> ArticleFolder:
    """Make a folder hold just these files."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ArticleFolder(folder)


def seed_folder(place: Place, folder: ArticleFolder) -> Difference:
    return seed(place.engine, folder.files, folder.read_articles, parser_version=1, now=SEED_TIME).difference


def names(place: Place) -> dict[str, list[str]]:
    """Tell the names of all entities."""
    told = place.api.execute(
        "{ parties { nodes { name } } governments { nodes { name } } policyAreas { nodes { name } } "
        "groups { nodes { name } } }"
    )
    return {kind: [node["name"] for node in page["nodes"]] for kind, page in told.items()}


def test_second_run_writes_nothing(place: Place) -> None:
    first = seed_articles(place.engine, ARTICLES)
    before = place.rows()
    again = seed_articles(place.engine, ARTICLES, now=SEED_TIME + timedelta(days=1))
    assert place.rows() == before
    assert again.revision == first.revision
    assert again.difference == Difference((), (), (), ("old.md", "new.md", "undated.md"))


def test_difference_tells_what_became_of_each_file(place: Place) -> None:
    assert seed_articles(place.engine, [OLD, NEW]).difference == Difference(("old.md", "new.md"), (), (), ())
    changed = with_content_hash(replace(NEW, title="Changed"))
    done = seed_articles(place.engine, [changed, UNDATED])
    assert done.difference == Difference(("undated.md",), ("new.md",), ("old.md",), ())


def test_unchanged_files_are_not_read(place: Place) -> None:
    seed_articles(place.engine, [OLD, NEW])
    asked: list[list[str]] = []
    files = {article.path: article.sha256 for article in ARTICLES}
    seed(place.engine, files, lambda paths: asked.append([*paths]) or [UNDATED], parser_version=1, now=SEED_TIME)  # type: ignore[func-returns-value]
    assert asked == [["undated.md"]]


def test_removed_file_goes_with_what_only_it_named(place: Place) -> None:
    seed_articles(place.engine, ARTICLES)
    assert names(place) == {
        "parties": ["City council", "Governor", "Judges", "THE MAYOR"],
        "governments": ["City", "State"],
        "policyAreas": ["Legal aid", "Safety"],
        "groups": ["Activists"],
    }
    seed_articles(place.engine, [OLD])
    assert names(place) == {
        "parties": ["Governor", "The Mayor"],
        "governments": [],
        "policyAreas": [],
        "groups": ["Activists"],
    }
    assert place.api.execute('{ article(slug: "new") { id } articles { totalCount } }') == {
        "article": None,
        "articles": {"totalCount": 1},
    }


def test_empty_folder_leaves_nothing_but_its_revision(place: Place) -> None:
    seed_articles(place.engine, ARTICLES)
    done = seed_articles(place.engine, [])
    assert {name: rows for name, rows in place.rows().items() if rows} == {
        "revision": [(done.revision, 0, place.rows()["revision"][0][2])]
    }


def test_changed_file_keeps_the_ids_of_what_it_still_says(place: Place) -> None:
    statements = ["stances", "measures", "approaches", "roles", "challenges", "proposedSolutions", "points"]
    document = '{ article(slug: "%s") { sections { id } %s } }' % (  # noqa: UP031  # braces are GraphQL's
        "chicago-immigration-standoff",
        " ".join(f"{name} {{ id }}" for name in statements),
    )
    ((name, text),) = read_seed_texts().items()
    seed_articles(place.engine, parse_articles({name: text}))
    before = place.api.execute(document)["article"]
    lines = text.splitlines()
    (mayor,) = (at for at, line in enumerate(lines) if line.startswith("| Mayor Lori Lightfoot"))
    lines[mayor : mayor + 2] = [lines[mayor + 1], lines[mayor].replace("barred ICE", "BARRED ICE")]
    lines.insert(10, "A paragraph that moves all lines, in a section of its own.\n")
    seed_articles(place.engine, parse_articles({name: "\n".join(lines)}))
    after = place.api.execute(document)["article"]
    lost = {kind: [each for each in before[kind] if each not in after[kind]] for kind in before}
    assert lost == {kind: [] for kind in before} | {"measures": [before["measures"][1]]}
    assert [each["id"] for each in after["stances"]] == [before["stances"][at]["id"] for at in (1, 0, 2)]


def test_newer_reader_reads_unchanged_files_again(place: Place) -> None:
    first = seed_articles(place.engine, ARTICLES)
    again = seed_articles(place.engine, ARTICLES, parser_version=2)
    assert again.difference.changed == ("old.md", "new.md", "undated.md")
    assert again.revision != first.revision
    assert seed_articles(place.engine, ARTICLES, parser_version=2).difference.is_empty


def test_same_files_are_the_same_content_in_every_database(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    contents = []
    for kind in DATABASE_KINDS:
        for articles in (ARTICLES, ARTICLES[::-1]):
            with migrated_database(kind, postgresql, tmp_path_factory) as url, place_of(url) as place:
                seed_articles(place.engine, articles)
                contents.append(read_all_content(place.api))
    assert contents == [contents[0]] * 4


PATHS = {
    "one by one": [[OLD], [OLD, NEW], [OLD, NEW, UNDATED]],
    "newest first": [[NEW], [UNDATED, NEW], ARTICLES],
    "by way of others": [[with_content_hash(replace(OLD, path="else.md")), UNDATED], [], [UNDATED, NEW], ARTICLES],
    "by way of a change": [
        [with_content_hash(replace(each, published=None, title="?")) for each in ARTICLES],
        ARTICLES,
    ],
    "renamed": [[replace(each, path=f"was-{each.path}") for each in ARTICLES], ARTICLES],
    "slugs exchanged": [
        [with_content_hash(replace(OLD, slug="new")), with_content_hash(replace(NEW, slug="old")), UNDATED],
        ARTICLES,
    ],
    "read anew": [ARTICLES, [replace(each, sha256="another") for each in ARTICLES], ARTICLES],
}


@pytest.mark.parametrize("path", PATHS)
def test_content_does_not_tell_how_it_came_about(place: Place, fresh: Place, path: str) -> None:
    for articles in PATHS[path]:
        seed_articles(place.engine, articles)
    seed_articles(fresh.engine, ARTICLES)
    assert read_all_content(place.api) == read_all_content(fresh.api)


def test_problem_in_one_file_writes_nothing(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(place, write(folder, {"new.md": TEXTS["new.md"]}))
    before = place.rows()
    for texts in (
        {**TEXTS, "broken.md": BROKEN},
        {"broken.md": BROKEN, **TEXTS},
        {"new.md": BROKEN},
        {"a.md": BROKEN, "z.md": BROKEN},
    ):
        with pytest.raises(InvalidFiles):
            seed_folder(place, write(folder, texts))
        assert place.rows() == before


def test_problems_of_all_files_are_told_at_once(place: Place, tmp_path: Path) -> None:
    folder = write(tmp_path / "seed", {"a.md": BROKEN, "b.md": TEXTS["old.md"], "c.md": BROKEN})
    with pytest.raises(InvalidFiles) as found:
        seed_folder(place, folder)
    assert [str(problem.place) for problem in found.value.problems] == ["a.md:7:10", "c.md:7:10"]


def test_duplicate_slugs_are_told_beside_other_problems(place: Place, tmp_path: Path) -> None:
    folder = write(tmp_path / "seed", {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"], "c.md": BROKEN})
    with pytest.raises(InvalidFiles) as found:
        seed_folder(place, folder)
    assert [problem.place.path for problem in found.value.problems] == ["b.md", "c.md"]


def test_slug_of_another_file_is_a_problem_of_the_later_one(place: Place, tmp_path: Path) -> None:
    for texts in (
        {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"]},
        {"b.md": TEXTS["old.md"], "old.md": TEXTS["new.md"].replace("slug: new", "slug: old")},
    ):
        with pytest.raises(InvalidFiles) as found:
            seed_folder(place, write(tmp_path / "seed", texts))
        (problem,) = found.value.problems
        first, second = texts
        assert problem.place.path == second
        assert problem.message == f"duplicate slug 'old': {first} has it too"


def test_slug_of_a_stored_file_is_a_problem(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(place, write(folder, {"b.md": TEXTS["old.md"]}))
    before = place.rows()
    with pytest.raises(InvalidFiles) as found:
        seed_folder(place, write(folder, {"a.md": TEXTS["old.md"], "b.md": TEXTS["old.md"]}))
    (problem,) = found.value.problems
    assert (problem.place.path, problem.message) == ("a.md", "duplicate slug 'old': b.md has it too")
    assert place.rows() == before


def test_file_may_take_over_the_slug_of_one_that_goes(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    seed_folder(place, write(folder, {"a.md": TEXTS["old.md"]}))
    done = seed_folder(place, write(folder, {"b.md": TEXTS["old.md"]}))
    assert done == Difference(("b.md",), (), ("a.md",), ())
    assert place.api.execute('{ article(slug: "old") { source { path } } }') == {
        "article": {"source": {"path": "b.md"}}
    }


def test_more_than_a_batch_is_seeded_whole(place: Place) -> None:
    rows = "".join(f"| Party {number} | Stands | acted |\n" for number in range(1_100))
    crowd = f"---\ntitle: Crowd\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n{rows}"
    many = parse_articles({"crowd.md": crowd, **{f"{number}.md": TEXTS["undated.md"] for number in range(450)}})
    count = "{ articles { totalCount } parties { totalCount } measures { totalCount } points { totalCount } }"
    seed_articles(place.engine, many)
    told = {name: page["totalCount"] for name, page in place.api.execute(count).items()}
    assert told == {"articles": 451, "parties": 1_102, "measures": 1_550, "points": 450}
    seed_articles(place.engine, many[1:2])
    told = {name: page["totalCount"] for name, page in place.api.execute(count).items()}
    assert told == {"articles": 1, "parties": 2, "measures": 1, "points": 1}


def test_duplicate_slugs_are_found_over_batches(place: Place) -> None:
    many = parse_articles({f"{number:03}.md": TEXTS["undated.md"] for number in range(250)})
    many.append(replace(many[0], path="z.md"))
    with pytest.raises(InvalidFiles, match=r"duplicate slug '000': 000\.md has it too"):
        seed_articles(place.engine, many)
    assert all(rows == [] for rows in place.rows().values())
