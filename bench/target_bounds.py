"""A figure beside its target, as one row of a table."""

from dataclasses import dataclass

FIGURE_HEADER = ("figure", "target", "measured", "holds", "remarks")


@dataclass(frozen=True)
class Bound:
    """A limit that a figure must reach (`≥`) or not exceed (`≤`)."""

    sign: str
    limit: float
    unit: str = ""

    def holds(self, value: float) -> bool:
        """Return whether a value is within the limit."""
        return value >= self.limit if self.sign == "≥" else value <= self.limit

    def __str__(self) -> str:
        return f"{self.sign} {self.limit:,g}{self.unit}"


@dataclass(frozen=True)
class Figure:
    """A measured value and its target. `value` is None if the measurement failed; the remarks then say why.

    `size` says at which size it was measured, if that is not the size for which the target is stated.
    """

    name: str
    bound: Bound
    value: float | None
    remarks: str = ""
    size: str = ""

    @property
    def holds(self) -> bool:
        """Return whether the target is reached."""
        return self.value is not None and self.bound.holds(self.value)


def figure_row(figure: Figure) -> list[str]:
    """Return the table row of a figure. Parentheses mean that it was not measured at the target's size."""
    value = "failed" if figure.value is None else f"{_format_number(figure.value)}{figure.bound.unit}"
    holds = "yes" if figure.holds else "no"
    remarks = "; ".join(filter(None, (figure.size, figure.remarks)))
    return [figure.name, str(figure.bound), value, f"({holds})" if figure.size else holds, remarks]


def _format_number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
