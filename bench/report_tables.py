"""Tables of results, in a layout that suits both a terminal and Markdown."""

from collections.abc import Sequence

from bench.comparison import Result

RESULT_HEADER = (
    "scenario", "connections", "server", "requests/s", "p50 ms", "p99 ms", "p99/p50", "CPU ms", "KB",
    "rate ratio", "p50 ratio", "CPU ratio",
)  # fmt: skip


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
