"""Cursors: the values of an order at a row, opaque to clients, made by the database and read here.

A cursor is hexadecimal: six digits that stand for version, type and order, eight that check the rest, then the order's
values, last first, with a space between. Only the first column of an order may hold spaces.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, md5

from sqlalchemy import Integer

from counterpoint.engine.document.operations import Variables
from counterpoint.engine.mapping import Order
from counterpoint.engine.sql.builder import Parameter
from counterpoint.engine.sql.dialects import Dialect, quote_literal
from counterpoint.engine.sql.json_text import JsonText
from counterpoint.errors import InvalidCursor

VERSION = 1
MAX_INTEGER = 2**31 - 1
CHECKSUM_DIGITS = 8


@dataclass(frozen=True)
class CursorCodec:
    """The cursors of one type in one order."""

    type: str
    name: str
    order: Order

    @cached_property
    def tag(self) -> str:
        """What every cursor of this kind begins with."""
        kind = f"{VERSION} {self.type} {self.name}".encode()
        return blake2b(kind, digest_size=3).hexdigest().upper()

    def written(self, dialect: Dialect, columns: Sequence[str]) -> JsonText:
        """Write the cursor of a row, as a JSON string, from the order's columns."""
        values = " || ' ' || ".join(dialect.plain(column) for column in reversed(columns))
        text = JsonText(f'"{self.tag}')
        text.add_sql(dialect.digest(f"{quote_literal(self.tag)} || {values}", CHECKSUM_DIGITS))
        text.add_sql(dialect.hexadecimal(values))
        text.add('"')
        return text

    def slot(self, given: Callable[[Variables], str], column: int) -> Parameter:
        """Bind the value of one of the order's columns, from wherever the cursor is given."""

        def value(variables: Variables) -> str | int:
            cursor = given(variables)
            key = (self.tag, cursor)
            if key not in variables.memo:
                variables.memo[key] = self.read(cursor)
            found: str | int = variables.memo[key][column]
            return found

        return value

    def read(self, cursor: str) -> tuple[str | int, ...]:
        """Read the order's values. Raise InvalidCursor unless just this cursor would be written for them."""
        try:
            text = bytes.fromhex(cursor[len(self.tag) + CHECKSUM_DIGITS :]).decode()
            if cursor != self._of(text):
                raise ValueError
            parts = text.split(" ", len(self.order.columns) - 1)
            return tuple(
                self._value(part, isinstance(column.type, Integer))
                for part, column in zip(reversed(parts), self.order.columns, strict=True)
            )
        except ValueError:
            raise InvalidCursor(cursor, self.type, self.name) from None

    def _of(self, text: str) -> str:
        digest = md5(f"{self.tag}{text}".encode(), usedforsecurity=False).hexdigest()
        return f"{self.tag}{digest[:CHECKSUM_DIGITS]}{text.encode().hex()}".upper()

    @staticmethod
    def _value(part: str, is_integer: bool) -> str | int:
        if not is_integer:
            if "\0" in part:
                raise ValueError
            return part
        number = int(part)
        if not 0 <= number <= MAX_INTEGER:
            raise ValueError
        return number
