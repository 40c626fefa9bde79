"""The custom scalar of the schema."""

import re
from contextlib import suppress
from datetime import date

import strawberry
from graphql import GraphQLError, StringValueNode, ValueNode

_DATE_FORMAT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_date(value: object) -> date:
    """Parse a date in the format YYYY-MM-DD. Raise GraphQLError."""
    # Check the format because date.fromisoformat also parses 20190716 and 2019-W29-2.
    if isinstance(value, str) and _DATE_FORMAT.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise GraphQLError("Invalid Date: expected a calendar date in the format YYYY-MM-DD.")


def parse_date_literal(node: ValueNode, _: object = None) -> date:
    """Parse a literal like `parse_date`. The error has its location."""
    try:
        return parse_date(node.value if isinstance(node, StringValueNode) else None)
    except GraphQLError as error:
        raise GraphQLError(error.message, node) from None


DATE = strawberry.scalar(
    name="Date",
    description="A calendar date, YYYY-MM-DD.",
    specified_by_url="https://scalars.graphql.org/andimarek/local-date",
    serialize=date.isoformat,
    parse_value=parse_date,
    parse_literal=parse_date_literal,
)
