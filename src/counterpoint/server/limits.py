"""Limits of a connection: how much a client may send, and how long each state may last."""

import math
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

MAX_CHECK_INTERVAL_SECONDS = 1.0

LINGER_SECONDS = 2.0
"""Seconds during which a client that is still sending can read the last response."""

MAX_DRAINED_BYTES = 16_000_000
"""Maximum bytes discarded after the last response."""


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

    `limit_url_bytes` applies to the request target, `limit_header_bytes` to all header lines together. The header
    timeout starts with the connection, or with the first byte of a later request.
    """

    limit_url_bytes: int
    limit_header_bytes: int
    header_timeout_seconds: float
    body_timeout_seconds: float
    write_timeout_seconds: float
    keepalive_timeout_seconds: float
    max_connections: int

    @cached_property
    def _timeouts(self) -> dict[ConnectionState, float]:
        return {
            ConnectionState.IDLE: self.keepalive_timeout_seconds,
            ConnectionState.HEAD: self.header_timeout_seconds,
            ConnectionState.BODY: self.body_timeout_seconds,
            ConnectionState.WRITE: self.write_timeout_seconds,
        }

    @property
    def check_interval(self) -> float:
        """Seconds between two checks of a connection, which is also the precision of its timeouts."""
        return min(min(self._timeouts.values()) / 4, MAX_CHECK_INTERVAL_SECONDS)

    def find_timeout(self, state: ConnectionState) -> float:
        """Return the seconds that a connection may remain in a state. The time of the application is not limited."""
        return LINGER_SECONDS if state is ConnectionState.DRAIN else self._timeouts.get(state, math.inf)
