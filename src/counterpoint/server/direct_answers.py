"""Direct answers: usual requests to the GraphQL endpoint bypass ASGI, and need no task unless their answer waits.

Between two queries of SQLite, little of Python is in the processor's caches. A request whose answer never waits thus
took as long in the layers of uvicorn and ASGI as in all others.

An answer may yield by `asyncio.sleep(0)`. It is then resumed in a batch, with the others that arrived together.

A head that is known is not parsed again. The checks of a head depend on its bytes and on constant limits only.
"""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from counterpoint.errors import CounterpointError
from counterpoint.http.application import HttpApplication, RequestHead, read_headers, send_response
from counterpoint.http.error_responses import InternalError
from counterpoint.http.probes import DrainState
from counterpoint.http.responses import CompleteResponse
from counterpoint.server.answer_batch import AnswerBatch
from counterpoint.server.known_heads import KnownHead, KnownHeads
from counterpoint.server.response_writer import write_response

METHODS = {b"POST": "POST", b"GET": "GET", b"QUERY": "QUERY"}
"""Methods of requests that may be answered directly."""


class DirectHttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol, but it answers a usual request to an application's direct path without ASGI.

    A request is usual if it arrives in one piece, nothing comes before it in that piece or waits on its connection, and
    it keeps the connection open. An application has direct paths if it has the method `find_direct_application`.
    """

    drain_state: ClassVar[DrainState]
    batch: ClassVar[AnswerBatch]
    known_heads: ClassVar[KnownHeads]

    def __init_subclass__(cls) -> None:
        """Create what all connections of a protocol class share. A class serves one application."""
        cls.batch, cls.known_heads = AnswerBatch(), KnownHeads()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.url, self.headers = b"", []
        self._find_application = getattr(self.app, "find_direct_application", None)
        # Of the current request, if it may be answered directly: its application, its head, and its body so far.
        self._direct_application: HttpApplication | None = None
        self._direct_head = RequestHead("", "", "", b"", {})
        self._direct_body = b""
        # The head of the request that the parser has just read, if it was answered directly.
        self._answered_head: KnownHead | None = None
        # The answer in the batch, if any.
        self._batched_answer: Coroutine[Any, None, CompleteResponse] | None = None
        # The scope of the last request with a direct answer, written or in the batch: a scope identifies its request.
        self._answered_scope: object = object()
        self._is_between_requests = True
        self._is_first_in_data = True

    def begin_data(self, data: bytes) -> bool:
        """Answer received data if it is a request with a known head. Return False if the parser must read it."""
        self._is_first_in_data = self._is_between_requests
        if not self._is_between_requests or self.is_in_batch or not self._can_answer_directly():
            return False
        match = self.known_heads.find(data)
        if match is None:
            return False
        (application, self._direct_head, headers, _), body = match
        self.scope = {"type": "http", "http_version": "1.1", "headers": headers}  # type: ignore[typeddict-item]
        try:
            self._answer(application, body)
        except Exception as error:  # as the parser does after an error in a callback
            self._end_with_error(InternalError(error))
        return True

    def skip_direct_answer(self) -> None:
        """Answer the request that comes next through ASGI."""
        self._is_between_requests = False

    def on_message_begin(self) -> None:
        """Start a request, whose scope is completed if it goes through ASGI."""
        self.leave_batch()  # because the answers to pipelined requests must keep their order
        self._is_between_requests = False
        self.url = b""
        self.expect_100_continue = False
        self.headers = []
        self.scope = {"type": "http", "http_version": "1.1", "headers": self.headers}  # type: ignore[typeddict-item]

    def on_headers_complete(self) -> None:
        """Start the application, or wait for the body in order to answer directly."""
        if self._find_application is None or not self._is_usual() or not self._find_direct_application():
            self._start_through_asgi()
        self._is_first_in_data = False

    def on_body(self, body: bytes) -> None:
        """Store a part of the body."""
        if self._direct_application is None:
            super().on_body(body)
        else:
            self._direct_body += body

    def on_message_complete(self) -> None:
        """End the request, or answer it directly."""
        self._is_between_requests = True
        application = self._direct_application
        if application is None:
            super().on_message_complete()
            return
        self._direct_application = None
        headers = tuple(self.scope["headers"])
        self._answered_head = KnownHead(application, self._direct_head, headers, len(self._direct_body))
        self._answer(application, self._direct_body)

    @property
    def has_direct_answer(self) -> bool:
        """Whether the last request has a direct answer, or one in the batch."""
        return self._answered_scope is self.scope

    @property
    def is_in_batch(self) -> bool:
        """Whether the last request has its answer in the batch."""
        return self._batched_answer is not None

    def take_step(self) -> bool:
        """Resume the answer in the batch. Return whether it yields again."""
        answer, self._batched_answer = self._batched_answer, None
        try:
            if answer is None or not self._resume(answer):
                return False
        except Exception as error:  # which must not reach the others in the batch
            self._end_with_error(InternalError(error))
            return False
        self._batched_answer = answer
        return True

    def leave_batch(self) -> None:
        """Complete the answer in the batch, if there is one, through ASGI, which can wait and keeps the order."""
        if self._batched_answer is not None:
            answer, self._batched_answer = self._batched_answer, None
            self._continue_through_asgi(answer, None)

    def end_data(self, data: bytes) -> None:
        """Remember the head of a request in data, or start the application if the request is incomplete."""
        if self._answered_head is not None:
            self.known_heads.add(data, self._answered_head)
            self._answered_head = None
        if self._direct_application is not None:
            self._direct_application = None
            self._start_through_asgi()
            super().on_body(self._direct_body)

    def eof_received(self) -> bool:  # type: ignore[override]  # because uvicorn declares that it returns nothing
        """Return whether to stay open for responses, because a client may close its sending side before it has them."""
        self.leave_batch()
        cycle = self.cycle
        if cycle is None or cycle.response_complete or cycle.more_body:
            return False
        cycle.keep_alive = False  # It is the last one.
        return True

    def _end_with_error(self, error: CounterpointError) -> None:
        raise NotImplementedError

    def _is_usual(self) -> bool:
        """Return whether the current request, of which the head has arrived, may be answered directly."""
        return (
            self._is_first_in_data
            and self._can_answer_directly()
            and not self.expect_100_continue
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
        )

    def _can_answer_directly(self) -> bool:
        """Return whether the state of the connection allows direct answers."""
        cycle = self.cycle
        is_ready = cycle is None or cycle.response_complete
        return is_ready and not self.flow.write_paused and not self.drain_state.is_draining

    def _find_direct_application(self) -> bool:
        """Find the application that answers the current request directly. Return whether there is one."""
        path, _, query_string = self.url.partition(b"?")
        method = METHODS.get(self.parser.get_method())
        if method is None or b"#" in query_string:
            return False
        assert self._find_application is not None
        headers = read_headers(self.headers)
        self._direct_application = self._find_application(path, headers)
        if self._direct_application is None:
            return False
        assert self.scheme is not None
        self._direct_head = RequestHead(self.scheme, method, path.decode(), query_string, headers)
        self._direct_body = b""
        return True

    def _answer(self, application: HttpApplication, body: bytes) -> None:
        """Start the answer to the current request. If it yields, it enters the batch."""
        self._answered_scope = self.scope
        answer = application.answer(self._direct_head._replace(body=body), _receive_nothing)
        if self._resume(answer):
            self._batched_answer = answer
            self.batch.add(self, self.loop)

    def _resume(self, answer: Coroutine[Any, None, CompleteResponse]) -> bool:
        """Start or resume an answer. Return whether it yields by `asyncio.sleep(0)`.

        If it is complete, it is written. If it waits for something, it continues through ASGI.
        """
        try:
            awaited = answer.send(None)
        except StopIteration as end:
            self._write_answer(end.value)
            return False
        if awaited is not None:
            self._continue_through_asgi(answer, awaited)
        return awaited is None

    def _continue_through_asgi(self, answer: Coroutine[Any, None, CompleteResponse], awaited: Any) -> None:
        """Complete the answer to the last request in an ASGI task."""
        head = self._direct_head
        self._answered_scope = None
        self.scope |= {"method": head.method, "path": head.path, "query_string": head.query_string}
        self.scope["client"] = self.client
        cycle = self.cycle = RequestResponseCycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        self._start_asgi_task(cycle, _ResumedAnswer(answer, awaited))

    def _start_through_asgi(self) -> None:
        """Start the application as uvicorn does."""
        assert self.scheme is not None
        self.scope |= {
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "root_path": self.root_path,
            "state": self.app_state.copy(),
        }
        super().on_headers_complete()

    def _write_answer(self, response: CompleteResponse) -> None:
        if self.transport.is_closing():
            return
        defaults = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        head = b"".join([STATUS_LINE[response.status], *defaults, response.header_lines, b"\r\n"])
        write_response(self.transport, head, response.body)
        self.server_state.total_requests += 1


class _ResumedAnswer:
    """An ASGI application that completes an answer which waits for something, such as a thread."""

    def __init__(self, answer: Coroutine[Any, None, CompleteResponse], awaited: Any) -> None:
        """Complete an answer that waits for the object that it has yielded to the event loop."""
        self._answer = answer
        self._awaited = awaited

    async def __call__(self, _: object, __: object, send: Any) -> None:
        """Send the response."""
        await send_response(send, await self)

    def __await__(self) -> Generator[Any, None, CompleteResponse]:
        """Pass what the answer waits for to the event loop, as `await` does from its first step on."""
        awaited = self._awaited
        while True:
            try:
                try:
                    yield awaited
                except BaseException as error:
                    awaited = self._answer.throw(error)
                else:
                    awaited = self._answer.send(None)
            except StopIteration as end:
                response: CompleteResponse = end.value
                return response


async def _receive_nothing() -> Any:
    raise NotImplementedError("The body of a direct answer is part of its head.")
