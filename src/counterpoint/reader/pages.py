"""The pages of the reader: for each path, the documents that the page reads, and its template."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from counterpoint.http.error_responses import HttpError
from counterpoint.http.negotiation import HTML

PAGE_SIZE = 20
"""The number of items on a page of a list."""

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


PAGES = {
    page.path: page
    for page in (
        Page("/", read_document("home"), "home.html"),
        Page("/articles/{slug}", read_object("article", "article"), "article.html"),
    )
}


def find_page(path: str) -> tuple[Page, str] | None:
    """Return the page with a path, and the slug in it; None if there is no page."""
    if page := PAGES.get(path):
        return page, ""
    prefix, _, slug = path.rpartition("/")
    page = PAGES.get(f"{prefix}/{{slug}}")
    return (page, slug) if page and slug else None
