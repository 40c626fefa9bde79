"""The schema mapping: the mappings of all types, fields and filters, and what follows from the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.mapping import (
    Condition,
    FieldMapping,
    InList,
    Lookup,
    TableMapping,
    referenced_table,
)
from counterpoint.engine.search_mapping import Search


@dataclass(frozen=True)
class SchemaMapping:
    """The mapping of a whole schema.

    `tables` is keyed by type, `fields` by type and field, `conditions` by filter input type and key. `revision` is the
    column with the revision's id; its table has one row. `owner` is the aggregate root type. Each part belongs to
    exactly one owner. If it references another part, that part has the same owner. `entities` are the types of objects
    that owners mention: each owner mentions all that its parts reference. `entity_tags` is the column of the owner's
    table with the cache tags of the entities that it mentions, separated by commas. If a join table links owners to
    each other, a change of one is reported as a change of all that it is linked to.
    """

    tables: Mapping[str, TableMapping]
    fields: Mapping[tuple[str, str], FieldMapping]
    conditions: Mapping[tuple[str, str], Condition]
    revision: "SqlColumn[object]"
    owner: str
    entities: tuple[str, ...]
    entity_tags: "SqlColumn[object]"

    @property
    def owner_table(self) -> Table:
        """The table of the owners."""
        return self.tables[self.owner].table

    @cached_property
    def part_tables(self) -> frozenset[str]:
        """The tables each row of which belongs to exactly one owner."""
        return frozenset(
            table.name
            for table in self.owner_table.metadata.tables.values()
            if [column.nullable for column in _columns_referencing(self.owner_table, table)] == [False]
        )

    @cached_property
    def entity_types(self) -> Mapping[str, str]:
        """The types of entities by their tables."""
        return {self.tables[type_name].table.name: type_name for type_name in self.entities}

    @cached_property
    def types_by_table(self) -> Mapping[str, frozenset[str]]:
        """The types of each table's objects.

        A table of the owner's parts without objects has the owner's type, and a table of alternative keys the type of
        the objects that it references.
        """
        types: dict[str, set[str]] = {}
        for type_name, mapping in self.tables.items():
            types.setdefault(mapping.table.name, set()).add(type_name)
        for table in self.owner_table.metadata.tables.values():
            if table.name not in types and _columns_referencing(self.owner_table, table):
                types[table.name] = {self.owner}
        for source in (*self.fields.values(), *self.conditions.values()):
            if isinstance(source, Lookup | InList) and source.alternatives:
                foreign_key = source.alternatives.foreign_key
                target = referenced_table(foreign_key.table, foreign_key.name)
                types[foreign_key.table.name] = types[target.name]
        for source in self.fields.values():
            if isinstance(source, Search):  # its table of passages has the types of all search hits
                types.setdefault(source.table.name, set()).update(source.types_by_kind.values())
        return {table: frozenset(names) for table, names in types.items()}


def _columns_referencing(target: Table, table: Table) -> "list[SqlColumn[object]]":
    return [key.parent for key in table.foreign_keys if key.column.table is target]
