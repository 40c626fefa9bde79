"""Every error that the application raises on purpose.

    CounterpointError
    ├── InvalidFiles                     articles or trusted documents with mistakes; the command changes nothing
    ├── TooManyRemovals                  a seeding would remove more articles than its limit allows
    ├── ExportError                      an article to export is unknown, or its path is unsafe
    ├── OutputError                      the standard output is closed, or its disk is full
    ├── NotificationFailed               new content is published, but a receiver could not be notified
    ├── SettingsError                    an invalid setting or command argument
    ├── WorkerLost                       a process that reads articles was killed; the command changes nothing
    ├── MigrationError                   the tables cannot be migrated; the database is as before
    ├── NotReady                         no content, tables of another version, or a missing right
    │   └── DatabaseUnreachable          the database cannot be reached, or its file cannot be read
    ├── QueryTimeout                     the database query of one request ran too long
    ├── Overloaded                       too many requests are waiting
    ├── HttpError, UnknownPath, InternalError: see `http.error_responses`
    ├── SourceError                      a file to convert cannot be read: see `convert.source`
    ├── RequestError                     a client's mistake, reported before execution
    │   ├── ParseFailed                  the document is not GraphQL
    │   ├── ValidationFailed             the document does not fit the schema
    │   ├── BadUserInput                 a variable or argument value does not fit its type
    │   ├── OperationResolutionFailure   the operation to execute is missing or ambiguous
    │   ├── InvalidCursor                a cursor that this list did not return
    │   ├── InvalidPage                  contradictory page arguments
    │   └── LimitExceeded                the request exceeds a limit
    │       └── CostExceeded             the operation reads too many rows
    └── RequestErrors                    several client mistakes in one request

Each class has a stable code for programs. Clients receive the message of a client's mistake unchanged.
All other errors are logged, and clients receive one sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

MAX_QUOTED_CURSOR_CHARS = 80

NO_CONTENT_MESSAGE = "There is no content yet: run `counterpoint seed`."
"""Message of NotReady for a database without content."""


class CounterpointError(Exception):
    """The base class: a sentence for people and a stable code for programs."""

    code = "INTERNAL_SERVER_ERROR"
    operation: tuple[str, str | None, str, int] | None = None
    """What logs say of the GraphQL operation that failed, if it is known: see `OperationSummary`."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: the path relative to its folder, with `/`, and line and column from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How serious a problem is: an error blocks seeding, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake, or a possible one, in a file, described for its author. A change of the schema has a stable code."""

    place: Place
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    code: str | None = None

    def __str__(self) -> str:
        severity = "" if self.is_error else f"{self.severity}: "
        return f"{self.place}: {severity}{self.describe()}"

    @property
    def is_error(self) -> bool:
        """Whether the problem blocks seeding."""
        return self.severity is Severity.ERROR

    def describe(self) -> str:
        """Return the message with hint and code."""
        hint = f" ({self.hint})" if self.hint else ""
        code = f" [{self.code}]" if self.code else ""
        return f"{self.message}{hint}{code}"


def to_error(problem: Problem) -> Problem:
    """Return a problem as an error."""
    return replace(problem, severity=Severity.ERROR)


class InvalidFiles(CounterpointError):
    """Articles or trusted documents have mistakes. `problems` lists them by place, warnings included."""

    code = "ARTICLE_PROBLEMS"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.place, problem.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TooManyRemovals(CounterpointError):
    """A seeding would remove more articles than its limit allows. The message names them and the option."""

    code = "TOO_MANY_REMOVALS"


class ExportError(CounterpointError):
    """An article to export does not exist, or its file would be written outside of the folder."""

    code = "EXPORT_FAILED"


class OutputError(CounterpointError):
    """A command cannot write its output."""

    code = "OUTPUT_FAILED"


class NotificationFailed(CounterpointError):
    """A receiver could not be notified. The content is published, and the next seeding sends the notification."""

    code = "NOTIFICATION_FAILED"


class SettingsError(CounterpointError):
    """A setting or command argument is invalid. The message names it and the reason."""

    code = "INVALID_SETTING"


class WorkerLost(CounterpointError):
    """A worker process ended too early, with this exit status or by the signal of this negative number."""

    code = "WORKER_LOST"

    def __init__(self, exit_status: int) -> None:
        self.exit_status = exit_status
        cause = f"was killed by signal {-exit_status}" if exit_status < 0 else f"ended with status {exit_status}"
        super().__init__(
            f"A process that reads articles {cause}. Is there enough memory? Nothing was written: seed again."
        )


class MigrationError(CounterpointError):
    """The tables cannot be migrated to this version. The database is as before."""

    code = "MIGRATION_FAILED"


class NotReady(CounterpointError):
    """The database holds no content, has the tables of another version, or is unreachable. Seeding takes a second."""

    code = "NOT_READY"
    retry_after_seconds = 1


class DatabaseUnreachable(NotReady):
    """The database does not answer. Its content is probably as it was read last."""


class QueryTimeout(CounterpointError):
    """The database query of a request was cancelled after `seconds`."""

    code = "TIMEOUT"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"The request ran longer than {seconds:g} s and was cancelled. Request less data.")


class Overloaded(CounterpointError):
    """Too many requests are waiting. Clients may retry after `retry_after_seconds`."""

    code = "OVERLOADED"
    retry_after_seconds = 1

    def __init__(self) -> None:
        super().__init__("The server is overloaded. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class Location:
    """A position in a GraphQL document: line and column from 1."""

    line: int
    column: int


class RequestError(CounterpointError):
    """A client's mistake. `locations` are its positions in the document, if known."""

    code = "BAD_REQUEST"

    def __init__(self, message: str, locations: Sequence[Location] = ()) -> None:
        self.message = message
        self.locations = tuple(locations)
        super().__init__(message)


class ParseFailed(RequestError):
    """The document is not GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"


class ValidationFailed(RequestError):
    """The document does not fit the schema."""

    code = "GRAPHQL_VALIDATION_FAILED"


class BadUserInput(RequestError):
    """The value of a variable or an argument does not fit its type."""

    code = "BAD_USER_INPUT"


class OperationResolutionFailure(RequestError):
    """The document has no operation of the requested name, or it has several and the request names none."""

    code = "OPERATION_RESOLUTION_FAILURE"


class InvalidCursor(RequestError):
    """A cursor that this list did not return: damaged, of another type, or of another order."""

    code = "INVALID_CURSOR"

    def __init__(self, cursor: str, type_name: str, order: str) -> None:
        self.cursor = cursor
        is_short = len(cursor) <= MAX_QUOTED_CURSOR_CHARS
        quoted = cursor if is_short else f"{cursor[:MAX_QUOTED_CURSOR_CHARS]}…"
        super().__init__(
            f"Invalid cursor {quoted!r}: "
            f"expected one that a connection of type {type_name} returned with orderBy {order}."
        )


class InvalidPage(RequestError):
    """The page arguments contradict each other."""

    code = "INVALID_PAGE"


class LimitExceeded(RequestError):
    """The request exceeds a limit. `requested` is None if counting stopped at the limit."""

    code = "LIMIT_EXCEEDED"

    def __init__(self, quantity: str, limit: int, requested: int | None = None, hint: str = "") -> None:
        self.limit = limit
        self.requested = requested
        received = "" if requested is None else f"got {requested}, "
        super().__init__(f"{quantity} exceeds the limit: {received}expected at most {limit}.{hint}")


class PageSize(NamedTuple):
    """A page size: the path of the field as its response keys joined by dots, the argument, and its value."""

    path: str
    argument: str
    size: int


class CostExceeded(LimitExceeded):
    """The operation reads too many rows. `path` leads to the field that reads most of them.

    `page_size` would bring the cost within the limit; None if no page size of a single field is enough.
    """

    def __init__(self, limit: int, requested: int, path: str, page_size: PageSize | None) -> None:
        self.path = path
        self.page_size = page_size
        hint = "No page size of a single field would fit: request fewer fields at once."
        if page_size:
            place = "" if page_size.path == path else f" in {page_size.path}"
            hint = f"`{page_size.argument}: {page_size.size}`{place} would fit."
        hint = f" The field {path} costs most. {hint}"
        super().__init__("The cost of an operation in rows", limit, requested, hint)


class RequestErrors(CounterpointError):
    """Several mistakes of one request, reported together."""

    code = "BAD_REQUEST"

    def __init__(self, errors: Sequence[RequestError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(error.message for error in errors))
