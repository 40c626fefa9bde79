"""The page that a browser gets from the endpoint: GraphiQL with a first query, from here or from a CDN."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

TITLE = "Counterpoint"

FIRST_QUERY = """\
# Welcome to Counterpoint: who stands where,
# what each side did, and what is proposed.
#
# Ctrl-Enter runs this query, Ctrl-Space suggests
# fields, and the book at the left is the manual.
# Here is the newest article, in reading order:

query NewestArticle {
  articles(first: 1) {
    nodes {
      title
      subtitle
      sections {
        heading
        blocks {
          __typename
          ... on Paragraph {
            text
          }
          ... on PointList {
            kind
            leadIn
            points {
              label
              text
            }
          }
          ... on Table {
            columns
            rows
          }
        }
      }
    }
  }
}
"""

# What explorer/package-lock.json holds too; a test keeps them equal.
VERSIONS = {
    "@graphiql/react": "0.39.1",
    "@graphiql/toolkit": "0.12.1",
    "graphiql": "5.4.0",
    "graphql": "16.15.0",
    "react": "19.3.1",
    "react-dom": "19.3.1",
}
CDN = "https://esm.sh"

# GraphiQL's editor writes style elements of its own.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'"
)

DOCUMENT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>body {{ margin: 0 }} #explorer {{ height: 100dvh }}</style>
{head}
</head>
<body>
<div id="explorer" data-query="{query}"></div>
<noscript>The explorer needs JavaScript. The schema: <a href="schema.graphql">schema.graphql</a></noscript>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page and the Content-Security-Policy that it is to be sent with."""

    html: str
    policy: str


def is_built(assets: Path) -> bool:
    """Say whether the folder holds what `npm run build` in explorer/ makes."""
    return (assets / "explorer.js").is_file() and (assets / "explorer.css").is_file()


def bundled_page() -> HtmlPage:
    """Make the page that finds everything in `assets/` beside the endpoint, and asks no other host."""
    head = (
        '<link rel="stylesheet" href="assets/explorer.css">\n<script type="module" src="assets/explorer.js"></script>'
    )
    return HtmlPage(_document(head), f"{CONTENT_SECURITY_POLICY}; script-src 'self'; worker-src 'self'")


def cdn_page() -> HtmlPage:
    """Make the page that loads the same packages from GraphiQL's CDN, for where the explorer is not built."""
    imports = json.dumps({"imports": _imports()}, indent=1)
    workers = 'import "graphiql/setup-workers/esm.sh";'
    script = Path(__file__).with_name("explorer.js").read_text(encoding="utf-8")
    head = (
        f'<link rel="stylesheet" href="{_at_cdn("graphiql")}/dist/style.css">\n'
        f'<script type="importmap">{imports}</script>\n'
        f'<script type="module">{workers}</script>\n'
        f'<script type="module">{script}</script>'
    )
    hashes = " ".join(_csp_hash(text) for text in (imports, workers, script))
    # A worker from another host can only be started from a blob that imports it.
    return HtmlPage(_document(head), f"{CONTENT_SECURITY_POLICY} {CDN}; script-src {hashes} {CDN}; worker-src blob:")


def _document(head: str) -> str:
    return DOCUMENT.format(title=TITLE, head=head, query=escape(FIRST_QUERY))


def _imports() -> dict[str, str]:
    """Say where the page's modules find each package, so that all of them share one copy of it."""
    shared = {
        "@graphiql/react": "?standalone&external=react,react-dom,graphql,@graphiql/toolkit",
        "@graphiql/toolkit": "?standalone&external=graphql",
        "graphiql": "?standalone&external=react,react-dom,graphql,@graphiql/react",
    }
    packages = {name: f"{_at_cdn(name)}{shared.get(name, '')}" for name in VERSIONS}
    parts = {f"{name}/": f"{_at_cdn(name)}/" for name in ("graphiql", "react", "react-dom")}
    return packages | parts


def _at_cdn(package: str) -> str:
    return f"{CDN}/{package}@{VERSIONS[package]}"


def _csp_hash(script: str) -> str:
    """Name an inline script in a policy."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
