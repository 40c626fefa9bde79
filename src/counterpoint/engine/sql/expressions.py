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
    """JSON text under construction: literal parts and SQL expressions of JSON text, in order."""

    def __init__(self, *parts: "str | JsonText") -> None:
        self._operands: list[tuple[bool, str]] = []
        for part in parts:
            self.add(part)

    def add(self, part: "str | JsonText") -> None:
        """Append literal JSON or another JSON text."""
        if isinstance(part, JsonText):
            for is_literal, operand in part._operands:
                self._append(is_literal, operand)
        else:
            self._append(True, part)

    def add_sql(self, expression: str) -> None:
        """Append an SQL expression whose value is JSON text and never null."""
        self._append(False, expression)

    def _append(self, is_literal: bool, operand: str) -> None:
        if is_literal and self._operands and self._operands[-1][0]:
            self._operands[-1] = (True, self._operands[-1][1] + operand)
        elif operand:
            self._operands.append((is_literal, operand))

    def sql(self) -> str:
        """Return the SQL expression of the whole text."""
        operands = [quote_literal(operand) if is_literal else operand for is_literal, operand in self._operands]
        if len(operands) < 2 and all(is_literal for is_literal, _ in self._operands):
            # PostgreSQL gives a lone literal no type.
            return f"CAST({operands[0] if operands else quote_literal('')} AS TEXT)"
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
    return json_from_sql(f"'[' || coalesce((SELECT {aggregate} FROM {rows}), '') || ']'")
