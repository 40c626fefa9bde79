"""The registry of entity and statement kinds is complete, and names only columns that exist."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from counterpoint.api.search import SearchKind
from counterpoint.article import records
from counterpoint.article.content_keys import Record
from counterpoint.store import models
from counterpoint.store.statement_kinds import (
    ENTITY_KINDS,
    NODE_TYPES,
    STATEMENT_KIND_OF,
    STATEMENT_KINDS,
    EntityKind,
    StatementKind,
)


def columns(model: type[models.Base]) -> set[str]:
    return set(models.sql_table(model).c.keys())


def attributes(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def test_every_passage_kind_is_a_search_kind() -> None:
    assert {kind.name for kind in SearchKind} == set(models.PassageKind)


def test_every_statement_has_a_kind() -> None:
    assert {kind.model for kind in STATEMENT_KINDS} == set(models.Statement.__subclasses__())
    assert STATEMENT_KIND_OF.keys() == set(get_args(Record))
    assert [kind.name for kind in STATEMENT_KINDS] == [kind.record.__name__ for kind in STATEMENT_KINDS]


def test_every_entity_has_a_kind() -> None:
    assert {kind.model for kind in ENTITY_KINDS} == set(models.Entity.__subclasses__())
    assert {kind.mention for kind in ENTITY_KINDS} == set(models.Mention.__subclasses__())


def test_every_passage_kind_belongs_to_one_kind() -> None:
    kinds = models.PassageKind
    others = {kinds.ARTICLE, kinds.SECTION, kinds.PARAGRAPH, kinds.TABLE}
    passages = [kind.passage for kind in (*ENTITY_KINDS, *STATEMENT_KINDS)]
    assert others | {*passages} == set(kinds) == NODE_TYPES.keys()
    assert len(kinds) == len(others) + len(passages)


@pytest.mark.parametrize("kind", STATEMENT_KINDS, ids=lambda kind: kind.name)
def test_statement_kind_fills_all_columns_of_its_own(kind: StatementKind) -> None:
    own_columns = columns(kind.model) - models.Statement.model_fields.keys()
    filled = {*kind.block_columns, *filter(None, [kind.parent_key])} | (attributes(kind.record) & own_columns)
    filled |= {name + suffix for name in kind.compared for suffix in ("", "_key", "_key_tail")}
    filled |= {entity.foreign_key for entity in (*kind.entities, *kind.parent_entities)}
    assert filled == own_columns


@pytest.mark.parametrize("kind", STATEMENT_KINDS, ids=lambda kind: kind.name)
def test_statement_kind_names_attributes_of_its_record(kind: StatementKind) -> None:
    entities = {entity.attribute for entity in kind.entities}
    assert {*kind.compared, *kind.searchable} | entities <= attributes(kind.record)
    assert not {entity.attribute for entity in kind.parent_entities} & attributes(kind.record)


@pytest.mark.parametrize("kind", ENTITY_KINDS, ids=lambda kind: kind.attribute)
def test_entity_kind_names_columns_that_exist(kind: EntityKind) -> None:
    assert columns(kind.model) == {"id", "slug", "name", "name_key", "aliases", *kind.current}
    assert columns(kind.alias) == {"slug", kind.foreign_key}
    assert kind.foreign_key in columns(kind.mention)
    assert all(column in columns(statement) for statement, column in kind.current.values())


def test_kinds_of_parents_come_first() -> None:
    tables = [models.sql_table(kind.model) for kind in STATEMENT_KINDS]
    for at, kind in enumerate(STATEMENT_KINDS):
        if kind.parent_key:
            (key,) = models.sql_table(kind.model).c[kind.parent_key].foreign_keys
            assert key.column.table in tables[:at]


def test_only_statements_in_tables_name_entities() -> None:
    naming = {kind.record for kind in STATEMENT_KINDS if kind.entities}
    assert naming <= set(get_args(records.TableStatement))
