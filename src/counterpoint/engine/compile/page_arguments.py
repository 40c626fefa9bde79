"""Page arguments: `first`, `after`, `last` and `before` of a connection, checked and bound."""

from dataclasses import dataclass

from counterpoint.engine.compile.context import CompileContext, SelectedField
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.errors import InvalidPage, LimitExceeded

DEFAULT_PAGE_SIZE = 20


@dataclass(frozen=True)
class PageArguments:
    """The size of a page, its direction, and its cursors as the placeholders of the order's values.

    `is_backward`: the page ends at `before` or at the last row, instead of starting at `after` or at the first.
    """

    size: int
    is_backward: bool
    codec: CursorCodec
    after: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def is_order_descending(self) -> bool:
        """Whether the connection's order is descending."""
        return self.codec.order.descending

    @property
    def is_fetched_descending(self) -> bool:
        """Whether the query reads the rows in descending order: a backward page is read from its end."""
        return self.is_order_descending is not self.is_backward


def parse_page_arguments(context: CompileContext, field: SelectedField, codec: CursorCodec) -> PageArguments:
    """Parse the page arguments of a field. Raise InvalidPage or LimitExceeded; cursors are decoded when bound."""
    first = _parse_size(context, field, "first")
    last = _parse_size(context, field, "last")
    if first is not None and last is not None:
        raise InvalidPage("Invalid page: got both first and last, expected at most one of them.")
    after = _bind_cursor(context, field, "after", codec)
    before = _bind_cursor(context, field, "before", codec)
    is_backward = last is not None or (first is None and bool(before) and not after)
    size = last if first is None else first
    if size is None:
        size = min(DEFAULT_PAGE_SIZE, context.builder.limits.page_size)
    return PageArguments(size, is_backward, codec, after, before)


def _parse_size(context: CompileContext, field: SelectedField, name: str) -> int | None:
    size: int | None = context.selection.specialize_on(context.find_argument(field, name), lambda value: value)
    max_size = context.builder.limits.page_size
    if size is not None and size < 0:
        raise InvalidPage(f"Invalid page: got {name}: {size}, expected 0 or more.")
    if size is not None and size > max_size:
        raise LimitExceeded("The size of a page", max_size, size)
    return size


def _bind_cursor(context: CompileContext, field: SelectedField, name: str, codec: CursorCodec) -> tuple[str, ...]:
    argument = context.find_argument(field, name)
    if not context.is_given(argument):
        return ()
    columns = range(len(codec.order.columns))
    return tuple(context.builder.bind(codec.value_parameter(argument.value, column)) for column in columns)
