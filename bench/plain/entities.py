"""The types under which nothing is asked for."""

from typing import Self

import strawberry
from strawberry import ID

from counterpoint.store import models


@strawberry.interface
class Node:
    """What has a global id."""

    id: ID


@strawberry.type
class Named(Node):
    """An entity of which the name alone is asked for."""

    slug: str
    name: str

    @classmethod
    def of(cls, row: models.Entity) -> Self:
        """Show a row."""
        return cls(id=ID(f"{cls.__name__}:{row.slug}"), slug=row.slug, name=row.name)


@strawberry.type
class Government(Named):
    """Whose approaches are compared."""


@strawberry.type
class PolicyArea(Named):
    """In which approaches are compared."""


@strawberry.type
class Group(Named):
    """Who has a function in the dispute."""
