"""What a seeding tells that it changed: all that did, and little else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from counterpoint.api.schema import schema_mapping
from counterpoint.store.change_tracker import TYPES
from counterpoint.store.models import metadata
from support.article_strategies import with_content_hash
from support.database_helpers import (
    DATABASE_KINDS,
    SCHEMA,
    migrated_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.sample_articles import ARTICLES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

    Told = Callable[[list[Article]], tuple[str, ...]]

OLD, NEW, UNDATED = ARTICLES


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def kept(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlalchemy.Engine]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url, open_write_engine(url) as engine:
        yield engine


@pytest.fixture
def told(kept: sqlalchemy.Engine) -> Told:
    """Seed an empty database with the samples; give what another seeding tells."""
    with kept.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    seed_articles(kept, ARTICLES)
    return lambda articles: seed_articles(kept, articles).tags


def text_with(name: str, old: str, new: str) -> list[Article]:
    """Give the samples with a text changed in one of them."""
    assert old in TEXTS[name]
    return parse_articles({**TEXTS, name: TEXTS[name].replace(old, new)})


def tags(words: str) -> tuple[str, ...]:
    return tuple(sorted(words.split()))


def test_types_are_those_that_are_served() -> None:
    assert schema_mapping(SCHEMA).tables.keys() == TYPES


def test_first_seeding_changes_all_there_is(kept: sqlalchemy.Engine) -> None:
    with kept.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    assert seed_articles(kept, [OLD]).tags == tags(
        "article article:old group measure paragraph party revision role section stance table"
    )
    later = {*seed_articles(kept, ARTICLES).tags}
    assert later == {named.lower() for named in TYPES} - {"group"} | {"article:new", "article:undated"}


def test_nothing_changed_is_nothing_told(told: Told) -> None:
    assert told(ARTICLES) == ()


EDITS: dict[str, tuple[list[Article], str]] = {
    "a paragraph": (text_with("old.md", "Before any", "Before every"), "old paragraph"),
    "a quotation": (text_with("undated.md", "A quote", "A quotation"), "undated paragraph"),
    "a measure": (text_with("old.md", "marched", "walked"), "old measure table"),
    "a stance that is no longer the newest": (
        text_with("old.md", "Was against |", "Was for |"),
        "old measure stance table",
    ),
    "the newest stance": (text_with("new.md", "Is for", "Is against"), "new measure party stance table"),
    "an older spelling": (text_with("old.md", "the mayor", "The Mayor"), "old table"),
    "the newest spelling": (text_with("new.md", "THE MAYOR", "The Mayor"), "new party table"),
    "a heading": (text_with("undated.md", "What to do", "What to do?"), "undated section"),
    "a point": (text_with("new.md", "- One", "- Two"), "new point"),
    "a challenge": (text_with("undated.md", "| Delay", "| Delays"), "undated challenge proposedsolution table"),
    "a benefit": (text_with("undated.md", "Speed", "Haste"), "undated proposedsolution table"),
    "the newest message": (text_with("old.md", "| Stay", "| Leave"), "old group role table"),
    "a message of an article without a date": (text_with("undated.md", "| Go", "| Leave"), "undated role table"),
    "a government": (text_with("new.md", "State's", "Nation's"), "new approach government table"),
    "a cell that states nothing": (text_with("undated.md", "| 10", "| 11"), "undated table"),
    "the front matter": (text_with("old.md", "A. Writer", "C. Writer"), "old"),
    "another path": ([replace(OLD, path="else.md"), NEW, UNDATED], "old"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edit_tells_its_article_and_the_types_that_it_changes(told: Told, edit: str) -> None:
    articles, expected = EDITS[edit]
    slug, *types = expected.split()
    assert told(articles) == tags(f"article:{slug} article revision {' '.join(types)}")


def test_lines_that_move_are_changed_for_they_can_be_asked_for(told: Told) -> None:
    moved = told(text_with("old.md", "Before any", "One more.\n\nBefore any"))
    assert moved == tags("article article:old measure paragraph revision role section stance table")


def test_order_of_statements_follows_the_date(told: Told) -> None:
    redated = told(text_with("old.md", "2019-07-16", "2022-07-16"))
    assert redated == tags("article article:old measure party revision role stance")


def test_slug_is_told_as_it_was_and_as_it_is(told: Told) -> None:
    assert told([with_content_hash(replace(OLD, slug="東京")), NEW, UNDATED]) == tags(
        "article article:old article:%e6%9d%b1%e4%ba%ac measure paragraph revision role section stance table"
    )


def test_articles_that_exchange_their_slugs_are_both_told(told: Told) -> None:
    exchanged = told(
        [with_content_hash(replace(OLD, slug="new")), with_content_hash(replace(NEW, slug="old")), UNDATED]
    )
    assert exchanged == tags(
        "approach article article:new article:old measure paragraph point pointlist revision role section stance table"
    )


def test_article_that_goes_tells_what_goes_with_it(told: Told) -> None:
    assert told([OLD, UNDATED]) == tags(
        "approach article article:new government measure party point pointlist policyarea revision section stance table"
    )


def test_another_reader_may_mean_something_else_by_the_same(kept: sqlalchemy.Engine, told: Told) -> None:
    assert told(ARTICLES) == ()
    assert {*seed_articles(kept, ARTICLES, parser_version=2).tags} == {named.lower() for named in TYPES} | {
        "article:old",
        "article:new",
        "article:undated",
    }
