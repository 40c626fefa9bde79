"""Templates and GraphQL documents of the reader, read from its folder, and the functions that templates call."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent

DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "queries").glob("*.graphql")}
"""The GraphQL documents by name."""

STYLE = (FOLDER / "style.css").read_bytes()
STYLE_PATH = f"/reader/{blake2b(STYLE, digest_size=8).hexdigest()}.css"
"""The address of the stylesheet. It changes with the content, so that clients may keep it for ever."""

RIGHT_TO_LEFT = frozenset(("ar", "azb", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))
"""Languages that are usually written from right to left."""

RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "nkoo", "syrc", "thaa"))


def direction(language: str) -> str:
    """Return the direction of text in a language (BCP 47), as a value of the attribute `dir`."""
    name, *subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags if len(subtag) == 4), None)
    is_right_to_left = script in RIGHT_TO_LEFT_SCRIPTS if script else name in RIGHT_TO_LEFT
    return "rtl" if is_right_to_left else "ltr"


def format_date(iso_date: str) -> str:
    """Return a date as people write it, such as 16 July 2019."""
    day = date.fromisoformat(iso_date)
    return f"{day.day} {day:%B} {day.year}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number and its noun."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def explorer_link(document: str, variables: Mapping[str, Any]) -> str:
    """Return the path and query that opens the explorer with a document and its variables."""
    shown = {name: value for name, value in variables.items() if value is not None}
    parameters = {"query": document, **({"variables": orjson.dumps(shown).decode()} if shown else {})}
    return f"/graphql?{urlencode(parameters)}"


def build_environment() -> Environment:
    """Build the environment of the templates."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"format_date": format_date, "count": count, "direction": direction}
    environment.globals |= {"style_path": STYLE_PATH}
    return environment


def digest_files() -> bytes:
    """Return a digest of everything in the folder on which pages depend."""
    digest = blake2b(digest_size=8)
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.read_bytes())
    return digest.digest()
