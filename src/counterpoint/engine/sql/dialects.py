"""The SQL dialects: everything that differs between SQLite and PostgreSQL. All other SQL is the same text for both."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from sqlalchemy import JSON, URL, Boolean, Integer, Table
from sqlalchemy import Column as SqlColumn
from sqlalchemy.engine.interfaces import Dialect as SqlalchemyDialect

from counterpoint.engine.sql import fulltext
from counterpoint.engine.sql.fulltext import IndexTerm
from counterpoint.engine.sql.parser_stack import POSTGRESQL_PARSER_STACK, SQLITE_PARSER_STACK, ParserStack

PLACEHOLDER = re.compile(r"\$(\d+)")
"""A placeholder in SQL under construction: `$1` is the first parameter, as in PostgreSQL."""


class Dialect(Protocol):
    """Renders the SQL of one database. A method without a body differs between the databases."""

    join: str = "JOIN"
    parser_stack: ClassVar[ParserStack]
    knows_word_order: bool = False
    """Whether the full-text index can decide where phrases and the beginnings of words occur."""
    has_index_slices: bool = False
    """Whether the full-text index can look up a part of the matches: see `index_slices`."""
    has_match_counts: bool = False
    """Whether the numbers of matches of frequent terms are stored: see `match_counts`."""
    size_function: str = "length"
    """The function that returns the size of a text in the unit that is fastest to measure: characters or bytes."""
    quote: Callable[[str], str]
    """Quotes an identifier if it needs quotes."""

    def __init__(self, sqlalchemy_dialect: SqlalchemyDialect) -> None:
        self.quote = sqlalchemy_dialect.identifier_preparer.quote

    def encode_value(self, column: "SqlColumn[object]", expression: str) -> str:
        """Encode the value of a column as JSON text."""
        match column.type:
            case Integer() | JSON():
                encoded = self.as_text(expression)
            case Boolean():
                encoded = self.encode_boolean(expression)
            case _:
                return self.encode_text(expression, nullable=bool(column.nullable))
        return f"coalesce({encoded}, 'null')" if column.nullable else encoded

    def encode_text(self, expression: str, *, nullable: bool) -> str:
        """Encode a text as JSON text."""

    def encode_boolean(self, condition: str) -> str:
        """Encode a condition that is never null as JSON text."""
        return f"CASE WHEN {condition} THEN 'true' ELSE 'false' END"

    def join_json_items(self, item: str, order: Sequence[str]) -> str:
        """Join the JSON texts of all rows by commas; null without rows. The rows must already be in this order."""

    def union_in_order(self, selects: Sequence[str], column: str) -> str:
        """Combine the rows of several SELECTs in the order of a column of theirs."""
        return f"{' UNION ALL '.join(selects)} ORDER BY {column}"

    def encode_hex(self, expression: str) -> str:
        """Encode the UTF-8 bytes of a text in uppercase hexadecimal."""

    def as_text(self, expression: str) -> str:
        """Convert an integer, a text or stored JSON to text. SQLite converts it where it is concatenated."""
        return expression

    def unnest_object(self, placeholder: str, max_members: int) -> str:
        """Return a FROM item with the members of a bound JSON object as rows of texts: key and value."""

    def in_subquery(self, expression: str, subquery: str) -> str:
        """Compare a value with the few values of a subquery that runs once, before the outer query."""
        return f"{expression} IN ({subquery})"

    def in_few_rows(self, table: str, alias: str, column: str, subquery: str) -> str:
        """Compare a column with the values of a subquery, if few rows of the table match."""
        return self.in_subquery(f"{alias}.{column}", subquery)

    def equals_in_few_rows(self, table: str, alias: str, column: str, subquery: str) -> str:
        """Compare a column with the only value of a subquery, if few rows of the table match."""
        return f"{alias}.{column} = ({subquery})"

    def join_through(
        self, from_item: str, row_id: str, join_table: str, child_column: str, condition: str
    ) -> tuple[str, str]:
        """Return FROM clause and condition for the rows that a join table references from rows meeting `condition`."""
        return f"{join_table} {self.join} {from_item} ON {row_id} = {child_column}", condition

    def unnest_texts(self, placeholder: str) -> str:
        """Select the items of a bound JSON array of texts."""

    def unnest_pairs(self, placeholder: str) -> str:
        """Select the items of a bound JSON array of pairs of texts, as two columns."""

    def date_parameter(self, placeholder: str) -> str:
        """Convert a bound text YYYY-MM-DD to the type of date columns. SQLite stores dates as texts."""
        return placeholder

    def year_of(self, expression: str) -> str:
        """Return the year of a date as a text of four digits."""

    def text_position(self, text: str, part: str) -> str:
        """Return the position of a part in a text, from 1; 0 if it does not occur."""

    def json_member(self, json_text: str, key: str) -> str:
        """Return the text of a member of a JSON object in a text; null if it has no such member."""

    def first_text(self, json_text: str, levels: int) -> str:
        """Return the first text in a JSON array, which is nested in so many levels."""

    def fulltext_query(self, terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
        """Return the value to bind for rows that contain a word of each term and none of the excluded words."""

    def fulltext_candidates(self, terms: Sequence[IndexTerm], excluded: IndexTerm, conditions: int) -> str:
        """Return the value to bind for `candidate_match`, for rows that contain these terms, or more rows."""

    def candidate_match(
        self, table: Table, alias: str, index: str, placeholder: str, conditions: int
    ) -> tuple[str, str]:
        """Return FROM clause and condition for bound `fulltext_candidates`, with so many conditions on the index."""

    def fulltext_match(
        self, table: Table, alias: str, index: str, query: str, *, has_columns: bool = True
    ) -> tuple[str, str]:
        """Return FROM clause and condition for the rows of a table that match a full-text query (SQL).

        Without `has_columns`, the rows need have no columns, because they are only counted.
        """

    def render_parameters(self, sql: str) -> tuple[str, tuple[int, ...]]:
        """Return the SQL in the driver's style, and the index of the parameter that each placeholder takes."""


class _SQLite(Dialect):
    """SQLite, version 3.38 or later."""

    # The planner may reorder joined tables, and with them the rows. It never reorders a cross join.
    join = "CROSS JOIN"
    parser_stack = SQLITE_PARSER_STACK
    knows_word_order = True

    def encode_text(self, expression: str, *, nullable: bool) -> str:
        return f"json_quote({expression})"

    def join_json_items(self, item: str, order: Sequence[str]) -> str:
        """Join the texts in the rows' order, because aggregates have no ORDER BY before 3.44."""
        return f"group_concat({item})"

    def encode_hex(self, expression: str) -> str:
        return f"hex({expression})"

    def unnest_object(self, placeholder: str, max_members: int) -> str:
        return f"(SELECT key, value FROM json_each({placeholder}))"

    def unnest_texts(self, placeholder: str) -> str:
        return f"SELECT value FROM json_each({placeholder})"

    def unnest_pairs(self, placeholder: str) -> str:
        return f"SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each({placeholder})"

    def year_of(self, expression: str) -> str:
        return f"substr({expression}, 1, 4)"

    def text_position(self, text: str, part: str) -> str:
        return f"instr({text}, {part})"

    def json_member(self, json_text: str, key: str) -> str:
        return f"({json_text} ->> {key})"

    def first_text(self, json_text: str, levels: int) -> str:
        return f"({json_text} ->> '${'[0]' * levels}')"

    def fulltext_query(self, terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
        return fulltext.fts5_query(terms, excluded)

    def fulltext_candidates(self, terms: Sequence[IndexTerm], excluded: IndexTerm, conditions: int) -> str:
        return fulltext.fts5_terms(terms, excluded)

    def candidate_match(
        self, table: Table, alias: str, index: str, placeholder: str, conditions: int
    ) -> tuple[str, str]:
        """Match one query, in which SQL orders the terms."""
        return self.fulltext_match(table, alias, index, fulltext.fts5_rarest_first(placeholder))

    def fulltext_match(
        self, table: Table, alias: str, index: str, query: str, *, has_columns: bool = True
    ) -> tuple[str, str]:
        """Join the table to the virtual FTS5 table that indexes it."""
        join = f" {self.join} {self.quote(table.name)} AS {alias} ON {alias}.id = {index}.rowid" if has_columns else ""
        return f"{index}{join}", f"{index} MATCH {query}"

    def render_parameters(self, sql: str) -> tuple[str, tuple[int, ...]]:
        """Replace each placeholder by a bare question mark, because sqlite3 binds these fastest."""
        return PLACEHOLDER.sub("?", sql), tuple(int(number) - 1 for number in PLACEHOLDER.findall(sql))


class _PostgreSQL(Dialect):
    """PostgreSQL, version 15 or later."""

    has_index_slices = True
    has_match_counts = True
    size_function = "octet_length"
    parser_stack = POSTGRESQL_PARSER_STACK

    def encode_text(self, expression: str, *, nullable: bool) -> str:
        return f"coalesce(to_json({expression})::text, 'null')" if nullable else f"to_json({expression})::text"

    def join_json_items(self, item: str, order: Sequence[str]) -> str:
        return f"string_agg({item}, ',' ORDER BY {', '.join(order)})"

    def union_in_order(self, selects: Sequence[str], column: str) -> str:
        """Order each SELECT, too: the planner then merges them, and sorts none that an index returns in order."""
        if len(selects) > 1:
            selects = [f"({select} ORDER BY {column})" for select in selects]
        return super().union_in_order(selects, column)

    def as_text(self, expression: str) -> str:
        return f"({expression})::text"

    def encode_hex(self, expression: str) -> str:
        return f"upper(encode(convert_to({expression}, 'UTF8'), 'hex'))"

    def unnest_object(self, placeholder: str, max_members: int) -> str:
        """Return a FROM item with the members of a bound JSON object. With the LIMIT, the planner uses an index."""
        return f"(SELECT key, value FROM json_each_text({placeholder}::json) LIMIT {max_members})"

    def in_subquery(self, expression: str, subquery: str) -> str:
        """Compare with an array: the planner assumes that it is short, and uses an index."""
        return f"{expression} = ANY (ARRAY({subquery}))"

    def in_few_rows(self, table: str, alias: str, column: str, subquery: str) -> str:
        """Compare with the ids of the matching rows: otherwise the planner may scan an index in the page's order."""
        rows = f"SELECT few.id FROM {table} AS few WHERE {self.in_subquery(f'few.{column}', subquery)}"
        return self.in_subquery(f"{alias}.id", rows)

    def equals_in_few_rows(self, table: str, alias: str, column: str, subquery: str) -> str:
        """Compare with the ids of the matching rows: without statistics, the planner prefers to scan in order."""
        return self.in_few_rows(table, alias, column, subquery)

    def join_through(
        self, from_item: str, row_id: str, join_table: str, child_column: str, condition: str
    ) -> tuple[str, str]:
        """Compare with the ids from the join table: otherwise the planner may scan in order and probe it for each."""
        return from_item, self.in_subquery(row_id, f"SELECT {child_column} FROM {join_table} WHERE {condition}")

    def unnest_texts(self, placeholder: str) -> str:
        return f"SELECT json_array_elements_text({placeholder}::json) AS value"

    def unnest_pairs(self, placeholder: str) -> str:
        return f"SELECT value ->> 0, value ->> 1 FROM json_array_elements({placeholder}::json)"

    def date_parameter(self, placeholder: str) -> str:
        return f"{placeholder}::text::date"

    def year_of(self, expression: str) -> str:
        return f"to_char({expression}, 'YYYY')"

    def text_position(self, text: str, part: str) -> str:
        return f"strpos({text}, {part})"

    def json_member(self, json_text: str, key: str) -> str:
        return f"({json_text}::jsonb ->> {key})"

    def first_text(self, json_text: str, levels: int) -> str:
        return f"({json_text}::json #>> '{{{','.join('0' * levels)}}}')"

    def fulltext_query(self, terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
        return fulltext.tsquery(terms, excluded)

    def fulltext_candidates(self, terms: Sequence[IndexTerm], excluded: IndexTerm, conditions: int) -> str:
        return fulltext.tsqueries(terms, excluded, conditions)

    def candidate_match(
        self, table: Table, alias: str, index: str, placeholder: str, conditions: int
    ) -> tuple[str, str]:
        """Match each query by a condition of its own, because the index then skips rows that one of them excludes."""
        queries = [f"({placeholder}::json ->> {number})" for number in range(conditions)]
        matches = [self.fulltext_match(table, alias, index, query) for query in queries]
        return matches[0][0], " AND ".join(condition for _, condition in matches)

    def fulltext_match(
        self, table: Table, alias: str, index: str, query: str, *, has_columns: bool = True
    ) -> tuple[str, str]:
        """Match the indexed expression of the table itself."""
        words = f"{alias}.words || replace({alias}.stems, '  ', ' {fulltext.STEM_MARK}')"
        return f"{self.quote(table.name)} AS {alias}", f"({words})::tsvector @@ {query}::tsquery"

    def render_parameters(self, sql: str) -> tuple[str, tuple[int, ...]]:
        """Renumber the placeholders without gaps, because the server cannot infer the type of an absent one."""
        order = tuple(dict.fromkeys(int(number) - 1 for number in PLACEHOLDER.findall(sql)))
        numbers = {f"${parameter + 1}": f"${number}" for number, parameter in enumerate(order, start=1)}
        return PLACEHOLDER.sub(lambda match: numbers[match.group()], sql), order


def dialect_for(url: URL) -> Dialect:
    """Return the dialect of the database at a URL."""
    sqlalchemy_dialect = url.get_dialect()()
    return (_PostgreSQL if sqlalchemy_dialect.name == "postgresql" else _SQLite)(sqlalchemy_dialect)
