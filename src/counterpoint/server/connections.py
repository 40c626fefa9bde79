"""Connections: uvicorn's protocol, for clients that send too much, too slowly, or what can be read in two ways.

Refusals are told in the form of any other error, and the connection ends. No request pays for the clocks: each
connection is looked at once in a while, and what it waits for is told from the state that uvicorn keeps anyway.
"""

import asyncio
import socket
import struct
from collections.abc import Iterable
from typing import Any, ClassVar

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from counterpoint.delivery.refusals import Refusal
from counterpoint.errors import CounterpointError, Overloaded
from counterpoint.server.bounds import Bounds, Wait
from counterpoint.server.endings import (
    chunks_too_small,
    head_too_large,
    hosts_unclear,
    malformed,
    no_proxy,
    target_too_long,
    too_many_waiting,
    too_slow,
    unclear_body,
    version_not_spoken,
    written,
)
from counterpoint.server.unfinished import Unfinished

ENDING_LOOK_AWAY = 0.1
"""The same while the server ends."""

ENDING_PATIENCE = 1.0
"""Seconds that a client has for its part then: twice that (a refusal may follow) is less than uvicorn has."""

DRAINED = 16_000_000
"""Bytes that it may send meanwhile; they are thrown away."""

QUEUED = 100
"""Requests that may wait on one connection for those before them: all come in one piece, and each costs kilobytes."""

FRAMING = 1
"""Bytes of chunks' sizes and extensions for each of their content, beside as many as a head may have.

A megabyte in chunks of one byte would keep us busy for a second.
"""

RESET = struct.pack("ii", 1, 0)
"""The value of SO_LINGER with which closing throws away what was not sent: the system's memory is freed as well."""


def connections(bounds: Bounds) -> type["Connection"]:
    """Make the protocol that keeps such bounds, as `uvicorn.Config(http=…)` takes it."""

    class Bounded(Connection):
        """A connection within these bounds."""

    Bounded.bounds = bounds
    return Bounded


class Connection(HttpToolsProtocol):
    """One connection of a client."""

    bounds: ClassVar[Bounds] = Bounds()

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
        # Of the request that is being read: its Host headers, the bytes of its head in earlier pieces, and whether
        # its body was still coming when its piece ended.
        self._hosts = 0
        self._head = 0
        self._unfinished: Unfinished | None = None
        self._piece = 0
        # Why the connection ends, once that is clear; how much was thrown away since it was told.
        self._refusal: CounterpointError | None = None
        self._drained: int | None = None
        # What it waited for when it was looked at last, and since when.
        self._wait: tuple[Wait, object] = (Wait.HEAD, None)
        self._since = 0.0
        self._next_look: asyncio.TimerHandle | None = None
        self._look_away = self.bounds.look_away
        self._most_patience = float("inf")

    # ── The connection's life

    def connection_made(  # type: ignore[override]  # as uvicorn has it: all of its transports are such
        self, transport: asyncio.Transport
    ) -> None:
        """Begin, unless there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._next_look = self.loop.call_later(self._look_away, self._look)
        if len(self.connections) > self.bounds.connections:
            self._refuse(Overloaded())
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if self._next_look is not None:
            self._next_look.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Take no further request, for the server ends."""
        if self._drained is not None:
            self.transport.close()
        elif self._unfinished is not None:
            self._unfinished.keep_alive = False
        self._look_away, self._most_patience = ENDING_LOOK_AWAY, ENDING_PATIENCE
        self._since = self.loop.time()
        self._look()
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
        if self._refusal is not None or self._drained is not None:
            self._throw_away(data)
            return
        self._piece = len(data)
        again = None
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            again = self._without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause if isinstance(cause, Refusal) else malformed(error))
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
        elif name == b"expect":
            self.expect_100_continue = value.lower() == b"100-continue"
        elif name == b"transfer-encoding" and (value.lower() != b"chunked" or self.parser.get_http_version() != "1.1"):
            raise unclear_body()
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Begin to answer, if the head is as it should be."""
        if self.parser.should_upgrade():
            if self.parser.get_method() == b"CONNECT":
                raise no_proxy()
            return  # The parser would not read its body; it is read again, without the header.
        bounds = self.bounds
        if (
            self._hosts != 1
            or len(self.url) > bounds.target
            or self._head
            or self._piece > bounds.head
            or len(self.pipeline) >= QUEUED
        ):
            self._judge()
        super().on_headers_complete()
        # What comes now are trailers, which are not to be taken for headers.
        self.headers = []
        # Looked up where uvicorn left it: asking the parser once more would cost as much as all else here.
        version = self.scope["http_version"]
        if version not in ("1.1", "1.0"):
            raise version_not_spoken(version)

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        if self._unfinished is not None:
            self._unfinished.framing -= (1 + FRAMING) * len(body)
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
        elif self._refusal is not None:
            self._tell(self._refusal)

    def _should_upgrade(self) -> bool:
        """Say that such a request is not answered as it is first read."""
        return True

    def _without_upgrade(self, rest: bytes) -> bytes:
        """Give a request to be read again without its wish for another protocol, which may be ignored (RFC 9110, 7.8).

        `rest` is what came after its head.
        """
        head = [b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                kept = [each for each in value.split(b",") if each.strip().lower() not in UPGRADING]
                head.append(b"%b: %b\r\n" % (name, b",".join(kept)))
            elif name != b"upgrade":
                head.append(b"%b: %b\r\n" % (name, value))
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        return b"".join([*head, b"\r\n", rest])

    # ── What is too much

    def _judge(self) -> None:
        """Look closely at a head that may be refused."""
        version = self.parser.get_http_version()
        if len(self.url) > self.bounds.target:
            raise target_too_long(self.bounds.target)
        if _size(self.headers) > self.bounds.head:
            raise head_too_large(self.bounds.head)
        if version not in ("1.0", "1.1"):
            raise version_not_spoken(version)
        if self._hosts > 1 or (self._hosts == 0 and version == "1.1"):
            raise hosts_unclear(self._hosts)
        if len(self.pipeline) >= QUEUED:
            raise too_many_waiting(QUEUED)

    def _check_unfinished_head(self) -> None:
        """Count the bytes of a head that goes on in the next piece: the parser holds them unseen."""
        if self._head:
            self._head += self._piece
        else:
            self._head = 1 + len(self.url) + _size(self.headers)
        if len(self.url) > self.bounds.target:
            self._refuse(target_too_long(self.bounds.target))
        elif self._head - len(self.url) > self.bounds.head:
            self._refuse(head_too_large(self.bounds.head))

    def _check_unfinished_body(self, cycle: RequestResponseCycle) -> None:
        """Count what comes beside a body that goes on in the next piece: the application sees no more than the body."""
        if self._unfinished is None:
            self._unfinished = Unfinished(self.transport, cycle, self.close_gently)
        else:
            self._unfinished.framing += self._piece
            if self._unfinished.framing > self.bounds.head:
                self._refuse(chunks_too_small())

    def _throw_away(self, data: bytes) -> None:
        if self._drained is not None:
            self._drained += len(data)
            if self._drained > DRAINED:
                self.transport.close()

    # ── What takes too long

    def _look(self) -> None:
        """See what the connection waits for, and whether it has waited for just that too long."""
        wait, of = self._waits_for()
        now = self.loop.time()
        if wait is not self._wait[0] or of is not self._wait[1]:
            self._wait, self._since = (wait, of), now
        elif now - self._since >= self._patience(wait):
            self._give_up(wait)
        if self._next_look is not None:
            self._next_look.cancel()
        self._next_look = self.loop.call_later(self._look_away, self._look)

    def _waits_for(self) -> tuple[Wait, object]:
        """Tell what it waits for, with an object that is another one for another request."""
        cycle = self.cycle
        if self.transport.get_write_buffer_size():
            return Wait.READER, cycle
        if self._drained is not None or self.transport.is_closing():
            return Wait.END, None
        if self._refusal is not None:
            return Wait.US, None
        if cycle is None or cycle.scope is not self.scope:
            return Wait.HEAD, self.scope
        if cycle.response_complete:
            return Wait.REQUEST, cycle
        # Reading pauses while the application has enough, or is still with an earlier request.
        return (Wait.BODY, cycle) if cycle.more_body and not self.flow.read_paused else (Wait.US, cycle)

    def _patience(self, wait: Wait) -> float:
        """Give the seconds that it may wait; while the server ends, for us only."""
        if wait is Wait.US:
            return float("inf")
        return min(self.bounds.patience(wait), self._most_patience)

    def _give_up(self, wait: Wait) -> None:
        if wait is Wait.READER:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.transport.abort()
        elif wait is Wait.HEAD and self.scope is not None:
            self._refuse(too_slow("head", self._patience(wait)))
        elif wait is Wait.BODY:
            self._refuse(too_slow("body", self._patience(wait)))
        else:
            self.transport.close()

    # ── What is answered then

    def _refuse(self, refusal: CounterpointError) -> None:
        """End the connection for a reason, which is told when the requests before are answered."""
        self._refusal = refusal
        cycle = self.cycle
        if cycle is not None and cycle.scope is self.scope and cycle.more_body and not cycle.response_complete:
            self._refuse_body(refusal, cycle)
        elif cycle is None or (cycle.response_complete and not self.pipeline):
            self._tell(refusal)

    def _refuse_body(self, refusal: CounterpointError, cycle: RequestResponseCycle) -> None:
        if self.pipeline:
            self.pipeline.popleft()  # Its turn had not come.
        elif cycle.response_started:
            self.close_gently()
        else:
            # The application is told that the client is gone; what it would still say is not sent.
            cycle.disconnected = True
            cycle.message_event.set()
            self._tell(refusal)

    def _tell(self, refusal: CounterpointError) -> None:
        self.transport.write(written(refusal, self.server_state.default_headers))
        self.close_gently()


UPGRADING = (b"upgrade", b"http2-settings")


def _size(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Count the bytes of header lines, with `: ` and the line's end."""
    return sum(len(name) + len(value) + 4 for name, value in headers)
