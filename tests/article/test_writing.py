"""What is written reads back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from articles import articles, bare, lists, paragraphs, tables
from counterpoint.article import records
from counterpoint.article.reading import read_article
from counterpoint.article.writing import write_article

SEED = Path(__file__).parents[2] / "seed"


@given(articles(paragraphs | lists | tables))
@settings(max_examples=60, deadline=None)
def test_any_article_survives_being_written_and_read(article: records.Article) -> None:
    text = write_article(article)
    assert bare(read_article(text, path=article.path, sha256="")) == article


def test_seed_article_is_written_as_an_author_would() -> None:
    path = SEED / "chicago-immigration-standoff.md"
    article = read_article(path.read_text(encoding="utf-8"), path=path.name, sha256="")
    written = write_article(article)
    assert bare(read_article(written, path=path.name, sha256="")) == bare(article)
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(("##", "{", "|"))]
    assert [line for line in written.splitlines() if line.startswith(("##", "{", "|"))] == kept
