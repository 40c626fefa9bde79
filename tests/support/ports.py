"""Free ports for programs that cannot choose one themselves."""

from __future__ import annotations

import secrets
import socket

FIRST_PORT = 10_000
FIRST_EPHEMERAL_PORT = 32_768
"""The first port that Linux chooses; other systems choose higher ones."""


def choose_port() -> int:
    """Return a free port that the system gives to no other program until it is used."""
    while True:
        port = FIRST_PORT + secrets.randbelow(FIRST_EPHEMERAL_PORT - FIRST_PORT)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
