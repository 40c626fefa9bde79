"""The pages of the reader: for each path, the documents that the page reads, and its template."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from counterpoint.http.error_responses import HttpError
from counterpoint.http.negotiation import HTML

PAGE_SIZE = 20
"""The number of items on a page of a list."""

PAGING = ("after", "before")
ARTICLE_FACETS = ("party", "government", "policyArea", "group", "author", "language", "year")
SEARCH_FACETS = ("kind", "language", "article")
ENTITY_LISTS = ("parties", "governments", "policyAreas", "groups")
"""The fields of an article that list the entities that it names."""

FOLDERS = {
    "Article": "/articles",
    "Party": "/parties",
    "Government": "/governments",
    "PolicyArea": "/policy-areas",
    "Group": "/groups",
}
"""The folders of the pages of each type."""

COMPARISON_COLUMNS = ("a", "b", "c")
"""The names of the columns in `compare.graphql`."""

MAX_GOVERNMENTS = len(COMPARISON_COLUMNS)
DEFAULT_GOVERNMENTS = 2
MAX_CHART_PARTIES = 10

Data = dict[str, Any]
"""The data of a GraphQL response."""

Execute = Callable[[str, Mapping[str, Any]], Awaitable[Data]]
"""Executes the document `queries/<name>.graphql` with variables."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page: origin, path, its last part if that is a slug, and the query parameters of the page."""

    origin: str
    path: str
    slug: str
    parameters: Mapping[str, tuple[str, ...]]

    def get(self, name: str) -> str | None:
        """Return the value of a query parameter; None if it is absent or empty."""
        return next(filter(None, self.parameters.get(name, ())), None)

    def link(self, **changes: str | None) -> str:
        """Return path and query of this page with other parameters. None removes a parameter."""
        changed = {**self.parameters, **{name: (value or "",) for name, value in changes.items()}}
        query = urlencode([(name, value) for name, values in sorted(changed.items()) for value in values if value])
        return f"{quote(self.path)}?{query}" if query else quote(self.path)

    @property
    def url(self) -> str:
        """The absolute address, without parameters that the page does not have."""
        return self.origin + self.link()


Read = Callable[[Execute, Address], Awaitable[Data]]
"""Reads the data of a page. Raises HttpError if there is no such page."""

Variables = Callable[[Address], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """A page, or several with one path that ends in `{slug}`."""

    path: str
    read: Read
    template: str
    parameters: tuple[str, ...] = ()
    media_type: str = HTML


def read_document(name: str, to_variables: Variables = lambda _: {}) -> Read:
    """Return a function that reads one document."""

    async def read(execute: Execute, address: Address) -> Data:
        return await execute(name, to_variables(address))

    return read


def read_object(name: str, field: str, to_variables: Variables = lambda _: {}) -> Read:
    """Return a function that reads a document of the object with the slug. A former slug leads to the current one."""

    async def read(execute: Execute, address: Address) -> Data:
        data = await execute(name, {"slug": address.slug, **to_variables(address)})
        if data[field] is None:
            raise HttpError(404, "NOT_FOUND", f"There is no page at {address.path}.")
        if data[field]["slug"] != address.slug:
            location = quote(f"{address.path.rpartition('/')[0]}/{data[field]['slug']}")
            raise HttpError(301, "MOVED", "This page has another address.", [(b"location", location.encode())])
        return data

    return read


async def read_file(execute: Execute, address: Address) -> Data:
    """Redirect to the article of a file. Articles link to the files of others, which have addresses of their own."""
    articles = (await execute("file", {"path": address.get("path") or ""}))["articles"]["nodes"]
    if not articles:
        raise HttpError(404, "NOT_FOUND", "There is no article with this file.")
    location = f"/articles/{quote(articles[0]['slug'])}"
    raise HttpError(302, "MOVED", "This page has another address.", [(b"location", location.encode())])


def select_page(address: Address) -> dict[str, Any]:
    """Return the variables that select a page of a list, forward from `after` or backward from `before`."""
    if before := address.get("before"):
        return {"last": PAGE_SIZE, "before": before}
    return {"first": PAGE_SIZE, "after": address.get("after")}


def select_names(address: Address) -> dict[str, Any]:
    """Return the variables of a list of names."""
    return {"name": address.get("name"), **select_page(address)}


def select_articles(address: Address) -> dict[str, Any]:
    """Return the variables of a list of articles. Each facet that is absent filters nothing."""
    year = address.get("year")
    dates = {"from": f"{year}-01-01", "to": f"{year}-12-31"} if year else {}
    facets = {name: address.get(name) for name in ARTICLE_FACETS if name != "year"}
    return {**facets, **dates, **select_page(address)}


def select_hits(address: Address) -> dict[str, Any]:
    """Return the variables of a search."""
    facets = {"kinds": address.get("kind"), "language": address.get("language"), "article": address.get("article")}
    return {"query": address.get("q") or "", **facets, **select_page(address)}


async def read_comparison(execute: Execute, address: Address) -> Data:
    """Read the approaches of the governments in the address, or else of those with most approaches."""
    choices = (await execute("compare_choices", {}))["approaches"]
    slugs = [slug for slug in address.parameters.get("government", ()) if slug]
    slugs = (slugs or [choice["key"] for choice in choices["governments"][:DEFAULT_GOVERNMENTS]])[:MAX_GOVERNMENTS]
    columns = {name: slugs[index : index + 1] for index, name in enumerate(COMPARISON_COLUMNS)}
    variables = {"governments": slugs, **columns, "policyArea": address.get("policyArea"), **select_page(address)}
    data = await execute("compare", variables)
    names = {name: node for node in data["governments"]["nodes"] for name in (node["slug"], *node["aliases"])}
    return {**data, "choices": choices, "slugs": slugs, "names": names, "columns": columns}


async def read_charts(execute: Execute, _: Address) -> Data:
    """Read the numbers of articles of those parties that take part in most."""
    articles = (await execute("charts", {}))["articles"]
    slugs = [count["key"] for count in articles["parties"][:MAX_CHART_PARTIES]]
    parties = (await execute("charts_parties", {"parties": slugs}))["parties"]["nodes"]
    return {"articles": articles, "parties": sorted(parties, key=lambda party: slugs.index(party["slug"]))}


PAGES = {
    page.path: page
    for page in (
        Page("/", read_document("home"), "home.html"),
        Page("/articles", read_document("articles", select_articles), "articles.html", (*ARTICLE_FACETS, *PAGING)),
        Page("/articles/{slug}", read_object("article", "article"), "article.html"),
        Page("/parties", read_document("parties", select_names), "names.html", ("name", *PAGING)),
        Page("/governments", read_document("governments", select_names), "names.html", ("name", *PAGING)),
        Page("/policy-areas", read_document("policy_areas", select_names), "names.html", ("name", *PAGING)),
        Page("/groups", read_document("groups", select_names), "names.html", ("name", *PAGING)),
        Page("/parties/{slug}", read_object("party", "entity", select_page), "entity.html", PAGING),
        Page("/governments/{slug}", read_object("government", "entity", select_page), "entity.html", PAGING),
        Page("/policy-areas/{slug}", read_object("policy_area", "entity", select_page), "entity.html", PAGING),
        Page("/groups/{slug}", read_object("group", "entity", select_page), "entity.html", PAGING),
        Page("/compare", read_comparison, "compare.html", ("government", "policyArea", *PAGING)),
        Page("/solutions", read_document("solutions", select_page), "solutions.html", PAGING),
        Page("/search", read_document("search", select_hits), "search.html", ("q", *SEARCH_FACETS, *PAGING)),
        Page("/charts", read_charts, "charts.html"),
    )
}

FILE_PAGE = Page("/file", read_file, "error.html", ("path",))
"""Leads from the path of a file to its article."""
