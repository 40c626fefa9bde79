"""Benchmark content: article files and SQLite databases, built once and reused from a folder."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import click

from bench.articles import write_articles
from bench.machine import Memory, MemoryMonitor
from bench.servers import PROJECT, counterpoint_command

BENCH = PROJECT / "bench"
CACHE = Path(os.environ.get("BENCH_CACHE") or BENCH / ".cache").absolute()
"""Folder of articles and databases: `bench/.cache`, unless the environment variable names another."""

GENERATOR_FILES = (
    BENCH / "articles.py",
    BENCH / "vocabulary.py",
    BENCH / "vocabulary.toml",
    BENCH / "serializer.py",
    BENCH / "escaping.py",
)
ARTICLES_PER_JOB = 500

SEARCH_TABLE = "passage"
"""Search reads this table. Its full-text index consists of tables whose names begin with the same word."""


@dataclass(frozen=True)
class CommandUsage:
    """Duration of a command in seconds, and its peak memory."""

    seconds: float
    memory: Memory


@dataclass(frozen=True)
class DatabaseSize:
    """Bytes of a database file, and those of its pages that only search reads."""

    total: int
    search_index: int


def log_progress(message: str) -> None:
    """Print a message to standard error, because standard output is for results."""
    click.echo(message, err=True)


def generate_articles(folder: Path, articles: int, seed: int) -> float:
    """Write generated articles into a folder, with one process per core. Return the duration in seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    jobs = [range(first, min(first + ARTICLES_PER_JOB, articles)) for first in range(0, articles, ARTICLES_PER_JOB)]
    if len(jobs) == 1:
        write_articles(folder, articles, seed, jobs[0])
    else:
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            list(pool.map(partial(write_articles, folder, articles, seed), jobs))
    return time.perf_counter() - start


def ensure_articles(articles: int, seed: int) -> Path:
    """Return the folder of generated articles; generate them if the cache has none."""
    folder = CACHE / f"articles-{articles}-{seed}-{_digest(GENERATOR_FILES)}"
    if not folder.exists():
        log_progress(f"Generating {articles} articles")
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        generate_articles(unfinished, articles, seed)
        unfinished.rename(folder)
    return folder


@cache
def ensure_database(articles: int, seed: int, project: Path = PROJECT, database_url: str | None = None) -> str:
    """Return the URL of a database that a checkout's own commands have migrated and seeded.

    It is the database with this URL, or else an SQLite database in the cache. The commands run once in each run of the
    benchmark, because they alone know whether an existing database is current.
    """
    folder = ensure_articles(articles, seed)
    database = database_path(folder, project)
    if database_url is None and not database.exists():
        log_progress(f"Seeding {articles} articles with {project}")
    url = database_url or f"sqlite:///{database}"
    migrate_and_seed(url, folder, project)
    return url


def database_path(folder: Path, project: Path = PROJECT) -> Path:
    """Return the path of the SQLite database in the cache for a folder of articles and the code of a checkout."""
    migrations = sorted((project / "migrations" / "versions").glob("*.py"))
    checkout = sha256(str(project).encode()).hexdigest()[:8]
    return CACHE / f"{folder.name}-{checkout}-{_digest(migrations)}.db"


def migrate_and_seed(url: str, folder: Path, project: Path = PROJECT) -> CommandUsage:
    """Migrate a database and seed it with a folder of articles. Return the usage of seeding."""
    run_counterpoint(project, url, "migrate")
    return run_counterpoint(project, url, "seed", str(folder))


def measure_seedings(url: str, folder: Path) -> tuple[CommandUsage, CommandUsage]:
    """Migrate an empty database and seed it twice. Return the usage for new articles and for unchanged ones."""
    return migrate_and_seed(url, folder), run_counterpoint(PROJECT, url, "seed", str(folder))


def run_counterpoint(project: Path, url: str, *arguments: str) -> CommandUsage:
    """Run a `counterpoint` command of a checkout on a database. Raise RuntimeError if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        counterpoint_command(project, *arguments),
        cwd=project,
        env={**os.environ, "COUNTERPOINT_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
    )
    try:
        with MemoryMonitor(process.pid) as monitor:
            status = process.wait()
    except BaseException:
        process.kill()
        raise
    if status:
        raise RuntimeError(f"counterpoint {arguments[0]} exited with status {status}")
    return CommandUsage(time.perf_counter() - start, monitor.peak)


def remove_database(path: Path) -> None:
    """Remove an SQLite file with its write-ahead log and shared memory files."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def measure_database_size(path: Path) -> DatabaseSize:
    """Return the size of a database file. SQLite must be compiled with dbstat, as in Debian and python.org's Python."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        (total,) = connection.execute(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        ).fetchone()
        (search_index,) = connection.execute(
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = 1 AND name IN "
            "(SELECT name FROM sqlite_schema WHERE tbl_name = ? OR tbl_name LIKE ? ESCAPE '\\')",
            (SEARCH_TABLE, f"{SEARCH_TABLE}\\_%"),
        ).fetchone()
    finally:
        connection.close()
    return DatabaseSize(total, search_index)


def _digest(files: Iterable[Path]) -> str:
    return sha256(b"\0".join(part for file in files for part in (file.name.encode(), file.read_bytes()))).hexdigest()[
        :8
    ]
