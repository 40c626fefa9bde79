"""Cursors: the values of an order's columns at a row. The database encodes the values, and this module does the rest.

A cursor is uppercase hexadecimal: six digits for version, type and order, eight digits of checksum, then the order's
values, last column first, separated by spaces. Only the first column of an order may contain spaces.
"""

from binascii import hexlify, unhexlify
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, md5

from sqlalchemy import Integer

from counterpoint.engine.document.operations import RequestVariables
from counterpoint.engine.mapping import Order
from counterpoint.engine.sql.builder import Parameter
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.expressions import MAX_INTEGER, JsonText, json_from_sql
from counterpoint.engine.sql.ranked_keys import rank_bounds, select_key
from counterpoint.errors import InvalidCursor

VERSION = 1
PREFIX_DIGITS = 6
CHECKSUM_DIGITS = 8

UNFINISHED = "\x01"
"""Surrounds a cursor without its checksum in the database's JSON, where no other control character can be."""


@dataclass(frozen=True)
class CursorCodec:
    """Encodes and decodes the cursors of one type in one order."""

    type_name: str
    order_name: str
    order: Order

    @cached_property
    def prefix(self) -> str:
        """The first digits of every cursor of this type and order."""
        kind = f"{VERSION} {self.type_name} {self.order_name}".encode()
        return blake2b(kind, digest_size=3).hexdigest().upper()

    def compile_cursor(self, dialect: Dialect, columns: Sequence[str]) -> JsonText:
        """Compile the unfinished cursor of a row, as a JSON string, from the SQL of the order's columns."""
        if self.order.ranked_key:
            columns = [select_key(dialect, self.order.ranked_key, columns[0]), *columns[1:]]
        values = " || ' ' || ".join(dialect.as_text(column) for column in reversed(columns))
        return JsonText(f'"{UNFINISHED}{self.prefix}', json_from_sql(dialect.encode_hex(values)), f'{UNFINISHED}"')

    def compile_bounds(self, dialect: Dialect, placeholders: Sequence[str], operator: str) -> Sequence[str]:
        """Compile what the order's columns are compared with, from the placeholders of a cursor's values."""
        if self.order.ranked_key is None:
            return placeholders
        return rank_bounds(dialect, self.order.ranked_key, placeholders, operator)

    def value_parameter(self, read_cursor: Callable[[RequestVariables], str], column: int) -> Parameter:
        """Return a parameter that binds one of the order's values from the request's cursor."""

        def value(variables: RequestVariables) -> str | int:
            cursor = read_cursor(variables)
            key = (self.prefix, cursor)
            if key not in variables.memo:
                variables.memo[key] = self.decode(cursor)
            values: tuple[str | int, ...] = variables.memo[key]
            return values[column]

        return value

    def decode(self, cursor: str) -> tuple[str | int, ...]:
        """Decode the order's values. Raise InvalidCursor unless they encode to exactly this cursor."""
        try:
            joined_values = bytes.fromhex(cursor[len(self.prefix) + CHECKSUM_DIGITS :]).decode()
            if cursor != self.encode(joined_values):
                raise ValueError
            columns = self.order.cursor_columns
            parts = joined_values.split(" ", len(columns) - 1)
            return tuple(
                _parse_value(part, is_integer=isinstance(column.type, Integer))
                for part, column in zip(reversed(parts), columns, strict=True)
            )
        except ValueError:
            raise InvalidCursor(cursor, self.type_name, self.order_name) from None

    def encode(self, joined_values: str) -> str:
        """Encode the order's values, joined by spaces, last column first, as a cursor."""
        digest = md5(f"{self.prefix}{joined_values}".encode(), usedforsecurity=False).hexdigest()
        return f"{self.prefix}{digest[:CHECKSUM_DIGITS]}{joined_values.encode().hex()}".upper()


def add_checksums(data: bytes) -> bytes:
    """Insert the checksums of all cursors into JSON from the database, because SQLite has no hash function."""
    parts = data.split(UNFINISHED.encode())
    parts[1::2] = map(_add_checksum, parts[1::2])
    return b"".join(parts)


def _add_checksum(cursor: bytes) -> bytes:
    prefix, values = cursor[:PREFIX_DIGITS], cursor[PREFIX_DIGITS:]
    digest = md5(prefix + unhexlify(values), usedforsecurity=False).digest()
    return prefix + hexlify(digest[: CHECKSUM_DIGITS // 2]).upper() + values


def _parse_value(part: str, *, is_integer: bool) -> str | int:
    if not is_integer:
        if "\0" in part:
            raise ValueError
        return part
    number = int(part)
    if not 0 <= number <= MAX_INTEGER:
        raise ValueError
    return number
