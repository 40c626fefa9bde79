"""The commands with which editors begin an article: `convert`, `new` and `front-matter-schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterpoint.article.formatter import format_article
from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS
from counterpoint.article.header_declarations import load_builtin_headers
from counterpoint.article.parser import parse_article
from counterpoint.article.records import PointKind, PointList, Table, TableContents
from support.commands import assert_one_error_line, error_lines, run, run_with_input, write_texts
from support.database_helpers import REPOSITORY

SCRAPED = "A title\n\nThe text of the article.\n\nGoals:\n- One\n- Two\n"
DRAFT = (
    "---\ntitle: A title\nslug: a-title\nlanguage: en\ndraft: true\n---\n\n"
    "The text of the article.\n\nGoals:\n\n{.objectives}\n- One\n- Two\n"
)
BROKEN_CELL = "A title\n\nText.\n\nParty | Stance | Recent Measures\nMayor | | sued\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, which is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_convert_prints_the_draft_alone_on_stdout_and_the_doubts_on_stderr(folder: Path) -> None:
    write_texts(folder, {"source.txt": SCRAPED})
    result = run("convert", "source.txt", "--language", "en")
    assert (result.exit_code, result.stdout) == (0, DRAFT)
    assert error_lines(result) == [
        "<stdout>:1:1: warning: no author was found (add the line authors: […])",
        "<stdout>:1:1: warning: no date was found (add the line published: YYYY-MM-DD)",
        "<stdout>:3:1: warning: the slug is made from the title",
        "<stdout>:12:1: warning: the kind of this list is guessed from 'Goals'",
        "Converted: 4 places to check.",
    ]


def test_convert_writes_a_file_whose_name_is_the_slug_and_which_passes_check(folder: Path) -> None:
    write_texts(folder, {"source.txt": SCRAPED})
    result = run("convert", "source.txt", "--output", "seed/goals.md")
    assert (result.exit_code, result.stdout) == (0, "")
    assert error_lines(result)[-1] == "Wrote seed/goals.md: 4 places to check."
    assert "slug: goals\n" in (folder / "seed/goals.md").read_text(encoding="utf-8")
    assert run("check", "--strict").exit_code == 0


def test_convert_overwrites_only_with_force(folder: Path) -> None:
    write_texts(folder, {"source.txt": SCRAPED, "draft.md": "mine"})
    result = run("convert", "source.txt", "--output", "draft.md")
    assert_one_error_line(result, r"draft\.md exists: it is not overwritten\.")
    assert (folder / "draft.md").read_text(encoding="utf-8") == "mine"
    assert run("convert", "source.txt", "--output", "draft.md", "--force").exit_code == 0
    assert "title: A title" in (folder / "draft.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["draft.md", "source.txt"]


def test_convert_reports_what_the_format_forbids_as_an_error_in_the_draft(folder: Path) -> None:
    write_texts(folder, {"source.txt": BROKEN_CELL})
    result = run("convert", "source.txt", "--output", "draft.md")
    assert result.exit_code == 0
    (line,) = [line for line in error_lines(result) if "warning" not in line and "draft.md:" in line][:1]
    assert line == "draft.md:12:10: this required cell is empty (fill it in)"
    assert error_lines(run("check", "draft.md"))[0] == line


def test_convert_reads_the_standard_input() -> None:
    result = run_with_input(SCRAPED.encode(), "convert", "-", "--language", "en")
    assert (result.exit_code, result.stdout) == (0, DRAFT)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", r"empty\.txt is empty\."),
        ("image.txt", b"\x89PNG\r\n", r"image\.txt is neither text nor HTML nor \.docx: .*\."),
        ("latin.txt", b"caf\xe9 cr\xe8me", r"latin\.txt has bytes at position 3 that are not UTF-8: .*\."),
        ("broken.docx", b"PK\x03\x04", r"broken\.docx is not a \.docx file, or is damaged\."),
        ("deep.html", b"<i>" * 5_000, r"deep\.html has elements that are nested more than 150 levels deep\."),
    ],
)
def test_convert_describes_a_file_that_it_cannot_read(folder: Path, name: str, content: bytes, message: str) -> None:
    (folder / name).write_bytes(content)
    assert_one_error_line(run("convert", name, "--output", "draft.md"), message)
    assert not (folder / "draft.md").exists()


def test_convert_reports_a_missing_file_and_an_unknown_format(folder: Path) -> None:
    assert_one_error_line(run("convert", "none.txt"), r"none\.txt can't be read: No such file or directory\.")
    assert run("convert", "none.txt", "--format", "pdf").exit_code == 2


@pytest.mark.parametrize("language", ["en", "sw", *sorted(load_builtin_headers().by_language)])
def test_template_has_every_construct_and_no_problem(folder: Path, language: str) -> None:
    result = run("new", "an-article", "--language", language)
    path = Path("seed/an-article.md")
    assert (result.exit_code, result.stdout) == (0, f"Wrote {path}. Remove draft: true to publish it.\n")
    assert error_lines(run("check", "--strict")) == []
    text = path.read_text(encoding="utf-8")
    article = parse_article(text, path=path.name, sha256="").article
    blocks = [block for section in article.sections for block in section.blocks]
    assert (article.slug, article.language, article.draft) == ("an-article", language, True)
    assert {block.contents for block in blocks if isinstance(block, Table)} == {*TableContents}
    assert {block.kind for block in blocks if isinstance(block, PointList)} == {*PointKind} - {PointKind.OTHER}
    assert format_article(article) == text


def test_template_has_every_key_of_the_front_matter(folder: Path) -> None:
    run("new", "an-article", "--folder", "articles")
    lines = (folder / "articles/an-article.md").read_text(encoding="utf-8").split("\n---\n")[0].splitlines()[1:]
    assert [line.removeprefix("# ").partition(":")[0] for line in lines] == [key.name for key in FRONT_MATTER_KEYS]
    uncommented = "\n".join(["---", *(line.removeprefix("# ") for line in lines), "---", "", "Text."])
    assert parse_article(uncommented, path="a.md", sha256="").article.authors == ("A. Writer", "B. Writer")


def test_new_names_the_folder_that_cannot_be_created(folder: Path) -> None:
    write_texts(folder, {"file": ""})
    assert_one_error_line(run("new", "slug", "--folder", "file"), r"The folder file can't be created: File exists\.")


def test_new_never_overwrites(folder: Path) -> None:
    write_texts(folder, {"seed/a.md": "mine"})
    assert_one_error_line(run("new", "a"), r"seed/a\.md exists: it is not overwritten\.")
    assert (folder / "seed/a.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["My Article!"], "'My Article!' is not a slug: did you mean my-article?"),
        (["a/b"], "'a/b' is not a slug: did you mean a-b?"),
        (["!"], "the slug '!' has no letter or digit."),
        (["readme"], "a file readme.md is not read as an article: choose another slug."),
        (["a", "--language", "English"], "invalid language 'English': did you mean en?"),
        (
            ["a", "--language", "klingon"],
            "invalid language 'klingon': expected a BCP 47 tag like en, pt-BR or zh-Hant.",
        ),
    ],
)
def test_new_suggests_the_right_value(folder: Path, arguments: list[str], message: str) -> None:
    result = run("new", *arguments)
    assert result.exit_code == 2
    assert result.stderr.endswith(f": {message}\n")
    assert [*folder.iterdir()] == []


def test_front_matter_schema_describes_every_key() -> None:
    schema = json.loads(run("front-matter-schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [*schema["properties"]] == [key.name for key in FRONT_MATTER_KEYS]
    assert all(schema["properties"][key.name]["description"] == key.description for key in FRONT_MATTER_KEYS)


def test_guide_for_editors_lists_every_key_of_the_front_matter() -> None:
    guide = (REPOSITORY / "docs" / "articles.md").read_text(encoding="utf-8")
    table = guide.split("## Front matter\n", 1)[1].split("\n## ", 1)[0]
    assert [key.name for key in FRONT_MATTER_KEYS if f"`{key.name}`" not in table] == []
