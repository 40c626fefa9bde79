"""Tag scopes: the rows that the cache tags of single objects cover.

An object with a tag of its own is an owner or an entity. The tag of an owner covers the owner and its parts. The tag
of an entity covers the entity, and all owners that mention it with their parts, because a seeding that changes an owner
reports all entities that the owner mentioned before or mentions after. If a row is covered, a query that reads it needs
no tag of the row's type.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Table

from counterpoint.engine.mapping import Relation, referenced_table
from counterpoint.engine.schema_mapping import SchemaMapping


@dataclass(frozen=True)
class TagScope:
    """The objects of one type whose tags cover a row: the objects that a query looks up by their keys.

    If `is_mentioned`, they are instead the entities of this type that the looked-up owners mention. With `is_entity`,
    the row is one of the entities. Otherwise it is an owner that is or mentions one of the objects, or a part of it.
    With `is_peer`, it is an owner that a join table links to a looked-up owner, or a part of it.
    `foreign_key` is the column by which the row references the entity, if it is the reason for the scope.
    """

    type_name: str
    is_mentioned: bool = False
    is_entity: bool = False
    is_peer: bool = False
    foreign_key: str | None = None

    def of_referenced(self, mapping: SchemaMapping, table: Table, foreign_key: str) -> "TagScope | None":
        """Return the scope of the row that a row of this scope references; None if no tag covers it."""
        target = referenced_table(table, foreign_key)
        if self.is_entity or table.name not in mapping.part_tables:
            return None
        if target is mapping.owner_table or target.name in mapping.part_tables:
            return replace(self, foreign_key=None)
        if foreign_key == self.foreign_key:
            return replace(self, is_entity=True, foreign_key=None)
        entity_type = mapping.entity_types.get(target.name)
        if entity_type and self.type_name == mapping.owner and not self.is_peer:
            return TagScope(entity_type, is_mentioned=True, is_entity=True)
        return None

    def of_links(self, mapping: SchemaMapping, relation: Relation) -> "TagScope | None":
        """Return the scope of the rows that hold the id of a row of this scope as `relation.parent_column`."""
        if relation.parent_column.table.name not in mapping.part_tables:
            return None
        return replace(self, is_entity=False, foreign_key=relation.parent_column.name if self.is_entity else None)

    def of_referencing(self, mapping: SchemaMapping, table: Table, foreign_key: str) -> "TagScope | None":
        """Return the scope of the rows of a table that reference rows of this scope."""
        if table.name not in mapping.part_tables:
            return None
        return replace(self, is_entity=False, foreign_key=foreign_key if self.is_entity else None)

    def of_parents(self, mapping: SchemaMapping, table: Table, relation: Relation) -> "TagScope | None":
        """Return the scope of the rows of a table that have children of this scope."""
        links = relation.parent_column.table
        if table is not mapping.owner_table and table.name not in mapping.part_tables:
            return None
        if links.name not in mapping.part_tables:
            return None
        if relation.child_column is None:
            return replace(self, foreign_key=None)
        scope = self.of_referencing(mapping, links, relation.child_column.name)
        return scope and replace(scope, foreign_key=None)


def lookup_scope(mapping: SchemaMapping, table: Table, column: str) -> TagScope | None:
    """Return the scope of the rows of a table that a query finds by a column; None if it does not hold their keys."""
    type_name = mapping.owner if table is mapping.owner_table else mapping.entity_types.get(table.name)
    if type_name is None or mapping.tables[type_name].key != column:
        return None
    return TagScope(type_name, is_entity=type_name != mapping.owner)


def child_scopes(
    mapping: SchemaMapping, scope: TagScope | None, relation: Relation
) -> tuple[TagScope | None, TagScope | None]:
    """Return the scopes of the children of a row, and of the join table's rows that lead to them."""
    if scope and relation.links_peers and scope.type_name == mapping.owner:
        peers = replace(scope, is_peer=True)
        return peers, peers
    links = scope and scope.of_links(mapping, relation)
    if links is None or relation.child_column is None:
        return links, links
    return links.of_referenced(mapping, relation.parent_column.table, relation.child_column.name), links
