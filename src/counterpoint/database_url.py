"""Parse the URL of a database for SQLAlchemy."""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SQLALCHEMY_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}

SEVERAL_HOSTS = re.compile(r"(?P<start>postgres[a-z+]*://([^/?]*@)?)(?P<hosts>[^/?@]*,[^/?@]*)(?P<end>.*)", re.DOTALL)
"""A URL with hosts that are separated by commas, each with an optional port, as in PostgreSQL's own URLs."""

HOST = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(:(?P<port>[0-9]*))?")

CONNECT_TIMEOUT_SECONDS = 5
"""Seconds that a command waits for a connection to PostgreSQL, for each host. A URL may set `connect_timeout`."""

EXPECTED_FORMAT = "expected sqlite:///file or postgresql://user@host/name"

IMMUTABLE = {"immutable": "1"}
"""The only parameters that the URL of an SQLite file may have: nothing changes the file while it is read."""


def parse_database_url(text: str) -> URL:
    """Parse a database URL and add the driver. Raise ValueError with the expected format."""
    if not _is_utf8(text):
        raise ValueError(
            "not UTF-8, expected a URL in UTF-8, and the environment variable PYTHONUTF8=1 if the locale is C"
        )
    several = SEVERAL_HOSTS.fullmatch(text)
    try:
        url = make_url(several["start"] + several["end"] if several else text)
    except (ArgumentError, ValueError):
        raise ValueError(f"not a database URL, {EXPECTED_FORMAT}") from None
    family = url.drivername.partition("+")[0]
    if family not in SQLALCHEMY_DRIVERS:
        raise ValueError(f"unsupported database {family!r}, expected sqlite or postgresql")
    if family == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("missing file, expected sqlite:///file because several processes share the database")
    # SQLAlchemy drops parameters without a value, such as `?immutable`.
    if family == "sqlite" and (url.query or "?" in text) and url.query != IMMUTABLE:
        raise ValueError("unknown parameters, expected sqlite:///file or sqlite:///file?immutable=1")
    if several:
        url = _add_hosts(url, several["hosts"].split(","))
    return url.set(drivername=SQLALCHEMY_DRIVERS[family])


def build_connect_arguments(url: URL) -> dict[str, int | str | None]:
    """Return arguments of commands for the driver: a time limit, UTF-8, and that statements are not prepared.

    Poolers give prepared statements to other clients, and a command runs each statement a few times only.
    """
    if url.get_backend_name() == "sqlite":
        return {}
    timeout = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_TIMEOUT_SECONDS}
    return {**timeout, "client_encoding": "utf-8", "prepare_threshold": None}


def _add_hosts(url: URL, addresses: list[str]) -> URL:
    """Add several hosts in the form that SQLAlchemy and PostgreSQL's library share: as parameters of the query."""
    matches = [HOST.fullmatch(address) for address in addresses]
    hosts = [match["host"].strip("[]") for match in matches if match and match["host"]]
    if len(hosts) < len(addresses):
        raise ValueError("not a list of hosts, expected postgresql://user@host:port,host:port/name")
    ports = [match["port"] or "5432" for match in matches if match]
    return url.update_query_dict({"host": ",".join(hosts), "port": ",".join(ports)})


def _is_utf8(text: str) -> bool:
    """Return whether a value of the environment could be decoded. Python keeps other bytes as surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_immutable(url: URL) -> bool:
    """Return whether a parsed URL is that of an SQLite file that nothing changes."""
    return url.get_backend_name() == "sqlite" and url.query == IMMUTABLE
