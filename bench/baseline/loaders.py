"""DataLoaders: collect the keys that the resolvers of one request need, and read them with one query for each kind."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import select
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from bench.baseline.database import Reader

Loader = DataLoader[Any, Any]


@dataclass(frozen=True)
class ChildPageKey:
    """Key of a page of children. Pages with the same size and cursor are read by one query."""

    parent_id: int
    first: int
    after: tuple[Any, ...] | None


class Loaders(BaseContext):
    """The DataLoaders of one request, each created on first use."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self._loaders: dict[Hashable, Loader] = {}

    def by_id(self, model: Any) -> Loader:
        """Return a loader of rows by their ids."""

        async def load(ids: list[int]) -> list[Any]:
            query = select(model).where(model.id.in_(ids))
            rows = {row.id: row for (row,) in await self.reader.fetch_all(query)}
            return [rows.get(row_id) for row_id in ids]

        return self._get_or_create(model, lambda: DataLoader(load))

    def children(self, model: Any, parent_column: str) -> Loader:
        """Return a loader of all child rows by parent id, in reading order."""
        column = getattr(model, parent_column)

        async def load(ids: list[int]) -> list[list[Any]]:
            rows: dict[int, list[Any]] = defaultdict(list)
            query = select(model).where(column.in_(ids)).order_by(model.position)
            for (row,) in await self.reader.fetch_all(query):
                rows[getattr(row, parent_column)].append(row)
            return [rows[parent_id] for parent_id in ids]

        return self._get_or_create((model, parent_column), lambda: DataLoader(load))

    def child_pages(self, model: Any, parent_column: str, order: Sequence[str]) -> Loader:
        """Return a loader of `first` + 1 ordered child rows by page key."""
        column = getattr(model, parent_column)
        order_columns = [getattr(model, name) for name in order]

        async def load(keys: list[ChildPageKey]) -> list[list[Any]]:
            parents: dict[tuple[int, Any], list[int]] = defaultdict(list)
            for key in keys:
                parents[key.first, key.after].append(key.parent_id)
            rows: dict[ChildPageKey, list[Any]] = defaultdict(list)
            for (first, after), parent_ids in parents.items():
                query = _select_first_children(model, column, parent_ids, order_columns, first, after)
                for (row,) in await self.reader.fetch_all(query):
                    rows[ChildPageKey(getattr(row, parent_column), first, after)].append(row)
            return [rows[key] for key in keys]

        return self._get_or_create((ChildPageKey, model, parent_column), lambda: DataLoader(load))

    def _get_or_create(self, key: Hashable, create: Callable[[], Loader]) -> Loader:
        if key not in self._loaders:
            self._loaders[key] = create()
        return self._loaders[key]


def _select_first_children(
    model: Any, parent_column: Any, parent_ids: list[int], order: list[Any], first: int, after: tuple[Any, ...] | None
) -> Any:
    """Select the first children of each parent with a window function, and one more to detect a next page."""
    rank = func.row_number().over(partition_by=parent_column, order_by=order)
    children = select(model, rank.label("rank")).where(parent_column.in_(parent_ids))
    if after:
        children = children.where(tuple_(*order) > after)
    ranked = children.subquery()
    return select(aliased(model, ranked)).where(ranked.c.rank <= first + 1).order_by(ranked.c.rank)
