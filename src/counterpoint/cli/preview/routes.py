"""The routes of a preview's pages. They read the content through the GraphQL engine."""

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from counterpoint.cli.preview.content import PreviewContent
from counterpoint.cli.preview.pages import (
    CONTENT_SECURITY_POLICY,
    STATE_PATH,
    render_article,
    render_message,
    render_overview,
)
from counterpoint.engine.engine import Engine
from counterpoint.errors import CounterpointError
from counterpoint.reader.pages import Address
from counterpoint.reader.rendering import DOCUMENTS, explorer_link

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
        return HTMLResponse(render_overview(content.state, folder, articles), headers=HEADERS)

    @app.api_route("/articles/{slug}", methods=READ_METHODS)
    async def article_page(request: Request, slug: str) -> Response:
        """Return an article."""
        data = await _execute(engine, DOCUMENTS["article"], {"slug": slug})
        if data["article"] is None:
            return HTMLResponse(render_message(content.state, f"No article {slug!r}"), 404, headers=HEADERS)
        address = Address(str(request.base_url).rstrip("/"), f"/articles/{slug}", slug, {})
        queries = [explorer_link(DOCUMENTS["article"], {"slug": slug})]
        page = render_article(content.state, folder, {**data, "address": address, "queries": queries})
        return HTMLResponse(page, headers=HEADERS)

    @app.api_route(STATE_PATH, methods=READ_METHODS)
    async def state() -> Response:
        """Return the version of the pages."""
        return JSONResponse({"version": content.state.version}, headers={"Cache-Control": "no-store"})

    @app.exception_handler(CounterpointError)
    async def report_error(_: Request, error: CounterpointError) -> Response:
        """Return a page with the reason why the content can't be read."""
        return HTMLResponse(render_message(content.state, str(error)), 503, headers=HEADERS)


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
