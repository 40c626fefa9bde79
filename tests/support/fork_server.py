"""The start of the process from which programs are forked. Only that process imports this module.

It imports what the service and its commands need, so that each program starts without these imports.
"""

from __future__ import annotations

import gc
from importlib import import_module

MODULES = (
    "alembic.config",
    "counterpoint.cli.preview.folder_watcher",
    "counterpoint.cli.preview.pages",
    "counterpoint.server.protocol",
    "counterpoint.store.postgresql_database",
    "counterpoint.store.sqlite_database",
    "encodings.idna",
    "pydantic.v1",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "support.processes",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.auto",
)

for module in MODULES:
    import_module(module)
# A program would otherwise copy the memory of these modules when it first collects garbage.
gc.collect()
gc.freeze()
