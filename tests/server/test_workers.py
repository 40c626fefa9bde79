"""Several workers answer as one server does. Those that die are replaced, and all end with their supervisor."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.commands import run, write_texts
from support.processes import run_program, start_program, wait_until
from support.sample_articles import TEXTS
from support.servers import START_TIMEOUT_SECONDS, ServerProcess, run_server, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.processes import Program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")

QUERY = "/graphql?query={revision{id}articles{nodes{title}}}"

IMPATIENT_SERVER = """
from counterpoint.cli import main
from counterpoint.server import supervisor

supervisor.HEARTBEAT_CHECK_SECONDS = 0.2
main()
"""
PAUSE_SECONDS = 4.0
"""Longer than the time after which a worker of this server counts as hanging."""

CONNECTIONS = 32
"""Connections that reach every worker: all of them meet one of two workers in a run of a thousand million."""

FAILING_WORKERS = """
import logging, os, signal, sys
from counterpoint.server.supervisor import Supervisor

def end_before_start(listeners, link):
    sys.exit(3)

def end_after_start(listeners, link):
    link.report_start()
    os._exit(5)

def never_stop(listeners, link):
    signal.signal(signal.SIGTERM, lambda *_: logging.warning("A worker ignores SIGTERM."))
    link.report_start()
    while True:
        signal.pause()

logging.basicConfig(level=logging.INFO, format="%(message)s")
supervisor = Supervisor(globals()[sys.argv[1]], [[], []], drain_seconds=0)
signal.signal(signal.SIGTERM, lambda *_: supervisor.stop(signal.SIGTERM))
sys.exit(0 if supervisor.run() else 1)
"""

WORKERS_WITHOUT_ROOM = """
import logging, multiprocessing.popen_fork, os, resource, signal, sys
from counterpoint.server.supervisor import Supervisor

def run_worker(listeners, link):
    link.report_start()
    signal.pause()

logging.basicConfig(level=logging.INFO, format="%(message)s")
supervisor = Supervisor(run_worker, [[], []], drain_seconds=0)
signal.signal(signal.SIGTERM, lambda *_: supervisor.stop(signal.SIGTERM))
highest = max(map(int, os.listdir("/dev/fd")))
while (next_descriptor := os.dup(0)) < highest:
    pass  # because a free descriptor below the highest one would be room, too
os.close(next_descriptor)
resource.setrlimit(resource.RLIMIT_NOFILE, (next_descriptor + int(sys.argv[1]), 1024))
sys.exit(0 if supervisor.run() else 1)
"""
"""A supervisor that may open so many more files. The start of a process takes four, and two of them stay open."""


@dataclass(frozen=True)
class Answer:
    """A response without what may differ between workers, and the name of the worker."""

    body: bytes
    etag: str | None
    worker: str


@contextmanager
def open_connections(server: ServerProcess) -> Iterator[list[HTTPConnection]]:
    connections = [HTTPConnection("127.0.0.1", server.port, timeout=START_TIMEOUT_SECONDS) for _ in range(CONNECTIONS)]
    yield connections
    for connection in connections:
        connection.close()


def read_answer(connection: HTTPConnection) -> Answer:
    response = connection.getresponse()
    request_id = response.headers["X-Request-ID"]
    assert response.status == 200
    return Answer(response.read(), response.headers["ETag"], request_id.partition("-")[0])


def ask(connection: HTTPConnection) -> Answer:
    connection.request("GET", QUERY, headers={"Accept": "application/json"})
    return read_answer(connection)


def ask_or_fail(connection: HTTPConnection) -> Answer | None:
    """Return the answer, or None if the connection is broken."""
    connection.auto_open = 0  # so that it is not opened again
    try:
        return ask(connection)
    except (HTTPException, OSError):
        return None


def find_workers(supervisor: Program) -> set[int]:
    pid = supervisor.process.pid
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def seed(url: str, folder: Path, *texts: str) -> None:
    write_texts(folder, {name: TEXTS[name] for name in texts})
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=url).exit_code == 0


@pytest.fixture
def failing_workers(tmp_path: Path) -> Path:
    """Return a script that supervises workers of one kind."""
    path = tmp_path / "failing_workers.py"
    path.write_text(FAILING_WORKERS, encoding="utf-8")
    return path


@variant("postgresql")
@pytest.mark.slow
def test_workers_answer_equally_and_all_know_the_content_when_a_seeding_returns(
    database_url: str, tmp_path: Path
) -> None:
    seed(database_url, tmp_path, "old.md")
    with (
        run_service(database_url, COUNTERPOINT_WORKERS="2") as server,
        open_connections(server) as connections,
    ):
        old = list(map(ask, connections))
        seed(database_url, tmp_path, "new.md")
        new = list(map(ask, connections))
        assert [answer.worker for answer in old] == [answer.worker for answer in new]
        assert len({answer.worker for answer in old}) == 2
        contents = [{(answer.body, answer.etag) for answer in answers} for answers in (old, new)]
        assert list(map(len, contents)) == [1, 1]
        assert contents[0] != contents[1]
        assert server.log_text.count("running on") == 1
        assert len(server.log_text.splitlines()) == 1
        workers = find_workers(server.program)
        assert server.stop(signal.SIGTERM) == 0
        assert not any(map(is_running, workers))


@pytest.mark.slow
def test_killed_worker_is_replaced_and_no_other_request_is_lost(migrated_sqlite_url: str, tmp_path: Path) -> None:
    seed(migrated_sqlite_url, tmp_path, "old.md")
    with (
        run_service(migrated_sqlite_url, COUNTERPOINT_WORKERS="2") as server,
        open_connections(server) as connections,
        open_connections(server) as waiting_connections,
    ):
        before = list(map(ask, connections))
        victim, _ = find_workers(server.program)
        os.kill(victim, signal.SIGSTOP)
        for connection in waiting_connections:
            connection.request("GET", QUERY)
        os.kill(victim, signal.SIGKILL)
        answers = list(map(read_answer, waiting_connections))
        after = list(map(ask_or_fail, connections))

        assert {answer.body for answer in answers} == {before[0].body}
        lost = {old.worker for old, new in zip(before, after, strict=True) if new is None}
        survivors = {answer.worker for answer in after if answer}
        assert (len(lost), len(survivors)) == (1, 1)
        assert survivors == {answer.worker for answer in before} - lost
        assert survivors < {answer.worker for answer in answers}
        assert not lost & {answer.worker for answer in answers}
        assert victim not in find_workers(server.program)
        assert f"Worker {victim} was killed by signal 9." in server.log_text


@contextmanager
def run_impatient_service(url: str, folder: Path) -> Iterator[ServerProcess]:
    """Run two workers that count as hanging after two seconds."""
    (script := folder / "impatient_server.py").write_text(IMPATIENT_SERVER, encoding="utf-8")
    settings = {"COUNTERPOINT_DATABASE_URL": url, "COUNTERPOINT_WORKERS": "2"}
    with run_server("serve", "--port", "0", script=str(script), **settings) as server:
        yield server


@pytest.mark.slow
def test_worker_that_hangs_under_load_is_replaced_and_no_request_of_the_other_is_lost(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    seed(migrated_sqlite_url, tmp_path, "old.md")
    with run_impatient_service(migrated_sqlite_url, tmp_path) as server, open_connections(server) as connections:
        before = list(map(ask, connections))
        victim, other = find_workers(server.program)
        os.kill(victim, signal.SIGSTOP)
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            after = list(threads.map(ask_or_fail, connections))
            # The new worker accepts the connections that the kernel has queued for the old one.
            with open_connections(server) as new_connections:
                answers = list(threads.map(ask, new_connections))
        lost = {old.worker for old, new in zip(before, after, strict=True) if new is None}
        assert len(lost) == 1
        assert {answer.body for answer in answers} == {before[0].body}
        assert not lost & {answer.worker for answer in answers}
        assert {victim, other} & find_workers(server.program) == {other}
        assert f"Worker {victim} is killed: its event loop does not run." in server.log_text
        assert server.log_text.count("is killed") == 1


@pytest.mark.slow
def test_pause_of_all_processes_ends_no_worker(migrated_sqlite_url: str, tmp_path: Path) -> None:
    seed(migrated_sqlite_url, tmp_path, "old.md")
    with run_impatient_service(migrated_sqlite_url, tmp_path) as server, open_connections(server) as connections:
        before = list(map(ask, connections))
        workers = find_workers(server.program)
        processes = [server.program.process.pid, *workers]
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in processes:
                os.kill(pid or 0, number)
            if number is signal.SIGSTOP:
                time.sleep(PAUSE_SECONDS)
        assert list(map(ask, connections)) == before
        assert find_workers(server.program) == workers
        assert "killed" not in server.log_text


def test_workers_end_when_their_supervisor_is_killed(migrated_sqlite_url: str) -> None:
    supervisor = start_program("serve", "--workers", "2", "--port", "0", COUNTERPOINT_DATABASE_URL=migrated_sqlite_url)
    supervisor.wait_for_line("running on")
    workers = find_workers(supervisor)
    assert len(workers) == 2
    supervisor.kill()
    wait_until(lambda: not any(map(is_running, workers)))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_occupied_port_is_reported_once(workers: str, migrated_sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = str(occupant.getsockname()[1])
        arguments = ("serve", "--workers", workers, "--port", port)
        program = run_program(*arguments, COUNTERPOINT_DATABASE_URL=migrated_sqlite_url)
        assert program.wait() == 1
        assert program.stderr.count(f"can't listen on 127.0.0.1, port {port}: Address already in use.") == 1


@pytest.mark.parametrize("command", [("serve",), ("serve", "--workers", "2"), ("preview",)])
def test_host_that_is_no_name_is_one_clear_line(command: tuple[str, ...], migrated_sqlite_url: str) -> None:
    host = "a" * 64
    program = run_program(*command, "--host", host, "--port", "0", COUNTERPOINT_DATABASE_URL=migrated_sqlite_url)
    assert program.wait() == 1
    assert program.stderr == (
        f"The server can't listen on {host}, port 0: the host is not a name. "
        "Choose another port with --port, or another address with --host.\n"
    )


def test_second_server_with_workers_cannot_share_the_port(migrated_sqlite_url: str) -> None:
    with run_service(migrated_sqlite_url, COUNTERPOINT_WORKERS="2") as server:
        arguments = ("serve", "--workers", "2", "--port", str(server.port))
        program = run_program(*arguments, COUNTERPOINT_DATABASE_URL=migrated_sqlite_url)
        assert program.wait() == 1
        assert f"can't listen on 127.0.0.1, port {server.port}: Address already in use." in program.stderr


def test_worker_that_fails_to_start_ends_the_command_at_once(failing_workers: Path) -> None:
    program = start_program("end_before_start", script=str(failing_workers))
    assert program.wait() == 1
    assert re.fullmatch(r"Worker \d+ ended with status 3 before it had started.\n", program.stderr)


def test_worker_that_dies_again_and_again_is_replaced_after_growing_delays(failing_workers: Path) -> None:
    program = start_program("end_after_start", script=str(failing_workers))
    program.wait_for_line("Another one starts in 0.8 s.")
    program.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    delays = re.findall(r"ended with status 5\. Another one starts in (.+) s\.", program.stderr)
    assert sorted(delays)[:6] == ["0.1", "0.1", "0.2", "0.2", "0.4", "0.4"]


def test_first_worker_that_cannot_be_started_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / "serve.py").write_text(WORKERS_WITHOUT_ROOM)
    program = start_program("0", script=str(tmp_path / "serve.py"))
    assert program.wait() == 1
    assert program.stderr == "A worker can't be started: Too many open files.\n"


def test_other_worker_that_cannot_be_started_does_not_stop_the_first(tmp_path: Path) -> None:
    (tmp_path / "serve.py").write_text(WORKERS_WITHOUT_ROOM)
    program = start_program("4", script=str(tmp_path / "serve.py"))
    program.wait_for_line("A worker can't be started: Too many open files.")
    program.send_signal(signal.SIGTERM)
    assert program.wait() == 0


def test_second_signal_kills_workers_that_do_not_stop(failing_workers: Path) -> None:
    program = start_program("never_stop", script=str(failing_workers))
    program.wait_for_line("running on")
    program.send_signal(signal.SIGTERM)
    program.wait_for_line("A worker ignores SIGTERM.")
    program.send_signal(signal.SIGTERM)
    assert program.wait() == 0
    assert "within" not in program.stderr
