"""The keys of the front matter: one table for the parser, the JSON schema and the template of a new article."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_SCALAR: Final[list[str]] = ["string", "number", "boolean", "null"]
"""The types of a YAML scalar. Each is read as the text that the author wrote, and null as an absent value."""

TEXT: Final[Mapping[str, Any]] = {"type": _SCALAR}
TEXTS: Final[Mapping[str, Any]] = {"type": [*_SCALAR, "array"], "items": TEXT}
DATE: Final[Mapping[str, Any]] = {"type": ["string", "null"], "pattern": r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})?\s*$"}
LANGUAGE: Final[Mapping[str, Any]] = {
    "type": ["string", "boolean", "null"],  # YAML 1.1 takes `no`, Norwegian, for a boolean.
    "pattern": r"^\s*(([A-Za-z]{2,3}|[xXiI])(-[A-Za-z0-9]{1,8})*)?\s*$",
}
URL: Final[Mapping[str, Any]] = {"type": ["string", "null"], "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]?://\S+)?\s*$"}
BOOLEAN: Final[Mapping[str, Any]] = {
    "type": ["boolean", "string", "null"],
    "pattern": r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])?\s*$",
}


@dataclass(frozen=True, slots=True)
class FrontMatterKey:
    """A key: the JSON schema of its value, its description for editors, and an example of its value in YAML."""

    name: str
    value: Mapping[str, Any]
    description: str
    example: str
    is_required: bool = False


FRONT_MATTER_KEYS = (
    FrontMatterKey("title", TEXT, "The title, which is the heading of level 1.", "A title", is_required=True),
    FrontMatterKey("subtitle", TEXT, "The subtitle.", "A subtitle"),
    FrontMatterKey(
        "slug",
        TEXT,
        "The article's name in URLs. It must differ from the slugs of all other articles. Default: the file name "
        "without .md.",
        "an-article",
    ),
    FrontMatterKey(
        "former_slugs",
        TEXTS,
        "The slugs that the article had before: one text, or a list. Links with them still lead to the article.",
        "[an-old-slug]",
    ),
    FrontMatterKey("authors", TEXTS, "The authors: one text, or a list.", "[A. Writer, B. Writer]"),
    FrontMatterKey(
        "language", LANGUAGE, "The language as a BCP 47 tag, such as en, pt-BR or zh-Hant. Default: en.", "en"
    ),
    FrontMatterKey(
        "translation_of",
        TEXT,
        "The slug of the article that this one is a translation of: the original, or another translation.",
        "the-original",
    ),
    FrontMatterKey("published", DATE, "The date of the publication, as YYYY-MM-DD.", "2019-07-16"),
    FrontMatterKey("updated", DATE, "The date of the last update, as YYYY-MM-DD.", "2019-07-20"),
    FrontMatterKey(
        "url", URL, "The address of the original, which begins with https:// or http://.", "https://example.org/article"
    ),
    FrontMatterKey("summary", TEXT, "A summary of one or two sentences.", "One or two sentences."),
    FrontMatterKey("draft", BOOLEAN, "Whether the article is a draft, which is not published. Default: false.", "true"),
)
"""The keys in the order in which they are written."""


def front_matter_schema() -> dict[str, Any]:
    """Return the JSON schema of the front matter (draft 2020-12). Every front matter that the parser accepts is valid.

    The schema checks less than the parser: not whether a date is in the calendar, or a language is registered.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a Counterpoint article",
        "type": "object",
        "required": [key.name for key in FRONT_MATTER_KEYS if key.is_required],
        "additionalProperties": False,
        "properties": {key.name: {"description": key.description, **key.value} for key in FRONT_MATTER_KEYS},
    }
