"""Processes that share the reading of articles change nothing but the time, and never outlive a seeding."""

from __future__ import annotations

import operator
import os
import signal
import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoint import article_folder
from counterpoint.errors import WorkerLost
from counterpoint.worker_processes import count_cores, map_in_processes
from support.commands import run, write_texts
from support.database_helpers import create_sqlite_file
from support.image_files import build_png
from support.processes import TIMEOUT_SECONDS, start_program, wait_until
from support.sample_articles import TEXTS
from support.variants import variant
from support.whole_database import read_content

if TYPE_CHECKING:
    from click.testing import Result

    from support.processes import Program

FILES = 50
"""Files that two processes read. Each gets more than one chunk."""


def write_folder(folder: Path, count: int = FILES) -> Path:
    """Write articles like the samples. Each shows the same image."""
    texts = [f"{text.replace('slug: ', 'summary: ')}\n![A map](a.png)\n" for text in TEXTS.values()]
    write_texts(folder, {f"{number:03}.md": texts[number % len(texts)] for number in range(count)})
    (folder / "a.png").write_bytes(build_png(4, 3, (255, 0, 0)))
    return folder


def seed_twice(folder: Path, parent: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Result, Result, list[str]]:
    """Seed a folder into two databases, first in this process and then with two others; return the results and URLs."""
    results, urls = [], [create_sqlite_file(parent / f"{name}.db") for name in ("one", "several")]
    for url, min_files in zip(urls, (FILES + 1, 1), strict=True):
        monkeypatch.setattr(article_folder, "MIN_FILES_FOR_PROCESSES", min_files)
        monkeypatch.setattr(article_folder, "count_cores", lambda: 2)
        results.append(run("seed", "--no-wait", "--verbose", str(folder), COUNTERPOINT_DATABASE_URL=url))
    return results[0], results[1], urls


def test_processes_write_the_same_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, several, urls = seed_twice(write_folder(tmp_path / "seed"), tmp_path, monkeypatch)
    assert (one.exit_code, one.stdout) == (0, several.stdout)
    assert f"\n{FILES} added, " in one.stdout
    contents = [read_content(url, ["mayor", "quarrel"]) for url in urls]
    assert contents[0] == contents[1]
    assert len(contents[0]["image_file"]) == 1


@variant
def test_processes_report_the_same_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "seed")
    bad = [
        "---\ntitle: T\n---\n\n![no image](b.png)\n",
        "---\ntitle: T\n---\n\n# H\n\n#### H\n",
        "no title",
        "---\n---\n",
    ]
    write_texts(folder, {f"{number:02}1.md": bad[number % len(bad)] for number in range(4)})
    (folder / "017.md").write_bytes(b"\xff")
    (folder / "z.md").symlink_to("gone.md")
    one, several, _ = seed_twice(folder, tmp_path, monkeypatch)
    assert (one.exit_code, several.exit_code) == (1, 1)
    assert several.stderr == one.stderr
    assert one.stderr.count(": ") > len(bad)


def test_results_have_the_order_of_the_items() -> None:
    numbers = range(200)
    assert [*map_in_processes(abs, numbers, 3)] == [*numbers]


def test_processes_end_if_their_results_are_not_read() -> None:
    # A function of the standard library, because the processes would import this module and all that it needs.
    results = map_in_processes(os.readlink, ["/proc/self"] * 1_000, 2)
    processes = {*map(int, islice(results, 100))}
    assert len(processes) == 2
    results.close()
    assert not any(map(is_running, processes))


def test_bug_in_a_process_is_reported_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*ZeroDivisionError"):
        list(map_in_processes(partial(operator.floordiv, 1), [0], 2))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_killed_process_is_one_error(number: signal.Signals) -> None:
    with pytest.raises(WorkerLost, match=f"was killed by signal {number.value}. Is there enough memory"):
        list(map_in_processes(signal.raise_signal, [number] * 100, 2))


def is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def find_workers(program: Program) -> list[int]:
    """Wait until all processes that a seeding starts run their function, and return their ids.

    Until then, each reports the end of the seeding by a traceback: Python reads there what to run.
    """
    pid, expected = program.process.pid, min(count_cores(), article_folder.MAX_PROCESSES)
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        assert program.process.is_alive(), program.stderr
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        workers = [child for child in children if "spawn_main" in read_command(child)]
        if len(workers) == expected and all(map(has_second_thread, workers)):
            return workers
    pytest.fail("The seeding starts no processes.")


def has_second_thread(process: int) -> bool:
    try:
        return len([*Path(f"/proc/{process}/task").iterdir()]) > 1
    except OSError:
        return False


def read_command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


@pytest.fixture
def seeding(tmp_path: Path) -> Program:
    """Start a seeding of so many files that processes read them."""
    folder = write_folder(tmp_path / "seed", article_folder.MIN_FILES_FOR_PROCESSES)
    url = create_sqlite_file(tmp_path / "data.db")
    return start_program("seed", "--no-wait", folder, COUNTERPOINT_DATABASE_URL=url)


needs_two_cores = pytest.mark.skipif(count_cores() < 2, reason="one core reads without other processes")


@needs_two_cores
@pytest.mark.parametrize(
    ("number", "status", "message"),
    [
        (signal.SIGINT, 130, "Interrupted.\n"),
        (signal.SIGTERM, -signal.SIGTERM, ""),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_processes_end_with_the_seeding(
    seeding: Program, tmp_path: Path, number: signal.Signals, status: int, message: str
) -> None:
    workers = find_workers(seeding)
    if number is signal.SIGINT:
        # A terminal sends it to all processes.
        for worker in workers:
            os.kill(worker, number)
    seeding.send_signal(number)
    assert seeding.wait() == status
    assert seeding.stderr.partition(" articles\n")[2] == message
    wait_until(lambda: not any(map(is_running, workers)))
    assert read_content(f"sqlite:///{tmp_path}/data.db")["article"] == []


@needs_two_cores
def test_seeding_whose_process_is_killed_writes_nothing(seeding: Program, tmp_path: Path) -> None:
    os.kill(find_workers(seeding)[0], signal.SIGKILL)
    assert seeding.wait() == 1
    assert seeding.stderr.partition(" articles\n")[2] == f"{WorkerLost(-signal.SIGKILL)}\n"
    assert read_content(f"sqlite:///{tmp_path}/data.db")["article"] == []
