"""Integer ids for new rows, and the ids that entities already have."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from counterpoint.store import models
from counterpoint.store.statement_kinds import ENTITY_KINDS

ModelRow = dict[str, Any]
"""Column names and values of a row to insert."""

ModelRows = dict[type[models.Base], list[ModelRow]]


@dataclass
class IdAllocator:
    """The next free id of each table, and the ids of entities by slug."""

    next_free: dict[type[models.Base], int] = field(default_factory=lambda: defaultdict(int))
    entities: dict[type[models.Base], dict[str, int]] = field(
        default_factory=lambda: {kind.model: {} for kind in ENTITY_KINDS}
    )

    def next(self, model: type[models.Base]) -> int:
        """Return the next free id of a table, and mark it as used."""
        return self.reserve(model, 1)

    def reserve(self, model: type[models.Base], count: int) -> int:
        """Return the first of the next free ids of a table, and mark this number of them as used."""
        row_id = self.next_free[model]
        self.next_free[model] += count
        return row_id


def find_next_id(connection: Connection, model: type[models.Base]) -> int:
    """Return the id after the highest of a table."""
    return (connection.scalar(select(func.max(models.sql_table(model).c.id))) or 0) + 1
