"""Sitemaps (sitemaps.org): all pages with the dates of their last changes and their translations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from counterpoint.http.error_responses import HttpError
from counterpoint.http.negotiation import HTML
from counterpoint.reader.pages import FOLDERS, PAGES, Address, Data, Execute, Page

XML = "application/xml"

MAX_ADDRESSES = 10_000
"""The number of addresses in one sitemap. The protocol allows 50,000 and 50 MB, but that would take much memory."""

ROWS_PER_STATEMENT = 1_000

UNLISTED_PAGES = ("/search",)


@dataclass(frozen=True, slots=True)
class Location:
    """The path of a page, the date of its last change, and the paths of all its language versions by language."""

    path: str
    change: str | None = None
    versions: tuple[tuple[str, str], ...] = ()


async def read_sitemap(execute: Execute, address: Address, max_addresses: int = MAX_ADDRESSES) -> Data:
    """Read a sitemap. Without the query parameter `page`, it is an index if there are more than `max_addresses`.

    Raise HttpError if there is no such page.
    """
    fixed = [Location(path) for path, page in PAGES.items() if _is_listed(page)]
    counts = {field: page["totalCount"] for field, page in (await execute("sitemap_counts", {})).items()}
    pages = -(-(len(fixed) + sum(counts.values())) // max_addresses)
    number = address.get("page")
    if number is None and pages > 1:
        return {"pages": pages, "locations": []}
    if number is not None and number not in map(str, range(1, pages + 1)):
        raise HttpError(404, "NOT_FOUND", f"There is no page {number} of the sitemap: it has {pages}.")
    start = (int(number or 1) - 1) * max_addresses
    locations = fixed[start : start + max_addresses]
    start = max(0, start - len(fixed))
    for field, count in counts.items():
        size = min(count - start, max_addresses - len(locations))
        if size > 0:
            locations += map(_build_location, await _read_nodes(execute, field, start, size))
        start = max(0, start - count)
    return {"pages": 0, "locations": locations}


def _is_listed(page: Page) -> bool:
    return page.media_type == HTML and "{" not in page.path and page.path not in UNLISTED_PAGES


async def _read_nodes(execute: Execute, field: str, start: int, size: int) -> list[Mapping[str, Any]]:
    """Read some nodes of a connection, from a position on. The nodes before it are skipped by their cursors."""
    nodes: list[Mapping[str, Any]] = []
    cursor = None
    steps = [*((rows, True) for rows in _split(start)), *((rows, False) for rows in _split(size))]
    for rows, is_skipping in steps:
        variables = {field: True, "first": rows, "after": cursor, "isSkipping": is_skipping}
        page = (await execute("sitemap", variables))[field]
        nodes += page.get("nodes", ())
        cursor = page["pageInfo"]["endCursor"]
    return nodes


def _split(count: int) -> Iterator[int]:
    """Yield numbers of rows for single statements."""
    for position in range(0, count, ROWS_PER_STATEMENT):
        yield min(ROWS_PER_STATEMENT, count - position)


def _build_location(node: Mapping[str, Any]) -> Location:
    folder = FOLDERS[node["__typename"]]
    newest = next(iter(node["articles"]["nodes"]), {}) if "articles" in node else node
    translations = node.get("translations")
    versions: list[Mapping[str, Any]] = [node, *translations] if translations else []
    return Location(
        f"{folder}/{quote(node['slug'])}",
        newest.get("updated") or newest.get("published"),
        tuple(sorted((version["language"], f"{folder}/{quote(version['slug'])}") for version in versions)),
    )


SITEMAPS = (Page("/sitemap.xml", read_sitemap, "sitemap.xml", ("page",), XML),)
