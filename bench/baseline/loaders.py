"""DataLoaders: what the resolvers of one request ask for, gathered into one statement a kind."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import select
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from bench.baseline.database import Rows

Loader = DataLoader[Any, Any]


@dataclass(frozen=True)
class PageOf:
    """A page of what lies under a parent; pages of one size from one place are read together."""

    parent: int
    first: int
    after: tuple[Any, ...] | None


class Loaders(BaseContext):
    """The loaders of one request, each made when first used."""

    def __init__(self, rows: Rows) -> None:
        """Load from some rows."""
        super().__init__()
        self.rows = rows
        self._made: dict[Hashable, Loader] = {}

    def one(self, model: Any) -> Loader:
        """Load rows by id."""

        async def load(ids: list[int]) -> list[Any]:
            found = {row.id: row for (row,) in await self.rows.all(select(model).where(model.id.in_(ids)))}
            return [found.get(identity) for identity in ids]

        return self._loader(model, lambda: DataLoader(load))

    def under(self, model: Any, parent: str) -> Loader:
        """Load the rows under each of some parents, in reading order."""
        column = getattr(model, parent)

        async def load(ids: list[int]) -> list[list[Any]]:
            found: dict[int, list[Any]] = defaultdict(list)
            for (row,) in await self.rows.all(select(model).where(column.in_(ids)).order_by(model.position)):
                found[getattr(row, parent)].append(row)
            return [found[identity] for identity in ids]

        return self._loader((model, parent), lambda: DataLoader(load))

    def page_under(self, model: Any, parent: str, order: Sequence[str]) -> Loader:
        """Load pages of what is under each of some parents, in an order: the first and one more."""
        column = getattr(model, parent)
        places = [getattr(model, name) for name in order]

        async def load(pages: list[PageOf]) -> list[list[Any]]:
            alike: dict[tuple[int, Any], list[int]] = defaultdict(list)
            for page in pages:
                alike[page.first, page.after].append(page.parent)
            found: dict[PageOf, list[Any]] = defaultdict(list)
            for (first, after), parents in alike.items():
                ranked = _ranked(model, column, column.in_(parents), places, first, after)
                for (row,) in await self.rows.all(ranked):
                    found[PageOf(getattr(row, parent), first, after)].append(row)
            return [found[page] for page in pages]

        return self._loader((PageOf, model, parent), lambda: DataLoader(load))

    def _loader(self, key: Hashable, make: Callable[[], Loader]) -> Loader:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def _ranked(model: Any, parent: Any, some: Any, places: list[Any], first: int, after: tuple[Any, ...] | None) -> Any:
    """Select the first rows under some parents each by a window function, and one more to know whether any follows."""
    place = func.row_number().over(partition_by=parent, order_by=places)
    inner = select(model, place.label("place")).where(some)
    if after:
        inner = inner.where(tuple_(*places) > after)
    numbered = inner.subquery()
    return select(aliased(model, numbered)).where(numbered.c.place <= first + 1).order_by(numbered.c.place)
