"""Relative addresses of images become those of the image files that they name, and every other one is an error."""

from __future__ import annotations

import pytest

from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article, Image, ImageFile, Paragraph, Table
from counterpoint.errors import InvalidFiles

MAP = ImageFile("2024/map.png", "a" * 64, "image/png", 4, 3)
PHOTO = ImageFile("2024/b.jpg", "b" * 64, "image/jpeg", 2, 1)


def resolve(article_path: str, address: str) -> ImageFile | str:
    assert article_path == "2024/a.md"
    return {"map.png": MAP, "b.jpg": PHOTO}.get(address, f"there is no {address}")


def parse(body: str) -> Article:
    options = ParserOptions(resolve_image=resolve)
    return parse_article(f"---\ntitle: T\n---\n{body}", path="2024/a.md", sha256="", options=options).article


def problems_in(body: str) -> list[str]:
    with pytest.raises(InvalidFiles) as error:
        parse(body)
    return [str(problem) for problem in error.value.problems]


def test_address_of_a_file_becomes_that_of_the_service() -> None:
    article = parse('![a *map*](map.png "Title")\n')
    (block,) = article.sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.images == (Image(f"/images/{'a' * 64}.png", "a map", "Title"),)
    assert block.html == (f'<p><img src="/images/{"a" * 64}.png" alt="a map" title="Title" width="4" height="3"></p>')


def test_images_are_files_in_every_block() -> None:
    article = parse(
        "- ![i](map.png)\n\n> ![q][map]\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| A | ![c](map.png) | ![d](b.jpg); e |\n\n"
        "[map]: map.png\n"
    )
    assert article.image_files == (PHOTO, MAP)
    table = article.sections[0].blocks[-1]
    assert isinstance(table, Table)
    assert table.statements[0].html.startswith(f'<img src="{MAP.address}"')  # type: ignore[union-attr]  # a stance
    assert str(article).count(f'src="{MAP.address}"') >= 4
    assert '"map.png"' not in str(article)


@pytest.mark.parametrize("address", ["https://e.example/x.png", "http://e.example/map.png"])
def test_absolute_addresses_stay(address: str) -> None:
    article = parse(f"![a]({address})\n")
    assert article.image_files == ()
    assert f'<img src="{address}" alt="a">' in str(article)


def test_without_files_all_addresses_stay() -> None:
    article = parse_article("---\ntitle: T\n---\n![a](x.png)\n", path="a.md", sha256="").article
    assert article.image_files == ()
    assert '<img src="x.png" alt="a">' in str(article)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("![a](x)\n", ["4:1"]),
        ("![a](map.png) text\n  and ![b](x) and ![c](y)\n", ["5:7", "5:19"]),
        ("`![code](x)` wow![1] \\![d](x) ![e](x)\n", ["4:31"]),
        ("![a ![b](y)](map.png) ![c](x)\n", ["4:23"]),
        ("> quote\n> ![q](x)\n\n- item\n\n  ![i](x)\n", ["5:3", "9:3"]),
        ("| A | B |\n|---|---|\n| ![a](map.png) | ![b](x) |\n", ["6:19"]),
        ("![same](x)\n\n![same](x)\n", ["4:1", "6:1"]),
        ("Text.[^1]\n\n[^1]: ![f](x)\n", ["6:7"]),
        ("text ![r][ref]\n\n[ref]: x\n", ["4:6"]),
    ],
)
def test_problem_is_reported_where_the_image_begins(body: str, places: list[str]) -> None:
    assert problems_in(body) == [f"2024/a.md:{place}: there is no {'xy'[place == '5:19']}" for place in places]


def test_address_out_of_the_folder_is_reported_once() -> None:
    assert problems_in("![a](../../x.png)\n") == [
        "2024/a.md:4:6: the address '../../x.png' leads out of the folder (write an address that begins with https://)"
    ]
