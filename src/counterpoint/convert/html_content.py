"""The main content of an HTML page, without navigation, forms and other page furniture."""

import re
from collections import Counter

from bs4 import Comment, Tag
from bs4.element import PreformattedString

_DROPPED_ELEMENTS = [
    *("script", "style", "noscript", "template", "nav", "aside", "form", "button", "input", "select", "textarea"),
    *("svg", "canvas", "iframe", "object", "embed", "video", "audio", "dialog", "footer", "menu"),
    *("link", "meta", "title"),
]  # fmt: skip
_REPORTED_ELEMENTS = {"iframe", "object", "embed", "video", "audio"}
_FURNITURE_WORDS = frozenset(
    [
        *("share", "sharing", "sharebar", "social", "related", "newsletter", "advert", "advertisement", "advertising"),
        *("ad", "ads", "promo", "promotion", "sponsored", "breadcrumb", "breadcrumbs", "comments", "cookie", "cookies"),
        *("consent", "sidebar", "subscribe", "subscription", "paywall", "popup", "modal", "toolbar", "pagination"),
        *("recirculation", "outbrain", "taboola", "navigation", "nav", "menu", "skip", "recommended"),
    ]
)
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PROTECTED = {"html", "body", "main", "article"}
_MIN_PARAGRAPH_CHARS = 60
_MAX_FURNITURE_SHARE = 0.3


def extract_content(page: Tag) -> tuple[Tag, list[str]]:
    """Return the element with the article of a page, and what was removed from the page. The page is changed."""
    removed = _remove_elements(page)
    content = _find_content(page)
    removed += _remove_furniture(content)
    return content, [f"{name} ({count} times)" if count > 1 else name for name, count in Counter(removed).items()]


def _remove_elements(page: Tag) -> list[str]:
    removed = []
    for comment in page.find_all(string=lambda text: isinstance(text, Comment | PreformattedString)):
        comment.extract()
    for tag in page.find_all(_DROPPED_ELEMENTS):
        if tag.name in _REPORTED_ELEMENTS:
            removed.append(tag.name)
        tag.extract()
    for tag in page.find_all(_is_hidden):
        tag.extract()
    return removed


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    is_hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or "display:none" in style
    return is_hidden and tag.name not in _PROTECTED


def _find_content(page: Tag) -> Tag:
    """Return the one article of a page, its main element, or the element with most of its long paragraphs."""
    articles = sorted(page.find_all("article"), key=_text_length, reverse=True)
    if articles and (len(articles) == 1 or _text_length(articles[0]) > 2 * _text_length(articles[1])):
        return articles[0]
    main = page.find("main") or page.find(True, role="main")
    if isinstance(main, Tag):
        return main
    body = page.find("body")
    root = body if isinstance(body, Tag) else page
    return _find_dense_element(root) or root


def _find_dense_element(root: Tag) -> Tag | None:
    """Return the innermost element that holds at least four fifths of the text in long paragraphs."""
    scores: dict[int, int] = {}
    elements: dict[int, Tag] = {}
    total = 0
    for paragraph in root.find_all("p"):
        length = _text_length(paragraph)
        if length < _MIN_PARAGRAPH_CHARS:
            continue
        total += length
        for parent in paragraph.parents:
            scores[id(parent)] = scores.get(id(parent), 0) + length
            elements[id(parent)] = parent
            if parent is root:
                break
    dense = [elements[key] for key, score in scores.items() if score >= 0.8 * total]
    return max(dense, key=lambda element: len(list(element.parents)), default=None)


def _remove_furniture(content: Tag) -> list[str]:
    """Remove the small elements whose class or id names page furniture, and return the words that name it."""
    limit = _MAX_FURNITURE_SHARE * _text_length(content)
    removed = []
    for tag in content.find_all(True):
        word = _furniture_word(tag)
        if word and tag.name not in _PROTECTED and not tag.decomposed and _text_length(tag) <= limit:
            if tag.get_text(strip=True):
                removed.append(word)
            tag.decompose()
    return removed


def _furniture_word(tag: Tag) -> str | None:
    if not tag.attrs:
        return None
    classes = tag.get("class")
    names = [*(classes if isinstance(classes, list) else [str(classes or "")]), str(tag.get("id") or "")]
    words = {word.lower() for name in names for word in _CLASS_WORD.findall(name)}
    return min(words & _FURNITURE_WORDS, default=None)


def _text_length(tag: Tag) -> int:
    return sum(len(text.strip()) for text in tag.strings)
