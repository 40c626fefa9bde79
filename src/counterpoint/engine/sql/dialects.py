"""What the two databases write differently. Everything else of a statement is the same text for both.

JSON is built as text: an object is a concatenation of literals and encoded values. Measured against nested JSON
functions this is quicker, nothing is parsed twice, and no limit on the number of keys or on nesting applies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import JSON, Boolean, Integer, Table
from sqlalchemy import Column as SqlColumn
from sqlalchemy.engine.interfaces import Dialect as SqlDialect

PARAMETER = re.compile(r"\$(\d+)")
"""A slot in a statement's text: `$1` is the first bound value, as PostgreSQL writes it."""


def quote_literal(text: str) -> str:
    """Quote a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Dialect:
    """The words of one database."""

    sql: SqlDialect

    join = "JOIN"
    stack: ClassVar[int | None] = None
    """How many symbols the parser may have to keep in mind at once; None if there is no limit worth minding."""
    filter_stack: ClassVar[int]
    """How many of them may stand around a condition of a filter; what is deeper is looked up apart."""

    def name(self, identifier: str) -> str:
        """Quote an identifier where it must be."""
        return self.sql.identifier_preparer.quote(identifier)

    def value(self, column: "SqlColumn[object]", expression: str) -> str:
        """Encode a column's value as JSON text."""
        match column.type:
            case Integer():
                encoded = self.number(expression)
            case Boolean():
                encoded = self.boolean(expression)
            case JSON():
                encoded = self.json(expression)
            case _:
                return self.text(expression, nullable=bool(column.nullable))
        return f"coalesce({encoded}, 'null')" if column.nullable else encoded

    def text(self, expression: str, *, nullable: bool) -> str:
        """Encode a text as JSON text."""
        raise NotImplementedError

    def number(self, expression: str) -> str:
        """Encode an integer as JSON text."""
        raise NotImplementedError

    def json(self, expression: str) -> str:
        """Give stored JSON as text."""
        raise NotImplementedError

    def boolean(self, condition: str) -> str:
        """Encode a condition that is never null as JSON text."""
        return f"CASE WHEN {condition} THEN 'true' ELSE 'false' END"

    def gather(self, item: str, order: Sequence[str]) -> str:
        """Join the rows' texts by commas; null without rows. The rows come in that order already."""
        raise NotImplementedError

    def in_words(self, expression: str) -> str:
        """Write the value of an enum as a reader would."""
        words = f"replace({expression}, '_', ' ')"
        return f"upper(substr({words}, 1, 1)) || lower(substr({words}, 2))"

    def hexadecimal(self, expression: str) -> str:
        """Write a text as the uppercase hexadecimal of its UTF-8 form."""
        raise NotImplementedError

    def plain(self, expression: str) -> str:
        """Write a text or an integer as text."""
        return expression

    def digest(self, expression: str, digits: int) -> str:
        """Write the first digits of a text's MD5, in uppercase hexadecimal."""
        return f"upper(substr(md5({expression}), 1, {digits}))"

    def members(self, slot: str, most: int) -> str:
        """Give the members of a bound JSON object, at most so many, as rows: key and value, both text."""
        raise NotImplementedError

    def among(self, expression: str, found: str) -> str:
        """Compare with the few values that a select finds, which is run once, before."""
        return f"{expression} IN ({found})"

    def few(self, table: str, alias: str, column: str, found: str) -> str:
        """Tell that a column of a row is among the values that a select finds: few rows of the table have one."""
        return self.among(f"{alias}.{column}", found)

    def of_one(self, table: str, alias: str, column: str, found: str) -> str:
        """Tell that a row points at the one row that a select finds, as few rows of the table do."""
        return f"{alias}.{column} = ({found})"

    def linked(self, source: str, row: str, between: str, far: str, condition: str) -> tuple[str, str]:
        """Give what follows FROM, and a condition, for rows that others in between point at, if these meet one."""
        return f"{between} {self.join} {source} ON {row} = {far}", condition

    def items(self, slot: str) -> str:
        """Select the items of a bound JSON array of texts."""
        raise NotImplementedError

    def pairs(self, slot: str) -> str:
        """Select the items of a bound JSON array of pairs of texts."""
        raise NotImplementedError

    def day(self, slot: str) -> str:
        """Take a bound date in the form YYYY-MM-DD."""
        raise NotImplementedError

    def place(self, text: str, part: str) -> str:
        """Give where in a text another begins, from 1; 0 if it does not occur."""
        raise NotImplementedError

    def matched(self, text: str, pattern: str) -> str:
        """Give the first part of a text that a regular expression matches; null if there is none."""
        return f"regexp_substr({text}, {pattern})"

    def replaced(self, text: str, pattern: str, replacement: str) -> str:
        """Replace all that a regular expression matches."""
        return f"regexp_replace({text}, {pattern}, {replacement}, 'g')"

    def look_up(self, words: Sequence[tuple[str, bool]], without: Sequence[tuple[str, bool]]) -> str:
        """Write what to look up in an index of words: all of some, none of others; with True, by a word's beginning."""
        raise NotImplementedError

    def looked_up(self, table: Table, alias: str, index: str, slot: str) -> tuple[str, str]:
        """Give what follows FROM, and a condition, to find the rows whose words hold what is bound to look up."""
        raise NotImplementedError

    def finish(self, statement: str) -> tuple[str, tuple[int, ...]]:
        """Give the text as the driver takes it, and for each of its parameters the slot that it takes, from 0."""
        raise NotImplementedError


class SQLite(Dialect):
    """SQLite from 3.38 on."""

    # The planner may turn joined tables around and with them the order of the rows; a cross join it leaves as written.
    join = "CROSS JOIN"
    # Before 3.46 the parser's stack holds 100 symbols.
    stack = 90
    filter_stack = 20

    def text(self, expression: str, *, nullable: bool) -> str:  # null is quoted as null
        """Encode a text as JSON text."""
        return f"json_quote({expression})"

    def number(self, expression: str) -> str:
        """Encode an integer as JSON text."""
        return expression

    def json(self, expression: str) -> str:
        """Give stored JSON as text."""
        return expression

    def gather(self, item: str, order: Sequence[str]) -> str:  # aggregates know no order before 3.44
        """Join the rows' texts by commas; null without rows."""
        return f"group_concat({item})"

    def hexadecimal(self, expression: str) -> str:
        """Write a text as the uppercase hexadecimal of its UTF-8 form."""
        return f"hex({expression})"

    def members(self, slot: str, most: int) -> str:
        """Give the members of a bound JSON object, at most so many, as rows: key and value, both text."""
        return f"(SELECT key, value FROM json_each({slot}))"

    def items(self, slot: str) -> str:
        """Select the items of a bound JSON array of texts."""
        return f"SELECT value FROM json_each({slot})"

    def pairs(self, slot: str) -> str:
        """Select the items of a bound JSON array of pairs of texts."""
        return f"SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each({slot})"

    def day(self, slot: str) -> str:
        """Take a bound date: SQLite keeps dates as texts."""
        return slot

    def place(self, text: str, part: str) -> str:
        """Give where in a text another begins, from 1; 0 if it does not occur."""
        return f"instr({text}, {part})"

    def look_up(self, words: Sequence[tuple[str, bool]], without: Sequence[tuple[str, bool]]) -> str:
        """Write a query of FTS5."""
        wanted, unwanted = ([f'"{word}"{" *" * is_prefix}' for word, is_prefix in some] for some in (words, without))
        found = f"({' AND '.join(wanted)})"
        return f"{found} NOT ({' OR '.join(unwanted)})" if unwanted else found

    def looked_up(self, table: Table, alias: str, index: str, slot: str) -> tuple[str, str]:
        """Find the rows in the virtual table that indexes their words."""
        source = f"{index} {self.join} {self.name(table.name)} AS {alias} ON {alias}.id = {index}.rowid"
        return source, f"{index} MATCH {slot}"

    def finish(self, statement: str) -> tuple[str, tuple[int, ...]]:
        """Number no parameters: the driver takes bare question marks best."""
        order = tuple(int(number) - 1 for number in PARAMETER.findall(statement))
        return PARAMETER.sub("?", statement), order


class PostgreSQL(Dialect):
    """PostgreSQL from 15 on."""

    # Conditions within OR within conditions are planned twice as long with each level: five seconds for twelve.
    filter_stack = 60

    def text(self, expression: str, *, nullable: bool) -> str:
        """Encode a text as JSON text."""
        encoded = f"to_json({expression})::text"
        return f"coalesce({encoded}, 'null')" if nullable else encoded

    def number(self, expression: str) -> str:
        """Encode an integer as JSON text."""
        return f"({expression})::text"

    def json(self, expression: str) -> str:
        """Give stored JSON as text."""
        return f"({expression})::text"

    def gather(self, item: str, order: Sequence[str]) -> str:
        """Join the rows' texts by commas; null without rows."""
        return f"string_agg({item}, ',' ORDER BY {', '.join(order)})"

    def plain(self, expression: str) -> str:
        """Write a text or an integer as text."""
        return f"({expression})::text"

    def hexadecimal(self, expression: str) -> str:
        """Write a text as the uppercase hexadecimal of its UTF-8 form."""
        return f"upper(encode(convert_to({expression}, 'UTF8'), 'hex'))"

    def members(self, slot: str, most: int) -> str:
        """Give the members of a bound JSON object, at most so many, as rows: key and value, both text."""
        # Told how many there may be, the planner looks each up.
        return f"(SELECT key, value FROM json_each_text({slot}::json) LIMIT {most})"

    def among(self, expression: str, found: str) -> str:
        """Compare with an array: the planner takes it for short, and looks the values up in an index."""
        return f"{expression} = ANY (ARRAY({found}))"

    def few(self, table: str, alias: str, column: str, found: str) -> str:
        """Look up the rows themselves: the planner might take them for many, and walk along an order instead."""
        rows = f"SELECT few.id FROM {table} AS few WHERE {self.among(f'few.{column}', found)}"
        return self.among(f"{alias}.id", rows)

    def of_one(self, table: str, alias: str, column: str, found: str) -> str:
        """Look up the rows themselves: as long as there are no statistics, the planner would rather walk."""
        return self.few(table, alias, column, found)

    def linked(self, source: str, row: str, between: str, far: str, condition: str) -> tuple[str, str]:
        """Look up the rows themselves: the planner might walk along an order, and look in between for each."""
        return source, self.among(row, f"SELECT {far} FROM {between} WHERE {condition}")

    def items(self, slot: str) -> str:
        """Select the items of a bound JSON array of texts."""
        return f"SELECT json_array_elements_text({slot}::json) AS value"

    def pairs(self, slot: str) -> str:
        """Select the items of a bound JSON array of pairs of texts."""
        return f"SELECT value ->> 0, value ->> 1 FROM json_array_elements({slot}::json)"

    def day(self, slot: str) -> str:
        """Take a bound date."""
        return f"{slot}::text::date"

    def place(self, text: str, part: str) -> str:
        """Give where in a text another begins, from 1; 0 if it does not occur."""
        return f"strpos({text}, {part})"

    def look_up(self, words: Sequence[tuple[str, bool]], without: Sequence[tuple[str, bool]]) -> str:
        """Write a text search query."""
        wanted, unwanted = ([f"'{word}'{':*' * is_prefix}" for word, is_prefix in some] for some in (words, without))
        found = " & ".join(wanted)
        return f"{found} & !({' | '.join(unwanted)})" if unwanted else found

    def looked_up(self, table: Table, alias: str, index: str, slot: str) -> tuple[str, str]:
        """Find the rows by the expression that is indexed."""
        return f"{self.name(table.name)} AS {alias}", f"{alias}.words::tsvector @@ {slot}::tsquery"

    def finish(self, statement: str) -> tuple[str, tuple[int, ...]]:
        """Number the parameters without a gap: the server can't tell the type of one that it never meets."""
        order = list(dict.fromkeys(int(number) - 1 for number in PARAMETER.findall(statement)))
        numbers = {f"${slot + 1}": f"${number}" for number, slot in enumerate(order, start=1)}
        return PARAMETER.sub(lambda found: numbers[found.group()], statement), tuple(order)


def dialect_for(sql: SqlDialect) -> Dialect:
    """Choose the dialect for an engine's."""
    return PostgreSQL(sql) if sql.name == "postgresql" else SQLite(sql)
