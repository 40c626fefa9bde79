"""The tags that a seeding reports: those of everything that changed, and of little else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from counterpoint.store.models import metadata
from counterpoint.store.seeding_cache_tags import TYPES
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
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

    SeedAndGetTags = Callable[[list[Article]], tuple[str, ...]]

OLD, NEW, UNDATED = ARTICLES

OBJECTS = {
    "old": "article:old party:the-mayor party:governor group:activists",
    "new": (
        "article:new party:the-mayor party:city-council government:city government:state policyarea:safety "
        "policyarea:legal-aid"
    ),
    "undated": "article:undated party:the-mayor party:judges group:activists",
}
"""The tags of each sample and of the entities that it mentions."""


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def write_engine(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlalchemy.Engine]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url, open_write_engine(url) as engine:
        yield engine


@pytest.fixture
def seed_again(write_engine: sqlalchemy.Engine) -> SeedAndGetTags:
    """Seed an empty database with the samples; return a function that seeds again and returns the tags."""
    with write_engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    seed_articles(write_engine, ARTICLES)
    return lambda articles: seed_articles(write_engine, articles).tags


def edit_samples(name: str, old: str, new: str) -> list[Article]:
    """Return the samples with a text replaced in one of them."""
    assert old in TEXTS[name]
    return parse_articles({**TEXTS, name: TEXTS[name].replace(old, new)})


def tags(words: str) -> tuple[str, ...]:
    return tuple(sorted(words.split()))


def test_types_are_the_tables_of_the_schema() -> None:
    assert SCHEMA.mapping.tables.keys() == TYPES


def test_first_seeding_reports_every_type_it_inserts(write_engine: sqlalchemy.Engine) -> None:
    with write_engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    assert seed_articles(write_engine, [OLD]).tags == tags(
        f"{OBJECTS['old']} article group measure paragraph party revision role section stance table"
    )
    later = {*seed_articles(write_engine, ARTICLES).tags}
    types = {type_name.lower() for type_name in TYPES} - {"group"}
    assert later == types.union(OBJECTS["new"].split(), OBJECTS["undated"].split())


def test_unchanged_articles_report_no_tag(seed_again: SeedAndGetTags) -> None:
    assert seed_again(ARTICLES) == ()


EDITS: dict[str, tuple[list[Article], str]] = {
    "a paragraph": (edit_samples("old.md", "Before any", "Before every"), "old paragraph"),
    "an image": (edit_samples("undated.md", "raid.png", "raids.png"), "undated image paragraph"),
    "a quotation": (edit_samples("undated.md", "A quote", "A quotation"), "undated paragraph"),
    "a measure": (edit_samples("old.md", "marched", "walked"), "old measure table"),
    "a stance that is not the newest": (
        edit_samples("old.md", "Was against |", "Was for |"),
        "old measure stance table",
    ),
    "the newest stance": (edit_samples("new.md", "Is for", "Is against"), "new measure party stance table"),
    "an older spelling": (edit_samples("old.md", "the mayor", "The Mayor"), "old table"),
    "the newest spelling": (edit_samples("new.md", "THE MAYOR", "The Mayor"), "new party table"),
    "a heading": (edit_samples("undated.md", "What to do", "What to do?"), "undated section"),
    # The id of a list derives from its points.
    "a point": (edit_samples("new.md", "- One", "- Two"), "new point pointlist"),
    "a challenge": (edit_samples("undated.md", "| Delay", "| Delays"), "undated challenge proposedsolution table"),
    "a benefit": (edit_samples("undated.md", "Speed", "Haste"), "undated proposedsolution table"),
    "the newest message": (edit_samples("old.md", "| Stay", "| Leave"), "old group role table"),
    "a message of an article without a date": (edit_samples("undated.md", "| Go", "| Leave"), "undated role table"),
    "a government": (edit_samples("new.md", "State's", "Nation's"), "new approach government table government:nation"),
    "a cell of a plain table": (edit_samples("undated.md", "| 10", "| 11"), "undated table"),
    "the front matter": (edit_samples("old.md", "A. Writer", "C. Writer"), "old"),
    "another path": ([replace(OLD, path="else.md"), NEW, UNDATED], "old"),
}


@variant("postgresql")
@pytest.mark.parametrize("edit", EDITS)
def test_edit_reports_its_article_the_entities_in_it_and_the_types_it_changes(
    seed_again: SeedAndGetTags, edit: str
) -> None:
    articles, expected = EDITS[edit]
    slug, *others = expected.split()
    assert seed_again(articles) == tags(f"{OBJECTS[slug]} article revision {' '.join(others)}")


def test_changed_line_numbers_are_reported_because_queries_can_select_them(seed_again: SeedAndGetTags) -> None:
    tags_of_move = seed_again(edit_samples("old.md", "Before any", "One more.\n\nBefore any"))
    assert tags_of_move == tags(f"{OBJECTS['old']} article measure paragraph revision role section stance table")


def test_changed_date_reports_statements_because_their_order_changes(seed_again: SeedAndGetTags) -> None:
    tags_of_new_date = seed_again(edit_samples("old.md", "2019-07-16", "2022-07-16"))
    assert tags_of_new_date == tags(f"{OBJECTS['old']} article measure party revision role stance")


def test_changed_slug_reports_the_old_and_the_new_one(seed_again: SeedAndGetTags) -> None:
    assert seed_again([with_content_hash(replace(OLD, slug="東京")), NEW, UNDATED]) == tags(
        f"{OBJECTS['old']} article article:%e6%9d%b1%e4%ba%ac measure paragraph revision role section stance table"
    )


def test_exchanged_slugs_report_both_articles(seed_again: SeedAndGetTags) -> None:
    tags_of_exchange = seed_again(
        [with_content_hash(replace(OLD, slug="new")), with_content_hash(replace(NEW, slug="old")), UNDATED]
    )
    types = "approach article measure paragraph point pointlist revision role section stance table"
    assert tags_of_exchange == tags(" ".join({*f"{OBJECTS['old']} {OBJECTS['new']} {types}".split()}))


def test_removed_article_reports_the_types_of_its_content(seed_again: SeedAndGetTags) -> None:
    types = "approach article government measure party point pointlist policyarea revision section stance table"
    assert seed_again([OLD, UNDATED]) == tags(f"{OBJECTS['new']} {types}")


def test_another_parser_version_reports_all_types(write_engine: sqlalchemy.Engine, seed_again: SeedAndGetTags) -> None:
    assert seed_again(ARTICLES) == ()
    types = {type_name.lower() for type_name in TYPES}
    objects = " ".join(OBJECTS.values()).split()
    assert {*seed_articles(write_engine, ARTICLES, parser_version=2).tags} == types.union(objects)


def test_new_article_reports_only_the_entities_that_it_mentions(seed_again: SeedAndGetTags) -> None:
    seed_again([OLD, UNDATED])
    reported = {tag for tag in seed_again(ARTICLES) if ":" in tag}
    assert reported == set(OBJECTS["new"].split())


def test_entity_that_an_article_no_longer_mentions_is_reported(seed_again: SeedAndGetTags) -> None:
    assert "party:governor" in seed_again(edit_samples("old.md", "Governor", "Senator"))
    assert "party:senator" in seed_again(ARTICLES)
