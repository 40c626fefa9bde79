"""Tables of results, in a layout that suits both a terminal and Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.comparison import Result

RESULT_HEADER = (
    "scenario", "connections", "server", "requests/s", "p50 ms", "p99 ms", "p99/p50", "CPU ms", "KB",
    "rate ratio", "p50 ratio", "CPU ratio",
)  # fmt: skip

FIGURE_HEADER = ("figure", "target", "measured", "holds", "remarks")


def format_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    rule = f"|{'|'.join('-' * (width + 2) for width in widths)}|"
    return "\n".join([_format_line(header, widths), rule, *(_format_line(row, widths) for row in rows)])


def _format_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def result_rows(scenario: str, connections: int, results: Sequence[Result]) -> list[list[str]]:
    """Return one table row for each server. All ratios are to the last server."""
    reference = results[-1]
    return [
        [
            scenario,
            str(connections),
            result.server,
            f"{result.rate:,.0f}",
            f"{1000 * result.latency:.2f}",
            f"{1000 * result.percentile_99:.2f}",
            f"{result.tail_ratio:.1f}",
            f"{1000 * result.server_cpu:.3f}",
            f"{result.median(lambda measurement: measurement.received_bytes / measurement.requests) / 1024:.1f}",
            _format_ratio(result.rate, reference.rate),
            _format_ratio(result.latency, reference.latency),
            _format_ratio(result.server_cpu, reference.server_cpu),
        ]
        for result in results
    ]


def _format_ratio(value: float, reference: float) -> str:
    return f"{value / reference:.2f}" if reference else ""


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
