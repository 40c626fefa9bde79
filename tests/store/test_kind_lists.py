"""The kinds of content: each place that lists them lists all."""

from __future__ import annotations

from counterpoint.api.search import SearchKind
from counterpoint.store import models
from counterpoint.store.id_allocator import ENTITIES
from counterpoint.store.passages import NAMES
from counterpoint.store.passages import STATEMENTS as FOUND_AS
from counterpoint.store.records_to_rows import MENTIONS, STATEMENTS


def test_whatever_passages_are_of_can_be_searched_for() -> None:
    assert {kind.name for kind in SearchKind} == set(models.PassageKind)


def test_every_statement_is_written_and_found() -> None:
    assert set(STATEMENTS.values()) == set(models.Statement.__subclasses__())
    assert STATEMENTS.keys() == FOUND_AS.keys()


def test_every_entity_is_named_mentioned_and_found() -> None:
    assert set(ENTITIES) == NAMES.keys() == MENTIONS.keys() == set(models.Entity.__subclasses__())
    assert {mention for mention, _ in MENTIONS.values()} == set(models.Mention.__subclasses__())


def test_every_kind_of_passage_is_made_of_something() -> None:
    kinds = models.PassageKind
    own = {kinds.ARTICLE, kinds.SECTION, kinds.PARAGRAPH, kinds.TABLE}
    assert own | {*NAMES.values()} | {*FOUND_AS.values()} == set(kinds)
    assert len(kinds) == len(own) + len(NAMES) + len(FOUND_AS)
