"""Pagination through whole lists, forward and backward, in every order, also while articles are added and removed."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from support.database_helpers import (
    DATABASE_KINDS,
    EngineClient,
    open_client,
    open_seeded_client,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, order_names, read_cursors_by_order
from support.variants import sample, variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

PAGE = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
FORWARD = "first: $size, after: $cursor"
BACKWARD = "last: $size, before: $cursor"

NESTED_CONNECTIONS = {
    'party(slug: "the-mayor")': ("stances", "measures", "articles"),
    'government(slug: "city")': ("approaches", "articles"),
    'policyArea(slug: "safety")': ("approaches", "articles"),
    'group(slug: "activists")': ("roles", "articles"),
}
"""Connections of an object."""

ORDERS = [(name, order) for name, field in CONNECTION_FIELDS.items() for order in order_names(field)]
LISTS = [("", name, order) for name, order in ORDERS] + [
    (parent, name, order)
    for parent, names in NESTED_CONNECTIONS.items()
    for name in names
    for order in order_names(CONNECTION_FIELDS[name])
]


@dataclass
class Walk:
    """The pagination through one connection in one order, from its start or from its end."""

    parent: str
    name: str
    order: str
    size: int
    backward: bool = False
    cursor: str | None = None
    done: bool = False
    pages: list[list[str]] = field(default_factory=list)
    """The ids on each page."""

    def step(self, api: EngineClient) -> None:
        """Read the next page."""
        page = self._fetch_page(api)
        self.pages.append([edge["node"]["id"] for edge in page["edges"]])
        info = page["pageInfo"]
        self.done = not info["hasPreviousPage" if self.backward else "hasNextPage"]
        self.cursor = info["startCursor" if self.backward else "endCursor"]

    def whole(self, api: EngineClient) -> list[str]:
        """Read all pages, and return the ids in the order of the list."""
        while not self.done:
            self.step(api)
        return self.seen

    @property
    def seen(self) -> list[str]:
        """The ids so far, in the order of the list."""
        pages = reversed(self.pages) if self.backward else self.pages
        return [global_id for page in pages for global_id in page]

    def _fetch_page(self, api: EngineClient) -> Any:
        page_arguments = BACKWARD if self.backward else FORWARD
        connection = f"{self.name}({page_arguments}, orderBy: {self.order}) {{ {PAGE} }}"
        query = f"{self.parent} {{ {connection} }}" if self.parent else connection
        data = api.execute(
            f"query ($size: Int!, $cursor: String) {{ {query} }}", {"size": self.size, "cursor": self.cursor}
        )
        for key in (self.parent.partition("(")[0], self.name):
            data = data[key] if key else data
        return data


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@variant("postgresql")
@pytest.mark.parametrize(("parent", "name", "order"), sample(LISTS, 3))
def test_every_page_size_and_direction_gives_the_same_list(
    api: EngineClient, parent: str, name: str, order: str
) -> None:
    whole = Walk(parent, name, order, size=100).whole(api)
    assert len(whole) == len(set(whole)) > 0
    for size in range(1, len(whole) + 2):
        forward, backward = Walk(parent, name, order, size), Walk(parent, name, order, size, backward=True)
        assert forward.whole(api) == whole
        assert backward.whole(api) == whole
        assert len(forward.pages) == len(backward.pages) == -(-len(whole) // size)


@pytest.mark.parametrize("name", CONNECTION_FIELDS)
def test_second_order_of_each_pair_is_the_exact_reverse(api: EngineClient, name: str) -> None:
    orders = order_names(CONNECTION_FIELDS[name])
    for one, other in zip(orders[::2], orders[1::2], strict=True):
        assert Walk("", name, one, size=100).whole(api) == Walk("", name, other, size=100).whole(api)[::-1]


def make_article(number: int) -> Article:
    """Build an article with entities that it shares with others, and with unique ones."""
    shared, unique = f"Shared {number % 4}", f"Own {number:02}"
    day = f"published: 20{number % 7:02}-01-{number % 3 + 1:02}\n" if number % 5 else ""
    table = "\n|---|---|---|\n"
    text = (
        f"---\ntitle: {'ABC'[number % 3]} quarrel {number % 2}\n{day}---\n\n"
        f"| Party | Stance | Recent Measures |{table}| {shared} | for {number} | did; did more |\n"
        f"| {unique} | against | |\n\n"
        f"| Policy Area | {shared}'s Approach | {unique}'s Approach |{table}| {shared} | a | b |\n"
        f"| {unique} | | c |\n\n"
        f"| Group | Function | Core Message |{table}| {shared} | f | m |\n| {unique} | f | m |\n\n"
        f"| Challenge | Proposed Solution | Anticipated Benefit |{table}| Why | talk | t |\n| How | wait | w |\n\n"
        "{.highlights}\n- One\n- Two\n"
    )
    (article,) = parse_articles({f"quarrel-{number:02}.md": text})
    return article


ALL_ARTICLES = [make_article(number) for number in range(16)]
PERMANENT_ARTICLES = ALL_ARTICLES[::2]
TEMPORARY_ARTICLES = ALL_ARTICLES[1::2]


@variant("postgresql")
@pytest.mark.slow
def test_permanent_rows_are_seen_exactly_once_while_articles_change(database_url: str) -> None:
    random = Random(database_url.partition(":")[0])
    walks = [
        Walk(parent, name, order, size=random.randint(2, 3), backward=backward)
        for parent, name, order in [("", *pair) for pair in ORDERS] + [('party(slug: "shared-0")', "stances", "NEWEST")]
        for backward in (False, True)
    ]
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, PERMANENT_ARTICLES)
        permanent_ids = [Walk(walk.parent, walk.name, walk.order, size=100).whole(api) for walk in walks]
        while any(not walk.done for walk in walks):
            seed_articles(
                engine,
                [*PERMANENT_ARTICLES, *random.sample(TEMPORARY_ARTICLES, random.randint(0, len(TEMPORARY_ARTICLES)))],
            )
            for walk in walks:
                if not walk.done:
                    walk.step(api)
    for walk, permanent in zip(walks, permanent_ids, strict=True):
        assert len(walk.seen) == len(set(walk.seen)), walk
        assert [global_id for global_id in walk.seen if global_id in permanent] == permanent, walk
        assert len(walk.pages) > 1
    assert any(len(walk.seen) > len(permanent) for walk, permanent in zip(walks, permanent_ids, strict=True))


def test_before_alone_gives_the_twenty_rows_before_it(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, ALL_ARTICLES)
        for order, cursors in read_cursors_by_order(api).items():
            for name in (name for name, other in ORDERS if other == order):
                whole = Walk("", name, order, size=100).whole(api)
                document = f"query ($before: String) {{ {name}(before: $before, orderBy: {order}) {{ {PAGE} }} }}"
                for place in (0, 1, len(whole) - 1):
                    data = api.execute(document, {"before": cursors[whole[place]]})[name]
                    assert [edge["node"]["id"] for edge in data["edges"]] == whole[max(place - 20, 0) : place]
                    assert data["pageInfo"]["hasPreviousPage"] is (place > 20)
                    assert data["pageInfo"]["hasNextPage"] is True
