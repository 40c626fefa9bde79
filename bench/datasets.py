"""The content that is measured on: generated and seeded once, kept and used again."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from bench.articles import batches, job
from bench.machine import Memory, Peak
from counterpoint.article.parser import PARSER_VERSION
from counterpoint.store.models import SCHEMA_VERSION

HERE = Path(__file__).parent
CACHE = HERE / ".cache"
GENERATOR = ("articles.py", "vocabulary.py", "vocabulary.toml", "../src/counterpoint/article/writing.py")


@dataclass(frozen=True)
class Timed:
    """How long a command took, in seconds, and the memory it held at most."""

    seconds: float
    memory: Memory


def generate(folder: Path, articles: int, seed: int) -> float:
    """Write the files of a seed into a folder, by all cores. Give the seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for _ in pool.map(job(folder, articles, seed), batches(articles)):
            pass
    return time.perf_counter() - start


def kept_articles(articles: int, seed: int, tell: Callable[[str], None]) -> Path:
    """Give the folder of generated articles, made now if it is not there."""
    folder = CACHE / f"articles-{articles}-{seed}-{_digest([HERE / name for name in GENERATOR])}"
    if not folder.exists():
        tell(f"Generating {articles} articles")
        making = folder.with_suffix(".part")
        shutil.rmtree(making, ignore_errors=True)
        generate(making, articles, seed)
        making.rename(folder)
    return folder


def kept_database(articles: int, seed: int, tell: Callable[[str], None]) -> str:
    """Give the address of an SQLite database with the articles, seeded now if it is not there."""
    folder = kept_articles(articles, seed, tell)
    tables = sorted((HERE.parent / "migrations" / "versions").glob("*.py"))
    database = CACHE / f"{folder.name}-{PARSER_VERSION}-{SCHEMA_VERSION}-{_digest(tables)}.db"
    url = f"sqlite:///{database}"
    if not database.exists():
        tell(f"Seeding {articles} articles")
        making = database.with_suffix(".part")
        remove_database(making)
        seed_into(f"sqlite:///{making}", folder)
        making.rename(database)
    return url


def seed_into(url: str, folder: Path) -> Timed:
    """Make a database hold the articles of a folder, by the service's own commands; time the seeding."""
    command("migrate", url)
    return command("seed", url, str(folder))


def command(name: str, url: str, *arguments: str) -> Timed:
    """Run a command of the service on a database; give what it took. Fail if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "counterpoint", name, *arguments],
        env={**os.environ, "COUNTERPOINT_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
    )
    try:
        with Peak(process.pid) as peak:
            status = process.wait()
    except BaseException:
        process.kill()
        raise
    if status:
        raise RuntimeError(f"counterpoint {name} ended with status {status}")
    return Timed(time.perf_counter() - start, peak.memory)


def remove_database(path: Path) -> None:
    """Remove an SQLite file and what stands beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _digest(files: list[Path]) -> str:
    return sha256(
        b"\0".join(chain.from_iterable((each.name.encode(), each.read_bytes()) for each in files))
    ).hexdigest()[:8]
