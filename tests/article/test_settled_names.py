"""Settled names: what `names.yaml` declares, and the names that articles have then."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoint.article.name_declarations import parse_name_declarations
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Approach, Role, Stance, Table
from counterpoint.article.settled_names import NO_SETTLED_NAMES, NameKind, SettledName
from counterpoint.errors import InvalidFiles

INVALID_DECLARATIONS = sorted((Path(__file__).parent / "names").glob("*.yaml"))
NAMES = """
parties:
  Trump Administration: [Trump White House, The Trump Administration]
  mayor: [MAYOR!]
governments: {Chicago: [City of Chicago, "  The   City "]}
policy_areas: {Public Safety: [Safety]}
groups:
  Activists:
"""
ARTICLE = """---
title: T
---

| Party | Stance | Recent Measures |
|---|---|---|
| the Trump administration | Is for | |
| *Trump White House* | Is for, still | |
| The Mayor | Is against | |
| MAYOR | Is away | |

| Policy Area | City of Chicago's Approach | State's Approach |
|---|---|---|
| safety | Trust | |
| Law | | |

| Group | Function | Core Message |
|---|---|---|
| ACTIVISTS | Protest | Go |
"""


def parse_tables(names: str) -> list[Table]:
    options = ParserOptions(names=parse_name_declarations(names, path="names.yaml"))
    article = parse_article(ARTICLE, path="a.md", sha256="", options=options).article
    return [block for section in article.sections for block in section.blocks if isinstance(block, Table)]


def test_names_and_aliases_get_their_settled_spelling() -> None:
    stances, approaches, roles = parse_tables(NAMES)
    assert [stance.party for stance in stances.statements if isinstance(stance, Stance)] == [
        "Trump Administration",
        "Trump Administration",
        "The Mayor",
        "mayor",
    ]
    assert [
        (approach.policy_area, approach.government)
        for approach in approaches.statements
        if isinstance(approach, Approach)
    ] == [("Public Safety", "Chicago")]
    assert (approaches.policy_areas, approaches.governments) == (("Public Safety", "Law"), ("Chicago", "State"))
    assert [role.group for role in roles.statements if isinstance(role, Role)] == ["Activists"]


def test_texts_of_tables_stay_as_they_are() -> None:
    unsettled = parse_tables("")
    for table, other in zip(parse_tables(NAMES), unsettled, strict=True):
        assert (table.columns, table.rows, table.html) == (other.columns, other.rows, other.html)


def test_aliases_are_listed_by_their_slugs_without_other_spellings_of_the_name() -> None:
    names = parse_name_declarations(NAMES, path="names.yaml")
    trump = SettledName("Trump Administration", ("The Trump Administration", "Trump White House"))
    for slug in ("trump-administration", "the-trump-administration", "trump-white-house"):
        assert names.find(NameKind.PARTY, slug) == trump
    assert names.find(NameKind.PARTY, "mayor") == SettledName("mayor")
    assert names.aliases(NameKind.GOVERNMENT, "chicago") == ("City of Chicago", "The City")
    assert names.find(NameKind.GROUP, "trump-white-house") is None


@pytest.mark.parametrize("text", ["", "# none\n", "parties:\n", "{}\n"])
def test_empty_declarations_settle_nothing(text: str) -> None:
    names = parse_name_declarations(text, path="names.yaml")
    assert names.settle(NameKind.PARTY, "The mayor") == "The mayor"
    assert not any(names.by_slug.values())
    assert NO_SETTLED_NAMES.settle(NameKind.PARTY, "The mayor") == "The mayor"


@pytest.mark.parametrize("path", INVALID_DECLARATIONS, ids=lambda path: path.stem)
def test_invalid_declarations_are_reported_with_line_and_column(path: Path) -> None:
    with pytest.raises(InvalidFiles) as error:
        parse_name_declarations(path.read_text(encoding="utf-8"), path="names.yaml")
    assert f"{error.value}\n" == path.with_suffix(".problems").read_text(encoding="utf-8")
