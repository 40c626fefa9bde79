"""What has a global id, and what is named: the types under which nothing is asked for."""

from typing import Self

import strawberry
from strawberry import ID, Private

from counterpoint.store import models


@strawberry.interface
class Node:
    """What has a global id."""

    id: ID


@strawberry.type
class Named(Node):
    """An entity under its name."""

    row_id: Private[int]
    slug: str
    name: str

    @classmethod
    def of(cls, row: models.Entity) -> Self:
        """Show a row."""
        return cls(id=ID(f"{cls.__name__}:{row.slug}"), row_id=row.id, slug=row.slug, name=row.name)


@strawberry.type
class Group(Named):
    """Who has a function in the dispute."""
