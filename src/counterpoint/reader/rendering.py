"""Templates and GraphQL documents of the reader, read from its folder, and the functions that templates call."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from counterpoint.article.article_links import FILE_LINK, resolve_link
from counterpoint.article.messages import count
from counterpoint.reader.feeds import FEED_TEMPLATE_FILTERS
from counterpoint.reader.pages import ENTITY_LISTS, FILE_PAGE, FOLDERS, Address

FOLDER = Path(__file__).parent

QUERIES = FOLDER / "queries"

SPREAD = re.compile(r"\.\.\.(\w+)")


def _read_document(path: Path) -> str:
    """Return a GraphQL document with the fragments that it shares with others."""
    document = path.read_text(encoding="utf-8")
    while names := [name for name in SPREAD.findall(document) if f"fragment {name} on " not in document]:
        document += "\n" + (QUERIES / "fragments" / f"{names[0]}.graphql").read_text(encoding="utf-8")
    return document


DOCUMENTS = {path.stem: _read_document(path) for path in QUERIES.glob("*.graphql")}
"""The GraphQL documents by name."""

STYLE = (FOLDER / "style.css").read_bytes()
STYLE_PATH = f"/reader/{blake2b(STYLE, digest_size=8).hexdigest()}.css"
"""The address of the stylesheet. It changes with the content, so that clients may keep it for ever."""

STYLE_PATHS = re.compile("/reader/[0-9a-f]{16}[.]css")
"""The addresses of the stylesheets of all versions."""

RIGHT_TO_LEFT = frozenset(("ar", "azb", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))
"""Languages that are usually written from right to left."""

RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "nkoo", "syrc", "thaa"))


NOTE_NUMBER = re.compile(r"<sup>.*?</sup>")

MAX_YEARS = 25
"""The number of years that a chart shows."""


def find_direction(language: str) -> str:
    """Return the direction of text in a language (BCP 47), as a value of the attribute `dir`."""
    name, *subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags if len(subtag) == 4), None)
    is_right_to_left = script in RIGHT_TO_LEFT_SCRIPTS if script else name in RIGHT_TO_LEFT
    return "rtl" if is_right_to_left else "ltr"


def format_date(iso_date: str) -> str:
    """Return a date as people write it, such as 16 July 2019."""
    day = date.fromisoformat(iso_date)
    return f"{day.day} {day:%B} {day.year}"


def find_totals(counts: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return the totals of a facet by its keys; 0 for others."""
    return Counter({count["key"]: count["total"] for count in counts})


def list_years(counts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return all years from the first to the last of a facet, at most MAX_YEARS."""
    years = sorted(int(count["key"]) for count in counts)
    return [f"{year:04}" for year in range(max(years[0], years[-1] - MAX_YEARS + 1), years[-1] + 1)] if years else []


def link_names(*lists: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the paths of the pages of objects by their folded names and aliases."""
    return {
        " ".join(name.casefold().split()): find_path(node)
        for nodes in lists
        for node in nodes
        for name in (node["name"], *node["aliases"])
    }


def find_path(node: Mapping[str, Any]) -> str:
    """Return the path of the page of an object."""
    return f"{FOLDERS[node['__typename']]}/{quote(node['slug'])}"


def detach(html: str, article: Mapping[str, Any]) -> Markup:
    """Return HTML of a statement for another page than its article's: without footnotes, links lead to the article."""
    # The engine's HTML is sanitized: `sup` contains only numbers of footnotes, and no text contains a quotation mark.
    detached = NOTE_NUMBER.sub("", html).replace('href="#', f'href="/articles/{quote(article["slug"])}#')
    return link_files(detached, article["source"]["path"])


def link_files(html: str, path: str) -> Markup:
    """Return HTML of the article with this file, in which links to files lead to the pages of their articles."""

    def link_file(match: re.Match[str]) -> str:
        return f'href="{FILE_PAGE.path}?path={quote(resolve_link(match[1], path))}{match[2] or ""}"'

    return Markup(FILE_LINK.sub(link_file, html))


def describe_article(article: Mapping[str, Any], address: Address) -> dict[str, Any]:
    """Return an article as JSON-LD (schema.org)."""
    about = [node for name in ENTITY_LISTS for node in article[name]]
    description = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article["title"],
        "alternativeHeadline": article["subtitle"],
        "description": article["summary"],
        "inLanguage": article["language"],
        "datePublished": article["published"],
        "dateModified": article["updated"],
        "author": [{"@type": "Person", "name": name} for name in article["authors"]],
        "url": address.url,
        "mainEntityOfPage": address.url,
        "isBasedOn": article["url"],
        "about": [{"@type": "Thing", "name": node["name"], "url": address.origin + find_path(node)} for node in about],
    }
    return {name: value for name, value in description.items() if value}


def build_explorer_link(document: str, variables: Mapping[str, Any]) -> str:
    """Return the path and query that opens the explorer with a document and its variables."""
    shown = {name: value for name, value in variables.items() if value is not None}
    parameters = {"query": document, **({"variables": orjson.dumps(shown).decode()} if shown else {})}
    return f"/graphql?{urlencode(parameters)}"


def build_environment(*folders: Path) -> Environment:
    """Build the environment of the templates, and of those in other folders."""
    environment = Environment(
        loader=FileSystemLoader([*folders, FOLDER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "count": count,
        "detach": detach,
        "direction": find_direction,
        "format_date": format_date,
        "link_files": link_files,
        "path": find_path,
    }
    environment.filters |= FEED_TEMPLATE_FILTERS
    environment.globals |= {
        "describe_article": describe_article,
        "find_totals": find_totals,
        "link_names": link_names,
        "list_years": list_years,
        "style_path": STYLE_PATH,
    }
    return environment


def digest_files() -> bytes:
    """Return a digest of everything in the folder on which pages depend."""
    digest = blake2b(digest_size=8)
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.read_bytes())
    return digest.digest()
