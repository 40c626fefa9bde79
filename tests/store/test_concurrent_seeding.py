"""Concurrent and interrupted seedings: no query ever sees part of one."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import Queue
from threading import Event
from typing import TYPE_CHECKING

import pytest

from counterpoint.errors import NO_CONTENT_MESSAGE
from counterpoint.store.folder_difference import Difference
from counterpoint.store.index_upkeep import FEW_CHANGES
from counterpoint.store.prepared_articles import prepare_article
from counterpoint.store.seeding import seed
from support.article_strategies import with_content_hash
from support.commands import run
from support.database_helpers import REPOSITORY, SEED_TIME, open_client, open_write_engine, seed_articles
from support.processes import TIMEOUT_SECONDS, start_program
from support.sample_articles import ARTICLES, TEXTS
from support.selections import read_all_content
from support.servers import Response, ServerProcess, run_service
from support.variants import sample, variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from counterpoint.article.records import Article
    from counterpoint.store.prepared_articles import PreparedArticle
    from counterpoint.store.seeding import ReadArticles

OLD, NEW, UNDATED = ARTICLES

PAUSE_SECONDS = 0.02
"""Seconds between the requests of a reader, because it need not use a whole core."""


def test_second_seeding_waits_for_the_first(database_url: str) -> None:
    first_reads, second_reads, may_continue = Event(), Event(), Event()

    def read_slowly(paths: Sequence[str]) -> Iterator[PreparedArticle]:
        first_reads.set()
        assert may_continue.wait(TIMEOUT_SECONDS)
        yield from (prepare_article(article, 1) for article in ARTICLES if article.path in paths)

    def read(paths: Sequence[str]) -> list[PreparedArticle]:
        second_reads.set()
        return [prepare_article(article, 1) for article in ARTICLES if article.path in paths]

    def run(articles: list[Article], read_articles: ReadArticles) -> Difference:
        files = {article.path: article.sha256 for article in articles}
        with open_write_engine(database_url) as engine:
            return seed(engine, files, read_articles, parser_version=1, now=SEED_TIME).difference

    with ThreadPoolExecutor() as pool, open_client(database_url) as api:
        first = pool.submit(run, [OLD, NEW], read_slowly)
        assert first_reads.wait(TIMEOUT_SECONDS)
        second = pool.submit(run, [NEW, UNDATED], read)
        assert not second_reads.wait(0.3)
        may_continue.set()
        assert first.result() == Difference(("old.md", "new.md"), (), (), ())
        assert second.result() == Difference(("undated.md",), (), ("old.md",), ("new.md",))
        assert api.execute("{ articles { nodes { slug } } }") == {
            "articles": {"nodes": [{"slug": "new"}, {"slug": "undated"}]}
        }


def test_two_concurrent_commands_both_succeed(database_url: str) -> None:
    folder = REPOSITORY / "seed"
    programs = [start_program("seed", folder, COUNTERPOINT_DATABASE_URL=database_url) for _ in range(2)]
    assert [program.wait() for program in programs] == [0, 0], [program.stderr for program in programs]
    assert sorted(program.stdout.partition(",")[0] for program in programs) == ["0 added", "1 added"]


def test_queries_read_the_old_content_until_the_seeding_commits(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api, ThreadPoolExecutor() as pool:
        seed_articles(engine, [OLD])
        before = read_all_content(api)
        most_inserted, may_continue = Event(), Event()

        def read(_: Sequence[str]) -> Iterator[PreparedArticle]:
            # More than a batch, so that rows are inserted before the last article is read.
            for number in range(250):
                article = with_content_hash(replace(NEW, path=f"{number}.md", slug=f"a{number}"))
                yield prepare_article(article, 1)
            most_inserted.set()
            assert may_continue.wait(TIMEOUT_SECONDS)
            yield prepare_article(UNDATED, 1)

        files = {f"{number}.md": "" for number in range(250)} | {"undated.md": UNDATED.sha256}
        seeding = pool.submit(seed, engine, files, read, parser_version=1, now=SEED_TIME)
        assert most_inserted.wait(TIMEOUT_SECONDS)
        assert read_all_content(api) == before
        may_continue.set()
        revision = seeding.result().revision
        data = api.execute('{ revision { id articleCount } articles { totalCount } article(slug: "old") { id } }')
        assert data == {
            "revision": {"id": revision, "articleCount": 251},
            "articles": {"totalCount": 251},
            "article": None,
        }


def test_first_seeding_lets_servers_and_operators_see_that_there_is_no_content(database_url: str) -> None:
    most_inserted, may_continue = Event(), Event()

    def read(_: Sequence[str]) -> Iterator[PreparedArticle]:
        for path in paths[:-1]:
            yield prepare_article(with_content_hash(replace(NEW, path=path, slug=path.removesuffix(".md"))), 1)
        most_inserted.set()
        assert may_continue.wait(TIMEOUT_SECONDS)
        yield prepare_article(UNDATED, 1)

    paths = [f"{number}.md" for number in range(FEW_CHANGES)] + ["undated.md"]
    with open_write_engine(database_url) as engine, run_service(database_url) as server, ThreadPoolExecutor() as pool:
        seeding = pool.submit(seed, engine, dict.fromkeys(paths, ""), read, parser_version=1, now=SEED_TIME)
        assert most_inserted.wait(TIMEOUT_SECONDS)
        image = server.get(f"/images/{'0' * 64}.png")
        answers = [server.post({"query": "{ articles { totalCount } }"}), server.get("/readyz")]
        report = run("status", COUNTERPOINT_DATABASE_URL=database_url)
        may_continue.set()
        seeding.result()
        assert server.post({"query": "{ articles { totalCount } }"}).json["data"]["articles"]["totalCount"] == len(
            paths
        )
    assert [(answer.status, answer.json["errors"][0]["message"]) for answer in answers] == [
        (503, NO_CONTENT_MESSAGE),
        (503, NO_CONTENT_MESSAGE),
    ]
    assert image.status == 404
    assert (report.exit_code, NO_CONTENT_MESSAGE in report.stderr) == (1, True)


@variant("postgresql")
def test_answer_never_mixes_two_revisions(database_url: str) -> None:
    folders = [[OLD], [NEW, UNDATED]]
    document = (
        "{ revision { id articleCount } articles { totalCount nodes { slug sections { heading } } } "
        "parties { totalCount nodes { name currentStance articles { totalCount } } } measures { totalCount } }"
    )
    with open_write_engine(database_url) as engine, open_client(database_url) as api, ThreadPoolExecutor() as pool:
        expected = {}
        for articles in folders:
            revision = seed_articles(engine, articles).revision
            expected[revision] = api.execute(document)
        flipping = pool.submit(lambda: [seed_articles(engine, folders[turn % 2]) for turn in range(12)])
        seen = set()
        while not flipping.done():
            data = api.execute(document)
            assert data == expected[data["revision"]["id"]]
            seen.add(data["revision"]["id"])
            time.sleep(PAUSE_SECONDS)
        flipping.result()
    assert seen <= expected.keys()
    assert seen


DOCUMENTS = [
    "{ revision { id articleCount } articles { totalCount } measures { totalCount } "
    "stances { totalCount counts(by: PARTY) { key total } } }",
    '{ revision { id } search(query: "mayor", first: 100) { totalCount edges { kind snippet node { id } } } }',
    "{ revision { id } articles(first: 100) { totalCount "
    "nodes { slug title source { sha256 } sections { heading blocks { __typename } } parties { name } } } }",
    "{ revision { id } parties(first: 100) { totalCount nodes { name currentStance articles { totalCount } "
    "stances(first: 3) { nodes { text measures { text } section { heading } } } } } }",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database_url", "cache_bytes"),
    sample([("sqlite", "67108864"), ("sqlite", "0"), ("postgresql", "0")], 3),  # the cache knows no database
    indirect=["database_url"],
)
def test_readers_of_a_server_see_only_whole_revisions(database_url: str, cache_bytes: str) -> None:
    """Answers and their ETags are those of one content, and each new content becomes visible."""
    contents = [
        [with_content_hash(replace(article, path=f"{number}.md", slug=f"a{number}")) for number in range(size)]
        for article, size in ((OLD, 15), (NEW, 10))
    ]
    expected: dict[str, list[Response]] = {}
    seen: Queue[str] = Queue()
    is_over = Event()

    def read_all_the_time(server: ServerProcess) -> None:
        while not is_over.is_set():
            for number, document in enumerate(DOCUMENTS):
                response = server.post({"query": document})
                revision = response.json["data"]["revision"]["id"]
                assert response.json == expected[revision][number].json
                assert response.headers["etag"] == expected[revision][number].headers["etag"]
                seen.put(revision)
                time.sleep(PAUSE_SECONDS)

    def wait_until_seen(revision: str) -> None:
        while seen.get(timeout=TIMEOUT_SECONDS) != revision:
            for reader in readers:
                if reader.done():
                    reader.result()

    with (
        open_write_engine(database_url) as engine,
        run_service(database_url, COUNTERPOINT_RESPONSE_CACHE_BYTES=cache_bytes) as server,
        ThreadPoolExecutor() as pool,
    ):
        for articles in contents:
            revision = seed_articles(engine, articles).revision
            with run_service(database_url) as another:
                expected[revision] = [another.post({"query": document}) for document in DOCUMENTS]
        assert [
            response.body for responses in expected.values() for response in responses if response.status != 200
        ] == []
        readers = [pool.submit(read_all_the_time, server) for _ in range(4)]
        try:
            for turn in range(4):
                wait_until_seen(seed_articles(engine, contents[turn % 2]).revision)
        finally:
            is_over.set()
        for reader in readers:
            reader.result()
    assert len({response.headers["etag"] for responses in expected.values() for response in responses}) == 8


KILLED = """
import signal, sys
from dataclasses import replace
from datetime import UTC, datetime
from counterpoint.article.parser import parse_article
from counterpoint.database_url import parse_database_url
from counterpoint.store.prepared_articles import prepare_article
from counterpoint.store.write_engine import write_engine
from counterpoint.store.seeding import seed

article = parse_article(sys.argv[2], path="a.md", sha256="0").article

def read(paths):
    for number in range(250):
        yield prepare_article(replace(article, path=f"{number}.md", slug=f"a{number}"), 1)
    print("midway", file=sys.stderr, flush=True)
    signal.pause()

files = {f"{number}.md": "0" for number in range(250)}
with write_engine(parse_database_url(sys.argv[1])) as engine:
    seed(engine, files, read, parser_version=1, now=datetime.now(UTC))
"""


@variant("postgresql")
def test_killed_seeding_leaves_the_old_content(database_url: str, tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [OLD, UNDATED])
        before = read_all_content(api)
        program = start_program(database_url, TEXTS["new.md"], script=str(script))
        program.wait_for_line("midway")
        program.kill()
        assert program.process.exitcode == -signal.SIGKILL
        assert read_all_content(api) == before
        seed_articles(engine, ARTICLES)
        with open_client(database_url) as another:
            assert read_all_content(another) == read_all_content(api)
            assert another.execute("{ articles { totalCount } }") == {"articles": {"totalCount": 3}}
