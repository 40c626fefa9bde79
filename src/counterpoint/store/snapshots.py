"""Read-only connections for commands. The server reads through `database` instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError

from counterpoint.database_url import build_connect_arguments
from counterpoint.errors import NotReady
from counterpoint.store.sqlite_files import READ_ONLY_FOLDER_MESSAGE, find_file, needs_writable_folder


@contextmanager
def open_snapshot(url: URL) -> Iterator[Connection]:
    """Connect to a database, all of whose queries read one state of it. Raise NotReady if there is no database."""
    is_sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {} if is_sqlite else {"isolation_level": "REPEATABLE READ"}
    engine = create_engine(_read_only(url) if is_sqlite else url, connect_args=build_connect_arguments(url), **options)
    if is_sqlite:
        # The driver begins transactions only before it writes.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        if is_sqlite and needs_writable_folder(Path(url.database or ""), error.orig):
            raise NotReady(READ_ONLY_FOLDER_MESSAGE) from error
        raise
    finally:
        engine.dispose()


def _read_only(url: URL) -> URL:
    """Return a URL that creates no SQLite file. Raise NotReady if there is none."""
    return url.set(database=find_file(url).as_uri(), query={**url.query, "mode": "ro", "uri": "true"})
