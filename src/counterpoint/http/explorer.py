"""The explorer page that browsers get from /graphql: the bundled GraphiQL, or one that loads GraphiQL from a CDN."""

import re
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

# 'unsafe-inline' because GraphiQL's editor inserts style elements.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'"
)

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
CDN_URL = re.compile(r'(?:src|href)="(https://[^/"]+)/')

BUNDLED_HTML = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<link rel="icon" href="data:,">
<style>body {{ margin: 0 }} #explorer {{ height: 100dvh }}</style>
<link rel="stylesheet" href="assets/explorer.css">
<script type="module" src="assets/explorer.js"></script>
</head>
<body>
<div id="explorer" data-query="{escape(FIRST_QUERY)}"></div>
<noscript>The explorer needs JavaScript. The schema: <a href="schema.graphql">schema.graphql</a></noscript>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An HTML page with its Content-Security-Policy header."""

    html: str
    content_security_policy: str


def is_built(folder: Path) -> bool:
    """Return whether a folder contains the bundle that `npm run build` in explorer/ writes."""
    return (folder / "explorer.js").is_file() and (folder / "explorer.css").is_file()


def bundled_page() -> HtmlPage:
    """Return the page that loads the bundle from `assets/` and nothing from another host."""
    return HtmlPage(BUNDLED_HTML, f"{CONTENT_SECURITY_POLICY}; script-src 'self'; worker-src 'self'")


def cdn_page(html: str) -> HtmlPage:
    """Return a GraphiQL page that loads its scripts and styles from a CDN, with a policy that allows only these."""
    hosts = " ".join(sorted(set(CDN_URL.findall(html))))
    hashes = " ".join(map(csp_hash, INLINE_SCRIPT.findall(html)))
    return HtmlPage(html, f"{CONTENT_SECURITY_POLICY} {hosts}; script-src {hashes} {hosts}")


def csp_hash(script: str) -> str:
    """Return the source expression that allows an inline script or style."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
