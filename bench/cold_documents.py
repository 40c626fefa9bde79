"""Time to parse, validate and plan documents that the engine has not seen before."""

import gc
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median

from counterpoint.api.schema import build_schema
from counterpoint.app import build_limits
from counterpoint.database_url import parse_database_url
from counterpoint.engine.document.documents import coerce_variables, parse_document
from counterpoint.engine.plans import compile_plan
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.settings import Settings

WARM_UP_DOCUMENTS = 20

LEAF_FIELD = re.compile(r"^( +)(\w+)$", re.MULTILINE)
"""Matches a field without selection set, on a line of its own."""


@dataclass(frozen=True)
class StepTimes:
    """Milliseconds of each step, one value for each document. `cpu` is the CPU time of both steps."""

    parse_and_validate: list[float]
    plan: list[float]
    cpu: list[float]

    @property
    def total(self) -> list[float]:
        """Milliseconds of both steps together."""
        return [sum(steps) for steps in zip(self.parse_and_validate, self.plan, strict=True)]


def document_variants(document: str) -> Iterator[str]:
    """Yield copies of a document with new names for the operation, the root field and every second leaf field."""
    for number in count(1):
        leaf_numbers = count(number % 2)

        def rename(leaf: "re.Match[str]", leaf_numbers: Iterator[int] = leaf_numbers, number: int = number) -> str:
            leaf_number = next(leaf_numbers)
            return f"{leaf[1]}a{number}_{leaf_number}: {leaf[2]}" if leaf_number % 2 else leaf[0]

        text = re.sub(r"query (\w+)", rf"query \g<1>{number}", document, count=1)
        text = re.sub(r"^  (\w+)\(", rf"  root{number}: \1(", text, count=1, flags=re.MULTILINE)
        yield LEAF_FIELD.sub(rename, text)


def measure_cold_documents(document: str, variables: dict[str, object], documents: int, database_url: str) -> StepTimes:
    """Parse and plan variants of a document as the engine does for an unknown one. The database is not opened."""
    schema, limits = build_schema(), build_limits(Settings())
    dialect = dialect_for(parse_database_url(database_url))
    gc.collect()
    gc.freeze()  # because the server does the same after its start
    times = StepTimes([], [], [])
    for number, text in zip(range(documents + WARM_UP_DOCUMENTS), document_variants(document), strict=False):
        start, cpu_start = time.perf_counter(), time.thread_time()
        operation = parse_document(schema.graphql, text, limits).select_operation(None)
        middle = time.perf_counter()
        compile_plan(schema.mapping, dialect, limits, operation, coerce_variables(operation, variables, limits))
        end, cpu_end = time.perf_counter(), time.thread_time()
        if number >= WARM_UP_DOCUMENTS:
            times.parse_and_validate.append(1000 * (middle - start))
            times.plan.append(1000 * (end - middle))
            times.cpu.append(1000 * (cpu_end - cpu_start))
    return times


def format_percentiles(values: list[float]) -> tuple[str, str]:
    """Return the median and the 99th percentile as text."""
    return f"{median(values):.2f}", f"{sorted(values)[len(values) * 99 // 100]:.2f}"
