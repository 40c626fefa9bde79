"""The HTTP protocol of a connection: uvicorn's, with limits, timeouts, and rejection of ambiguous requests."""

import asyncio
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from counterpoint.errors import CounterpointError, Overloaded
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.http.probes import DrainState
from counterpoint.server import request_validation as validation
from counterpoint.server.direct_answers import DirectHttpProtocol
from counterpoint.server.limits import MAX_DRAINED_BYTES, ConnectionLimits, ConnectionState
from counterpoint.server.response_writer import ResponseWriter
from counterpoint.server.timeouts import Snapshot, TimeoutWatchdog
from counterpoint.server.transports import (
    IncompleteRequestBodyTransport,
    abort_with_reset,
    read_kernel_send_queue,
    serialize_response,
)

MAX_PIPELINED = 100
"""Maximum pipelined requests per connection. One packet can carry many, and each takes a few KB."""


def build_protocol_class(
    limits: ConnectionLimits, error_responder: ErrorResponder, drain_state: DrainState
) -> type["HttpConnection"]:
    """Return a protocol class with these attributes, because `uvicorn.Config(http=…)` takes a class."""
    attributes = {"limits": limits, "error_responder": error_responder, "drain_state": drain_state}
    return type("LimitedHttpConnection", (HttpConnection,), attributes)


class HttpConnection(DirectHttpProtocol):
    """One client connection.

        connection_made
              ▼
        ┌─▶ HEAD ───── invalid, too large, late ─────▶ REJECTED ── responses to earlier requests,
        │     │ on_headers_complete                      ▲   │     then the error response
        │     ▼                                          │   ▼
        │   BODY ───── invalid, too large, late ─────────┘  DRAIN ── input is discarded
        │     │ on_message_complete                          │
        │     ▼                                              │ client closes, MAX_DRAINED_BYTES, timeout
        │   APPLICATION ─▶ WRITE ── timeout ──▶ reset        │
        │     │ on_response_complete                         ▼
        └── IDLE ───── timeout, shutdown ─────────────▶ closed

    `_take_snapshot` derives the state. `_final_response` is set since REJECTED, `_drained_bytes` since DRAIN. A direct
    answer leads from BODY, or from IDLE if its head is known, to IDLE, unless it enters a batch; a response before the
    end of its body leads to DRAIN, too.
    """

    limits: ClassVar[ConnectionLimits]
    error_responder: ClassVar[ErrorResponder]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Take what uvicorn passes to each connection."""
        super().__init__(*arguments, **options)
        self._received_bytes = 0
        # Of the current request: its Host headers, the size of its incomplete head, its incomplete body's transport.
        self._host_count = 0
        self._head_bytes = 0
        self._early_transport: IncompleteRequestBodyTransport | None = None
        # The last valid Host header, because clients repeat it in every request.
        self._valid_host = b""
        self._final_response: bytes | None = None
        self._drained_bytes: int | None = None
        self._watchdog = TimeoutWatchdog(self.limits, self.loop, self._take_snapshot, self._on_timeout)

    # ── Opening and closing

    def connection_made(  # type: ignore[override]  # because uvicorn declares the narrower transport
        self, transport: asyncio.Transport
    ) -> None:
        """Accept the connection, or reject it if too many are open."""
        super().connection_made(transport)
        self._watchdog.start()
        if len(self.connections) > self.limits.max_connections:
            self._end_with_error(Overloaded())
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the connection."""
        self._watchdog.stop()
        del self._watchdog  # Break the reference cycle, so that memory is freed without the garbage collector.
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Accept no further request, because the server shuts down."""
        self.leave_batch()
        if self._drained_bytes is not None:
            self.transport.close()
        elif self._early_transport is not None:
            self._early_transport.keep_alive = False
        self._watchdog.start_shutdown()
        super().shutdown()

    def close_lingering(self) -> None:
        """Close the sending side, and discard input until the client closes (lingering close).

        After an immediate close with unread input, the client could lose the response.
        """
        if self._drained_bytes is None and not self.transport.is_closing():
            self._drained_bytes = 0
            self.flow.resume_reading()
            if self.transport.can_write_eof():
                self.transport.write_eof()
            else:
                self.transport.close()

    # ── Parsing

    def data_received(self, data: bytes) -> None:
        """Parse received bytes, or discard them if the connection takes no further request."""
        if self._final_response is not None or self._drained_bytes is not None:
            self._discard(data)
            return
        if self.begin_data(data):
            return
        self._received_bytes = len(data)
        remainder = None
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            remainder = self._restart_without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            self._end_with_error(validation.translate_parser_error(error))
            return
        self.end_data(data)
        cycle = self.cycle
        if remainder is not None:
            self.data_received(remainder)
        elif not self.has_direct_answer and (cycle is None or cycle.scope is not self.scope or cycle.more_body):
            self._check_incomplete_request(cycle)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Store a header or trailer. Raise HttpError if it makes the request's end or host ambiguous."""
        name = name.lower()
        if name == b"host":
            self._host_count += 1
            if value != self._valid_host:
                validation.check_host(value)
                self._valid_host = value
        elif name == b"expect":
            self.expect_100_continue = value.lower() == b"100-continue" and self.parser.get_http_version() == "1.1"
        elif name == b"transfer-encoding" and (value.lower() != b"chunked" or self.parser.get_http_version() != "1.1"):
            raise validation.build_bad_request("Unsupported Transfer-Encoding: expected chunked, and HTTP/1.1.")
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Validate the head, and start the application."""
        if self.parser.should_upgrade():
            if self.parser.get_method() == b"CONNECT":
                raise validation.build_bad_request("Method CONNECT is not supported: this server is not a proxy.")
            return  # The parser would skip the body, so data_received parses the request again without the upgrade.
        limits, url = self.limits, self.url
        if (
            self._host_count != 1
            or url[:1] != b"/"
            or len(url) > limits.limit_url_bytes
            or self._head_bytes
            or self._received_bytes > limits.limit_header_bytes
        ):
            validation.validate_head(url, self.headers, self.parser.get_http_version(), self._host_count, limits)
        if len(self.pipeline) >= MAX_PIPELINED:
            message = f"Too many pipelined requests: expected at most {MAX_PIPELINED}."
            raise HttpError(429, "LIMIT_EXCEEDED", message)
        super().on_headers_complete()
        self.headers = []  # Trailers follow, which must not become headers of the request.
        # Read from the scope, because asking the parser again would cost as much as everything else here.
        validation.check_version(self.scope["http_version"])

    def on_body(self, body: bytes) -> None:
        """Store a part of the body."""
        if self._early_transport is not None:
            self._early_transport.deduct_content(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request; the connection can take another."""
        self._host_count = self._head_bytes = 0
        if self._early_transport is not None:
            self._early_transport.end_request_body()
            self._early_transport = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Start the next pipelined request. Replaces uvicorn's method, which sets a timer for each response."""
        self.server_state.total_requests += 1
        if self._drained_bytes is not None or self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)
        elif self._final_response is not None:
            self._send_final_response(self._final_response)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Start the application for a request."""
        super()._start_asgi_task(cycle, ResponseWriter(cycle, app, self._is_last_request))

    def _is_last_request(self, scope: Any) -> bool:
        """Return whether to take no further request, because the server drains and none has begun to arrive."""
        return self.drain_state.is_draining and scope is self.scope

    def _should_upgrade(self) -> bool:
        """Return True, so that uvicorn does not answer a request that will be parsed again."""
        return True

    def _restart_without_upgrade(self, rest: bytes) -> bytes:
        """Reset the parser, and return the request without its upgrade. `rest` are the bytes after its head."""
        head = validation.drop_upgrade(self.parser.get_method(), self.url, self.parser.get_http_version(), self.headers)
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self.skip_direct_answer()
        return head + rest

    def _check_incomplete_request(self, cycle: RequestResponseCycle | None) -> None:
        """Limit what the application cannot: an incomplete head, which the parser buffers, and a body's framing."""
        try:
            if cycle is None or cycle.scope is not self.scope:
                if self._head_bytes:
                    self._head_bytes += self._received_bytes
                else:
                    self._head_bytes = 1 + len(self.url) + validation.measure_header_lines(self.headers)
                validation.check_size(self.url, self._head_bytes - len(self.url), self.limits)
            elif self._early_transport is None:
                self._early_transport = IncompleteRequestBodyTransport(self.transport, cycle, self.close_lingering)
            else:
                self._early_transport.count_received(self._received_bytes, self.limits.limit_header_bytes)
        except HttpError as error:
            self._end_with_error(error)

    def _discard(self, data: bytes) -> None:
        if self._drained_bytes is not None:
            self._drained_bytes += len(data)
            if self._drained_bytes > MAX_DRAINED_BYTES:
                self.transport.close()

    # ── Timeouts and rejection

    def _take_snapshot(self) -> Snapshot:
        """Return the state of the connection."""
        cycle = self.cycle
        if buffered_bytes := self.transport.get_write_buffer_size():
            return Snapshot(ConnectionState.WRITE, cycle, buffered_bytes + read_kernel_send_queue(self.transport))
        if self._drained_bytes is not None or self.transport.is_closing():
            return Snapshot(ConnectionState.DRAIN, None)
        if self._final_response is not None:
            return Snapshot(ConnectionState.APPLICATION, None)
        if self.has_direct_answer:
            return Snapshot(ConnectionState.APPLICATION if self.is_in_batch else ConnectionState.IDLE, self.scope)
        if cycle is None or cycle.scope is not self.scope:
            return Snapshot(ConnectionState.HEAD, self.scope)
        if cycle.response_complete:
            return Snapshot(ConnectionState.IDLE, cycle)
        # Reading is paused while the application has not consumed enough, or still answers an earlier request.
        is_receiving = cycle.more_body and not self.flow.read_paused
        return Snapshot(ConnectionState.BODY if is_receiving else ConnectionState.APPLICATION, cycle)

    def _on_timeout(self, state: ConnectionState, seconds: float) -> None:
        if state is ConnectionState.WRITE:
            abort_with_reset(self.transport)
        elif state is ConnectionState.BODY or (state is ConnectionState.HEAD and self.scope is not None):
            message = f"The {state.name.lower()} of the request was not received within {seconds:g} s."
            self._end_with_error(HttpError(408, "REQUEST_TIMEOUT", message))
        else:
            self.transport.close()

    def _end_with_error(self, error: CounterpointError) -> None:
        """End the connection with an error response, after the responses to earlier requests."""
        self.leave_batch()
        headers = dict(self.scope["headers"]) if self.scope is not None else {}
        response = self.error_responder.build_complete_response(error, headers)
        final_response = self._final_response = serialize_response(response, self.server_state.default_headers)
        cycle = self.cycle
        if cycle is not None and cycle.scope is self.scope and cycle.more_body and not cycle.response_complete:
            self._abandon_partial_request(final_response, cycle)
        elif cycle is None or (cycle.response_complete and not self.pipeline):
            self._send_final_response(final_response)

    def _abandon_partial_request(self, final_response: bytes, cycle: RequestResponseCycle) -> None:
        """End a request whose body is incomplete; its response is replaced unless it has started."""
        if self.pipeline:
            self.pipeline.popleft()  # Its application has not started.
        elif cycle.response_started:
            self.close_lingering()
        else:
            # The application receives a disconnect, and its response is not sent.
            cycle.disconnected = True
            cycle.message_event.set()
            self._send_final_response(final_response)

    def _send_final_response(self, final_response: bytes) -> None:
        self.transport.write(final_response)
        self.close_lingering()
