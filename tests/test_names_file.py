"""`names.yaml` in the seed folder: aliases lead to one entity, in every query and after every change of the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.article_folder import ArticleFolder
from counterpoint.store.seeding import seed
from counterpoint.store.seeding_options import SeedOptions, SeedResult
from support.commands import run, write_texts
from support.database_helpers import (
    DATABASE_KINDS,
    create_sqlite_file,
    migrated_database,
    open_client,
    open_write_engine,
)
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")

HEAD = "---\ntitle: T\npublished: 2020-01-0"
TABLE = "\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n"
TEXTS = {
    "a.md": f"{HEAD}1{TABLE}| Trump White House | Is for | sued |\n| Mayor | Is against | |\n",
    "b.md": f"{HEAD}2{TABLE}| the trump administration | Is for | signed |\n",
}
NAMES = "parties: {Trump Administration: [Trump White House, The Trump Administration]}\n"
PARTY = "slug name aliases articles { totalCount } measures { totalCount } stances { counts(by: PARTY) { key total } }"
SETTLED = {
    "slug": "trump-administration",
    "name": "Trump Administration",
    "aliases": ["The Trump Administration", "Trump White House"],
    "articles": {"totalCount": 2},
    "measures": {"totalCount": 2},
    "stances": {"counts": [{"key": "trump-administration", "total": 2}]},
}


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def url(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        yield url


def seed_folder(url: str, folder: Path, texts: dict[str, str]) -> SeedResult:
    opened = ArticleFolder(write_texts(folder, texts))
    options = SeedOptions(declarations=opened.declarations, names=opened.options.names)
    with open_write_engine(url) as engine:
        return seed(
            engine,
            opened.files,
            opened.prepare_articles,
            parser_version=opened.parser_version,
            now=datetime.now(UTC),
            options=options,
        )


def execute(url: str, document: str) -> Any:
    with open_client(url) as api:
        return api.execute(document)


def test_every_name_leads_to_one_party(url: str, tmp_path: Path) -> None:
    seed_folder(url, tmp_path, {**TEXTS, "names.yaml": NAMES})
    slugs = ("trump-administration", "trump-white-house", "the-trump-administration")
    for slug in slugs:
        assert execute(url, f'{{ party(slug: "{slug}") {{ {PARTY} }} }}') == {"party": SETTLED}
        for where in (f'["{slug}"]', f'["{slug}", "nothing"]'):
            filters = f"where: {{ slug: {where} }}"
            assert execute(url, f"{{ parties({filters}) {{ nodes {{ name }} }} }}") == {
                "parties": {"nodes": [{"name": "Trump Administration"}]}
            }
            filters = f"where: {{ parties: {{ slug: {where} }} }}"
            assert execute(url, f"{{ articles({filters}) {{ totalCount }} }}") == {"articles": {"totalCount": 2}}
            filters = f"where: {{ not: {{ party: {{ slug: {where} }} }} }}"
            assert execute(url, f"{{ stances({filters}) {{ nodes {{ text }} }} }}") == {
                "stances": {"nodes": [{"text": "Is against"}]}
            }
    assert execute(url, '{ party(slug: "white-house") { slug } }') == {"party": None}
    assert execute(url, '{ node(id: "Party:trump-white-house") { id } }') == {"node": None}


def test_search_finds_a_party_by_its_aliases(url: str, tmp_path: Path) -> None:
    seed_folder(url, tmp_path, {**TEXTS, "names.yaml": NAMES})
    document = '{ search(query: "white house", kinds: [PARTY]) { nodes { id } } }'
    assert execute(url, document) == {"search": {"nodes": [{"id": "Party:trump-administration"}]}}


def test_a_change_of_the_file_changes_revision_parties_and_tags(url: str, tmp_path: Path) -> None:
    document = "{ parties { nodes { slug name aliases } } }"
    first = seed_folder(url, tmp_path, TEXTS)
    unsettled = execute(url, document)
    assert [party["slug"] for party in unsettled["parties"]["nodes"]] == [
        "mayor",
        "the-trump-administration",
        "trump-white-house",
    ]
    settled = seed_folder(url, tmp_path, {"names.yaml": NAMES})
    assert settled.revision != first.revision
    assert "party" in settled.tags
    assert execute(url, document)["parties"]["nodes"] == [
        {"slug": "mayor", "name": "Mayor", "aliases": []},
        {key: SETTLED[key] for key in ("slug", "name", "aliases")},
    ]
    moved = seed_folder(url, tmp_path, {"names.yaml": "parties: {Mayor: [Trump White House]}\n"})
    assert "party" in moved.tags
    assert execute(url, '{ party(slug: "trump-white-house") { slug aliases } }') == {
        "party": {"slug": "mayor", "aliases": ["Trump White House"]}
    }
    (tmp_path / "names.yaml").unlink()
    assert seed_folder(url, tmp_path, TEXTS).revision == first.revision
    assert execute(url, document) == unsettled


def test_an_export_leads_to_the_same_parties(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    write_texts(tmp_path / "seed", {**TEXTS, "names.yaml": NAMES})
    urls = [create_sqlite_file(tmp_path / f"{name}.db") for name in ("one", "two")]
    for url, folder in zip(urls, ("seed", "out"), strict=True):
        assert run("seed", str(tmp_path / folder), COUNTERPOINT_DATABASE_URL=url).exit_code == 0
        if folder == "seed":
            arguments = ("export", "--all", str(tmp_path / "out"))
            assert run(*arguments, COUNTERPOINT_DATABASE_URL=url).exit_code == 0
    assert (tmp_path / "out" / "names.yaml").read_text(encoding="utf-8") == NAMES
    document = f"{{ parties {{ nodes {{ id {PARTY} }} }} }}"
    assert execute(urls[0], document) == execute(urls[1], document)


def test_a_mistake_in_the_file_stops_the_seeding(url: str, tmp_path: Path) -> None:
    write_texts(tmp_path, {**TEXTS, "names.yaml": "parties: {Mayor: Governor}\n"})
    result = run("seed", str(tmp_path), COUNTERPOINT_DATABASE_URL=url)
    assert result.exit_code == 1
    assert f"{tmp_path}/names.yaml:1:18: the other names of this name are no list" in result.stderr


LOOK_ALIKES = {
    "a.md": f"{HEAD}1{TABLE}| Mayor | Is for | |\n",
    "b.md": f"{HEAD}2{TABLE}| The Mayor | Is against | |\n",
}
WARNING = (
    "b.md:8:1: warning: the party 'The Mayor' looks like 'Mayor' in a.md:8 (if they are one, write "
    "Mayor: [The Mayor] below parties: in names.yaml; if not, write Mayor: [] and The Mayor: [])"
)


def run_warning_commands(url: str, folder: Path, *options: str) -> list[tuple[int, str]]:
    """Run both commands that warn. Return their exit statuses and what they report about files."""
    results = [run(command, str(folder), *options, COUNTERPOINT_DATABASE_URL=url) for command in ("check", "seed")]
    lines = ([line for line in result.stderr.splitlines() if ".md:" in line] for result in results)
    return [
        (result.exit_code, "\n".join(line).replace(f"{folder}/", ""))
        for result, line in zip(results, lines, strict=True)
    ]


def test_names_that_look_like_one_are_reported_until_the_file_settles_them(url: str, tmp_path: Path) -> None:
    write_texts(tmp_path, LOOK_ALIKES)
    assert run_warning_commands(url, tmp_path) == [(0, WARNING)] * 2
    for names in ("parties: {Mayor: [The Mayor]}", "parties: {Mayor: [], The Mayor: []}"):
        write_texts(tmp_path, {"names.yaml": names})
        assert run_warning_commands(url, tmp_path) == [(0, "")] * 2


def test_names_that_look_like_one_are_errors_if_strict(url: str, tmp_path: Path) -> None:
    seed_folder(url, tmp_path / "before", TEXTS)
    before = execute(url, "{ revision { id } }")
    write_texts(tmp_path / "after", LOOK_ALIKES)
    error = WARNING.replace("warning: ", "")
    assert run_warning_commands(url, tmp_path / "after", "--strict") == [(1, error)] * 2
    assert execute(url, "{ revision { id } }") == before


def test_a_seeding_compares_the_articles_that_it_reads_with_all_others(url: str, tmp_path: Path) -> None:
    governor = f"{HEAD}4{TABLE}| Governor | Is for | |\n"
    seed_folder(url, tmp_path, {**LOOK_ALIKES, "d.md": governor})
    (tmp_path / "c.md").write_text(f"{HEAD}3{TABLE}| Governors | Are for | |\n", encoding="utf-8")
    seeded = run("seed", str(tmp_path), COUNTERPOINT_DATABASE_URL=url)
    assert "c.md:8:1: warning: the party 'Governors' looks like 'Governor' in d.md:8" in seeded.stderr
    assert seeded.stderr.count("looks like") == 1


def test_single_files_are_not_compared(tmp_path: Path) -> None:
    write_texts(tmp_path, LOOK_ALIKES)
    result = run("check", *(str(tmp_path / name) for name in LOOK_ALIKES))
    assert (result.exit_code, "looks like" in result.stderr) == (0, False)
