"""What a client may send on a connection, and how long it may take for it."""

from dataclasses import dataclass
from enum import Enum

MAX_CHECK_INTERVAL_SECONDS = 1.0
"""Seconds after which a connection is looked at again, at most."""

LINGER_SECONDS = 2.0
"""Seconds in which a client that still sends may read why it is refused."""


class ConnectionState(Enum):
    """What a connection waits for."""

    REQUEST = "the next request"
    HEAD = "the rest of a head"
    BODY = "the rest of a body"
    READER = "the client to read its answer"
    END = "the client to close its side"
    US = "an answer"


@dataclass(frozen=True)
class ConnectionLimits:
    """What a client may do: sizes in bytes, times in seconds.

    `target` is what stands between method and version; `head` is all header lines. `head_seconds` begin with the
    connection, or with the first byte of a later request; `idle_seconds` lie between two requests.
    """

    target: int = 16_000
    head: int = 32_000
    head_seconds: float = 10
    body_seconds: float = 30
    answer_seconds: float = 30
    idle_seconds: float = 5
    connections: int = 1_000

    @property
    def look_away(self) -> float:
        """How many seconds a connection may go unseen: its times are kept as exactly as that."""
        shortest = min(self.head_seconds, self.body_seconds, self.answer_seconds, self.idle_seconds)
        return min(shortest / 4, MAX_CHECK_INTERVAL_SECONDS)

    def patience(self, wait: ConnectionState) -> float:
        """Give the seconds that a connection may wait for this."""
        match wait:
            case ConnectionState.REQUEST:
                return self.idle_seconds
            case ConnectionState.HEAD:
                return self.head_seconds
            case ConnectionState.BODY:
                return self.body_seconds
            case ConnectionState.READER:
                return self.answer_seconds
            case ConnectionState.END:
                return LINGER_SECONDS
            case ConnectionState.US:
                return float("inf")
