"""The pages and feeds of the reader by their paths."""

from counterpoint.reader.feeds import FEEDS
from counterpoint.reader.pages import FILE_PAGE, PAGES, Page
from counterpoint.reader.sitemaps import SITEMAPS

ALL_PAGES = PAGES | {page.path: page for page in (*FEEDS, *SITEMAPS, FILE_PAGE)}


def find_page(path: str) -> tuple[Page, str] | None:
    """Return the page with a path, and the slug in it; None if there is no page."""
    if page := ALL_PAGES.get(path):
        return page, ""
    prefix, _, slug = path.rpartition("/")
    page = ALL_PAGES.get(f"{prefix}/{{slug}}")
    return (page, slug) if page and slug else None
