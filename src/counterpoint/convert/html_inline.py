"""The inline content of HTML elements as Markdown."""

from collections.abc import Iterable
from urllib.parse import quote, urljoin

from bs4 import Tag
from bs4.element import NavigableString, PageElement
from markdownify import BACKSLASH, MarkdownConverter

from counterpoint.article.markdown import is_safe_url
from counterpoint.convert.document import Doubt
from counterpoint.convert.html_metadata import attribute
from counterpoint.convert.inline import escape_markup, escape_start
from counterpoint.convert.lines import clean_text

_SAFE_IN_ADDRESS = ":/?#[]@!$&'*+,;=%~-._"
_MAX_LABEL_CHARS = 4


class _Converter(MarkdownConverter):
    """The library's converter with our escaping, and without what articles can't hold."""

    def __init__(self, base_url: str | None, doubts: list[Doubt]) -> None:
        super().__init__(wrap=True, wrap_width=None, newline_style=BACKSLASH, autolinks=False)
        self._base_url = base_url or ""
        self._doubts = doubts

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape a text node."""
        return escape_markup(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link, or its text alone if its address is missing, unsafe or inside the page."""
        address = self._resolve(attribute(el, "href"))
        label = text.strip()
        if not label or "_noformat" in parent_tags or not address or "](" in label:
            return text
        before = " " if text.startswith(" ") else ""
        after = " " if text.endswith(" ") else ""
        if address == clean_text(el.get_text()).strip() and "://" in address:
            return f"{before}<{address}>{after}"
        return f"{before}[{label}]({address}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an image, or nothing if it has no address."""
        address = self._resolve(attribute(el, "src") or attribute(el, "data-src"))
        alt = escape_markup(" ".join(attribute(el, "alt").split()))
        if not address or {"a", "_inline"} & parent_tags:
            self._doubts.append(_image_doubt(alt))
            return ""
        return f"![{alt}]({address})"

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the text, because articles have no strikethrough."""
        if text.strip():
            self._doubts.append(Doubt(f"{text.strip()!r} was struck through", "remove it if it is no longer valid"))
        return text

    convert_s = convert_strike = convert_del

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the text in quotation marks."""
        return f"\u201c{text}\u201d"

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the text of a superscript. Marks of footnotes are reported, because their text is elsewhere."""
        if el.find("a") and len(el.get_text(strip=True)) <= _MAX_LABEL_CHARS:
            self._doubts.append(
                Doubt(f"the mark {el.get_text(strip=True)!r} was left out here", "it may be a footnote")
            )
            return ""
        return text

    def _resolve(self, address: str) -> str | None:
        """Return an absolute or relative address that Markdown can hold; None if it is another, or inside the page."""
        if not address or address.startswith("#"):
            return None
        try:
            url = urljoin(self._base_url, address)
        except ValueError:
            url = ""
        if url and is_safe_url(url) and "\\" not in url and not url.startswith(("../", "/../")):
            return quote(url, safe=_SAFE_IN_ADDRESS)
        self._doubts.append(Doubt(f"the address {address[:60]!r} was left out here"))
        return None


class InlineReader:
    """The reader of inline content. `doubts` collects what is left out until `take_doubts`."""

    def __init__(self, base_url: str | None) -> None:
        self._doubts: list[Doubt] = []
        self._converter = _Converter(base_url, self._doubts)

    def read(self, nodes: Iterable[PageElement], *, is_single_line: bool = False) -> str:
        """Return sibling nodes as inline Markdown. The nodes are moved out of their tree."""
        wrapper = Tag(name="div")
        for node in list(nodes):
            wrapper.append(node.extract())
        if is_single_line:
            for line_break in wrapper.find_all("br"):
                line_break.replace_with(NavigableString(" "))
            for image in wrapper.find_all("img"):
                self._doubts.append(_image_doubt(attribute(image, "alt")))
                image.extract()
        markdown = clean_text(self._converter.convert_soup(wrapper)).strip()
        if is_single_line:
            return escape_start(" ".join(markdown.split()))
        lines = (escape_start(" ".join(line.split())) for line in markdown.split("\n"))
        return "\n".join(line for line in lines if line not in ("", "\\")).removesuffix("\\")

    def take_doubts(self) -> tuple[Doubt, ...]:
        """Return the doubts so far, and forget them."""
        doubts = tuple(self._doubts)
        self._doubts.clear()
        return doubts


def _image_doubt(alt: str) -> Doubt:
    return Doubt(f"an image was left out here{f': {alt!r}' if alt else ''}")
