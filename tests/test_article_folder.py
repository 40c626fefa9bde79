"""A seed folder gives its articles, their warnings, and all problems of its files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoint.article.options import ParserLimits, ParserOptions
from counterpoint.article.parser import PARSER_VERSION
from counterpoint.article.records import Table, TableContents
from counterpoint.article_folder import ArticleFolder
from counterpoint.cli.article_options import build_parser_limits
from counterpoint.errors import InvalidFiles
from counterpoint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "| Quién | Qué | Cómo |\n|---|---|---|\n| Alcaldesa | Se opone | |\n"
SPANISH = f"---\ntitle: T\nlanguage: es\n---\n\n{TABLE}"
HEADERS = "es:\n  stances: [Quién, Qué, Cómo]\n"


def contents_in(folder: Path) -> list[TableContents]:
    opened = ArticleFolder(folder)
    articles = opened.read_articles(opened.files)
    blocks = [block for article in articles for section in article.sections for block in section.blocks]
    return [block.contents for block in blocks if isinstance(block, Table)]


def problems_in(folder: ArticleFolder) -> list[str]:
    with pytest.raises(InvalidFiles) as error:
        list(folder.read_articles(folder.files))
    return [str(problem) for problem in error.value.problems]


def test_declared_headers_are_known_in_all_articles(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SPANISH, encoding="utf-8")
    assert contents_in(tmp_path) == [TableContents.OTHER]
    (tmp_path / "headers.yaml").write_text(HEADERS, encoding="utf-8")
    assert contents_in(tmp_path) == [TableContents.STANCES]


def test_parser_version_changes_with_the_declared_headers(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SPANISH, encoding="utf-8")
    versions = [ArticleFolder(tmp_path).parser_version]
    for text in (HEADERS, HEADERS.replace("Qué", "Que")):
        (tmp_path / "headers.yaml").write_text(text, encoding="utf-8")
        versions.append(ArticleFolder(tmp_path).parser_version)
    assert versions[0] == PARSER_VERSION
    assert len(set(versions)) == 3
    assert all(version % 1_000 == PARSER_VERSION and version < 2**31 for version in versions)


def test_problems_of_headers_and_articles_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "headers.yaml").write_text("es:\n  stance: []\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("---\n---\nText.\n", encoding="utf-8")
    assert problems_in(ArticleFolder(tmp_path)) == [
        "a.md:1:1: the title is missing (add the line title: …)",
        "headers.yaml:2:3: unknown table 'stance' (did you mean stances?)",
    ]


def test_warnings_are_collected_and_block_only_if_strict(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\n---\nA<b>B\n", encoding="utf-8")
    folder = ArticleFolder(tmp_path)
    assert [article.title for article in folder.read_articles(folder.files)] == ["T"]
    (warning,) = map(str, folder.warnings)
    assert warning == "a.md:4:2: warning: the HTML '<b>' is shown as text (write Markdown, or \\< if it is a text)"
    strict = ArticleFolder(tmp_path, ParserOptions(is_strict=True))
    assert problems_in(strict) == [warning.replace("warning: ", "")]


def test_large_file_is_rejected_without_reading_all_of_it(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(10_000_000_000)
    folder = ArticleFolder(tmp_path, ParserOptions(limits=ParserLimits(file_bytes=1_000)))
    assert problems_in(folder) == [
        "a.md:1:1: the file is larger than 1,000 bytes (split the article, or raise COUNTERPOINT_LIMIT_ARTICLE_BYTES)"
    ]


def test_settings_have_the_default_limits() -> None:
    assert build_parser_limits(Settings()) == ParserLimits()
