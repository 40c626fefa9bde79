"""SQL expressions that are the same text for both databases."""

from collections.abc import Sequence

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
