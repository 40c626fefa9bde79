"""What the front matter says of an article, each value checked."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from counterpoint.article.front_matter import FrontMatter
from counterpoint.article.normalization import fold, length_problem, name_problem, slugify
from counterpoint.article.source_file import SourceFile, shorten_and_quote

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# RFC 5646, section 2.1; the last lines hold the tags from before its grammar.
_LANGUAGE = re.compile(
    r"""
    (?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})        # language, or up to three extensions of it
    (?:-[a-z]{4})?                                     # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                        # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*           # variants
    (?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*               # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?                         # private use
    | x(?:-[a-z0-9]{1,8})+
    | en-gb-oed | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    | sgn-(?:be-fr|be-nl|ch-de) | art-lojban | cel-gaulish | no-(?:bok|nyn)
    | zh-(?:guoyu|hakka|min|min-nan|xiang)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front matter says; a value with a problem is as if absent."""

    title: str
    subtitle: str | None
    summary: str | None
    slug: str
    authors: tuple[str, ...]
    language: str
    published: date | None
    updated: date | None
    url: str | None


def parse_metadata(front: FrontMatter, source: SourceFile) -> Metadata:
    """Check and read every key."""
    return Metadata(
        title=_title(front, source),
        subtitle=front.text("subtitle", source),
        summary=front.text("summary", source),
        slug=_slug(front, source),
        authors=front.texts("authors", source),
        language=_language(front, source),
        published=_date("published", front, source),
        updated=_date("updated", front, source),
        url=_url(front, source),
    )


def _title(front: FrontMatter, source: SourceFile) -> str:
    title = front.text("title", source)
    if title is None and "title" not in front.nodes and not front.is_broken:
        source.report("the title is missing", 1, hint="add the line title: …")
    elif title is None and front.is_scalar("title"):
        front.report("title", "the title is empty", source)
    elif title and (wrong := length_problem(fold(title))):
        front.report("title", f"the title {wrong}", source)
    return title or ""


def _slug(front: FrontMatter, source: SourceFile) -> str:
    given = front.text("slug", source)
    named = PurePosixPath(source.path).stem if given is None else given
    wrong = name_problem(named)
    if wrong and given is None:
        source.report(f"the file's name {wrong}, so it can't be the slug", 1, hint="add the line slug: …")
    elif wrong:
        front.report("slug", f"the slug {shorten_and_quote(named)} {wrong}", source)
    return slugify(named)


def _language(front: FrontMatter, source: SourceFile) -> str:
    given = front.text("language", source)
    if given is None:
        return "en"
    if not _LANGUAGE.fullmatch(given):
        hint = "a BCP 47 tag like en, pt-BR or zh-Hant"
        front.report("language", f"{shorten_and_quote(given)} is no language tag", source, hint=hint)
    return given


def _date(key: str, front: FrontMatter, source: SourceFile) -> date | None:
    given = front.text(key, source)
    if given is None:
        return None
    try:
        if _DATE.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    hint = "a day of the calendar as YYYY-MM-DD"
    front.report(key, f"{shorten_and_quote(given)} is no date", source, hint=hint)
    return None


def _url(front: FrontMatter, source: SourceFile) -> str | None:
    given = front.text("url", source)
    if given is not None and not _is_absolute(given):
        hint = "an address that begins with https:// or http://"
        front.report("url", f"{shorten_and_quote(given)} is no absolute URL", source, hint=hint)
    return given


def _is_absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
        reachable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return reachable and parts.scheme in ("http", "https") and " " not in url and url.isprintable()
