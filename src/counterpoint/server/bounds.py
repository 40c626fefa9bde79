"""What a client may send on a connection, and how long it may take for it."""

from dataclasses import dataclass
from enum import Enum

LONGEST_LOOK_AWAY = 1.0
"""Seconds after which a connection is looked at again, at most."""

LINGERING = 2.0
"""Seconds in which a client that still sends may read why it is refused."""


class Wait(Enum):
    """What a connection waits for."""

    REQUEST = "the next request"
    HEAD = "the rest of a head"
    BODY = "the rest of a body"
    READER = "the client to read its answer"
    END = "the client to close its side"
    US = "an answer"


@dataclass(frozen=True)
class Bounds:
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
        return min(shortest / 4, LONGEST_LOOK_AWAY)

    def patience(self, wait: Wait) -> float:
        """Give the seconds that a connection may wait for this."""
        match wait:
            case Wait.REQUEST:
                return self.idle_seconds
            case Wait.HEAD:
                return self.head_seconds
            case Wait.BODY:
                return self.body_seconds
            case Wait.READER:
                return self.answer_seconds
            case Wait.END:
                return LINGERING
            case Wait.US:
                return float("inf")
