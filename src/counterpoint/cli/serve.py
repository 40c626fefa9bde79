"""The command `serve`, and the configuration of the server that it shares with `preview`."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from socket import has_dualstack_ipv6
from typing import TYPE_CHECKING

import click

from counterpoint.cli.errors import fail
from counterpoint.errors import SettingsError
from counterpoint.logs import configure_logging
from counterpoint.settings import MAX_WORKERS, Settings, read_settings

if TYPE_CHECKING:
    from socket import socket

    import uvicorn

    from counterpoint.app import AddPages
    from counterpoint.http.error_responses import ErrorResponder
    from counterpoint.http.probes import DrainState
    from counterpoint.http.request_observer import RequestObserver

GC_THRESHOLDS = (700, 10, 100)
"""Thresholds of the three generations. The last is ten times Python's, because a full collection scans every cached
response: it blocked requests for 20 ms, again and again, while a cache of 64 MB was filled.
"""


MAX_PORT = 65535


@click.command()
@click.option("--host", help="IP address or host name to listen on. Overrides COUNTERPOINT_HOST.")
@click.option("--port", type=click.IntRange(0, MAX_PORT), help="TCP port to listen on. Overrides COUNTERPOINT_PORT.")
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_WORKERS),
    help="Number of processes that answer requests. Overrides COUNTERPOINT_WORKERS.",
)
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the API and the explorer at /graphql, and pages for people at /.

    The server does not start if a trusted document has a problem; `counterpoint check-documents` finds such problems.
    Neither does it start if a newer version of Counterpoint has changed the tables so that this one cannot read them.
    """
    options = {"host": host, "port": port, "workers": workers}
    overrides = {name: value for name, value in options.items() if value is not None}
    _run_server(read_settings().model_copy(update=overrides))


def _run_server(settings: Settings) -> None:
    gc.disable()  # until the server is built, because almost all objects stay
    from counterpoint.app import build_error_responder, refuse_newer_database  # noqa: PLC0415
    from counterpoint.http.probes import DrainState  # noqa: PLC0415
    from counterpoint.server.listeners import allow_connections  # noqa: PLC0415

    stop_signals = StopSignals()
    if settings.workers > 1 and not hasattr(os, "fork"):
        raise SettingsError(f"{settings.workers} workers: this operating system can't fork processes, expected 1.")
    _check_metrics_ports(settings)
    configure_logging(settings.log_format)
    allow_connections(settings.max_connections)
    refuse_newer_database(settings)
    error_responder, drain_state = build_error_responder(settings), DrainState()
    # uvicorn logs each step of a start and a stop, which would be repeated by each worker.
    log_level = "warning" if settings.workers > 1 else None
    config = build_server_config(settings, error_responder, drain_state, log_level=log_level)
    config.load()
    # Exclude the objects built so far from garbage collection, because scanning them would block for 100 ms.
    gc.freeze()
    gc.enable()
    gc.set_threshold(*GC_THRESHOLDS)
    runner = _Runner(settings, config, drain_state, error_responder.observer, stop_signals)
    if not (runner.run_one_process() if settings.workers == 1 else runner.run_workers()):
        sys.exit(1)


def _check_metrics_ports(settings: Settings) -> None:
    """Raise SettingsError if the metrics of a worker would be on a port that does not exist, or on that of the API."""
    first, last = settings.metrics_port or 0, (settings.metrics_port or 0) + settings.workers - 1
    if settings.metrics_port and (last > MAX_PORT or first <= settings.port <= last):
        ports = f"{settings.workers} workers need the ports {first} to {last}"
        problem = f"expected none above {MAX_PORT}, and not that of the API, {settings.port}"
        raise SettingsError(f"COUNTERPOINT_METRICS_PORT: {ports}, {problem}.")


@dataclass(frozen=True)
class _Runner:
    """Runs the server that `config` describes, in one process or in workers."""

    settings: Settings
    config: "uvicorn.Config"
    drain_state: "DrainState"
    observer: "RequestObserver"
    stop_signals: "StopSignals"

    def run_one_process(self) -> bool:
        """Run the server in this process until a signal arrives. Return whether it has started."""
        from counterpoint.server.draining_server import DrainingServer  # noqa: PLC0415

        listeners = self._open_listeners()[0]
        server = DrainingServer(self.config, self.drain_state, self.settings.drain_seconds)
        with self._metrics(), suppress(SystemExit):  # because uvicorn has exit statuses of its own
            self.stop_signals.run(server, listeners)
        return server.started

    def run_workers(self) -> bool:
        """Run the workers until a signal arrives. Return whether they have started."""
        from counterpoint.server.supervisor import Supervisor, SupervisorLink  # noqa: PLC0415
        from counterpoint.server.worker import WorkerServer  # noqa: PLC0415

        def run_worker(listeners: "list[socket]", link: SupervisorLink) -> None:
            try:
                with self._metrics(link.number):
                    WorkerServer(self.config, self.drain_state, self.settings.drain_seconds, link).run(listeners)
            except SettingsError as error:
                fail(str(error))

        supervisor = Supervisor(run_worker, self._open_listeners(), self.settings.drain_seconds)
        self.stop_signals.forward(supervisor.stop)
        return supervisor.run()

    def _open_listeners(self) -> "list[list[socket]]":
        """Listen on the port of the settings. Raise SettingsError."""
        from counterpoint.server.listeners import open_listeners  # noqa: PLC0415

        return open_listeners(self.settings.host, self.settings.port, self.settings.workers)

    @contextmanager
    def _metrics(self, worker: int = 0) -> Iterator[None]:
        """Serve metrics on their own port, if the settings have one. Raise SettingsError if it is in use."""
        if self.settings.metrics_port is None:
            yield
            return
        from counterpoint.http.metrics import serve_metrics  # noqa: PLC0415

        host = self.settings.host or ("::" if has_dualstack_ipv6() else "0.0.0.0")
        port = self.settings.metrics_port + worker
        with ExitStack() as stack:
            try:
                stack.enter_context(serve_metrics(self.observer, host, port))
            except OSError as error:
                message = f"Metrics can't be served on {host}, port {port}: {error.strerror}."
                raise SettingsError(f"{message} Choose another port with COUNTERPOINT_METRICS_PORT.") from error
            yield


class StopSignals:
    """The handler of SIGINT and SIGTERM for a process that builds and runs a server.

    uvicorn handles these signals only while it runs, and raises them again afterwards. A signal before that must not be
    lost, and one after that must not change the exit status.
    """

    def __init__(self, *, interrupts_start: bool = False) -> None:
        """Handle the signals from now on. With `interrupts_start`, raise KeyboardInterrupt until the server runs."""
        self._interrupts_start = interrupts_start
        self._signal: signal.Signals | None = None
        self._stop: Callable[[signal.Signals], None] | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._handle)

    def run(self, server: "uvicorn.Server", listeners: "list[socket]") -> None:
        """Run a server until a signal arrives, or end it at once if one has arrived before."""
        self.forward(lambda _: setattr(server, "should_exit", True))
        server.run(listeners)

    def forward(self, stop: Callable[[signal.Signals], None]) -> None:
        """Call `stop` with each signal from now on, and at once if a signal has arrived before."""
        self._stop = stop
        # Python drops a KeyboardInterrupt that is raised in a callback, for example of the garbage collection.
        if self._signal:
            stop(self._signal)

    def _handle(self, number: int, _: object) -> None:
        self._signal = signal.Signals(number)
        if self._stop:
            self._stop(self._signal)
        elif self._interrupts_start:
            raise KeyboardInterrupt


def build_server_config(
    settings: Settings,
    error_responder: "ErrorResponder",
    drain_state: "DrainState",
    add_pages: "AddPages | None" = None,
    *,
    log_level: str | None = None,
) -> "uvicorn.Config":
    """Build the application, which may have more pages, and the configuration of its server."""
    import uvicorn  # noqa: PLC0415

    from counterpoint.app import build_app, build_connection_limits  # noqa: PLC0415
    from counterpoint.server.protocol import build_protocol_class  # noqa: PLC0415

    return uvicorn.Config(
        build_app(settings, error_responder, drain_state, add_pages),
        host=settings.host,
        port=settings.port,
        http=build_protocol_class(build_connection_limits(settings), error_responder, drain_state),
        access_log=False,
        log_config=None,
        log_level=log_level,
        server_header=False,
        proxy_headers=False,  # Responses do not depend on the client address or the scheme.
        date_header=True,
        timeout_graceful_shutdown=5,
    )
