"""docs/articles.md: its examples are valid and show every construct, and its messages and commands exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS
from counterpoint.article.header_declarations import parse_header_declarations
from counterpoint.article.name_declarations import parse_name_declarations
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Paragraph, PointKind, PointList, Table, TableContents
from counterpoint.article.settled_names import NameKind
from counterpoint.cli import main
from support.commands import run, write_texts
from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from counterpoint.article.records import Article

PAGE = (REPOSITORY / "docs" / "articles.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
BLOCKS = [(language, text) for _, language, text in FENCED.findall(PAGE)]
ARTICLES = [text for language, text in BLOCKS if language == "markdown"]
MESSAGE = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
MESSAGES = MESSAGE.findall(PAGE.partition("## What the messages mean")[2])
MISTAKES = REPOSITORY / "tests" / "article"
MOVED = "---\ntitle: T\nformer_slugs: copy\n---\n\nText.\n"
TRANSLATION = "---\ntitle: T\ntranslation_of: original\n---\n\nText.\n"
COPY = "---\ntitle: T\nslug: copy\n---\n\nText.\n"

TAGS = ["em", "strong", "code", "a", "br", "blockquote", "ul", "pre", "img", "hr", "sup"]


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return all messages of the examples of mistakes, and those of a folder with further ones."""
    mistakes = [*MISTAKES.glob("mistakes/*.md"), *MISTAKES.glob("cases/*.problems")]
    folder = write_texts(tmp_path_factory.mktemp("folder"), {"a.md": COPY, "b.md": COPY, "c.MD": ""})
    slugs = write_texts(tmp_path_factory.mktemp("slugs"), {"a.md": MOVED, "b.md": COPY})
    other_slugs = write_texts(tmp_path_factory.mktemp("slugs"), {"a.md": COPY, "b.md": MOVED})
    translations = write_texts(tmp_path_factory.mktemp("translations"), {"a.md": TRANSLATION})
    links = write_texts(tmp_path_factory.mktemp("links"), {"a.md": "---\ntitle: T\n---\n\n[b](b.md) [a](a.md#b)\n"})
    (folder / "d.md").write_bytes(b"\xe9")
    (folder / "f.md").write_text("---\ntitle: F\n---\n\n![](g.png) ![](f.md) ![](/g.png)\n", encoding="utf-8")
    (folder / "e.md").symlink_to(REPOSITORY / "README.md")
    return "\n".join(
        [
            *(path.read_text(encoding="utf-8") for path in mistakes),
            *(run("check", str(path)).stderr for path in (folder, slugs, other_slugs, translations, links)),
        ]
    )


def parse_example(text: str) -> Article:
    """Parse an example without any warning; one without front matter is the text of an article."""
    full = text if text.startswith("---\n") else f"---\ntitle: Title\n---\n\n{text}"
    return parse_article(full, path="article.md", sha256="", options=ParserOptions(is_strict=True)).article


@pytest.mark.parametrize("text", ARTICLES, ids=range(len(ARTICLES)))
def test_example_is_valid_without_a_warning(text: str) -> None:
    assert parse_example(text).sections


def test_examples_show_every_construct() -> None:
    articles = [parse_example(text) for text in ARTICLES]
    blocks = [block for article in articles for section in article.sections for block in section.blocks]
    lists = [block for block in blocks if isinstance(block, PointList)]
    html = "".join(block.html for block in blocks if isinstance(block, Paragraph))
    assert {block.contents for block in blocks if isinstance(block, Table)} == {*TableContents}
    assert {block.kind for block in lists} == {*PointKind}
    assert any(block.lead_in for block in lists)
    assert any(point.label for block in lists for point in block.points)
    assert any("<ul>" in point.html for block in lists for point in block.points)
    assert {tag for tag in TAGS if f"<{tag}" not in html} == set()
    keys = {key for text in ARTICLES if text.startswith("---") for key in re.findall(r"^(\w+): ", text, re.MULTILINE)}
    assert keys | {"draft"} == {key.name for key in FRONT_MATTER_KEYS}


def test_example_of_headers_is_valid() -> None:
    (text,) = (text for language, text in BLOCKS if language == "yaml" and "stances:" in text)
    assert parse_header_declarations(text, path="headers.yaml")


def test_example_of_names_is_valid() -> None:
    (text,) = (text for language, text in BLOCKS if language == "yaml" and "parties:" in text)
    assert parse_name_declarations(text, path="names.yaml").by_slug.keys() == {*NameKind}


def test_commands_and_options_of_the_page_exist() -> None:
    commands = set(re.findall(r"counterpoint ([a-z][a-z-]+)", PAGE))
    assert commands - main.commands.keys() == set()
    options = {
        option for command in main.commands.values() for parameter in command.params for option in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - options == set()


@pytest.mark.parametrize("message", MESSAGES)
def test_message_of_the_page_is_one_that_an_editor_gets(message: str, messages: str) -> None:
    pattern = ".+".join(map(re.escape, message.replace(r"\|", "|").split("…")))
    assert re.search(pattern, messages)
