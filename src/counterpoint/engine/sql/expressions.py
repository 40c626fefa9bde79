"""SQL expressions that are the same text for both databases: literals, AND, OR and JSON.

JSON is a concatenation of SQL text expressions, whose literal parts are merged while the text is built. Measured
against the databases' nested JSON functions, concatenation is faster, parses nothing twice, and has no limit on the
number of keys or on nesting.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

MAX_OPERANDS = 40
"""Operands in one chain of binary operators. SQLite limits the depth of an expression to 1,000 levels, one each."""

MAX_INTEGER = 2**31 - 1
"""The largest value of an integer column in both databases."""

FALSE = "FALSE"


def quote_literal(text: str) -> str:
    """Quote a text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def join_operands(operands: Sequence[str], operator: str) -> str:
    """Join operands by a binary operator, in nested groups where there are more than MAX_OPERANDS."""
    while len(operands) > MAX_OPERANDS:
        groups = (operands[start : start + MAX_OPERANDS] for start in range(0, len(operands), MAX_OPERANDS))
        operands = [f"({operator.join(group)})" for group in groups]
    return operator.join(operands)


def conjunction(conditions: Sequence[str]) -> str:
    """Return the conditions joined by AND, in parentheses; TRUE if there are none."""
    return f"({join_operands(conditions, ' AND ') or 'TRUE'})"


def disjunction(conditions: Sequence[str]) -> str:
    """Return the conditions joined by OR, in parentheses; FALSE if there are none."""
    return f"({join_operands(conditions, ' OR ') or FALSE})"


class JsonText:
    """JSON text under construction: literal parts, some of them empty, alternate with SQL expressions of JSON text."""

    def __init__(self, *parts: "str | JsonText") -> None:
        self._parts = [""]
        for part in parts:
            self.add(part)

    def add(self, part: "str | JsonText") -> None:
        """Append literal JSON or another JSON text."""
        if isinstance(part, JsonText):
            self._parts[-1] += part._parts[0]
            self._parts += part._parts[1:]
        else:
            self._parts[-1] += part

    def add_sql(self, expression: str) -> None:
        """Append an SQL expression whose value is JSON text and never null."""
        self._parts += (expression, "")

    def sql(self) -> str:
        """Return the SQL expression of the whole text."""
        if len(self._parts) == 1:
            # PostgreSQL gives a lone literal no type.
            return f"CAST({quote_literal(self._parts[0])} AS TEXT)"
        operands = [part if index % 2 else quote_literal(part) for index, part in enumerate(self._parts) if part]
        return join_operands(operands, " || ")


def dump_json(value: Any) -> str:
    """Serialize a value to JSON, to bind it as a parameter."""
    return orjson.dumps(value).decode()


def json_from_sql(expression: str) -> JsonText:
    """Wrap an SQL expression whose value is JSON text and never null."""
    text = JsonText()
    text.add_sql(expression)
    return text


def json_object(members: Iterable[tuple[str, JsonText]]) -> JsonText:
    """Build an object from its members. The keys are GraphQL names, in which nothing needs escaping."""
    text = JsonText("{")
    for number, (key, value) in enumerate(members):
        text.add(f'{"," if number else ""}"{key}":')
        text.add(value)
    text.add("}")
    return text


def json_array(aggregate: str, rows: str) -> JsonText:
    """Build an array from an aggregate of its items over the rows of a FROM clause; empty without rows."""
    return JsonText("[", json_from_sql(f"coalesce((SELECT {aggregate} FROM {rows}), '')"), "]")
