"""The command `preview`: options, terminal output, and the thread that updates the content."""

import logging
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

import click

from counterpoint.article.messages import count
from counterpoint.article_folder import ArticleFolder, Track
from counterpoint.cli.article_options import build_parser_options
from counterpoint.cli.changes import summarize_difference
from counterpoint.cli.errors import write_error, write_output
from counterpoint.cli.preview.content import PreviewContent, PreviewState
from counterpoint.cli.progress import track
from counterpoint.cli.reports import count_problems
from counterpoint.cli.serve import StopSignals, build_server_config
from counterpoint.folder_scan import scan_folder
from counterpoint.server.listeners import open_listeners
from counterpoint.settings import Settings, read_settings
from counterpoint.store.folder_difference import Difference
from counterpoint.store.write_engine import write_engine

if TYPE_CHECKING:
    import uvicorn

STOP_TIMEOUT_SECONDS = 1

MAX_NAMED_CHANGES = 3
"""Number of changes up to which a line names their files."""


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="IP address or host name to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port to listen on. Overrides COUNTERPOINT_PORT.")
@click.option("--open", "opens_browser", is_flag=True, help="Open the preview in the browser.")
def preview(*, folder: Path | None, host: str, port: int | None, opens_browser: bool) -> None:
    """Show the articles of FOLDER in a browser, drafts included, and follow each change of a file.

    FOLDER defaults to COUNTERPOINT_SEED_DIR. The database is a temporary one. If a file has an error, the terminal and
    the page show it, and the last version without error stays. Press Ctrl-C to stop.
    """
    settings = read_settings()
    try:
        # Before anything else, because an error must not come late.
        listeners = open_listeners(host, settings.port if port is None else port, workers=1)[0]
        with TemporaryDirectory(prefix="counterpoint-preview-", ignore_cleanup_errors=True) as data:
            stop_signals = StopSignals(interrupts_start=True)
            own_settings = _adapt_settings(settings, f"sqlite:///{data}/preview.db", listeners[0])
            run = partial(stop_signals.run, listeners=listeners)
            _run_preview(folder or settings.seed_dir, own_settings, run, opens_browser=opens_browser)
    except KeyboardInterrupt:
        return


def _adapt_settings(settings: Settings, database_url: str, listener: socket) -> Settings:
    """Return the settings of the preview.

    Unless the operator sets them otherwise, no page of another origin may read drafts, neither directly nor through a
    name that leads to this machine.
    """
    host, port = listener.getsockname()[:2]
    defaults = {"cors_origins": ""}
    if ip_address(host).is_loopback:
        defaults["allowed_hosts"] = f"{host}, localhost, 127.0.0.1, [::1]"
    unset = {name: value for name, value in defaults.items() if name not in settings.model_fields_set}
    server = {"database_url": database_url, "read_url": "", "host": host, "port": port, "reader": True}
    # Browsers must ask again each time, because the content changes more often than that of a published service.
    overrides = {**server, "cache_control": "no-cache"}
    return settings.model_copy(update={**unset, **overrides})


def _run_preview(
    folder: Path, settings: Settings, run: "Callable[[uvicorn.Server], None]", *, opens_browser: bool
) -> None:
    import uvicorn  # noqa: PLC0415

    from counterpoint.app import build_error_responder  # noqa: PLC0415
    from counterpoint.cli.preview.pages import add_preview_pages  # noqa: PLC0415
    from counterpoint.http.probes import DrainState  # noqa: PLC0415
    from counterpoint.store.migrations import migrate  # noqa: PLC0415

    def read_folder(track_progress: Track = lambda paths, _: paths) -> ArticleFolder:
        entries = scan_folder(folder, is_draft_allowed=True)
        return ArticleFolder(folder, build_parser_options(settings), entries=entries, track=track_progress)

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    with write_engine(settings.database, creates_file=True) as engine:
        migrate(engine)
        content = PreviewContent(engine, read_folder(track))
        config = build_server_config(
            settings,
            build_error_responder(settings),
            DrainState(),
            partial(add_preview_pages, content=content, folder=folder, page_size=settings.limit_page_size),
            log_level="warning",
        )
        url = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}/"
        _report_start(content.state, folder, url)
        with _follow_changes(folder, partial(_update, content, read_folder)):
            if opens_browser:
                # In a thread, because a browser in the terminal blocks until its user leaves it.
                Thread(target=webbrowser.open, args=(url,), daemon=True).start()
            run(uvicorn.Server(config))


@contextmanager
def _follow_changes(folder: Path, update: Callable[[], None]) -> Iterator[None]:
    """Call `update` after each change in a folder, in a thread, until the block ends."""
    from counterpoint.cli.preview.folder_watcher import watch_folder  # noqa: PLC0415

    def follow() -> None:
        for _ in watch_folder(folder, stop):
            update()

    stop = Event()
    thread = Thread(target=follow, name="follow changes", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # The process does not wait longer for an update that is running, because nothing needs its result.
        thread.join(STOP_TIMEOUT_SECONDS)


def _update(content: PreviewContent, read_folder: Callable[[], ArticleFolder]) -> None:
    start, previous = perf_counter(), content.state
    content.update(read_folder)
    _report_update(content.state, previous, perf_counter() - start)


def _report_start(state: PreviewState, folder: Path, url: str) -> None:
    """Print the problems, the numbers of articles and drafts, and the address."""
    _write_problems(state)
    articles = f"{count(len(state.difference.added), 'article')}, {count(len(state.draft_slugs), 'draft')}"
    problems = f", {count_problems(state.problems)}" if state.problems else ""
    write_output(f"The preview of {folder} ({articles}{problems}) is running on {url} - press Ctrl-C to stop.")


def _report_update(state: PreviewState, previous: PreviewState, seconds: float) -> None:
    """Print what an update changed, unless it changed nothing."""
    has_other_problems = state.problems != previous.problems
    if state.difference.is_empty and not has_other_problems and state.failure == previous.failure:
        return
    if has_other_problems:
        _write_problems(state)
    changes = _describe_difference(state.difference)
    outcome = state.failure or "; ".join(filter(None, [changes, count_problems(state.problems)]))
    write_error(f"{datetime.now().astimezone():%H:%M:%S}  {outcome} ({seconds * 1000:,.0f} ms)")


def _write_problems(state: PreviewState) -> None:
    for problem in state.problems:
        write_error(str(problem))


def _describe_difference(difference: Difference) -> str:
    changes = [
        *(f"added {path}" for path in difference.added),
        *(f"changed {path}" for path in difference.changed),
        *(f"removed {path}" for path in difference.removed),
    ]
    return ", ".join(changes) if len(changes) <= MAX_NAMED_CHANGES else summarize_difference(difference)
