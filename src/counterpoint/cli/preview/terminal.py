"""What a preview prints: its address, a line for each update, and the problems when they change."""

from datetime import datetime
from pathlib import Path

from counterpoint.article.source_file import count
from counterpoint.cli.changes import summarize_difference
from counterpoint.cli.errors import write_error, write_output
from counterpoint.cli.preview.content import PreviewState
from counterpoint.cli.reports import count_problems
from counterpoint.store.folder_difference import Difference

MAX_NAMED_CHANGES = 3
"""Number of changes up to which a line names their files."""


def report_start(state: PreviewState, folder: Path, url: str) -> None:
    """Print the problems, the numbers of articles and drafts, and the address."""
    _write_problems(state)
    articles = f"{count(len(state.difference.added), 'article')}, {count(len(state.draft_slugs), 'draft')}"
    problems = f", {count_problems(state.problems)}" if state.problems else ""
    write_output(f"The preview of {folder} ({articles}{problems}) is running on {url} - press Ctrl-C to stop.")


def report_update(state: PreviewState, previous: PreviewState, seconds: float) -> None:
    """Print what an update changed, unless it changed nothing."""
    has_other_problems = state.problems != previous.problems
    if state.difference.is_empty and not has_other_problems and state.failure == previous.failure:
        return
    if has_other_problems:
        _write_problems(state)
    changes = _describe(state.difference)
    outcome = state.failure or "; ".join(filter(None, [changes, count_problems(state.problems)]))
    write_error(f"{datetime.now().astimezone():%H:%M:%S}  {outcome} ({seconds * 1000:,.0f} ms)")


def _write_problems(state: PreviewState) -> None:
    for problem in state.problems:
        write_error(str(problem))


def _describe(difference: Difference) -> str:
    changes = [
        *(f"added {path}" for path in difference.added),
        *(f"changed {path}" for path in difference.changed),
        *(f"removed {path}" for path in difference.removed),
    ]
    return ", ".join(changes) if len(changes) <= MAX_NAMED_CHANGES else summarize_difference(difference)
