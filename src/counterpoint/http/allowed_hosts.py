"""Allowed hosts: the values of the Host header that the server accepts."""

from collections.abc import Sequence


class AllowedHosts:
    """The values of the Host header that the server accepts, ports ignored."""

    def __init__(self, allowed: Sequence[str]) -> None:
        """Allow the hosts; `*` allows all, `*.example.org` allows its subdomains."""
        self.allows_all = "*" in allowed
        self._hosts = frozenset(host.lower() for host in allowed)
        self._suffixes = tuple(host[1:].lower() for host in allowed if host.startswith("*."))

    def allows(self, host: bytes) -> bool:
        """Return whether a Host header is allowed."""
        if self.allows_all:
            return True
        text = host.decode("latin-1").lower()
        name = text[: text.find("]") + 1] if text.startswith("[") else text.partition(":")[0]
        return name in self._hosts or name.endswith(self._suffixes)
