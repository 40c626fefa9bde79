"""Feeds, sitemaps and robots.txt: valid for the programs that read them, stable, filtered and conditional."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from counterpoint.reader.pages import Address
from counterpoint.reader.rendering import DOCUMENTS
from counterpoint.reader.sitemaps import read_sitemap
from support.database_helpers import (
    DATABASE_KINDS,
    create_sqlite_database,
    open_seeded_client,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.servers import ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from support.database_helpers import EngineClient
    from support.postgresql_server import PostgresqlServer

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGIN = "https://counterpoint.example"

STANCES = "| Party | Stance | Recent Measures |\n|---|---|---|\n| {} | For | sued |\n"
TEXTS = {
    "renamed.md": f"""---
title: Raids & <i>quarrels</i>
slug: raids
former_slugs: [chicago raids, raids-2019]
summary: "Who says \\"no\\" ]]> & why"
authors: [A. Writer, "Ünal & Sons"]
published: 2019-07-16
updated: 2021-02-28
url: https://elsewhere.example/raids?a=1&b=2
---

{STANCES.format("The Mayor & Co.")}""",
    "german.md": f"""---
title: Streit
slug: straße-東京
language: de
subtitle: Noch einmal
published: 2020-01-01
translation_of: raids
---

{STANCES.format("Governor")}""",
    # XML 1.0 has no way to write the character in the subtitle.
    "undated.md": f'---\ntitle: Undated\nsubtitle: "Al\\uFFFEso"\n---\n\n{STANCES.format("Governor")}',
}


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a database with three articles."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(TEXTS))
    return url


@pytest.fixture(scope="module")
def server(database_url: str) -> Iterator[ServerProcess]:
    """Run the service with a public address."""
    with run_service(database_url, COUNTERPOINT_PUBLIC_URL=ORIGIN) as process:
        yield process


def read_xml(server: ServerProcess, path: str, media_type: str) -> Element:
    response = server.get(path)
    assert (response.status, response.headers["content-type"]) == (200, f"{media_type}; charset=utf-8")
    return ElementTree.fromstring(response.body)


def read_atom(server: ServerProcess, query: str = "") -> Element:
    """Return an Atom feed that has what RFC 4287 demands of feeds and entries."""
    feed = read_xml(server, f"/feed.atom{query}", "application/atom+xml")
    for element in (feed, *feed.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme == "https"
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
        assert find_link(element, "alternate")
    assert all(author.findtext(f"{ATOM}name") for author in feed.iter(f"{ATOM}author"))
    return feed


def find_link(element: Element, relation: str) -> str | None:
    links = [link.get("href") for link in element.iterfind(f"{ATOM}link") if link.get("rel") == relation]
    assert len(links) <= 1
    return links[0] if links else None


def texts(element: Element, path: str) -> list[str | None]:
    return [part.text for part in element.iterfind(path)]


def read_json_feed(server: ServerProcess, query: str = "") -> dict[str, Any]:
    """Return a JSON feed that has what version 1.1 demands."""
    response = server.get(f"/feed.json{query}")
    assert response.headers["content-type"] == "application/feed+json; charset=utf-8"
    feed: dict[str, Any] = response.json
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for item in feed["items"]:
        assert item["id"]
        assert item.get("content_html") or item.get("content_text")
    return feed


def test_atom_feed_lists_the_last_changes_first(server: ServerProcess) -> None:
    feed = read_atom(server)
    assert texts(feed, f"{ATOM}entry/{ATOM}title") == ["Raids & <i>quarrels</i>", "Streit", "Undated"]
    assert feed.findtext(f"{ATOM}updated") == "2021-02-28T00:00:00Z"
    assert find_link(feed, "self") == f"{ORIGIN}/feed.atom"
    assert find_link(feed, "alternate") == f"{ORIGIN}/"


def test_atom_entry_has_all_that_the_article_says_about_itself(server: ServerProcess) -> None:
    entry, german, undated = read_atom(server).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == 'Who says "no" ]]> & why'
    assert texts(entry, f"{ATOM}author/{ATOM}name") == ["A. Writer", "Ünal & Sons"]
    assert [category.get("term") for category in entry.iterfind(f"{ATOM}category")] == ["The Mayor & Co."]
    assert entry.findtext(f"{ATOM}published") == "2019-07-16T00:00:00Z"
    assert find_link(entry, "alternate") == f"{ORIGIN}/articles/raids"
    assert find_link(entry, "via") == "https://elsewhere.example/raids?a=1&b=2"
    assert (german.get(LANGUAGE), german.findtext(f"{ATOM}summary")) == ("de", "Noch einmal")
    assert undated.findtext(f"{ATOM}summary") == "Also"
    assert undated.find(f"{ATOM}published") is None
    assert undated.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_id_of_an_entry_survives_a_new_slug(server: ServerProcess) -> None:
    entry = read_atom(server).find(f"{ATOM}entry")
    item = read_json_feed(server)["items"][0]
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == item["id"] == f"{ORIGIN}/articles/chicago-raids"
    redirect = server.get("/articles/chicago-raids")
    assert (redirect.status, redirect.headers["location"]) == (301, "/articles/raids")


def test_json_feed_has_the_same_articles(server: ServerProcess) -> None:
    feed = read_json_feed(server)
    entries = read_atom(server).findall(f"{ATOM}entry")
    assert [item["id"] for item in feed["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries]
    assert [item["url"] for item in feed["items"]] == [find_link(entry, "alternate") for entry in entries]
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{ORIGIN}/feed.json", f"{ORIGIN}/")
    item, _, undated = feed["items"]
    assert item["authors"] == [{"name": "A. Writer"}, {"name": "Ünal & Sons"}]
    assert (item["tags"], item["language"]) == (["The Mayor & Co."], "en")
    assert (item["date_published"], item["date_modified"]) == ("2019-07-16T00:00:00Z", "2021-02-28T00:00:00Z")
    assert not {"date_published", "date_modified"} & undated.keys()


@pytest.mark.parametrize(
    ("query", "name", "titles"),
    [
        ("?party=governor", "Governor", ["Streit", "Undated"]),
        ("?party=governor&language=de", "Governor, de", ["Streit"]),
        ("?author=A.+Writer", "A. Writer", ["Raids & <i>quarrels</i>"]),
        ("?language=fr", "fr", []),
    ],
)
def test_feeds_are_filtered(server: ServerProcess, query: str, name: str, titles: list[str]) -> None:
    feed, json_feed = read_atom(server, query), read_json_feed(server, query)
    assert texts(feed, f"{ATOM}entry/{ATOM}title") == [item["title"] for item in json_feed["items"]] == titles
    assert feed.findtext(f"{ATOM}title") == json_feed["title"] == f"Counterpoint: {name}"
    assert json_feed["feed_url"].startswith(f"{ORIGIN}/feed.json?")
    assert json_feed["home_page_url"] == json_feed["feed_url"].replace("/feed.json", "/articles")


@pytest.mark.parametrize("path", ["/feed.atom?party=nobody", "/feed.json?group=nobody", "/sitemap.xml?page=2"])
def test_errors_of_feeds_are_those_of_the_api(server: ServerProcess, path: str) -> None:
    response = server.get(path)
    assert (response.status, response.error_codes) == (404, ["NOT_FOUND"])


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/sitemap.xml"])
def test_feeds_are_conditional_and_tagged(server: ServerProcess, path: str) -> None:
    first = server.get(path)
    assert "article" in first.headers["cache-tag"].split(",")
    again = server.get(path, **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert server.request("HEAD", path).headers["content-length"] == str(len(first.body))


def test_sitemap_lists_all_pages_with_changes_and_translations(server: ServerProcess) -> None:
    urls = {url.findtext(f"{SITEMAP}loc"): url for url in read_xml(server, "/sitemap.xml", "application/xml")}
    german = f"{ORIGIN}/articles/strasse-%E6%9D%B1%E4%BA%AC"
    assert {f"{ORIGIN}/", f"{ORIGIN}/articles/raids", german, f"{ORIGIN}/parties/governor"} <= urls.keys()
    assert urls[f"{ORIGIN}/articles/raids"].findtext(f"{SITEMAP}lastmod") == "2021-02-28"
    assert urls[f"{ORIGIN}/parties/governor"].findtext(f"{SITEMAP}lastmod") == "2020-01-01"
    assert urls[f"{ORIGIN}/articles/undated"].find(f"{SITEMAP}lastmod") is None
    versions = {"de": german, "en": f"{ORIGIN}/articles/raids"}
    for url in versions.values():
        links = urls[url].findall(f"{XHTML}link")
        assert {link.get("hreflang"): link.get("href") for link in links} == versions
    assert urls[f"{ORIGIN}/articles/undated"].find(f"{XHTML}link") is None


def test_every_address_of_the_sitemap_is_a_page(server: ServerProcess) -> None:
    locations = [*read_xml(server, "/sitemap.xml", "application/xml").iter(f"{SITEMAP}loc")]
    assert locations
    for location in locations:
        path = (location.text or "").removeprefix(ORIGIN)
        assert server.get(path).status == 200, path


@pytest.fixture(params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    """Yield the engine on a database of each kind with the three articles."""
    with open_seeded_client(request.param, postgresql, tmp_path_factory, parse_articles(TEXTS)) as client:
        yield client


@variant("postgresql")
def test_index_divides_the_addresses_among_sitemaps(api: EngineClient) -> None:
    async def execute(name: str, variables: Mapping[str, Any]) -> Any:
        prepared = await api.engine.prepare(DOCUMENTS[name], None, dict(variables))
        return json.loads((await api.engine.execute(prepared)).data)

    def read_paths(max_addresses: int, page: str | None = None) -> list[str]:
        address = Address("", "/sitemap.xml", "", {"page": (page,)} if page else {})
        data = api.runner.run(read_sitemap(execute, address, max_addresses))
        assert page or not data["pages"]
        return [location.path for location in data["locations"]]

    def count_pages(max_addresses: int) -> int:
        data = api.runner.run(read_sitemap(execute, Address("", "/sitemap.xml", "", {}), max_addresses))
        assert data["locations"] == []
        pages: int = data["pages"]
        return pages

    paths = read_paths(1_000)
    assert len(paths) == len(set(paths)) >= 6
    for size in (1, 2, 5, len(paths) - 1):
        pages = [read_paths(size, str(number)) for number in range(1, count_pages(size) + 1)]
        assert [path for page in pages for path in page] == paths
        assert {len(page) for page in pages[:-1]} == {size}


def test_robots_file_names_the_sitemap_and_keeps_crawlers_off_endless_addresses(server: ServerProcess) -> None:
    response = server.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    lines = response.body.decode().splitlines()
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
    assert [line for line in lines if line.startswith(("User-agent", "Disallow", "Allow"))] == [
        "User-agent: *",
        "Disallow: /graphql",
        "Disallow: /search",
    ]


def test_addresses_are_those_of_the_request_without_a_public_address(database_url: str) -> None:
    with run_service(database_url) as server:
        host = "news.example:81"
        assert b"Sitemap: http://news.example:81/sitemap.xml\n" in server.get("/robots.txt", Host=host).body
        assert b"Sitemap: /sitemap.xml\n" in server.get("/robots.txt", Host="").body
        assert server.get("/feed.json", Host=host).json["feed_url"] == "http://news.example:81/feed.json"
        assert server.get("/feed.json", Host="other.example").json["feed_url"] == "http://other.example/feed.json"


def test_without_the_reader_there_is_a_robots_file_and_no_feed(database_url: str) -> None:
    with run_service(database_url, COUNTERPOINT_READER="false") as server:
        for path in ("/feed.atom", "/feed.json", "/sitemap.xml"):
            assert (server.get(path).status, server.get(path).error_codes) == (404, ["NOT_FOUND"])
        robots = server.get("/robots.txt")
        assert robots.status == 200
        assert b"Sitemap:" not in robots.body
        assert b"There is no sitemap" in robots.body
