"""robots.txt (RFC 9309): what crawlers may fetch, and where the sitemap is."""

from counterpoint.http.application import RequestHead
from counterpoint.http.responses import Response, build_content_headers

CACHE_CONTROL = b"public, max-age=3600"

RULES = """\
User-agent: *
# Each query has an address of its own, so there is no end to them.
Disallow: /graphql
Disallow: /search
"""


class RobotsFile:
    """The file robots.txt, with the address of the sitemap if there is one."""

    def __init__(self, public_url: str, *, has_sitemap: bool) -> None:
        self._public_url = public_url
        self._has_sitemap = has_sitemap

    async def read(self, head: RequestHead) -> Response:
        """Return the file."""
        sitemap = (
            f"Sitemap: {head.origin(self._public_url)}/sitemap.xml"
            if self._has_sitemap
            else "# There is no sitemap, because this server has no pages for people."
        )
        body = f"{RULES}\n{sitemap}\n".encode("utf-8", "replace")
        return Response(200, [*build_content_headers("text/plain", body), (b"cache-control", CACHE_CONTROL)], body)
