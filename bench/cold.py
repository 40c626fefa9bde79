"""Cold documents: what parsing, validating and planning a document take that the engine has never seen."""

import gc
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median

from counterpoint.api.schema import build_schema, graphql_schema, schema_mapping
from counterpoint.app import build_limits
from counterpoint.engine.document.documents import coerce_variables, parse_document
from counterpoint.engine.plans import compile_plan
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.settings import Settings, parse_database_url

WARM_UP = 20

LEAF = re.compile(r"^( +)(\w+)$", re.MULTILINE)
"""A field without anything below it, on a line of its own."""


@dataclass(frozen=True)
class Took:
    """Milliseconds of each document, by step; `processor` is processor time of the whole."""

    reading: list[float]
    planning: list[float]
    processor: list[float]

    @property
    def whole(self) -> list[float]:
        """Both steps together."""
        return [reading + planning for reading, planning in zip(self.reading, self.planning, strict=True)]


def variants(document: str) -> Iterator[str]:
    """Give a document again and again with other names: of the operation, the root field, and every second leaf."""
    for number in count(1):
        aliases = count(number % 2)

        def renamed(leaf: "re.Match[str]", aliases: Iterator[int] = aliases, number: int = number) -> str:
            at = next(aliases)
            return f"{leaf[1]}a{number}_{at}: {leaf[2]}" if at % 2 else leaf[0]

        text = re.sub(r"query (\w+)", rf"query \g<1>{number}", document, count=1)
        text = re.sub(r"^  (\w+)\(", rf"  root{number}: \1(", text, count=1, flags=re.MULTILINE)
        yield LEAF.sub(renamed, text)


def measure_cold(document: str, variables: dict[str, object], documents: int, database_url: str) -> Took:
    """Read and plan as many variants of a document, as the engine does with a document that it does not know."""
    schema = build_schema()
    graph, executable, limits = schema_mapping(schema), graphql_schema(schema), build_limits(Settings())
    dialect = dialect_for(parse_database_url(database_url).get_dialect()())
    gc.collect()
    gc.freeze()  # As the server does when it has built all that.
    took = Took([], [], [])
    for number, text in zip(range(documents + WARM_UP), variants(document), strict=False):
        clock, cpu = [time.perf_counter()], time.thread_time()
        operation = parse_document(executable, text, limits).operation(None)
        clock.append(time.perf_counter())
        compile_plan(executable, graph, dialect, limits, operation, coerce_variables(operation, variables, limits))
        clock.append(time.perf_counter())
        if number >= WARM_UP:
            took.reading.append(1000 * (clock[1] - clock[0]))
            took.planning.append(1000 * (clock[2] - clock[1]))
            took.processor.append(1000 * (time.thread_time() - cpu))
    return took


def percentiles(values: list[float]) -> tuple[str, str]:
    """Write the median and the 99th percentile."""
    return f"{median(values):.2f}", f"{sorted(values)[len(values) * 99 // 100]:.2f}"
