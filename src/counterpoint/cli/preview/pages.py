"""The pages of a preview: those of the reader with problems and marks of drafts, and the list of all articles.

They read the content through the GraphQL engine.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from counterpoint.article.messages import count
from counterpoint.cli.preview.content import PreviewContent, PreviewState
from counterpoint.cli.reports import count_problems, format_shell_path
from counterpoint.engine.engine import Engine
from counterpoint.errors import CounterpointError, Problem
from counterpoint.http.explorer import hash_for_csp
from counterpoint.reader.pages import Address
from counterpoint.reader.rendering import DOCUMENTS, build_environment, build_explorer_link

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
    f"img-src 'self' https: http:; style-src 'self' {hash_for_csp(STYLE)}; script-src {hash_for_csp(SCRIPT)}"
)

ENVIRONMENT = build_environment(Path(__file__).with_name("templates"))

ARTICLE_LIST = Path(__file__).with_name("pages.graphql").read_text(encoding="utf-8")

READ_METHODS = ["GET", "HEAD"]

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def add_preview_pages(app: FastAPI, engine: Engine, content: PreviewContent, folder: Path, page_size: int) -> None:
    """Add the overview, the page of each article, and the state that tells pages when to reload."""

    @app.api_route("/", methods=READ_METHODS)
    async def overview() -> Response:
        """Return the list of articles and problems."""
        articles = [article async for article in _read_all_articles(engine, page_size)]
        return HTMLResponse(_render_overview(content.state, folder, articles), headers=HEADERS)

    @app.api_route("/articles/{slug}", methods=READ_METHODS)
    async def article_page(request: Request, slug: str) -> Response:
        """Return an article."""
        data = await _execute(engine, DOCUMENTS["article"], {"slug": slug})
        if data["article"] is None:
            return HTMLResponse(_render_message(content.state, f"No article {slug!r}"), 404, headers=HEADERS)
        address = Address(str(request.base_url).rstrip("/"), f"/articles/{slug}", slug, {})
        queries = [build_explorer_link(DOCUMENTS["article"], {"slug": slug})]
        page = _render_article(content.state, folder, {**data, "address": address, "queries": queries})
        return HTMLResponse(page, headers=HEADERS)

    @app.api_route(STATE_PATH, methods=READ_METHODS)
    async def state() -> Response:
        """Return the version of the pages."""
        return JSONResponse({"version": content.state.version}, headers={"Cache-Control": "no-store"})

    @app.exception_handler(CounterpointError)
    async def report_error(_: Request, error: CounterpointError) -> Response:
        """Return a page with the reason why the content can't be read."""
        return HTMLResponse(_render_message(content.state, str(error)), 503, headers=HEADERS)


async def _read_all_articles(engine: Engine, page_size: int) -> AsyncIterator[Mapping[str, Any]]:
    cursor, has_next_page = None, True
    while has_next_page:
        page = (await _execute(engine, ARTICLE_LIST, {"first": page_size, "after": cursor}))["articles"]
        for article in page["nodes"]:
            yield article
        cursor, has_next_page = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


async def _execute(engine: Engine, document: str, variables: dict[str, Any]) -> Any:
    prepared = await engine.prepare(document, None, variables)
    return json.loads((await engine.execute(prepared)).data)


def _render_overview(state: PreviewState, folder: Path, articles: Sequence[Mapping[str, Any]]) -> str:
    """Return the page that lists the articles and all problems."""
    files = [{**article, "path": format_shell_path(folder, article["source"]["path"])} for article in articles]
    return _render("preview_overview.html", state, state.problems, folder=folder, files=files)


def _render_article(state: PreviewState, folder: Path, data: Mapping[str, Any]) -> str:
    """Return the page of an article as the reader has it, with the problems of its file."""
    path = format_shell_path(folder, data["article"]["source"]["path"])
    problems = [problem for problem in state.problems if problem.place.path == path]
    return _render("preview_article.html", state, problems, path=path, **data)


def _render_message(state: PreviewState, message: str) -> str:
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
