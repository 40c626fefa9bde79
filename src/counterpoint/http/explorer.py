"""The explorer that browsers get from /graphql: the bundled GraphiQL with its assets, or a plain page without it."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from string import Template

from counterpoint.http.application import RequestHead
from counterpoint.http.error_responses import HttpError
from counterpoint.http.responses import CACHE_FOREVER, Response
from counterpoint.http.static_resource import LateResource, StaticResource

# The lines are short, because the editor may be narrow.
WELCOME = """\
# Welcome to Counterpoint.
# Ctrl-Enter runs this query,
# Ctrl-Space suggests fields.
# Book: manual. Flask: examples.

"""

FIRST_QUERY = """\
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

TRUSTED_ONLY = """\
# This server executes only
# trusted documents, which its
# operator has installed. Any
# other is an error with the code
# DOCUMENT_NOT_TRUSTED.
# To run a trusted document,
# paste exactly its text.
"""

# 'unsafe-inline' because GraphiQL's editor inserts style elements.
STYLES_OF_EDITOR = "'self' 'unsafe-inline'"

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
INLINE_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

BUNDLED_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Counterpoint</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/$style">
$modules
<script type="module" src="assets/$script"></script>
</head>
<body>
<div id="explorer" data-query="$query"$attributes></div>
<noscript>The explorer needs JavaScript. The schema: <a href="schema.graphql">schema.graphql</a></noscript>
</body>
</html>
""")

ASSETS_PATH = "/assets/"

_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}

PLAIN_PAGE = Template(Path(__file__).with_name("plain_explorer.html").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of the built explorer to which its page refers: paths in the folder of assets."""

    script: str
    style: str
    modules: Sequence[str]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An HTML page with its Content-Security-Policy header."""

    html: str
    content_security_policy: str


def read_bundle(folder: Path) -> Bundle | None:
    """Return the bundle that `npm run build` in explorer/ wrote to a folder; None if there is none."""
    manifest = folder / "explorer.json"
    return Bundle(**json.loads(manifest.read_text(encoding="utf-8"))) if manifest.is_file() else None


def build_page(bundle: Bundle | None, *, is_trusted_only: bool) -> HtmlPage:
    """Return the explorer page, which loads nothing from other hosts; without a bundle, a plain page."""
    if bundle:
        return _build_bundled_page(bundle, is_trusted_only=is_trusted_only)
    return _build_plain_page(TRUSTED_ONLY if is_trusted_only else FIRST_QUERY)


class ExplorerAssets:
    """Serves the files of the built explorer at the paths below ASSETS_PATH."""

    def __init__(self, folder: Path) -> None:
        """Serve the files of the bundle in a folder, if there is one. Each is read when it is first requested."""
        bundle = read_bundle(folder)
        files = (folder / PurePosixPath(bundle.script).parent).rglob("*.gz") if bundle else ()
        paths = (path.with_suffix("") for path in files)
        self._resources = {
            path.relative_to(folder).as_posix(): LateResource(partial(_read_asset, path))
            for path in paths
            if path.suffix in _MEDIA_TYPES
        }

    async def read(self, head: RequestHead) -> Response:
        """Return a file. Raise HttpError if there is none."""
        resource = self._resources.get(head.path.removeprefix(ASSETS_PATH))
        try:
            if resource:
                return await resource.read(head)
        except FileNotFoundError:
            pass  # because the explorer was removed or replaced since the server started
        raise HttpError(404, "NOT_FOUND", "There is no file at this address.")


def hash_for_csp(script: str) -> str:
    """Return the source expression that allows an inline script or style."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _build_bundled_page(bundle: Bundle, *, is_trusted_only: bool) -> HtmlPage:
    html = BUNDLED_PAGE.substitute(
        style=bundle.style,
        script=bundle.script,
        modules="\n".join(f'<link rel="modulepreload" href="assets/{path}">' for path in bundle.modules),
        query=escape(TRUSTED_ONLY if is_trusted_only else WELCOME + FIRST_QUERY),
        attributes=" data-trusted-only" if is_trusted_only else "",
    )
    return HtmlPage(html, _build_content_security_policy("'self'", STYLES_OF_EDITOR) + "; worker-src 'self'")


def _build_plain_page(query: str) -> HtmlPage:
    html = PLAIN_PAGE.safe_substitute(query=escape(query))
    scripts = " ".join(map(hash_for_csp, INLINE_SCRIPT.findall(html)))
    styles = " ".join(map(hash_for_csp, INLINE_STYLE.findall(html)))
    return HtmlPage(html, _build_content_security_policy(scripts, styles))


def _build_content_security_policy(scripts: str, styles: str) -> str:
    return (
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
        f"img-src 'self' data:; font-src 'self' data:; script-src {scripts}; style-src {styles}"
    )


def _read_asset(path: Path) -> StaticResource:
    """Read a file, of which only the compressed versions are there."""
    brotli, gz = (path.with_name(path.name + suffix).read_bytes() for suffix in (".br", ".gz"))
    return StaticResource(
        gzip.decompress(gz), _MEDIA_TYPES[path.suffix], [CACHE_FOREVER], encoded={"br": brotli, "gzip": gz}
    )
