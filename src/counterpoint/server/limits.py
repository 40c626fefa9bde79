"""Limits of a connection: how much a client may send, and how long each state may last."""

from dataclasses import dataclass
from enum import Enum

MAX_CHECK_INTERVAL_SECONDS = 1.0

LINGER_SECONDS = 2.0
"""Seconds during which a client that is still sending can read the last response."""


class ConnectionState(Enum):
    """The event that a connection is waiting for."""

    IDLE = "the next request"
    HEAD = "the rest of a request head"
    BODY = "the rest of a request body"
    APPLICATION = "the application to respond"
    WRITE = "the client to read the response"
    DRAIN = "the client to close its side"


@dataclass(frozen=True)
class ConnectionLimits:
    """Limits of one connection, and the number of connections of the server.

    `max_url_bytes` applies to the request target, `max_header_bytes` to all header lines together. The header timeout
    starts with the connection, or with the first byte of a later request.
    """

    max_url_bytes: int
    max_header_bytes: int
    header_timeout_seconds: float
    body_timeout_seconds: float
    write_timeout_seconds: float
    keepalive_timeout_seconds: float
    max_connections: int

    @property
    def check_interval(self) -> float:
        """Seconds between two checks of a connection, which is also the precision of its timeouts."""
        shortest = min(
            self.header_timeout_seconds,
            self.body_timeout_seconds,
            self.write_timeout_seconds,
            self.keepalive_timeout_seconds,
        )
        return min(shortest / 4, MAX_CHECK_INTERVAL_SECONDS)

    def timeout_for(self, state: ConnectionState) -> float:
        """Return the seconds that a connection may remain in a state."""
        match state:
            case ConnectionState.IDLE:
                return self.keepalive_timeout_seconds
            case ConnectionState.HEAD:
                return self.header_timeout_seconds
            case ConnectionState.BODY:
                return self.body_timeout_seconds
            case ConnectionState.WRITE:
                return self.write_timeout_seconds
            case ConnectionState.DRAIN:
                return LINGER_SECONDS
            case ConnectionState.APPLICATION:
                return float("inf")
