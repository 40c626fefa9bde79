"""JSON as a concatenation of SQL texts."""

from collections.abc import Iterable

from counterpoint.engine.sql.dialects import quote_literal

MAX_OPERANDS = 40
"""How many operands stand in one row: SQLite allows an expression a depth of 1,000, one for each operand."""


class JsonText:
    """JSON text in the making: literal pieces and SQL expressions that give text, in order."""

    def __init__(self, *pieces: "str | JsonText") -> None:
        """Begin with literal pieces and other texts."""
        self._operands: list[tuple[bool, str]] = []
        for piece in pieces:
            self.add(piece)

    def add(self, piece: "str | JsonText") -> None:
        """Add literal JSON, or another text."""
        if isinstance(piece, JsonText):
            for is_literal, operand in piece._operands:
                self._append(is_literal, operand)
        else:
            self._append(True, piece)

    def add_sql(self, expression: str) -> None:
        """Add an SQL expression whose value is JSON text and not null."""
        self._append(False, expression)

    def _append(self, is_literal: bool, operand: str) -> None:
        if is_literal and self._operands and self._operands[-1][0]:
            self._operands[-1] = (True, self._operands[-1][1] + operand)
        elif operand:
            self._operands.append((is_literal, operand))

    def sql(self) -> str:
        """Give the SQL expression of the whole."""
        operands = [quote_literal(operand) if is_literal else operand for is_literal, operand in self._operands]
        if len(operands) < 2 and all(is_literal for is_literal, _ in self._operands):
            # A lone literal has no type in PostgreSQL.
            return f"CAST({operands[0] if operands else quote_literal('')} AS TEXT)"
        while len(operands) > MAX_OPERANDS:
            runs = (operands[start : start + MAX_OPERANDS] for start in range(0, len(operands), MAX_OPERANDS))
            operands = [f"({' || '.join(run)})" for run in runs]
        return " || ".join(operands)


def sql_text(expression: str) -> JsonText:
    """Wrap an SQL expression that gives JSON text."""
    text = JsonText()
    text.add_sql(expression)
    return text


def json_object(members: Iterable[tuple[str, JsonText]]) -> JsonText:
    """Make an object of keys (GraphQL names: nothing in them needs escaping) and values."""
    text = JsonText("{")
    for number, (key, value) in enumerate(members):
        text.add(f'{"," if number else ""}"{key}":')
        text.add(value)
    text.add("}")
    return text
