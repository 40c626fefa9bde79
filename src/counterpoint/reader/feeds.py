"""Feeds of the articles that changed last: Atom (RFC 4287) and JSON Feed 1.1."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson
from markupsafe import Markup

from counterpoint.http.error_responses import HttpError
from counterpoint.reader.pages import ENTITY_LISTS, Address, Data, Execute, Page

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"

FEED_SIZE = 30
"""The number of articles in a feed."""

ENTITY_FILTERS = ("party", "government", "policyArea", "group")
FEED_FILTERS = (*ENTITY_FILTERS, "author", "language")
"""The query parameters of feeds."""

UNKNOWN_DATE = "1970-01-01"
"""The date of an article without one, because an Atom entry must have a date, and each seeding may change any other."""

NO_XML_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML 1.0 document may contain, not even escaped."""


async def read_feed(execute: Execute, address: Address) -> Data:
    """Read the articles of a feed and its title. Raise HttpError if it is filtered by an object that is unknown."""
    title = await _read_title(execute, address)
    filters = {name: address.get(name) for name in FEED_FILTERS}
    articles = (await execute("feed", {**filters, "first": FEED_SIZE}))["articles"]["nodes"]
    return {
        "title": title,
        "home": replace(address, path="/articles" if address.parameters else "/").url,
        "updated": find_change(articles[0]) if articles else UNKNOWN_DATE,
        "articles": articles,
    }


async def read_json_feed(execute: Execute, address: Address) -> Data:
    """Read the articles of a feed as a JSON Feed."""
    data = await read_feed(execute, address)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": data["title"],
        "home_page_url": data["home"],
        "feed_url": address.url,
        "favicon": f"{address.origin}/favicon.ico",
        "items": [_build_item(article, address.origin) for article in data["articles"]],
    }
    return {"feed": Markup(orjson.dumps(feed, option=orjson.OPT_APPEND_NEWLINE).decode())}


def find_change(article: Mapping[str, Any]) -> str:
    """Return the date of an article's last change: `updated`, or else `published`, or else UNKNOWN_DATE."""
    change: str = article["updated"] or article["published"] or UNKNOWN_DATE
    return change


def find_stable_slug(article: Mapping[str, Any]) -> str:
    """Return the first slug that an article had, because the id of a feed's entry must survive a new slug."""
    slug: str = next(iter(article["formerSlugs"]), article["slug"])
    return slug


def list_tags(article: Mapping[str, Any]) -> list[str]:
    """Return the names of all that an article names, without repetitions."""
    return [*dict.fromkeys(node["name"] for field in ENTITY_LISTS for node in article[field])]


def to_timestamp(iso_date: str) -> str:
    """Return the start of a day as an RFC 3339 timestamp."""
    return f"{iso_date}T00:00:00Z"


def drop_characters_outside_xml(text: str) -> Markup:
    """Return XML without the characters that no XML document may contain."""
    return Markup(NO_XML_CHARACTER.sub("", text))


async def _read_title(execute: Execute, address: Address) -> str:
    filters = {name: slug for name in ENTITY_FILTERS if (slug := address.get(name))}
    names = [value for name in ("author", "language") if (value := address.get(name))]
    if filters:
        nodes = await execute("feed_names", dict.fromkeys(ENTITY_FILTERS, ()) | filters)
        if not all(nodes[name]["nodes"] for name in filters):
            raise HttpError(404, "NOT_FOUND", "There is no such feed.")
        names = [*(nodes[name]["nodes"][0]["name"] for name in filters), *names]
    return f"Counterpoint: {', '.join(names)}" if names else "Counterpoint"


def _build_item(article: Mapping[str, Any], origin: str) -> dict[str, Any]:
    item = {
        "id": f"{origin}/articles/{quote(find_stable_slug(article))}",
        "url": f"{origin}/articles/{quote(article['slug'])}",
        "title": article["title"],
        "content_text": article["summary"] or article["subtitle"] or article["title"],
        "summary": article["summary"],
        "date_published": article["published"] and to_timestamp(article["published"]),
        "date_modified": article["updated"] and to_timestamp(article["updated"]),
        "authors": [{"name": name} for name in article["authors"]],
        "tags": list_tags(article),
        "language": article["language"],
    }
    return {name: value for name, value in item.items() if value}


FEEDS = (
    Page("/feed.atom", read_feed, "feed.atom", FEED_FILTERS, ATOM),
    Page("/feed.json", read_json_feed, "feed.json", FEED_FILTERS, JSON_FEED),
)

FEED_TEMPLATE_FILTERS = {
    "change": find_change,
    "stable_slug": find_stable_slug,
    "tags": list_tags,
    "timestamp": to_timestamp,
    "xml": drop_characters_outside_xml,
}
"""What the template of the Atom feed calls."""
