"""The scalar that the contract adds to GraphQL's own."""

import re
from datetime import date

import strawberry
from graphql import GraphQLError

# date.fromisoformat takes other forms of ISO 8601 too, such as 20190716 and 2019-W29-2.
_DATE_FORMAT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_date(value: object) -> date:
    """Read a day as clients give it. Raise GraphQLError."""
    try:
        if isinstance(value, str) and _DATE_FORMAT.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise GraphQLError("A Date is a day of the calendar, written YYYY-MM-DD.")


DATE = strawberry.scalar(
    name="Date", description="A calendar date, YYYY-MM-DD.", serialize=date.isoformat, parse_value=parse_date
)
