"""The node interface, and the entity types without fields that need a resolver."""

from typing import Self

import strawberry
from strawberry import ID, Private

from counterpoint.store import models


@strawberry.interface
class Node:
    """An object with a global id."""

    id: ID


@strawberry.type
class Entity(Node):
    """An object with a name and a slug."""

    row_id: Private[int]
    slug: str
    name: str

    @classmethod
    def from_row(cls, row: models.Entity) -> Self:
        """Build the object from its database row."""
        return cls(id=ID(f"{cls.__name__}:{row.slug}"), row_id=row.id, slug=row.slug, name=row.name)


@strawberry.type
class Group(Entity):
    """A group with a function in a dispute."""
