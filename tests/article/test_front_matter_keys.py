"""The JSON schema of the front matter accepts what the parser accepts."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS, front_matter_schema
from counterpoint.article.parser import parse_article
from counterpoint.errors import InvalidFiles

SCHEMA = front_matter_schema()
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}


class CoreLoader(yaml.SafeLoader):
    """A loader with the scalars of YAML 1.2, as editors read them: no dates, and only true and false are booleans."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", "[-+]?[0-9]+", [*"-+0123456789"]),
    ("float", r"[-+]?[0-9]*\.[0-9]+", [*"-+.0123456789"]),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def is_valid(value: object, schema: dict[str, Any]) -> bool:
    """Return whether a value fits a schema that uses only these keywords."""
    unknown = schema.keys() - {
        *("$schema", "title", "description", "type", "pattern", "items", "required", "properties"),
        "additionalProperties",
    }
    assert unknown == set()
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    types = [TYPES[name] for name in names]
    if not any(isinstance(value, type_) and (type(value) is not bool or type_ is bool) for type_ in types):
        return False
    match value:
        case str():
            return "pattern" not in schema or re.search(schema["pattern"], value) is not None
        case list():
            return all(is_valid(item, schema["items"]) for item in value)
        case dict():
            properties = schema["properties"]
            has_required = all(name in value for name in schema["required"])
            return has_required and all(
                name in properties and is_valid(item, properties[name]) for name, item in value.items()
            )
    return True


def accepts_schema(front_matter: str) -> bool:
    return is_valid(yaml.load(front_matter, CoreLoader), SCHEMA)


def accepts_parser(front_matter: str) -> bool:
    try:
        parse_article(f"---\n{front_matter}\n---\n\nText.\n", path="a.md", sha256="")
    except InvalidFiles:
        return False
    return True


@pytest.mark.parametrize(
    ("front_matter", "is_accepted"),
    [
        ("title: T", True),
        ("subtitle: S", False),
        ("title: T\ncolour: blue", False),
        ("title: 1.10\nsubtitle: true\nsummary:", True),
        ("title: [a, b]", False),
        ("title: {a: b}", False),
        ("title: T\nauthors: A", True),
        ("title: T\nauthors: [A, 2, null]", True),
        ("title: T\nauthors: [[A]]", False),
        ("title: T\nauthors: {a: b}", False),
        ("title: T\npublished: 2019-07-16\nupdated: '2019-07-17'", True),
        ("title: T\npublished: 16.7.2019", False),
        ("title: T\npublished: 2019", False),
        ("title: T\npublished: true", False),
        ("title: T\npublished: ''", True),
        ("title: T\nlanguage: pt-BR", True),
        ("title: T\nlanguage: no", True),
        ("title: T\nlanguage: English", False),
        ("title: T\nlanguage: en_US", False),
        ("title: T\nurl: HTTPS://example.org/a", True),
        ("title: T\nurl: example.org", False),
        ("title: T\nurl: https://example.org/a b", False),
        ("title: T\ndraft: true", True),
        ("title: T\ndraft: 'False'", True),
        ("title: T\ndraft: yes", False),
        ("title: T\ndraft: 1", False),
    ],
)
def test_schema_and_parser_give_the_same_verdict(front_matter: str, is_accepted: bool) -> None:
    assert (accepts_schema(front_matter), accepts_parser(front_matter)) == (is_accepted, is_accepted)


scalars = st.one_of(
    st.sampled_from(
        ["2019-07-16", "2019-02-30", "en", "zh-Hant", "x-private", "i-klingon", "http://a", "https://a.b/c"]
    ),
    st.sampled_from(
        ["true", "FALSE", "null", "~", "", "no", "1.10", "1e3", ".5", "'x'", '" true "', "de-DE-1996", "A B"]
    ),
    st.text("abcAB019.-", min_size=1, max_size=12),
)
values = st.one_of(scalars, st.lists(scalars, max_size=3).map(lambda items: f"[{', '.join(filter(None, items))}]"))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([key.name for key in FRONT_MATTER_KEYS]), values))
def test_front_matter_that_the_parser_accepts_is_valid(keys: dict[str, str]) -> None:
    front_matter = "\n".join(f"{key}: {value}" for key, value in {"title": "T", **keys}.items())
    if accepts_parser(front_matter):
        assert accepts_schema(front_matter), front_matter


@pytest.mark.parametrize("key", FRONT_MATTER_KEYS, ids=lambda key: key.name)
def test_example_of_a_key_is_accepted(key: Any) -> None:
    front_matter = "\n".join(dict.fromkeys([f"{key.name}: {key.example}", "title: A title"]))
    assert accepts_schema(front_matter)
    assert accepts_parser(front_matter)
