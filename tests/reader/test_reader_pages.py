"""The pages of the reader, over HTTP and on both databases."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import brotli  # type: ignore[import-untyped]
import pytest

from counterpoint.reader.pages import PAGES
from counterpoint.reader.rendering import link_files
from support.commands import write_texts
from support.database_helpers import (
    DATABASE_KINDS,
    create_sqlite_database,
    migrated_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.html_pages import HtmlPage
from support.reader_articles import read_articles
from support.sample_articles import ARTICLES
from support.servers import Response, ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")

ARTICLE = "/articles/every-feature"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def reader(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Run the service on each kind of database, with limits that no page keeps, and trusted documents only."""
    documents = write_texts(tmp_path_factory.mktemp("documents"), {"type.graphql": "{ __typename }"})
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, parse_articles(read_articles()))
        with run_service(
            url,
            COUNTERPOINT_LIMIT_COST="1",
            COUNTERPOINT_LIMIT_DEPTH="1",
            COUNTERPOINT_LIMIT_PAGE_SIZE="1",
            COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY="true",
            COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(documents),
        ) as process:
            yield process


@pytest.fixture(scope="module")
def sample_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service on the sample articles, with a public address."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with run_service(url, COUNTERPOINT_PUBLIC_URL="https://example.org/") as process:
        yield process


def get_page(server: ServerProcess, path: str) -> HtmlPage:
    response = server.get(path)
    assert (response.status, response.headers["content-type"]) == (200, "text/html; charset=utf-8"), (
        path,
        server.log_text,
    )
    return HtmlPage(response.body.decode())


def crawl(server: ServerProcess) -> Iterator[tuple[str, HtmlPage]]:
    """Yield all pages that links lead to. Of the combinations of filters, only single ones."""
    paths, visited = ["/"], set[str]()
    while paths:
        path = paths.pop()
        if path not in visited:
            visited.add(path)
            page = get_page(server, path)
            yield path, page
            paths += filter(is_followed, page.links)


def is_followed(link: str) -> bool:
    parts = urlsplit(link)
    is_page = (
        parts.netloc == "" and parts.path != "" and not parts.path.startswith(("/graphql", "/schema", "/feed", "/file"))
    )
    return is_page and len(parse_qs(parts.query)) <= 1


def test_every_link_leads_to_a_well_formed_page(reader: ServerProcess) -> None:
    pages = dict(crawl(reader))
    assert {path for path in PAGES if "{" not in path} - pages.keys() <= {"/search"}
    for path, page in pages.items():
        assert len(page.texts["h1"]) == 1, path
        assert len(page.ids) == len(set(page.ids)), path
        assert all(page.texts["title"]), path
        assert page.select("meta", name="description")[0]["content"], path
        targets = {link.removeprefix("#") for link in page.links if link.startswith("#")}
        assert targets <= {quote(name) for name in page.ids}, path
    for prefix in ("/articles", "/parties", "/governments", "/policy-areas", "/groups"):
        assert any(path.startswith(f"{prefix}/") for path in pages)
    assert any("after=" in path for path in pages)
    assert any("before=" in path for path in pages)
    assert reader.log_text.count("failed unexpectedly") == 0


def test_page_links_to_its_own_queries(sample_reader: ServerProcess) -> None:
    for path in ("/", "/articles/new", "/parties/the-mayor", "/compare", "/search?q=mayor", "/charts"):
        links = [link for link in get_page(sample_reader, path).links if "query=" in link]
        assert links
        for link in links:
            assert sample_reader.get(link, Accept="application/json").json.keys() == {"data"}


def test_article_shows_its_text_tables_and_metadata(reader: ServerProcess) -> None:
    html = reader.get(ARTICLE).body.decode()
    page = HtmlPage(html)
    assert page.texts["h2"] == ["Quotes and code", "Governments", "Policy areas"]
    assert '<a href="/policy-areas/immigration-enforcement">Immigration Enforcement</a></th>' in html
    assert re.search('<td role="cell" class="align-none" data-label="[^"]+">Restricts <em>cooperation</em>', html)
    assert {link["hreflang"] for link in page.select("link", rel="alternate") if "hreflang" in link} == {
        "ar",
        "en",
        "ja",
    }
    host = f"http://127.0.0.1:{reader.port}"
    assert page.select("link", rel="canonical") == [{"rel": "canonical", "href": f"{host}{ARTICLE}"}]
    assert page.select("meta", property="og:image")[0]["content"] == "https://example.org/city.png"
    data = json.loads(page.texts["script"][0])
    assert (data["@type"], data["datePublished"], data["inLanguage"]) == ("Article", "2024-05-01", "en")
    assert {"@type": "Thing", "name": "Chicago", "url": f"{host}/governments/chicago"} in data["about"]


def test_text_of_an_article_never_becomes_markup(reader: ServerProcess) -> None:
    html = reader.get(ARTICLE).body.decode()
    assert html.count("<script") == 1
    assert (
        json.loads(HtmlPage(html).texts["script"][0])["author"][2]["name"]
        == 'C. "Quoted" </script><script>alert(1)</script>'
    )
    hostile = quote('"><script>alert(1)</script>')
    for path in (
        f"/search?q={hostile}",
        f"/articles?author={hostile}",
        f"/parties?name={hostile}",
        f"/parties/{hostile}",
    ):
        assert b"<script>" not in reader.get(path).body
    policy = reader.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_language_and_direction_are_those_of_the_content(reader: ServerProcess) -> None:
    arabic, japanese = (
        get_page(reader, "/articles/chicago-arabic"),
        get_page(reader, f"/articles/{quote('シカゴの抵抗')}"),
    )
    assert {"class": "text", "lang": "ar", "dir": "rtl"} in arabic.select("div")
    assert {"class": "text", "lang": "ja", "dir": "ltr"} in japanese.select("div")
    assert arabic.select("html") == [{"lang": "en"}]


def test_former_slug_redirects_to_the_current_address(reader: ServerProcess) -> None:
    response = reader.get("/articles/all-features")
    assert (response.status, response.headers["location"]) == (301, ARTICLE)


def test_link_to_a_file_leads_to_the_page_of_its_article(reader: ServerProcess) -> None:
    links = get_page(reader, ARTICLE).links
    assert {"/file?path=arabic.md#x", "/file?path=gone.md"} <= set(links)
    response = reader.get("/file?path=arabic.md")
    assert (response.status, response.headers["location"]) == (302, "/articles/chicago-arabic")
    for path in ("/file?path=gone.md", "/file"):
        assert reader.get(path).status == 404


@pytest.mark.parametrize(
    ("href", "linked"),
    [
        ("b.md", "/file?path=2024/b.md"),
        ("./b.md?x=1#part", "/file?path=2024/b.md#part"),
        ("../a%20%C3%A9.md", "/file?path=a%20%C3%A9.md"),
        ("a&amp;b.md", "/file?path=2024/a%26b.md"),
        ("b.pdf", "b.pdf"),
        ("/b.md", "/b.md"),
        ("https://example.org/b.md", "https://example.org/b.md"),
        ("mailto:b.md", "mailto:b.md"),
        ("#b.md", "#b.md"),
    ],
)
def test_only_relative_paths_of_articles_lead_to_files(href: str, linked: str) -> None:
    assert link_files(f'<a href="{href}">b.md</a>', "2024/dispute.md") == f'<a href="{linked}">b.md</a>'


def test_search_shows_hits_snippets_and_facets(reader: ServerProcess) -> None:
    page = get_page(reader, "/search?q=mayor")
    assert "Mayor" in page.texts["mark"]
    assert "/search?kind=STANCE&q=mayor" in page.links
    only_stances = get_page(reader, "/search?kind=STANCE&q=mayor")
    assert "/search?q=mayor" in only_stances.links
    assert "Nothing contains all of these words" in reader.get("/search?q=zzz").body.decode()


def test_comparison_shows_the_chosen_governments_side_by_side(reader: ServerProcess) -> None:
    page = get_page(reader, "/compare?government=state&government=city&policyArea=safety")
    assert page.texts["th"] == ["Policy area", "State", "City", "Safety"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/none", 404),
        ("/parties/none", 404),
        ("/articles?after=damaged", 422),
        ("/articles?year=soon", 422),
        ("/search?q=a&kind=NONE", 422),
    ],
)
def test_error_is_a_page(reader: ServerProcess, path: str, status: int) -> None:
    response = reader.get(path, **{"If-None-Match": "*"})
    assert (response.status, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert response.headers["cache-control"] == "no-store"
    assert "/search" in HtmlPage(response.body.decode()).links


@pytest.mark.parametrize(
    "path",
    ["/articles?year=soon", "/articles?year=99999", "/articles?after=damaged", "/search?q=a&kind=NONE"],
)
def test_page_of_an_invalid_address_speaks_to_people(reader: ServerProcess, path: str) -> None:
    page = reader.get(path).body.decode()
    assert HtmlPage(page).texts["h1"] == ["This address is not valid"]
    assert "A value behind the question mark is not valid" in page
    assert [word for word in ("Variable", "cursor", "SearchKind", "Date", "orderBy", "99999") if word in page] == []


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/articles/", "/articles"),
        ("/parties/the-mayor/?after=x&utm_source=a%20b", "/parties/the-mayor?after=x&utm_source=a%20b"),
        (f"/articles/{quote('シカゴの抵抗')}/", f"/articles/{quote('シカゴの抵抗')}"),
    ],
)
def test_slash_at_the_end_leads_to_the_address_without_it(reader: ServerProcess, path: str, location: str) -> None:
    response = reader.get(path)
    assert (response.status, response.headers["location"]) == (308, location)


@pytest.mark.parametrize("path", ["/none", "/articles/a/b", "//example.org/", "/articles//", "/none/"])
def test_unknown_path_is_a_page_for_browsers_and_json_for_programs(reader: ServerProcess, path: str) -> None:
    page = reader.get(path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert HtmlPage(page.body.decode()).texts["h1"] == ["There is no such page"]
    error = reader.get(path, Accept="*/*")
    assert (error.status, error.headers["content-type"]) == (404, "application/json; charset=utf-8")
    assert error.json["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert "Accept" in page.headers["vary"].split(", ")
    assert error.headers["vary"] == page.headers["vary"]


def test_other_methods_are_refused(reader: ServerProcess) -> None:
    response = reader.request("POST", "/")
    assert (response.status, response.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", ARTICLE, "/charts", "/compare"])
def test_page_is_conditional_compressed_and_tagged(reader: ServerProcess, path: str) -> None:
    plain = reader.get(path)
    assert brotli.decompress(reader.get(path, **{"Accept-Encoding": "br"}).body) == plain.body
    assert gzip.decompress(reader.get(path, **{"Accept-Encoding": "gzip"}).body) == plain.body
    assert plain.headers["vary"] == "Accept-Encoding"
    assert "s-maxage=30" in plain.headers["cache-control"]
    assert plain.headers["cache-tag"]
    assert reader.get(path).headers["cache-status"] == "Counterpoint; hit"
    assert reader.get(f"{path}?utm_source=news").headers["etag"] == plain.headers["etag"]
    unchanged = reader.get(path, **{"If-None-Match": plain.headers["etag"]})
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", plain.headers["etag"])
    head = reader.request("HEAD", path)
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", plain.headers["content-length"])


def test_stylesheet_may_be_kept_for_ever(reader: ServerProcess) -> None:
    path = get_page(reader, "/").select("link", rel="stylesheet")[0]["href"]
    assert path
    assert re.fullmatch(r"/reader/[0-9a-f]{16}\.css", path)
    response = reader.get(path, **{"Accept-Encoding": "br"})
    assert (response.status, response.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "br"
    other_version = reader.get("/reader/0123456789abcdef.css")
    assert (other_version.status, other_version.headers["location"]) == (302, path)


def test_absolute_addresses_are_those_of_the_request(reader: ServerProcess) -> None:
    for host in ("a.example", "b.example:8080"):
        assert read_canonical(reader.get(ARTICLE, Host=host)) == f"http://{host}{ARTICLE}"


def test_public_url_replaces_the_address_of_the_request(sample_reader: ServerProcess) -> None:
    assert read_canonical(sample_reader.get("/articles/new", Host="a.example")) == "https://example.org/articles/new"


def test_page_changes_with_the_content(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine, run_service(url) as server:
        response = server.get("/")
        assert (response.status, response.headers["retry-after"]) == (503, "1")
        assert "no content yet" in response.body.decode()
        seed_articles(engine, ARTICLES[:1])
        while (first := server.get("/")).status == 503:
            pass
        seed_articles(engine, ARTICLES)
        while (second := server.get("/")).headers["etag"] == first.headers["etag"]:
            pass
        assert "New quarrel" in second.body.decode()


def test_reader_can_be_turned_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    with run_service(create_sqlite_database(tmp_path_factory), COUNTERPOINT_READER="false") as server:
        for path in ("/", "/articles", "/charts", "/none"):
            response = server.get(path, Accept="text/html")
            assert (response.status, response.headers["content-type"]) == (404, "application/json; charset=utf-8")


def read_canonical(response: Response) -> str | None:
    return HtmlPage(response.body.decode()).select("link", rel="canonical")[0]["href"]
