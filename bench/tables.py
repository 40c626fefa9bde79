"""Results as tables that read well in a terminal and in Markdown."""

from collections.abc import Sequence

from bench.comparison import Result

COMPARED = (
    "scenario",
    "connections",
    "server",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "p99/p50",
    "CPU ms each",
    "KB each",
    "ratio",
)


SCALED = (*COMPARED[:2], "database", *COMPARED[3:8], "p50 ratio", "CPU ratio")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out cells in columns, the first on the left."""
    widths = [max(len(row[at]) for row in (header, *rows)) for at in range(len(header))]
    lines = [_line(header, widths), f"|{'|'.join('-' * (width + 2) for width in widths)}|"]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def compared(scenario: str, connections: int, results: Sequence[Result]) -> list[list[str]]:
    """Give a row for each server; the ratio is to the last."""
    return [
        [
            scenario,
            str(connections),
            result.server,
            f"{result.rate:,.0f}",
            f"{1000 * result.median(lambda each: each.median):.2f}",
            f"{1000 * result.median(lambda each: each.percentile_99):.2f}",
            f"{result.spread:.1f}",
            f"{1000 * result.median(lambda each: each.server_cpu / each.requests):.3f}",
            f"{result.median(lambda each: each.received / each.requests) / 1024:.1f}",
            f"{result.rate / results[-1].rate:.2f}",
        ]
        for result in results
    ]


def scaled(scenario: str, connections: int, results: Sequence[Result]) -> list[list[str]]:
    """Give a row for each database; the ratios are to the first."""
    latencies = [result.median(lambda each: each.median) for result in results]
    processor = [result.median(lambda each: each.server_cpu / each.requests) for result in results]
    return [
        [
            scenario,
            str(connections),
            result.server,
            f"{result.rate:,.0f}",
            f"{1000 * latency:.2f}",
            f"{1000 * result.median(lambda each: each.percentile_99):.2f}",
            f"{result.spread:.1f}",
            f"{1000 * used:.3f}",
            f"{latency / latencies[0]:.2f}",
            f"{used / processor[0]:.2f}" if processor[0] else "",
        ]
        for result, latency, used in zip(results, latencies, processor, strict=True)
    ]
