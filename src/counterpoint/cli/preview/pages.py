"""The HTML pages of a preview, built from answers of the API. All text of articles and messages is escaped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from counterpoint.article_folder import count
from counterpoint.cli.preview.content import PreviewState
from counterpoint.cli.reports import count_problems, shell_path
from counterpoint.errors import Problem
from counterpoint.http.explorer import csp_hash

STATE_PATH = "/preview/state"

STYLE = """
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-size: .9em; overflow-wrap: anywhere }
pre { overflow-x: auto } img { max-width: 100% }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid #bbb; padding: .3rem .6rem; text-align: start; vertical-align: top }
.align-left { text-align: left } .align-center { text-align: center } .align-right { text-align: right }
mark { border-radius: .2rem; padding: 0 .3rem; font-size: .8rem }
.problems { border-inline-start: .3rem solid #c62828; padding-inline-start: 1rem }
.problems.warning { border-color: #f9a825 }
small, .hint { color: #666 }
"""

SCRIPT = f"""
const version = document.documentElement.dataset.version;
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
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
    f"img-src 'self' https:; style-src {csp_hash(STYLE)}; script-src {csp_hash(SCRIPT)}"
)


def render_overview(state: PreviewState, folder: Path, articles: Sequence[Mapping[str, Any]]) -> str:
    """Return the page that lists the articles and all problems."""
    time = f"<time>{state.seeded_at.astimezone():%H:%M:%S}</time>"
    drafts = count(len(state.draft_slugs), "draft")
    content = [
        f"<h1>Preview of <code>{escape(str(folder))}</code></h1>",
        f"<p>{count(len(articles), 'article')}, {drafts}. Read at {time}, revision <code>{state.revision}</code>. "
        'Query them in the <a href="/graphql">explorer</a>.</p>',
        *_render_state(state, state.problems),
        "<h2>Articles</h2>",
        _list_items(_render_link(article, state, folder) for article in articles),
    ]
    return _render_page(f"Preview of {folder}", content, state)


def render_article(state: PreviewState, folder: Path, article: Mapping[str, Any]) -> str:
    """Return the page of an article in reading order, with the problems of its file."""
    path = shell_path(folder, article["source"]["path"])
    problems = [problem for problem in state.problems if problem.place.path == path]
    content = [
        f'<p><a href="/">All articles</a> <small><code>{escape(path)}</code></small> {_draft_mark(article, state)}</p>',
        *_render_state(state, problems),
        f'<article lang="{escape(article["language"])}" dir="auto">',
        *_render_metadata(article),
        *(part for section in article["sections"] for part in _render_section(section)),
        "</article>",
    ]
    return _render_page(article["title"], content, state)


def render_message(state: PreviewState, message: str) -> str:
    """Return a page that only says why there is no other."""
    content = [f"<h1>{escape(message)}</h1>", '<p><a href="/">All articles</a></p>']
    return _render_page(message, [*content, *_render_state(state, state.problems)], state)


def _render_page(title: str, content: Iterable[str], state: PreviewState) -> str:
    mark = "⚠ " if state.problems or state.failure else ""
    body = "\n".join(content)
    return f"""\
<!doctype html>
<html lang="en" data-version="{state.version}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{mark}{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
<script type="module">{SCRIPT}</script>
</head>
<body>
{body}
</body>
</html>
"""


def _render_state(state: PreviewState, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield why the content is not up to date, and problems."""
    if state.failure:
        yield f'<p class="problems" role="alert">{escape(state.failure)}</p>'
    if problems:
        severity = min(problem.severity for problem in problems)
        yield f'<section class="problems {severity}"><h2>{count_problems(problems)}</h2>'
        yield f"{_list_items(map(_render_problem, problems))}"
        if severity == "error":
            yield "<p>The preview shows the last version of these files that had no error, if there is one.</p>"
        yield "</section>"


def _render_problem(problem: Problem) -> str:
    hint = f' <span class="hint">({escape(problem.hint)})</span>' if problem.hint else ""
    return f"<code>{escape(str(problem.place))}</code> {problem.severity}: {escape(problem.message)}{hint}"


def _render_link(article: Mapping[str, Any], state: PreviewState, folder: Path) -> str:
    path = shell_path(folder, article["source"]["path"])
    link = f'<a href="/articles/{quote(article["slug"])}" lang="{escape(article["language"])}">'
    date = f" {article['published']}" if article["published"] else ""
    return (
        f"{link}{escape(article['title'])}</a> {_draft_mark(article, state)} "
        f"<small><code>{escape(path)}</code>{date}</small>"
    )


def _draft_mark(article: Mapping[str, Any], state: PreviewState) -> str:
    return "<mark>draft</mark>" if article["slug"] in state.draft_slugs else ""


def _render_metadata(article: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h1>{escape(article['title'])}</h1>"
    if article["subtitle"]:
        yield f"<p><strong>{escape(article['subtitle'])}</strong></p>"
    dates = [f"{key} {article[key]}" for key in ("published", "updated") if article[key]]
    if article["authors"] or dates:
        yield f"<p><small>{escape(', '.join([*article['authors'], *dates]))}</small></p>"
    if article["summary"]:
        yield f"<p><em>{escape(article['summary'])}</em></p>"


def _render_section(section: Mapping[str, Any]) -> Iterator[str]:
    if section["heading"]:
        tag = f"h{section['level']}"
        yield f'<{tag} id="{escape(section["slug"])}">{escape(section["heading"])}</{tag}>'
    for block in section["blocks"]:
        if block["__typename"] == "PointList":
            yield from _render_list(block)
        else:
            yield block["html"]


def _render_list(block: Mapping[str, Any]) -> Iterator[str]:
    if block["leadIn"]:
        yield f"<p>{escape(block['leadIn'])}</p>"
    items = (
        f"<strong>{escape(point['label'])}:</strong> {point['html']}" if point["label"] else point["html"]
        for point in block["points"]
    )
    yield _list_items(items, start=block["start"])


def _list_items(items: Iterable[str], *, start: int | None = None) -> str:
    """Return a list, which is ordered if it has a start."""
    opening, closing = ("<ul>", "</ul>") if start is None else (f'<ol start="{start}">', "</ol>")
    return f"{opening}{''.join(f'<li>{item}</li>' for item in items)}{closing}"
