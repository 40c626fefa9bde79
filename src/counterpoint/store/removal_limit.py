"""The limit on removals: it stops a seeding of the wrong folder, or of half a folder, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from counterpoint.errors import TooManyRemovals

UNGUARDED_ARTICLES = 10
"""Number of stored articles up to which the default limit allows all removals but that of the last article."""

SHOWN_PATHS = 5


@dataclass(frozen=True)
class RemovalLimit:
    """The largest number of stored articles that a seeding may remove, absolute or as a percentage of all."""

    value: float
    is_percentage: bool
    is_default: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `N` or `N%`. Raise ValueError."""
        number = text.removesuffix("%").strip()
        if not (number.isascii() and number.isdigit()):
            raise ValueError(f"{text!r} is not a number such as 20 or a percentage such as 75%")
        limit = cls(int(number), is_percentage=text.endswith("%"))
        if limit.is_percentage and limit.value > 100:
            raise ValueError(f"{text!r} is more than 100%")
        return limit

    def check(self, removed: Sequence[str], *, stored_count: int, file_count: int) -> TooManyRemovals | None:
        """Return the error if a seeding that removes these paths exceeds the limit."""
        if removed and self._is_exceeded(len(removed), stored_count, file_count):
            return TooManyRemovals(self._describe(removed, stored_count, file_count))
        return None

    def _is_exceeded(self, removed_count: int, stored_count: int, file_count: int) -> bool:
        if self.is_default and (file_count == 0 or stored_count <= UNGUARDED_ARTICLES):
            return file_count == 0
        allowed = self.value * stored_count / 100 if self.is_percentage else self.value
        return removed_count > allowed

    def _describe(self, removed: Sequence[str], stored_count: int, file_count: int) -> str:
        paths = ", ".join(path if path.isprintable() else ascii(path) for path in sorted(removed)[:SHOWN_PATHS])
        more = f" and {len(removed) - SHOWN_PATHS:,} more" if len(removed) > SHOWN_PATHS else ""
        reason = "The folder holds no article. " if file_count == 0 else ""
        limit = "" if file_count == 0 and self.is_default else f", and the limit is {self}"
        return (
            f"{reason}Seeding would remove {len(removed):,} of {stored_count:,} articles{limit}: {paths}{more}. "
            f"Nothing was written. If you want to remove them, add --max-removals {len(removed)}."
        )

    def __str__(self) -> str:
        return f"{self.value:g}{'%' if self.is_percentage else ''}"


DEFAULT_REMOVAL_LIMIT = RemovalLimit(50, is_percentage=True, is_default=True)
