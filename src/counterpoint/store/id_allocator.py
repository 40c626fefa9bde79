"""The ids of rows in the making: which are free, and which entities have theirs already."""

from dataclasses import dataclass, field
from typing import Any

from counterpoint.store import models

ModelRow = dict[str, Any]
ModelRows = dict[type[models.Base], list[ModelRow]]

ENTITIES: tuple[type[models.Entity], ...] = (models.Party, models.Government, models.PolicyArea, models.Group)


@dataclass
class IdAllocator:
    """The next free id of each table, and the ids of the entities by slug."""

    free: dict[type[models.Base], int]
    entities: dict[type[models.Entity], dict[str, int]] = field(
        default_factory=lambda: {entity: {} for entity in ENTITIES}
    )

    def take(self, model: type[models.Base]) -> int:
        """Take the next id of a table."""
        taken = self.free[model]
        self.free[model] += 1
        return taken
