"""The metadata of an HTML page: JSON-LD, OpenGraph and the elements of its head."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from counterpoint.article.language_tags import is_language_tag
from counterpoint.convert.dates import parse_date
from counterpoint.convert.document import Metadata
from counterpoint.convert.page_header import split_names

_PUBLISHED = (
    *("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate"),
    *("publish-date", "parsely-pub-date", "sailthru.date"),
)
_UPDATED = ("article:modified_time", "datemodified", "dcterms.modified", "last-modified", "og:updated_time")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_DESCRIPTIONS = ("og:description", "description", "dc.description", "twitter:description")
_TITLES = ("og:title", "dc.title", "twitter:title")
_TITLE_SEPARATORS = (" | ", " - ", " \u2013 ", " — ", " · ", " :: ")
_MAX_JSON_DEPTH = 20


def read_metadata(page: Tag) -> Metadata:
    """Read the metadata of a page. The title is that of its head, without the name of the site."""
    tags = _meta_contents(page)
    data = _find_article(page)
    metadata = Metadata(
        title=_text(data.get("headline")) or _first(tags, _TITLES) or _head_title(page, tags),
        subtitle=_text(data.get("alternativeHeadline")),
        authors=_names(data.get("author")) or _meta_authors(tags),
        language=_language(page, tags, data),
        published=parse_date(_text(data.get("datePublished"))) or parse_date(_first(tags, _PUBLISHED) or _time(page)),
        updated=parse_date(_text(data.get("dateModified"))) or parse_date(_first(tags, _UPDATED)),
        url=_canonical_url(page, tags, data),
        summary=_first(tags, _DESCRIPTIONS) or _text(data.get("description")),
    )
    if metadata.updated and (metadata.published is None or metadata.updated <= metadata.published):
        metadata.updated = None
    for key in ("authors", "published", "updated", "url", "summary"):
        if getattr(metadata, key):
            metadata.doubt(key, "this is taken from the page's metadata")
    return metadata


def attribute(tag: Tag | None, name: str) -> str:
    """Return an attribute's text, or an empty text."""
    value = tag.get(name) if tag else None
    return value.strip() if isinstance(value, str) else " ".join(value or ())


def _meta_contents(page: Tag) -> dict[str, list[str]]:
    contents: dict[str, list[str]] = {}
    for meta in page.find_all("meta"):
        name = attribute(meta, "property") or attribute(meta, "name") or attribute(meta, "itemprop")
        if name and (content := _text(attribute(meta, "content"))):
            contents.setdefault(name.lower(), []).append(content)
    return contents


def _first(tags: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((tags[name][0] for name in names if name in tags), None)


def _head_title(page: Tag, tags: dict[str, list[str]]) -> str | None:
    title = _text(page.title.get_text()) if page.title else None
    site = _first(tags, ("og:site_name", "application-name"))
    if title and site:
        for separator in _TITLE_SEPARATORS:
            title = title.removesuffix(f"{separator}{site}")
    # Without the site's name, only a pipe is a sign of it, because titles contain dashes.
    return title.rpartition(" | ")[0] or title if title else None


def _meta_authors(tags: dict[str, list[str]]) -> list[str]:
    contents = next((tags[name] for name in _AUTHORS if name in tags), [])
    names = [name for content in contents for name in split_names(content.removeprefix("By ")) if "://" not in name]
    return list(dict.fromkeys(names))


def _language(page: Tag, tags: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    html = page.find("html")
    candidates = [
        attribute(html if isinstance(html, Tag) else None, "lang"),
        _text(data.get("inLanguage")) or "",
        _first(tags, ("og:locale", "language", "dc.language")) or "",
    ]
    tags_with_hyphens = [candidate.replace("_", "-") for candidate in candidates]
    return next((tag for tag in tags_with_hyphens if is_language_tag(tag)), None)


def _time(page: Tag) -> str | None:
    time = page.find("time", attrs={"datetime": True})
    return attribute(time, "datetime") if isinstance(time, Tag) else None


def _canonical_url(page: Tag, tags: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    link = page.find("link", rel="canonical")
    base = attribute(page.find("base", href=True), "href")
    candidates = [attribute(link, "href"), *tags.get("og:url", []), _text(data.get("url")) or ""]
    urls = (_resolve(base, candidate) for candidate in candidates if candidate)
    return next(filter(None, urls), None)


def _resolve(base: str, address: str) -> str | None:
    """Return an absolute HTTP URL, or None."""
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and " " not in url else None


def _find_article(page: Tag) -> dict[str, Any]:
    """Return the JSON-LD of the article in a page, or an empty mapping."""
    for script in page.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data, 0):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names):
                return item
    return {}


def _items(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_JSON_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity"):
            yield from _items(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _items(item, depth + 1)


def _names(value: object) -> list[str]:
    """Return the names of JSON-LD authors: texts, objects with a name, or a list of them."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    text = _text(value.get("name") if isinstance(value, dict) else value)
    return [text] if text else []


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join("".join(char if char.isprintable() else " " for char in value).split()) or None
