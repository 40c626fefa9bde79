"""Seedings link the language versions of an article, also those in files that did not change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.errors import InvalidFiles
from support.article_strategies import with_content_hash
from support.database_helpers import (
    DATABASE_KINDS,
    EngineClient,
    migrated_database,
    open_client,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from counterpoint.store.seeding_options import SeedResult
    from support.postgresql_server import PostgresqlServer


class Content:
    """A database that is seeded from articles, and queried."""

    def __init__(self, engine: sqlalchemy.Engine, api: EngineClient) -> None:
        self._engine = engine
        self._api = api

    def seed(self, *articles: Article) -> SeedResult:
        """Replace the content."""
        return seed_articles(self._engine, articles)

    def find(self, slug: str) -> Any:
        """Look up an article."""
        return self._api.execute(
            "query ($slug: String!) { article(slug: $slug) { slug formerSlugs translations { slug } } }", {"slug": slug}
        )["article"]

    def translations(self) -> dict[str, list[str]]:
        """Return the slugs of the translations of each article by its slug."""
        nodes = self._api.execute("{ articles { nodes { slug translations { slug } } } }")["articles"]["nodes"]
        return {node["slug"]: [other["slug"] for other in node["translations"]] for node in nodes}


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def shared_content(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Content]:
    with (
        migrated_database(request.param, postgresql, tmp_path_factory) as url,
        open_write_engine(url) as engine,
        open_client(url) as api,
    ):
        yield Content(engine, api)


@pytest.fixture
def content(shared_content: Content) -> Content:
    """Return a database without articles."""
    shared_content.seed()
    return shared_content


def article(name: str, language: str = "en", /, **keys: str) -> Article:
    """Return the article of a file with these keys in its front matter, after three lines."""
    lines = [f"title: {name}", f"language: {language}", *(f"{key}: {value}" for key, value in keys.items())]
    text = "\n".join(["---", *lines, "---", "", f"Text of {name}.\n"])
    (parsed,) = parse_articles({f"{name}.md": text})
    return parsed


ORIGINAL = article("original")
GERMAN = article("deutsch", "de", translation_of="original")
SPANISH = article("espanol", "es", translation_of="deutsch")
OTHER = article("other")


def test_translations_know_each_other_in_all_directions_by_language(content: Content) -> None:
    content.seed(ORIGINAL, GERMAN, SPANISH, OTHER)
    assert content.translations() == {
        "deutsch": ["original", "espanol"],
        "espanol": ["deutsch", "original"],
        "original": ["deutsch", "espanol"],
        "other": [],
    }


def test_articles_that_translate_each_other_are_one_group(content: Content) -> None:
    content.seed(article("a", "en", translation_of="b"), article("b", "de", translation_of="a"))
    assert content.translations() == {"a": ["b"], "b": ["a"]}


def test_same_languages_are_listed_by_slug_and_reported(content: Content) -> None:
    result = content.seed(ORIGINAL, GERMAN, article("b", "DE", translation_of="original"), OTHER)
    assert content.translations()["original"] == ["b", "deutsch"]
    assert [str(warning) for warning in result.warnings] == [
        "deutsch.md:4:17: warning: b.md is a version of the same article in the language de too "
        "(expected one version for each language)"
    ]


def test_translation_of_a_former_slug_finds_the_article(content: Content) -> None:
    content.seed(article("now", former_slugs="[original]"), GERMAN)
    assert content.translations() == {"deutsch": ["now"], "now": ["deutsch"]}


STEPS = {
    "a translation is added": [[ORIGINAL, GERMAN], [ORIGINAL, GERMAN, SPANISH]],
    "a translation is removed": [[ORIGINAL, GERMAN, article("italiano", "it", translation_of="original")]],
    "the link between two translations is removed": [
        [ORIGINAL, article("deutsch", "de"), article("espanol", "es", translation_of="original"), OTHER]
    ],
    "the original is renamed": [
        [with_content_hash(replace(ORIGINAL, slug="first", former_slugs=("original",))), GERMAN, SPANISH]
    ],
    "a language changes": [[ORIGINAL, GERMAN, with_content_hash(replace(SPANISH, language="ca")), OTHER]],
    "another article takes the slug": [
        [with_content_hash(replace(ORIGINAL, slug="first")), article("original", "fr"), GERMAN, SPANISH]
    ],
    "a group is split": [[ORIGINAL, article("deutsch", "de"), SPANISH]],
    "all are removed": [[], [OTHER]],
}


@variant("postgresql")
@pytest.mark.parametrize("name", STEPS)
def test_links_do_not_depend_on_earlier_seedings(content: Content, name: str) -> None:
    steps = [[ORIGINAL, GERMAN, SPANISH, OTHER], *STEPS[name], [ORIGINAL, GERMAN, SPANISH]]
    for articles in steps:
        content.seed(*articles)
        seen = content.translations()
        content.seed()
        content.seed(*articles)
        assert content.translations() == seen


def test_change_of_a_translation_is_reported_for_all_versions(content: Content) -> None:
    content.seed(article("original", former_slugs="first"), GERMAN, SPANISH, OTHER)
    changed = with_content_hash(replace(SPANISH, title="Nuevo"))
    tags = {*content.seed(article("original", former_slugs="first"), GERMAN, changed, OTHER).tags}
    assert tags == {"article", "article:deutsch", "article:espanol", "article:first", "article:original", "revision"}


def test_removed_translation_is_reported_for_the_others(content: Content) -> None:
    content.seed(ORIGINAL, GERMAN, SPANISH, OTHER)
    tags = content.seed(ORIGINAL, GERMAN, OTHER).tags
    assert {"article:deutsch", "article:espanol", "article:original"} <= {*tags}
    assert "article:other" not in tags


def test_missing_original_is_an_error_at_its_place_also_in_an_unchanged_file(content: Content) -> None:
    content.seed(ORIGINAL, GERMAN)
    with pytest.raises(InvalidFiles) as caught:
        content.seed(GERMAN, article("b", "es", translation_of='"No such"'))
    assert [str(problem) for problem in caught.value.problems] == [
        "b.md:4:17: there is no article 'no-such' that this one could be a translation of "
        "(expected the slug of an article in this folder that is not a draft)",
        "deutsch.md:4:17: there is no article 'original' that this one could be a translation of "
        "(expected the slug of an article in this folder that is not a draft)",
    ]
    assert content.translations() == {"deutsch": ["original"], "original": ["deutsch"]}


def test_draft_is_no_original(content: Content) -> None:
    with pytest.raises(InvalidFiles, match=r"deutsch\.md:4:17: there is no article 'original'"):
        content.seed(article("original", draft="true"), GERMAN)


def test_former_slugs_find_the_article_in_the_order_of_the_file(content: Content) -> None:
    content.seed(article("now", former_slugs="[Was There, b, 2019]"), OTHER)
    expected = {"slug": "now", "formerSlugs": ["was-there", "b", "2019"], "translations": []}
    assert [content.find(slug) for slug in ("now", "was-there", "b", "2019")] == [expected] * 4
    assert content.find("Was There") is None
    assert content.find("other")["formerSlugs"] == []
    content.seed(article("now", former_slugs="b"), article("was-there"))
    assert content.find("was-there")["slug"] == "was-there"
    assert content.find("2019") is None


def test_former_slug_may_move_to_the_article_that_takes_it(content: Content) -> None:
    content.seed(article("a", former_slugs="x"), article("b", former_slugs="y"))
    content.seed(article("a", former_slugs="y"), article("b", former_slugs="x"))
    assert [content.find("x")["slug"], content.find("y")["slug"]] == ["b", "a"]


CLAIMS = {
    "its slug is a former one": (
        [article("a", former_slugs="[x, b]"), article("b", slug="B")],
        "b.md:4:7: duplicate slug 'b': a.md had it formerly (remove it from one of them)",
    ),
    "its former slug is a slug": (
        [article("b"), article("c", former_slugs="[x, b]")],
        "c.md:4:19: duplicate former slug 'b': b.md has it now (remove it from one of them)",
    ),
    "both had it": (
        [article("a", former_slugs="x"), article("b", former_slugs="X")],
        "b.md:4:15: duplicate former slug 'x': a.md has it too (remove it from one of them)",
    ),
    "both have it": (
        [article("a"), article("b", slug="a")],
        "b.md:4:7: duplicate slug 'a': a.md has it too (give one of them its own `slug:`)",
    ),
}


@variant("postgresql")
@pytest.mark.parametrize("name", CLAIMS)
@pytest.mark.parametrize("is_first_stored", [False, True], ids=["together", "one after the other"])
def test_slug_of_two_articles_is_an_error_that_names_both_files(
    content: Content, name: str, is_first_stored: bool
) -> None:
    articles, message = CLAIMS[name]
    if is_first_stored:
        content.seed(articles[0])
    before = content.translations()
    with pytest.raises(InvalidFiles) as caught:
        content.seed(*articles)
    assert str(caught.value) == message
    assert content.translations() == before
