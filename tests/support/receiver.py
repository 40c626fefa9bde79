"""A receiver of notifications: an HTTP server that records what it is sent, and answers as a test says."""

from __future__ import annotations

import base64
import hmac
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Notification:
    """A request to the receiver. The names of its headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The data of the event."""
        return json.loads(self.body)["data"]

    @property
    def has_valid_signature(self) -> bool:
        """Whether the signature is the one that the specification demands."""
        content = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.{self.body.decode()}"
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        signature = base64.b64encode(hmac.digest(key, content.encode(), "sha256")).decode()
        return self.headers.get("webhook-signature") == f"v1,{signature}"


@dataclass
class Receiver:
    """A running receiver. It answers with the next of `statuses`, or 204, after it has called `on_notification`.

    `load_page` returns the page at a path.
    """

    port: int = 0
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    notifications: list[Notification] = field(default_factory=list)
    arrivals: SimpleQueue[Notification] = field(default_factory=SimpleQueue)
    on_notification: Callable[[Notification], object] = lambda _: None
    load_page: Callable[[str], str] = lambda path: path

    @property
    def url(self) -> str:
        """The address of the receiver."""
        return f"http://127.0.0.1:{self.port}/publish"

    def take(self) -> list[Notification]:
        """Return the notifications since the last call."""
        notifications, self.notifications = self.notifications, []
        return notifications

    def accept(self, notification: Notification) -> int:
        """Record a notification, and return the status of the response."""
        self.notifications.append(notification)
        self.arrivals.put(notification)
        self.on_notification(notification)
        return self.statuses.pop(0) if self.statuses else 204


@contextmanager
def run_receiver(*statuses: int, **headers: str) -> Iterator[Receiver]:
    """Run a receiver on a free port until the block ends."""
    receiver = Receiver(statuses=[*statuses], headers=headers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = receiver.load_page(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            names = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.accept(Notification(self.path, names, body)))
            for name, value in receiver.headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_address[1]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
