"""Names that look like one are found, and others are not."""

from __future__ import annotations

import pytest

from counterpoint.article.normalization import slugify
from counterpoint.article.similar_names import find_similar_names


def find_pairs(*names: str, among: list[str] | None = None) -> list[tuple[str, str]]:
    spellings = {slugify(name): name for name in names}
    pairs = find_similar_names(spellings, None if among is None else [*map(slugify, among)])
    return [(spellings[first], spellings[second]) for first, second in pairs]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Mayor", "The Mayor"),
        ("Der Bürgermeister", "Bürgermeister"),
        ("La alcaldesa", "alcaldesa"),
        ("Activist", "Activists"),
        ("Community leaders", "Communities leader"),
        ("Labor party", "Labour party"),
        ("Governor", "Govenror"),
        ("Governor Smith", "Governer Smith"),
        ("São Paulo", "Sao Paulo"),
        ("U.S. government", "US government"),
        ("O'Hare", "OHare"),
        ("Policymakers", "Policy makers"),
        ("Immigration and Customs Enforcement", "ICE"),
        ("Immigration and Customs Enforcement", "I.C.E."),
        ("Department of Homeland Security", "DHS"),
        ("Department of Justice", "DOJ"),
    ],
)
def test_names_look_like_one(name: str, other: str) -> None:
    assert len(find_pairs(name, "Sheriff", other)) == 1
    assert len(find_pairs(other, "Sheriff", name)) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("District 12", "District 13"),
        ("Proposition 1990", "Proposition 1991"),
        ("Group A", "Group B"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("North Korea", "South Korea"),
        ("Legal aid", "Legal aid society"),
        ("Mayor", "Mayor Lightfoot"),
        ("ice", "Immigration and Customs Enforcement"),
        ("東京都", "京都"),
        ("1990s", "1990"),
    ],
)
def test_names_differ(name: str, other: str) -> None:
    assert find_pairs(name, other) == []


def test_initials_come_after_the_full_name() -> None:
    assert find_pairs("ICE", "Immigration and Customs Enforcement") == [("Immigration and Customs Enforcement", "ICE")]


def test_each_of_several_names_that_look_alike_is_in_one_pair() -> None:
    pairs = find_pairs("Activist", "The activist", "Activists", "The activists")
    assert len(pairs) == 3
    assert {name for pair in pairs for name in pair} == {"Activist", "The activist", "Activists", "The activists"}


def test_only_pairs_with_one_of_some_names_are_found() -> None:
    names = ("Mayor", "The Mayor", "Governor", "The Governor")
    assert find_pairs(*names, among=["Governor"]) == [("Governor", "The Governor")]
    assert find_pairs(*names, among=[]) == []
