"""`counterpoint export` writes stored articles as files, which lead to equal rows when they are seeded again."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import ImageFile
from counterpoint.errors import InvalidFiles
from counterpoint.store.models import metadata
from support.commands import assert_one_error_line, error_lines, run, write_sample_folder, write_texts
from support.database_helpers import (
    REPOSITORY,
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.image_files import build_png
from support.markdown_strategies import article_texts
from support.property_profiles import scale_examples
from support.variants import variant

if TYPE_CHECKING:
    from click.testing import Result

pytestmark = variant("postgresql")


CASES = sorted((REPOSITORY / "tests" / "article" / "cases").glob("*.json"))
HEADERS = "es:\n  stances: [Grupo, Opinión, Cosas]\n"
ARTICLE = "---\ntitle: T  # of an article\nlanguage: es\n---\n* *a*\n\n|Grupo|Opinión|Cosas|\n|-|-|-|\n|x|y|z|\n"
EXPORTED = (
    "---\n# of an article\ntitle: T\nlanguage: es\n---\n\n- *a*\n\n"
    "| Grupo | Opinión | Cosas |\n|---|---|---|\n| x | y | z |\n"
)

SAMPLE = {"sample.md": "---\ntitle: T\n---\n\nText.\n"}

# Columns and tables that describe the files and not what they say.
SOURCE_DETAILS = {"line", "sha256"}
SOURCE_TABLES = {"revision", "source_file", "image_file"}


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def second_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of an SQLite database with empty tables."""
    return create_sqlite_database(tmp_path_factory)


def run_on(url: str, *arguments: str) -> Result:
    return run(*arguments, COUNTERPOINT_DATABASE_URL=url)


def read_tree(folder: str) -> dict[str, str]:
    paths = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode(errors="surrogateescape") for path in paths}


def read_content(url: str) -> dict[str, list[Any]]:
    """Return all rows of all tables but those of the source, without lines and hashes."""
    with open_write_engine(url) as engine, engine.connect() as connection:
        return {
            name: sorted(
                (
                    {key: value for key, value in row._mapping.items() if key not in SOURCE_DETAILS}
                    for row in connection.execute(select(table))
                ),
                key=repr,
            )
            for name, table in metadata.tables.items()
            if name not in SOURCE_TABLES
        }


def resolve_image(_: str, address: str) -> ImageFile | str:
    """Return the only image file of a folder with generated articles."""
    return ImageFile(address, "0", "image/png", 1, 1) if address == "a.png" else "no such image"


def is_valid(text: str) -> bool:
    try:
        parse_article(text, path="a.md", sha256="", options=ParserOptions(resolve_image=resolve_image))
    except InvalidFiles:
        return False
    return True


def write_every_construct(folder: str) -> None:
    """Write the demo article, the sample articles and all parsing cases into a folder."""
    write_sample_folder(Path(folder))
    texts = {f"cases/{case.stem}.md": case.with_suffix(".md").read_text(encoding="utf-8") for case in CASES}
    texts |= {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "seed").glob("*.md")}
    texts["the-original.md"] = "---\ntitle: The article that a case translates\n---\n\nText.\n"
    write_texts(Path(folder), texts)
    for name in ("a.png", "image.png", "img.png"):
        Path(folder, "cases", name).write_bytes(build_png())


def test_exported_articles_lead_to_equal_rows(database_url: str, second_url: str) -> None:
    write_every_construct("seed")
    assert run_on(database_url, "seed", "seed").exit_code == 0
    assert run_on(database_url, "export", "--all", "out").exit_code == 0
    assert run_on(second_url, "seed", "out").exit_code == 0
    content = read_content(second_url)
    assert content == read_content(database_url)
    assert len(content["article"]) > 10
    assert run_on(second_url, "export", "--all", "again").exit_code == 0
    assert read_tree("again") == read_tree("out")


@given(st.lists(article_texts(), min_size=1, max_size=5))
@settings(max_examples=scale_examples(4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_exported_articles_lead_to_equal_rows(database_url: str, second_url: str, texts: list[str]) -> None:
    drafts = re.compile("^draft: true$", re.MULTILINE)
    valid = [text for text in texts if is_valid(text)]
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "seed"), Path(folder, "out")
        write_texts(source, {f"{index}.md": drafts.sub("draft:", text) for index, text in enumerate(valid)} | SAMPLE)
        (source / "a.png").write_bytes(build_png())
        assert run_on(database_url, "seed", "--no-wait", "--max-removals", "100%", str(source)).exit_code == 0
        assert run_on(database_url, "export", "--all", str(target)).exit_code == 0
        assert run_on(second_url, "seed", "--no-wait", "--max-removals", "100%", str(target)).exit_code == 0
        assert read_content(second_url) == read_content(database_url)


def test_export_writes_formatted_files_with_the_declared_headers(database_url: str) -> None:
    write_texts(Path("seed"), {"2024/a.md": ARTICLE, "headers.yaml": HEADERS})
    run_on(database_url, "seed", "seed")
    result = run_on(database_url, "export", "--all", "--verbose", "out")
    assert (result.exit_code, error_lines(result)) == (0, [])
    assert result.stdout == "written  out/headers.yaml\nwritten  out/2024/a.md\n2 files written, 0 unchanged.\n"
    assert read_tree("out") == {"2024/a.md": EXPORTED, "headers.yaml": HEADERS}
    result = run_on(database_url, "export", "a", "out")
    assert (result.exit_code, result.stdout) == (0, "0 files written, 2 unchanged.\n")


def test_removed_articles_and_headers_are_not_exported(database_url: str) -> None:
    plain = "---\ntitle: T\n---\n\nText.\n"
    write_texts(Path("seed"), {"a.md": ARTICLE, "b.md": plain, "headers.yaml": HEADERS})
    run_on(database_url, "seed", "seed")
    Path("seed/a.md").unlink()
    Path("seed/headers.yaml").unlink()
    run_on(database_url, "seed", "seed")
    run_on(database_url, "export", "--all", "out")
    assert read_tree("out") == {"b.md": plain}


def test_only_the_articles_of_the_slugs_are_exported(second_url: str) -> None:
    write_sample_folder(Path("seed"))
    run_on(second_url, "seed", "seed")
    run_on(second_url, "export", "--all", "all")
    run_on(second_url, "export", "old", "new", "some")
    assert sorted(read_tree("some")) == ["new.md", "old.md"]
    assert read_tree("some").items() <= read_tree("all").items()


def test_file_that_differs_is_kept_unless_forced(second_url: str) -> None:
    write_texts(Path("seed"), {"a.md": ARTICLE, "b.md": ARTICLE, "headers.yaml": HEADERS})
    run_on(second_url, "seed", "seed")
    write_texts(Path("out"), {"b.md": "mine", "c.md": "other"})
    result = run_on(second_url, "export", "--all", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert error_lines(result) == [
        "out/b.md:1:1: the file differs from the one to export (move it away, or add --force to replace it)",
        "1 error in 1 file. Nothing was written.",
    ]
    assert read_tree("out") == {"b.md": "mine", "c.md": "other"}
    assert run_on(second_url, "export", "--all", "--force", "out").exit_code == 0
    assert read_tree("out") == {"a.md": EXPORTED, "b.md": EXPORTED, "c.md": "other", "headers.yaml": HEADERS}


def test_article_that_cannot_be_formatted_is_exported_as_it_was_written(second_url: str) -> None:
    written = "---\ntitle: T\n---\n* a\n\n> `a\n===\nb`\n"
    write_texts(Path("seed"), {"a.md": written})
    run_on(second_url, "seed", "seed")
    result = run_on(second_url, "export", "a", "out")
    assert (result.exit_code, result.stdout) == (0, "1 file written, 0 unchanged.\n")
    (warning,) = error_lines(result)
    assert warning.startswith("out/a.md:6:1: warning: the article is exported as it was written, because: formatting")
    assert read_tree("out") == {"a.md": written}


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("neww", r"There is no article 'neww': did you mean new\?"),
        ("zzzzz", "There is no article 'zzzzz': expected .*"),
    ],
)
def test_unknown_slug_is_an_error(second_url: str, slug: str, line: str) -> None:
    write_sample_folder(Path("seed"))
    run_on(second_url, "seed", "seed")
    result = run_on(second_url, "export", "old", slug, "out")
    assert_one_error_line(result, line)
    assert not Path("out").exists()


@pytest.mark.parametrize("path", ["../a.md", "/a.md", ".git/a.md", "b/../../a.md", "a.py", "link/a.md"])
def test_stored_path_cannot_lead_out_of_the_folder(second_url: str, path: str) -> None:
    Path("out").mkdir()
    Path("out/link").symlink_to("..")
    with open_write_engine(second_url) as engine:
        seed_articles(engine, parse_articles({path: "---\ntitle: T\nslug: a\n---\n\nText.\n"}))
    assert_one_error_line(
        run_on(second_url, "export", "--all", "--force", "out"), "The stored path .* is not one of .*"
    )
    assert [path.name for path in Path().rglob("*")] == ["out", "link"]


def test_articles_stored_without_text_must_be_seeded_once(database_url: str) -> None:
    write_sample_folder(Path("seed"))
    run_on(database_url, "seed", "seed")
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        connection.execute(text("DELETE FROM source_file WHERE path = 'new.md'"))
    line = "An older version stored the articles without their texts: run `counterpoint seed` once."
    assert_one_error_line(run_on(database_url, "export", "old", "out"), line)


def test_database_without_articles_is_an_error(second_url: str) -> None:
    assert_one_error_line(run_on(second_url, "export", "--all", "out"), "There is no content yet: .*")


def test_missing_database_is_an_error_and_is_not_created() -> None:
    assert_one_error_line(run_on("sqlite:///none.db", "export", "--all", "out"), "There is no database .*")
    assert not Path("none.db").exists()


def test_database_without_tables_is_an_error(empty_database_url: str) -> None:
    with open_write_engine(empty_database_url) as engine, engine.begin():
        pass
    assert_one_error_line(run_on(empty_database_url, "export", "--all", "out"), "The database tables do not match .*")


@pytest.mark.parametrize("arguments", [["out"], ["--all", "a", "out"], []])
def test_invalid_arguments_are_usage_errors(arguments: list[str]) -> None:
    assert run("export", *arguments).exit_code == 2
