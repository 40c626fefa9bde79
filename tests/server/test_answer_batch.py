"""Answers that yield are resumed in batches, and reach their clients whatever happens to their connection meanwhile."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from counterpoint.http.application import HttpApplication, RequestHead
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.probes import DrainState
from counterpoint.http.responses import Response
from counterpoint.server.answer_batch import MAX_BATCH, AnswerBatch
from counterpoint.server.protocol import HttpConnection, build_protocol_class
from support.raw_http import DEFAULT_LIMITS, GET, LAST_GET, parse_responses

FLAWED_GET = GET.replace(b"GET /", b"GET /flaw")
OTHER_GET = GET.replace(b"GET /", b"GET /other")


class RecordedAnswer:
    """An answer that records its steps."""

    def __init__(self, name: int, steps: int, record: list[int]) -> None:
        self._name = name
        self._steps = steps
        self._record = record

    def take_step(self) -> bool:
        """Record a step."""
        self._record.append(self._name)
        self._steps -= 1
        return self._steps > 0


def run_answers(steps: list[int]) -> list[int]:
    """Run a batch of answers with these numbers of steps. Return the order of the steps, by the answers' positions."""
    record: list[int] = []

    async def run() -> None:
        batch = AnswerBatch()
        for name, number in enumerate(steps):
            batch.add(RecordedAnswer(name, number, record), asyncio.get_running_loop())
        assert record == []
        await asyncio.sleep(0)

    asyncio.run(run())
    return record


def test_every_answer_takes_a_step_before_one_takes_its_next() -> None:
    assert run_answers([2, 1, 3]) == [0, 1, 2, 0, 2, 2]


def test_batch_has_a_maximum_size() -> None:
    first, rest = [*range(MAX_BATCH)], [MAX_BATCH, MAX_BATCH + 1]
    assert run_answers([2] * (MAX_BATCH + 2)) == first + first + rest + rest


class YieldingApplication:
    """Answers every request directly if it may, and yields twice meanwhile."""

    def __init__(self, error_responder: ErrorResponder) -> None:
        self._application = HttpApplication("yielding", self._respond, error_responder)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request through ASGI."""
        await self._application(scope, receive, send)

    def find_direct_application(self, _: bytes, __: dict[bytes, bytes]) -> HttpApplication:
        """Return the application for a path."""
        return self._application

    async def _respond(self, head: RequestHead, _: Any) -> Response:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return Response(200, [(b"content-length", b"%d" % len(head.path))], head.path.encode())


class Connection:
    """The client's end of a connection to a server in this process."""

    def __init__(self, protocol: HttpConnection, client: socket.socket) -> None:
        self.protocol = protocol
        self.socket = client

    async def receive(self) -> bytes:
        """Return some bytes; none at the end of the connection."""
        return await asyncio.get_running_loop().sock_recv(self.socket, 100_000)

    def close(self) -> None:
        """Close both ends."""
        self.socket.close()
        self.protocol.transport.abort()


async def enter_batch(*requests: tuple[Connection, bytes]) -> None:
    """Send requests, and return when the answers to all of them are in the batch."""
    for connection, request in requests:
        connection.socket.send(request)
    while not all(connection.protocol.is_in_batch for connection, _ in requests):
        await asyncio.sleep(0)


async def open_connections(number: int) -> list[Connection]:
    """Connect to an application, through the protocol class of the service."""
    error_responder = ErrorResponder(CorsPolicy(["*"]))
    application = YieldingApplication(error_responder)
    config = uvicorn.Config(application, interface="asgi3", proxy_headers=False)
    config.load()

    class FlawedProtocol(build_protocol_class(DEFAULT_LIMITS, error_responder, DrainState())):  # type: ignore[misc]
        """A protocol class that cannot write the answer to one path."""

        def _write_answer(self, response: Any) -> None:
            if response.body == b"/flaw":
                raise ZeroDivisionError
            super()._write_answer(response)

    connections, state = [], ServerState()
    for _ in range(number):
        near, far = socket.socketpair()
        near.setblocking(False)
        _, protocol = await asyncio.get_running_loop().create_connection(
            lambda: FlawedProtocol(config=config, server_state=state, app_state={}), sock=far
        )
        connections.append(Connection(protocol, near))
    return connections


def test_answer_in_a_batch_is_given_before_a_shutdown_closes_its_connection() -> None:
    async def run() -> bytes:
        (connection,) = await open_connections(1)
        await enter_batch((connection, GET))
        connection.protocol.shutdown()
        received = b""
        while data := await connection.receive():
            received += data
        connection.close()
        return received

    (response,) = parse_responses(asyncio.run(run()))
    assert (response.status, response.headers["connection"]) == (200, "close")


def test_requests_that_arrive_while_an_answer_is_in_a_batch_are_answered_in_order() -> None:
    async def run() -> bytes:
        (connection,) = await open_connections(1)
        await enter_batch((connection, GET))
        for request in (GET, OTHER_GET, GET, LAST_GET):
            connection.protocol.data_received(request)
        received = b""
        while data := await connection.receive():
            received += data
        connection.close()
        return received

    assert [response.body for response in parse_responses(asyncio.run(run()))] == [b"/", b"/", b"/other", b"/", b"/"]


def test_failure_of_one_answer_leaves_the_others_of_its_batch_alone() -> None:
    async def run() -> list[bytes]:
        connections = await open_connections(3)
        await enter_batch(*zip(connections, (GET, FLAWED_GET, GET), strict=True))
        received = [await connection.receive() for connection in connections]
        for connection in connections:
            connection.close()
        return received

    responses = [parse_responses(data)[0] for data in asyncio.run(run())]
    assert [response.status for response in responses] == [200, 500, 200]
    assert responses[1].error_codes == ["INTERNAL_SERVER_ERROR"]


def test_client_may_leave_while_its_answer_is_in_a_batch() -> None:
    async def run() -> bytes:
        gone, other = await open_connections(2)
        await enter_batch((gone, GET), (other, GET))
        gone.protocol.transport.abort()
        received = await other.receive()
        other.close()
        gone.close()
        return received

    (response,) = parse_responses(asyncio.run(run()))
    assert response.status == 200
