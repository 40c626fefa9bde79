"""Connections: uvicorn's protocol, for clients that send too much, too slowly, or what can be read in two ways.

Refusals are told in the form of any other error, and the connection ends. What a connection waits for is told from
the state that uvicorn keeps anyway.
"""

import asyncio
from typing import Any, ClassVar

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from counterpoint.errors import CounterpointError, Overloaded
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.server.early_response import EarlyResponseTransport
from counterpoint.server.limits import ConnectionLimits, ConnectionState
from counterpoint.server.rejections import (
    chunks_too_small,
    from_parser_error,
    no_proxy,
    serialize_response,
    too_many_waiting,
    too_slow,
    unclear_body,
    version_not_spoken,
)
from counterpoint.server.request_validation import (
    VERSIONS,
    check_host,
    check_size,
    drop_upgrade,
    header_bytes,
    validate_head,
)
from counterpoint.server.sockets import abort_with_reset, kernel_send_queue
from counterpoint.server.watchdog import Snapshot, TimeoutWatchdog

MAX_DRAINED_BYTES = 16_000_000
"""Bytes that a client may send after the last answer; they are thrown away."""

MAX_PIPELINED = 100
"""Requests that may wait on one connection for those before them: all come in one piece, and each costs kilobytes."""

MAX_CHUNK_OVERHEAD = 1
"""Bytes of chunks' sizes and extensions for each of their content, beside as many as a head may have.

A megabyte in chunks of one byte would keep us busy for a second.
"""

SLASH = ord("/")


def protocol_class(bounds: ConnectionLimits, refusals: ErrorResponder) -> type["HttpConnection"]:
    """Make the protocol that keeps such bounds and refuses so, as `uvicorn.Config(http=…)` takes it."""

    class Bounded(HttpConnection):
        """A connection within these bounds."""

    Bounded.bounds, Bounded.refusals = bounds, refusals
    return Bounded


class HttpConnection(HttpToolsProtocol):
    """One connection of a client."""

    bounds: ClassVar[ConnectionLimits]
    refusals: ClassVar[ErrorResponder]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn gives each of its connections."""
        super().__init__(config, server_state, app_state, _loop)
        self.url, self.headers = b"", []
        # Of the request that is being read: its Host headers (the last that was found sound is not looked at again),
        # the bytes of its head in earlier pieces, and whether its body was still coming when its piece ended.
        self._hosts = 0
        self._host = b""
        self._head = 0
        self._unfinished: EarlyResponseTransport | None = None
        self._piece = 0
        # The last answer, once it is clear that the connection ends; how much was thrown away since it was written.
        self._last_answer: bytes | None = None
        self._drained: int | None = None
        self._clock = TimeoutWatchdog(self.bounds, self.loop, self._waiting, self._give_up)

    # ── The connection's life

    def connection_made(  # type: ignore[override]  # as uvicorn has it: all of its transports are such
        self, transport: asyncio.Transport
    ) -> None:
        """Begin, unless there are too many."""
        super().connection_made(transport)
        self._clock.start()
        if len(self.connections) > self.bounds.max_connections:
            self._refuse(Overloaded())
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._clock.stop()
        del self._clock  # Each knows the other: they would stay until the collector comes by.
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Take no further request, for the server ends."""
        if self._drained is not None:
            self.transport.close()
        elif self._unfinished is not None:
            self._unfinished.keep_alive = False
        self._clock.hurry()
        super().shutdown()

    def close_gently(self) -> None:
        """End our side, and throw away what still comes: closed with bytes unread, the client might lose our answer."""
        if self._drained is None and not self.transport.is_closing():
            self._drained = 0
            self.flow.resume_reading()
            if self.transport.can_write_eof():
                self.transport.write_eof()
            else:
                self.transport.close()

    # ── What comes

    def data_received(self, data: bytes) -> None:
        """Read a piece of what the client sends."""
        if self._last_answer is not None or self._drained is not None:
            self._throw_away(data)
            return
        self._piece = len(data)
        again = None
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            again = self._without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            self._refuse(from_parser_error(error))
            return
        cycle = self.cycle
        if again is not None:
            self.data_received(again)
        elif cycle is None or cycle.scope is not self.scope:
            self._check_unfinished_head()
        elif cycle.more_body:
            self._check_unfinished_body(cycle)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or a trailer. What tells where a request ends has one meaning only."""
        name = name.lower()
        if name == b"host":
            self._hosts += 1
            if value != self._host:
                check_host(value)
                self._host = value
        elif name == b"expect":
            self.expect_100_continue = value.lower() == b"100-continue" and self.parser.get_http_version() == "1.1"
        elif name == b"transfer-encoding" and (value.lower() != b"chunked" or self.parser.get_http_version() != "1.1"):
            raise unclear_body()
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Begin to answer, if the head is as it should be."""
        if self.parser.should_upgrade():
            if self.parser.get_method() == b"CONNECT":
                raise no_proxy()
            return  # The parser would not read its body; it is read again, without the header.
        bounds, url = self.bounds, self.url
        if (
            self._hosts != 1
            or url[0] != SLASH
            or len(url) > bounds.max_url_bytes
            or self._head
            or self._piece > bounds.max_header_bytes
            or len(self.pipeline) >= MAX_PIPELINED
        ):
            validate_head(url, self.headers, self.parser.get_http_version(), self._hosts, bounds)
            if len(self.pipeline) >= MAX_PIPELINED:
                raise too_many_waiting(MAX_PIPELINED)
        super().on_headers_complete()
        # What comes now are trailers, which are not to be taken for headers.
        self.headers = []
        # Looked up where uvicorn left it: asking the parser once more would cost as much as all else here.
        version = self.scope["http_version"]
        if version not in VERSIONS:
            raise version_not_spoken(version)

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        if self._unfinished is not None:
            self._unfinished.framing -= (1 + MAX_CHUNK_OVERHEAD) * len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Take the end of a request: the connection may be kept for the next."""
        self._hosts = self._head = 0
        if self._unfinished is not None:
            self._unfinished.finish()
            self._unfinished = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Go on to the next request; uvicorn would set a timer here, each time."""
        self.server_state.total_requests += 1
        if self._drained is not None or self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)
        elif self._last_answer is not None:
            self._end(self._last_answer)

    def _should_upgrade(self) -> bool:
        """Say that such a request is not answered as it is first read."""
        return True

    def _without_upgrade(self, rest: bytes) -> bytes:
        """Give a request to be read again as if it had no wish for another protocol; `rest` came after its head."""
        head = drop_upgrade(self.parser.get_method(), self.url, self.parser.get_http_version(), self.headers)
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        return head + rest

    # ── What is too much

    def _check_unfinished_head(self) -> None:
        """Count the bytes of a head that goes on in the next piece: the parser holds them unseen."""
        if self._head:
            self._head += self._piece
        else:
            self._head = 1 + len(self.url) + header_bytes(self.headers)
        try:
            check_size(self.url, self._head - len(self.url), self.bounds)
        except HttpError as refusal:
            self._refuse(refusal)

    def _check_unfinished_body(self, cycle: RequestResponseCycle) -> None:
        """Count what comes beside a body that goes on in the next piece: the application sees no more than the body."""
        if self._unfinished is None:
            self._unfinished = EarlyResponseTransport(self.transport, cycle, self.close_gently)
        else:
            self._unfinished.framing += self._piece
            if self._unfinished.framing > self.bounds.max_header_bytes:
                self._refuse(chunks_too_small())

    def _throw_away(self, data: bytes) -> None:
        if self._drained is not None:
            self._drained += len(data)
            if self._drained > MAX_DRAINED_BYTES:
                self.transport.close()

    # ── What takes too long

    def _waiting(self) -> Snapshot:
        """Tell what it waits for."""
        cycle = self.cycle
        if left := self.transport.get_write_buffer_size():
            return Snapshot(ConnectionState.WRITE, cycle, left + kernel_send_queue(self.transport))
        if self._drained is not None or self.transport.is_closing():
            return Snapshot(ConnectionState.DRAIN, None)
        if self._last_answer is not None:
            return Snapshot(ConnectionState.APPLICATION, None)
        if cycle is None or cycle.scope is not self.scope:
            return Snapshot(ConnectionState.HEAD, self.scope)
        if cycle.response_complete:
            return Snapshot(ConnectionState.IDLE, cycle)
        # Reading pauses while the application has enough, or is still with an earlier request.
        is_coming = cycle.more_body and not self.flow.read_paused
        return Snapshot(ConnectionState.BODY if is_coming else ConnectionState.APPLICATION, cycle)

    def _give_up(self, wait: ConnectionState, seconds: float) -> None:
        """End what has taken so long."""
        if wait is ConnectionState.WRITE:
            abort_with_reset(self.transport)
        elif wait is ConnectionState.HEAD and self.scope is not None:
            self._refuse(too_slow("head", seconds))
        elif wait is ConnectionState.BODY:
            self._refuse(too_slow("body", seconds))
        else:
            self.transport.close()

    # ── What is answered then

    def _refuse(self, error: CounterpointError) -> None:
        """End the connection for a reason, which is told when the requests before are answered."""
        headers = dict(self.scope["headers"]) if self.scope is not None else {}
        last = serialize_response(self.refusals.respond_unread(error, headers), self.server_state.default_headers)
        self._last_answer = last
        cycle = self.cycle
        if cycle is not None and cycle.scope is self.scope and cycle.more_body and not cycle.response_complete:
            self._refuse_body(last, cycle)
        elif cycle is None or (cycle.response_complete and not self.pipeline):
            self._end(last)

    def _refuse_body(self, last: bytes, cycle: RequestResponseCycle) -> None:
        if self.pipeline:
            self.pipeline.popleft()  # Its turn had not come.
        elif cycle.response_started:
            self.close_gently()
        else:
            # The application is told that the client is gone; what it would still say is not sent.
            cycle.disconnected = True
            cycle.message_event.set()
            self._end(last)

    def _end(self, last: bytes) -> None:
        self.transport.write(last)
        self.close_gently()
