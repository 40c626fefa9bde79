"""The SQL builder: collects the parameters, CTEs and aliases of one query while it is compiled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import RequestVariables
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.answer_cache_tags import LookedUpObjects
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.errors import LimitExceeded

MAX_PARAMETERS = 30_000
"""Parameters of one query that both databases accept."""

Parameter = Callable[[RequestVariables], Any]
"""A function that returns the value to bind for a request."""


def none_if_unstorable(text: str) -> str | None:
    """Return the text, or None, which equals nothing, if no database can store it: U+0000 or a lone surrogate."""
    if "\0" in text:
        return None
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return text


@dataclass
class SqlBuilder:
    """The state of one query under construction. Checks the limits on length and conditions."""

    dialect: Dialect
    limits: Limits
    mapping: SchemaMapping
    conditions: int = 0
    """Conditions in all filters."""
    ctes: dict[str, str] = field(default_factory=dict)
    """CTEs by name, each after those that it reads."""
    parameters: list[Parameter] = field(default_factory=list)
    ids_ctes: dict[str, str] = field(default_factory=dict)
    """The CTEs of row ids, by the alias of the rows."""
    looked_up: list[LookedUpObjects] = field(default_factory=list)
    """The objects with tags of their own that the query finds by their keys."""
    _alias_count: int = 0

    def bind(self, parameter: Parameter) -> str:
        """Add a parameter and return its placeholder."""
        if len(self.parameters) >= MAX_PARAMETERS:
            raise LimitExceeded("The number of values in the arguments of an operation", MAX_PARAMETERS)
        self.parameters.append(parameter)
        return f"${len(self.parameters)}"

    def check_length(self, columns: Iterable[str]) -> None:
        """Raise LimitExceeded if the CTEs and these columns together exceed the limit on the length of the SQL."""
        length = sum(map(len, self.ctes.values())) + sum(map(len, columns))
        if length > self.limits.sql_chars:
            raise LimitExceeded("The length of the SQL for an operation in characters", self.limits.sql_chars, length)

    def count_condition(self) -> None:
        """Count a condition of a filter. Raise LimitExceeded if there are more than the limit."""
        self.conditions += 1
        if self.conditions > self.limits.filter_conditions:
            quantity = "The number of conditions in the filters of an operation"
            raise LimitExceeded(quantity, self.limits.filter_conditions)

    def new_alias(self, letter: str) -> str:
        """Return an alias that is unique in the query."""
        self._alias_count += 1
        return f"{letter}{self._alias_count}"

    def add_cte(self, letter: str, select: str, *, is_materialized: bool = True) -> str:
        """Add a CTE and return its name. A materialized one is computed once, any other wherever it is read."""
        name = self.new_alias(letter)
        self.ctes[name] = f"{name} AS {'NOT ' * (not is_materialized)}MATERIALIZED ({select})"
        return name
