"""The HTML pages of a preview: those of the reader with problems and marks of drafts, and the list of all articles."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from counterpoint.article.source_file import count
from counterpoint.cli.preview.content import PreviewState
from counterpoint.cli.reports import count_problems, shell_path
from counterpoint.errors import Problem
from counterpoint.http.explorer import csp_hash
from counterpoint.reader.rendering import build_environment

STATE_PATH = "/preview/state"

STYLE = """
.notice { border-inline-start: .3rem solid #c62828; padding-inline-start: 1rem; margin-bottom: 2rem }
.notice.warning { border-color: #f9a825 }
p:has(+ .notice) { margin-bottom: 1rem }
.notice code, .files code { overflow-wrap: anywhere }
mark { padding: 0 .4em; font: .75rem var(--sans) }
"""

SCRIPT = f"""
const version = document.querySelector("meta[name=version]").content;
async function poll() {{
  try {{
    const response = await fetch("{STATE_PATH}");
    if ((await response.json()).version !== version) location.reload();
  }} catch {{}}
  setTimeout(poll, 500);
}}
poll();
"""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
    f"img-src 'self' https: http:; style-src 'self' {csp_hash(STYLE)}; script-src {csp_hash(SCRIPT)}"
)

ENVIRONMENT = build_environment(Path(__file__).with_name("templates"))


def render_overview(state: PreviewState, folder: Path, articles: Sequence[Mapping[str, Any]]) -> str:
    """Return the page that lists the articles and all problems."""
    files = [{**article, "path": shell_path(folder, article["source"]["path"])} for article in articles]
    return _render("preview_overview.html", state, state.problems, folder=folder, files=files)


def render_article(state: PreviewState, folder: Path, data: Mapping[str, Any]) -> str:
    """Return the page of an article as the reader has it, with the problems of its file."""
    path = shell_path(folder, data["article"]["source"]["path"])
    problems = [problem for problem in state.problems if problem.place.path == path]
    return _render("preview_article.html", state, problems, path=path, **data)


def render_message(state: PreviewState, message: str) -> str:
    """Return a page that only says why there is no other."""
    return _render("preview_message.html", state, state.problems, message=message)


def _render(template: str, state: PreviewState, problems: Sequence[Problem], **context: Any) -> str:
    return ENVIRONMENT.get_template(template).render(
        context,
        state=state,
        problems=problems,
        problem_count=count_problems(problems),
        draft_count=count(len(state.draft_slugs), "draft"),
        style=STYLE,
        script=SCRIPT,
    )
