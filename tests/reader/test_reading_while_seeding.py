"""A page that reads several documents never mixes the content of two revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.reader.endpoint import ALL_PAGES, ReaderEndpoint
from counterpoint.reader.pages import Page
from support.database_helpers import create_sqlite_database, open_client, open_write_engine, seed_articles
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    import pytest

    from counterpoint.reader.pages import Address, Data, Execute


def test_page_is_read_again_if_a_seeding_came_between_its_documents(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as write_engine, open_client(url) as client:
        seed_articles(write_engine, ARTICLES[:1])
        unseen = [ARTICLES]

        async def read(execute: Execute, _: Address) -> Data:
            articles = (await execute("charts", {}))["articles"]
            if unseen:
                seed_articles(write_engine, unseen.pop())
            return {
                "articles": articles,
                "parties": (await execute("charts_parties", {"parties": []}))["parties"]["nodes"],
            }

        monkeypatch.setitem(ALL_PAGES, "/charts", Page("/charts", read, "charts.html"))
        endpoint = ReaderEndpoint(
            client.engine,
            CurrentRevision(client.engine.revision),
            ErrorResponder(CorsPolicy(["*"])),
            public_url="https://example.org",
            cache_control=b"no-cache",
            cache_bytes=0,
        )
        page = client.runner.run(get(endpoint, "/charts"))
        assert f"of {len(ARTICLES)} articles in all" in page


async def get(endpoint: ReaderEndpoint, path: str) -> str:
    """Return the body of the response to a GET request."""
    messages: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "scheme": "http", "query_string": b"", "headers": []}
    await endpoint(scope, receive, send)
    assert messages[0]["status"] == 200
    body: bytes = messages[1]["body"]
    return body.decode()
