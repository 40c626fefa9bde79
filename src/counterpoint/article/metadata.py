"""Parsers of front matter values that must have a certain format. Each reports a value that is invalid."""

import re
from collections.abc import Container
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from counterpoint.article.front_matter import FrontMatter
from counterpoint.article.language_tags import is_language_tag, suggest_language
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.normalization import describe_length_problem, describe_name_problem, fold, slugify

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEVERAL_AUTHORS = re.compile(r"[,;&\u3001\uff0c\u060c]|\band\b", re.IGNORECASE)


def parse_title(front_matter: FrontMatter) -> str:
    """Return the title, or an empty text if it is missing."""
    title = front_matter.read_text("title")
    if title is None and "title" not in front_matter.values and front_matter.is_valid_yaml:
        front_matter.source.report("the title is missing", 1, hint="add the line title: …")
    elif title is None and front_matter.has_scalar("title"):
        front_matter.report("the title is empty", "title", hint="write it after title:")
    elif title and (problem := describe_length_problem(fold(title))):
        front_matter.report(f"the title {problem}", "title")
    return title or ""


def parse_slug(front_matter: FrontMatter) -> str:
    """Return the article's slug, made from the file name if there is no slug in the front matter."""
    slug = front_matter.read_text("slug")
    name = PurePosixPath(front_matter.source.path).stem if slug is None else slug
    problem = describe_name_problem(name)
    if problem and slug is None:
        message = f"the file name {shorten_and_quote(name)} {problem}, so it can't be used as the slug"
        front_matter.source.report(message, 1, hint="add the line slug: …")
    elif problem:
        front_matter.report(f"the slug {shorten_and_quote(name)} {problem}", "slug")
    return slugify(name)


def parse_former_slugs(front_matter: FrontMatter, slug: str) -> tuple[str, ...]:
    """Return the slugs that the article had before this one. Report those that are no slugs, and repeated ones."""
    former_slugs: list[str] = []
    for text, offset in front_matter.read_items("former_slugs"):
        former_slug, name = slugify(text), shorten_and_quote(text)
        if problem := describe_name_problem(text):
            front_matter.source.report_at_offset(f"the former slug {name} {problem}", offset)
        elif former_slug == slug:
            message = f"the former slug {name} is the slug that the article has now"
            front_matter.source.report_at_offset(message, offset, hint="remove it")
        elif former_slug in former_slugs:
            front_matter.source.report_at_offset(f"the former slug {name} is repeated", offset, hint="remove one")
        former_slugs.append(former_slug)
    return tuple(former_slugs)


def parse_translation_of(front_matter: FrontMatter, slugs: Container[str]) -> str | None:
    """Return the slug of the article that this one translates, or None. `slugs` are its own ones, former included."""
    text = front_matter.read_text("translation_of")
    if text is None:
        return None
    target, name = slugify(text), shorten_and_quote(text)
    if problem := describe_name_problem(text):
        front_matter.report(f"the slug {name} {problem}", "translation_of")
    elif target in slugs:
        hint = "expected the slug of the original, or of another translation"
        front_matter.report(f"the article is a translation of itself: {name}", "translation_of", hint=hint)
    return target


def parse_language(front_matter: FrontMatter) -> str:
    """Return the language tag, or `en` if there is none."""
    language = front_matter.read_text("language")
    if language is None:
        return "en"
    if not is_language_tag(language):
        message = f"invalid language {shorten_and_quote(language)}"
        front_matter.report(message, "language", hint=suggest_language(language))
    return language


def parse_date(front_matter: FrontMatter, key: str) -> date | None:
    """Return the date of a key, or None if it is absent or invalid."""
    text = front_matter.read_text(key)
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    front_matter.report(f"invalid date {shorten_and_quote(text)}", key, hint="expected a calendar date as YYYY-MM-DD")
    return None


def check_dates(front_matter: FrontMatter, published: date | None, updated: date | None, today: date | None) -> None:
    """Report an update before the publication, and dates after `today`."""
    if published and updated and updated < published:
        message = f"the article was updated on {updated}, before it was published on {published}"
        front_matter.report(message, "updated", hint="correct one of the dates")
    for key, day in (("published", published), ("updated", updated)):
        if day and today and day > today:
            front_matter.warn(f"the date {day} is in the future", key, hint=f"today is {today}")


def parse_authors(front_matter: FrontMatter) -> tuple[str, ...]:
    """Return the authors. Warn if one text probably names several."""
    authors = front_matter.read_texts("authors")
    if front_matter.has_scalar("authors") and any(_SEVERAL_AUTHORS.search(author) for author in authors):
        hint = "write a list: [A. Writer, B. Writer]; put a name with a comma in a list too"
        front_matter.warn(f"{shorten_and_quote(authors[0])} is one author", "authors", hint=hint)
    for author in authors:
        if problem := describe_length_problem(fold(author)):
            front_matter.report(f"the author {shorten_and_quote(author)} {problem}", "authors")
    return authors


def parse_draft(front_matter: FrontMatter) -> bool:
    """Return whether the article is a draft."""
    text = front_matter.read_text("draft")
    if text is not None and text.lower() not in ("true", "false"):
        front_matter.report(f"invalid value {shorten_and_quote(text)}", "draft", hint="expected true or false")
    return text is not None and text.lower() == "true"


def parse_url(front_matter: FrontMatter) -> str | None:
    """Return the article's URL, or None if there is none."""
    url = front_matter.read_text("url")
    if url is not None and not _is_http_url(url):
        hint = "expected an address that begins with https:// or http://"
        front_matter.report(f"invalid URL {shorten_and_quote(url)}", "url", hint=hint)
    return url


def _is_http_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_server = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return has_server and parts.scheme in ("http", "https") and " " not in url and url.isprintable()
