"""Soak test: mixed load, while the content changes, workers die and the database restarts.

Two versions of the content alternate. Each answer names its revision, and must equal the answer that this revision had
before the test.
"""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from bench import datasets
from bench.machine import Memory, count_descriptors, list_descendants, read_tree_memory
from bench.servers import PROJECT, RunningServer, ServerCommand, counterpoint_command, run_server

CLIENT_COUNT = 8
SEEDING_INTERVAL_SECONDS = 5.0
KILL_INTERVAL_SECONDS = 30.0
RESTART_INTERVAL_SECONDS = 60.0
SAMPLE_INTERVAL_SECONDS = 5.0
OUTAGE_SECONDS = 5.0
"""Seconds after a restart of the database in which requests may get status 503."""

LOST_CONNECTION_SECONDS = 3.0
"""Seconds after the death of a worker in which its connections may break."""

REVISION = "revision { id }"
ARTICLE = f"query ($slug: String!) {{ {REVISION} article(slug: $slug) {{ title sections {{ heading }} }} }}"
DOCUMENTS = (
    f"{{ {REVISION} articles(first: 20) {{ totalCount nodes {{ slug title published }} }} }}",
    f"{{ {REVISION} parties(first: 10) {{ nodes {{ name measures(first: 5) {{ totalCount nodes {{ text }} }} }} }} }}",
    f'{{ {REVISION} search(query: "public", first: 10) {{ totalCount nodes {{ __typename }} }} }}',
    f"{{ {REVISION} governments(first: 5) {{ nodes {{ name approaches(first: 3) {{ nodes {{ html }} }} }} }} }}",
)

Answers = dict[str, list[bytes]]
"""The bodies of all requests, by revision."""


@dataclass
class SoakCounts:
    """The results of a soak test. `samples` are the memory and the open files of all processes of the server.

    `events` are the times at which each kind of event began, in seconds since the load began.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    events: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    samples: list[tuple[Memory, int]] = field(default_factory=list)


class Soak:
    """One soak test on an empty database."""

    def __init__(
        self, url: str, folder: Path, articles: int, workers: int, rate: float, restart_command: str | None
    ) -> None:
        """Write two versions of generated articles into a folder."""
        self._url = url
        self._workers = workers
        self._request_interval = CLIENT_COUNT / rate
        self._restart_command = restart_command
        self._versions = _write_versions(folder, articles)
        slugs = sorted(path.stem for path in self._versions[0].glob("*.md"))[:100]
        self._requests = [json.dumps({"query": document}) for document in DOCUMENTS]
        self._requests += [json.dumps({"query": ARTICLE, "variables": {"slug": slug}}) for slug in slugs]
        self.answers: Answers = {}
        self._counts = SoakCounts()
        self._stop = threading.Event()
        self._last_kill = self._last_restart = -1e9

    def run(self, seconds: float) -> SoakCounts:
        """Run the test for this time."""
        datasets.run_counterpoint(PROJECT, self._url, "migrate")
        settings = {"COUNTERPOINT_DATABASE_URL": self._url, "COUNTERPOINT_WORKERS": str(self._workers)}
        command = ServerCommand("Counterpoint", counterpoint_command(PROJECT, "serve", "--port", "{port}"), settings)
        self._seed(self._versions[0])
        with run_server(command) as server:
            self._collect_answers(server)
            self._seed(self._versions[1])  # which returns when the server knows the new revision
            self._collect_answers(server)
            with self._clients(server):
                self._disturb(server, seconds)
        return self._counts

    def _seed(self, version: Path) -> None:
        datasets.run_counterpoint(PROJECT, self._url, "seed", "--max-removals", "100%", str(version))

    def _collect_answers(self, server: RunningServer) -> None:
        bodies = [_post(server.port, request)[1] for request in self._requests]
        self.answers[_revision(bodies[0])] = bodies

    @contextmanager
    def _clients(self, server: RunningServer) -> Iterator[None]:
        threads = [threading.Thread(target=self._send, args=(server.port, number)) for number in range(CLIENT_COUNT)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _disturb(self, server: RunningServer, seconds: float) -> None:
        """Seed, kill workers and restart the database in their intervals, and sample the server."""
        start = time.monotonic()
        due = {"seeding": SEEDING_INTERVAL_SECONDS, "sample": 0.0, "kill": KILL_INTERVAL_SECONDS}
        intervals = {
            "seeding": SEEDING_INTERVAL_SECONDS,
            "sample": SAMPLE_INTERVAL_SECONDS,
            "kill": KILL_INTERVAL_SECONDS,
        }
        if self._restart_command:
            due["restart"] = intervals["restart"] = RESTART_INTERVAL_SECONDS
        actions = {"seeding": self._seed_next, "sample": self._sample, "kill": self._kill, "restart": self._restart}
        while (elapsed := time.monotonic() - start) < seconds and not self._stop.is_set():
            name = min(due, key=due.__getitem__)
            self._stop.wait(max(0.0, min(due[name], seconds) - elapsed))
            if due[name] < seconds:
                begin = time.monotonic() - start
                actions[name](server)
                self._counts.events[name].append(begin)
            due[name] = max(due[name] + intervals[name], time.monotonic() - start)

    def _seed_next(self, _: RunningServer) -> None:
        self._seed(self._versions[len(self._counts.events["seeding"]) % 2])

    def _sample(self, server: RunningServer) -> None:
        self._counts.samples.append((read_tree_memory(server.pid), count_descriptors(server.pid)))

    def _kill(self, server: RunningServer) -> None:
        workers = list_descendants(server.pid)
        if workers:
            self._last_kill = time.monotonic()
            os.kill(workers[len(self._counts.events["kill"]) % len(workers)], signal.SIGKILL)

    def _restart(self, _: RunningServer) -> None:
        assert self._restart_command
        self._last_restart = time.monotonic()
        subprocess.run(self._restart_command, shell=True, check=True, stdout=subprocess.DEVNULL)
        self._last_restart = time.monotonic()

    def _send(self, port: int, client: int) -> None:
        """Send requests at the client's share of the rate until the test stops, and check each answer."""
        number = client
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            due = max(due + self._request_interval, time.monotonic())
            number += 1
            index = number % len(self._requests)
            try:
                status, body = _post_on(connection, self._requests[index])
            except (HTTPException, OSError) as error:
                connection.close()
                self._count_failure(repr(error), time.monotonic() - self._last_kill < LOST_CONNECTION_SECONDS)
                continue
            if status == 200:
                self._check(index, body)
            else:
                self._count_failure(f"{status} {body[:200]!r}", time.monotonic() - self._last_restart < OUTAGE_SECONDS)
        connection.close()

    def _check(self, index: int, body: bytes) -> None:
        expected = self.answers.get(_revision(body))
        if expected is not None and expected[index] == body:
            self._counts.outcomes["right"] += 1
        else:
            self._counts.outcomes["wrong"] += 1
            self._counts.problems.append(f"request {index}: {body[:200]!r}")

    def _count_failure(self, problem: str, is_expected: bool) -> None:
        self._counts.outcomes["failed, as expected" if is_expected else "failed"] += 1
        if not is_expected:
            self._counts.problems.append(problem)


def _write_versions(folder: Path, articles: int) -> Sequence[Path]:
    """Write two folders of articles: all, and without a tenth of them and with new sections."""
    first, second = folder / "first", folder / "second"
    datasets.generate_articles(first, articles, 1)
    shutil.copytree(first, second)
    for number, path in enumerate(sorted(second.glob("*.md"))):
        if number % 10 == 0:
            path.unlink()
        elif number % 3 == 0:
            path.write_text(path.read_text(encoding="utf-8") + "\n## Revised\n\nA text.\n", encoding="utf-8")
    return first, second


def _revision(body: bytes) -> str:
    revision: dict[str, Any] = json.loads(body)["data"]["revision"]
    return str(revision["id"])


def _post(port: int, request: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        return _post_on(connection, request)
    finally:
        connection.close()


def _post_on(connection: HTTPConnection, request: str) -> tuple[int, bytes]:
    connection.request("POST", "/graphql", request, {"Content-Type": "application/json", "Accept": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()
