"""The public address of the service: the scheme and the host of absolute addresses in its responses."""

from collections.abc import MutableMapping
from typing import Any


class PublicAddress:
    """The origin (RFC 6454) under which clients reach the service."""

    def __init__(self, public_url: str) -> None:
        """Use `public_url`, or the scheme and the Host header of each request if it is empty."""
        self._public_url = public_url.rstrip("/")

    def origin(self, scope: MutableMapping[str, Any], host: bytes) -> str:
        """Return the origin for a request with a Host header, without a slash at its end."""
        return self._public_url or f"{scope['scheme']}://{host.decode('latin-1')}"
