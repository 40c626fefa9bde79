"""A server that gets SIGTERM answers all requests until no balancer sends it more, and then stops."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from support.balancer import Balancer, Reply
from support.database_helpers import open_write_engine, seed_articles
from support.processes import start_program
from support.raw_http import connect, parse_responses, receive_all
from support.sample_articles import ARTICLES
from support.servers import START_TIMEOUT_SECONDS, Response, ServerProcess, run_service
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = "/graphql?query={articles{nodes{title}}}"
CLIENTS = 6
PAUSE_SECONDS = 0.005
"""Seconds between the requests of a client, because it need not use a whole core."""

REQUESTS_AFTER_THE_STOP = 200
STOP_SECONDS = 10
"""Seconds within which a server must stop, with the default settings."""


@pytest.fixture
def content_url(migrated_sqlite_url: str) -> str:
    """Return the URL of a database with content."""
    with open_write_engine(migrated_sqlite_url) as engine:
        seed_articles(engine, ARTICLES)
    return migrated_sqlite_url


async def wait_until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(START_TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


def start_drain(server: ServerProcess) -> Response:
    """Send SIGTERM, and return the answer of `/readyz` as soon as it has changed."""
    server.program.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while (readiness := server.get("/readyz")).status == 200:
        assert time.monotonic() < deadline
    return readiness


async def stop_one_under_load(servers: list[ServerProcess]) -> list[Reply]:
    """Send requests through a balancer, and stop the first server meanwhile. Return all replies."""
    balancer = Balancer([server.port for server in servers])
    replies: list[Reply] = []
    is_done = asyncio.Event()

    async def send_requests() -> None:
        while not is_done.is_set():
            replies.append(await balancer.send(QUERY))
            await asyncio.sleep(PAUSE_SECONDS)

    async with asyncio.TaskGroup() as tasks:
        check = tasks.create_task(balancer.check_forever())
        clients = [tasks.create_task(send_requests()) for _ in range(CLIENTS)]
        await wait_until(lambda: {reply.port for reply in replies} == {server.port for server in servers})
        servers[0].program.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(servers[0].program.wait, STOP_SECONDS)
        assert status == 0, servers[0].log_text
        number = len(replies)
        await wait_until(lambda: len(replies) > number + REQUESTS_AFTER_THE_STOP)
        is_done.set()
        await asyncio.gather(*clients)
        check.cancel()
    balancer.close()
    return replies


@pytest.mark.slow
@pytest.mark.parametrize("workers", sample(["2", "1"], 2))
def test_no_request_is_lost_behind_a_balancer_that_reads_readyz(workers: str, content_url: str) -> None:
    settings = {"COUNTERPOINT_KEEPALIVE_TIMEOUT_SECONDS": "75", "COUNTERPOINT_WORKERS": workers}
    with ExitStack() as stack:
        servers = [stack.enter_context(run_service(content_url, **settings)) for _ in range(2)]
        replies = asyncio.run(stop_one_under_load(servers))
    assert {reply.status for reply in replies} == {200}
    assert {reply.port for reply in replies if reply.closes_connection} == {servers[0].port}


def test_draining_server_is_not_ready_and_answers_on_open_and_new_connections(content_url: str) -> None:
    with run_service(content_url) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=START_TIMEOUT_SECONDS)
        connection.request("GET", QUERY)
        first = connection.getresponse()
        body = first.read()
        assert (first.status, first.headers["Connection"]) == (200, None)
        readiness = start_drain(server)
        assert (readiness.status, readiness.json["ready"], readiness.headers["connection"]) == (503, False, "close")
        assert "draining" in readiness.json["errors"][0]["message"]
        assert server.get("/healthz").status == 200
        connection.request("GET", QUERY)
        second = connection.getresponse()
        assert (second.status, second.headers["Connection"], second.read()) == (200, "close", body)
        third = server.get(QUERY)
        assert (third.status, third.headers["connection"], third.body) == (200, "close", body)
        assert server.program.wait(STOP_SECONDS) == 0
    assert "Draining for 3 s" in server.log_text


def test_requests_on_their_way_are_answered_before_the_connection_is_closed(content_url: str) -> None:
    request = f"GET {QUERY} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    with run_service(content_url, COUNTERPOINT_DRAIN_SECONDS="2") as server:
        start_drain(server)
        with connect(server) as client:
            client.sendall(3 * request)
            responses = parse_responses(receive_all(client))
        assert [response.headers.get("connection") for response in responses] == [None, None, "close"]
        assert server.program.wait(STOP_SECONDS) == 0


def test_sigint_stops_without_the_drain(content_url: str) -> None:
    with run_service(content_url, COUNTERPOINT_DRAIN_SECONDS="3600") as server:
        assert server.stop(signal.SIGINT) == 0


@pytest.mark.parametrize(("workers", "status"), [("1", -signal.SIGTERM), ("2", 0)])
def test_second_signal_ends_the_drain_at_once(workers: str, status: int, content_url: str) -> None:
    program = start_program(
        *("serve", "--port", "0", "--workers", workers),
        COUNTERPOINT_DATABASE_URL=content_url,
        COUNTERPOINT_DRAIN_SECONDS="3600",
    )
    program.wait_for_line("running on")
    program.send_signal(signal.SIGTERM)
    program.wait_for_line("Draining for 3600 s")
    program.send_signal(signal.SIGTERM)
    assert program.wait(STOP_SECONDS) == status
