"""The public address of the service: the scheme and the host of absolute addresses in its responses."""

from counterpoint.http.application import RequestHead


class PublicAddress:
    """The origin (RFC 6454) under which clients reach the service."""

    def __init__(self, public_url: str) -> None:
        """Use `public_url`, or the scheme and the Host header of each request if it is empty."""
        self._public_url = public_url.rstrip("/")

    def origin(self, head: RequestHead) -> str:
        """Return the origin for a request, without a slash at its end; "" if the request names no host."""
        host = head.header_text(b"host")
        return self._public_url or (f"{head.scheme}://{host}" if host else "")
