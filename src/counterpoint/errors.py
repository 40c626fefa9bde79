"""Every error raised on purpose.

    CounterpointError
    ├── ProblemsFound             files with problems, each with its place; nothing of that run was written
    ├── SettingsError             a setting or an argument that can't be used
    ├── NotReady                  the database holds no content, has other tables, or can't be read
    ├── StatementTimeout          a statement took longer than it may; only its request fails
    ├── Overloaded                more is asked at once than can wait to be answered
    ├── Refusal, Failed           what is no GraphQL over HTTP, and a mistake of ours: delivery's own (`refusals`)
    ├── RequestError              a client's mistake, told before anything is executed
    │   ├── ParseFailed           the document is no GraphQL
    │   ├── ValidationFailed      the document asks for what the schema does not have
    │   ├── BadUserInput          a variable or an argument that its type does not allow
    │   ├── OperationResolutionFailure   no operation to execute, or no telling which
    │   ├── InvalidCursor         a cursor that was not made here, or for another list
    │   ├── InvalidPage           page arguments that contradict each other
    │   └── LimitExceeded         more asked for than one request may
    └── RequestErrors             several of them

Each has a stable code for programs. A client's mistake is told as it is; all else is logged, and told in a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class CounterpointError(Exception):
    """The root: one sentence for people, a stable code for programs."""

    code = "INTERNAL_SERVER_ERROR"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: the file relative to its folder with `/`, line and column from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in an article or a trusted document, told so that its author can mend it."""

    place: Place
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.message}{hint}"


class InvalidFiles(CounterpointError):
    """Articles or trusted documents can't be used as they are. `problems` holds each mistake, by its place."""

    code = "ARTICLE_PROBLEMS"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.place, problem.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SettingsError(CounterpointError):
    """A setting or an argument of a command can't be used; the message says which and why."""

    code = "INVALID_SETTING"


class NotReady(CounterpointError):
    """The database holds no content yet, its tables are not those of this version, or it can't be read."""

    code = "NOT_READY"


class QueryTimeout(CounterpointError):
    """A statement was interrupted in the database, `seconds` after it began."""

    code = "TIMEOUT"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"The request took longer than {seconds:g} s and was stopped: ask for less.")


class Overloaded(CounterpointError):
    """So many statements run and wait that one more would wait too long; in `seconds` it may be otherwise."""

    code = "OVERLOADED"
    seconds = 1

    def __init__(self) -> None:
        super().__init__("Too much is asked at once: please try again in a moment.")


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a document something stands: line and column from 1."""

    line: int
    column: int


class RequestError(CounterpointError):
    """A client's mistake. `locations` are those in the document, where known."""

    code = "BAD_REQUEST"

    def __init__(self, message: str, locations: Sequence[Location] = ()) -> None:
        self.message = message
        self.locations = tuple(locations)
        super().__init__(message)


class ParseFailed(RequestError):
    """The document is no GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"


class ValidationFailed(RequestError):
    """The document asks for what the schema does not have."""

    code = "GRAPHQL_VALIDATION_FAILED"


class BadUserInput(RequestError):
    """A variable or an argument has a value that its type does not allow."""

    code = "BAD_USER_INPUT"


class OperationResolutionFailure(RequestError):
    """The document has no operation of the name asked for, or several and none was named."""

    code = "OPERATION_RESOLUTION_FAILURE"


class InvalidCursor(RequestError):
    """A cursor that was not made for this list: damaged, of another type, or of another order."""

    code = "INVALID_CURSOR"

    def __init__(self, cursor: str, type_name: str, order: str) -> None:
        self.cursor = cursor
        shown = cursor if len(cursor) <= 80 else f"{cursor[:80]}…"
        super().__init__(
            f"{shown!r} is no cursor of a {type_name} in the order {order}: hand in one that such a list gave."
        )


class InvalidPage(RequestError):
    """Page arguments that contradict each other."""

    code = "INVALID_PAGE"


class LimitExceeded(RequestError):
    """More was asked for than one request may: `asked` where `limit` is the most. None: nobody counted to the end."""

    code = "LIMIT_EXCEEDED"

    def __init__(self, what: str, limit: int, asked: int | None = None) -> None:
        self.limit = limit
        self.asked = asked
        much = "more" if asked is None else str(asked)
        super().__init__(f"{what} may be {limit} at most; this request asks for {much}.")


class RequestErrors(CounterpointError):
    """Several mistakes of one request, all told at once."""

    code = "BAD_REQUEST"

    def __init__(self, errors: Sequence[RequestError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(error.message for error in errors))
