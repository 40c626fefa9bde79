"""Headers of known tables: the built-in languages, declarations in a seed folder, and headers that are nearly known."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from counterpoint.article.header_declarations import load_builtin_headers, parse_header_declarations
from counterpoint.article.records import TableContents
from counterpoint.article.similar_headers import find_similar
from counterpoint.article.table_headers import GOVERNMENT, HeaderMatch, KnownHeader, TableHeaders
from counterpoint.errors import InvalidFiles

HEADERS = load_builtin_headers()
KNOWN = [header for headers in HEADERS.by_language.values() for header in headers]
INVALID_DECLARATIONS = sorted((Path(__file__).parent / "headers").glob("*.yaml"))


@pytest.mark.parametrize("header", KNOWN, ids=lambda header: f"{header.language}-{header.contents.lower()}")
def test_every_form_of_a_built_in_header_is_known_in_its_language_alone(header: KnownHeader) -> None:
    for columns in product(*header.columns):
        named = tuple(column.replace(GOVERNMENT, "東京 Chicago") for column in columns)
        governments = ("東京 Chicago",) if header.contents is TableContents.APPROACHES else ()
        assert HEADERS.classify(named, header.language) == HeaderMatch(header.contents, governments)
        if header.language != "en":
            assert HEADERS.classify(named, "en").contents is TableContents.OTHER


def test_built_in_headers_cover_the_major_languages() -> None:
    languages = "en es fr de it pt nl sv pl ru uk ar he fa hi bn zh ja ko tr vi id"
    assert list(HEADERS.by_language) == languages.split()
    for headers in HEADERS.by_language.values():
        assert {header.contents for header in headers} == set(TableContents) - {TableContents.OTHER}


@pytest.mark.parametrize(
    ("cell", "language", "government"),
    [
        ("City\u2019s Approach", "en", "City"),
        ("CITY ' S\tAPPROACH", "fr", "City"),
        ("Approche de l'État", "fr", "l'État"),
        ("Approche du Québec", "fr-CA", "Québec"),
        ("Enfoque del Estado", "es", "Estado"),
        ("Enfoque de Los Ángeles", "es", "Los Ángeles"),
        ("Ankara'n\u0131n Yakla\u015f\u0131m\u0131", "tr", "Ankara"),
        ("Подход\uff1a東京", "ru", "東京"),
        ("東京都の方針", "ja-JP", "東京都"),
        ("Chicago's", "de", "Chicago"),
        ("the States'", "de", "the States"),
        ("Paris", "de", "Paris"),
    ],
)
def test_government_in_a_header_cell(cell: str, language: str, government: str) -> None:
    assert HEADERS.government_in(cell, language).casefold() == government.casefold()


@pytest.mark.parametrize(
    "columns",
    [
        ("Enfoque desconocido",),
        ("Área de política", "Enfoque desconocido"),
        ("Área de política", "Presupuesto"),
        ("Área de política",),
    ],
)
def test_words_that_only_begin_like_a_pattern_are_no_approach(columns: tuple[str, ...]) -> None:
    assert HEADERS.classify(columns, "es").contents is TableContents.OTHER


@pytest.mark.parametrize(
    ("columns", "language", "contents"),
    [
        (("Party", "Stance", "Measures"), "en", TableContents.STANCES),
        (("Party", "Stance", "Measures"), "es", TableContents.STANCES),
        (("Parties", "Stances", "Measures"), "en", TableContents.STANCES),
        (("Group", "Core Message", "Function"), "en", TableContents.ROLES),
        (("Group", "Function"), "en", TableContents.ROLES),
        (("Challenge", "Solution", "Benefit"), "en", TableContents.SOLUTIONS),
        (("No.", "Challenge", "Proposed Solution", "Anticipated Benefit"), "en", TableContents.SOLUTIONS),
        (("Policy Area", "Budget", "City's Approach"), "en", TableContents.APPROACHES),
        (("Policy Areas", "City's Approach"), "en", TableContents.APPROACHES),
        (("Topic", "City's Approach", "State's Approach"), "en", TableContents.APPROACHES),
        (("Policy Area", "City Aproach"), "en", TableContents.APPROACHES),
        (("Area de politica", "Enfoque de Chicago"), "es", TableContents.APPROACHES),
        (("政策分野", "シカゴ市の取組み"), "ja", None),
        (("Party", "Votes"), "en", None),
        (("Party", "Votes", "Seats"), "en", None),
        (("Policy Area", "Budget"), "en", None),
        (("Policy Area",), "en", None),
        (("Year", "Event"), "en", None),
        (("Group", "Members", "Founded", "Seat"), "en", None),
        (("Challenge", "Response"), "en", None),
        (("", "", ""), "en", None),
    ],
)
def test_header_is_similar_to_a_known_one(
    columns: tuple[str, ...], language: str, contents: TableContents | None
) -> None:
    similar = find_similar(columns, language, HEADERS)
    assert (similar.contents if similar else None) is contents


def test_declarations_add_to_the_built_in_headers() -> None:
    text = 'es:\n  stances: [Quién, Qué, Cómo]\n  approaches: [Tema, ["{government} dice", "Dice {government}"]]\n'
    headers = parse_header_declarations(text, path="headers.yaml")
    assert headers.classify(("QUIÉN", "qué", "Cómo"), "es-AR") == HeaderMatch(TableContents.STANCES)
    assert headers.classify(("Tema", "Chicago dice", "Dice Illinois"), "es") == HeaderMatch(
        TableContents.APPROACHES, ("Chicago", "Illinois")
    )
    assert headers.classify(("Partido", "Postura", "Medidas recientes"), "es") == HeaderMatch(TableContents.STANCES)
    assert headers.classify(("Quién", "Qué", "Cómo"), "en").contents is TableContents.OTHER


def test_declarations_in_the_guide_are_valid() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "articles.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n", 1)[1].split("```\n", 1)[0]
    headers = parse_header_declarations(example, path="headers.yaml")
    assert headers.classify(("Àmbit polític", "Enfocament de Girona", "Enfocament: Vic"), "ca") == HeaderMatch(
        TableContents.APPROACHES, ("Girona", "Vic")
    )


def test_empty_declarations_are_valid() -> None:
    assert parse_header_declarations("# none\n", path="headers.yaml") == TableHeaders(HEADERS.by_language)


@pytest.mark.parametrize("path", INVALID_DECLARATIONS, ids=lambda path: path.stem)
def test_invalid_declarations_are_reported_with_line_and_column(path: Path) -> None:
    with pytest.raises(InvalidFiles) as error:
        parse_header_declarations(path.read_text(encoding="utf-8"), path="headers.yaml")
    assert f"{error.value}\n" == path.with_suffix(".problems").read_text(encoding="utf-8")
