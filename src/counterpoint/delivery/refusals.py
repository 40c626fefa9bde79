"""Errors as they are sent: which HTTP status a code has, and the body that tells it."""

from collections.abc import Sequence
from typing import Any

import orjson

from counterpoint.errors import (
    CounterpointError,
    NotReady,
    Overloaded,
    ParseFailed,
    RequestError,
    RequestErrors,
    StatementTimeout,
)

MOST_ERRORS = 100


class Refusal(CounterpointError):
    """A request that is not even GraphQL over HTTP, with the status that it is refused with."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        super().__init__(message)


def refused(error: CounterpointError) -> tuple[int, bytes]:
    """Give the status and the body for an error that was raised on purpose."""
    errors: Sequence[CounterpointError] = error.errors if isinstance(error, RequestErrors) else [error]
    told = [_told(each) for each in errors[:MOST_ERRORS]]
    return _status(errors[0]), orjson.dumps({"errors": told})


def failed() -> tuple[int, bytes]:
    """Give the status and the body for a mistake of ours, which is logged and not told."""
    message = "Something went wrong here. It has been logged; please try again later."
    told = {"message": message, "extensions": {"code": CounterpointError.code}}
    return 500, orjson.dumps({"errors": [told]})


def _status(error: CounterpointError) -> int:
    match error:
        case Refusal(status=status):
            return status
        case ParseFailed():
            return 400
        case RequestError():
            return 422
        case NotReady() | StatementTimeout() | Overloaded():
            return 503
        case _:
            return 500


def _told(error: CounterpointError) -> dict[str, Any]:
    told: dict[str, Any] = {"message": _printable(str(error)), "extensions": {"code": error.code}}
    if isinstance(error, RequestError) and error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    return told


def _printable(message: str) -> str:
    """Make a message that quotes a client fit for UTF-8."""
    return message.encode("utf-8", "replace").decode()
