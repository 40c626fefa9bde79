"""The key of a block depends on what it says only."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.content_keys import assign_block_keys
from counterpoint.article.parser import parse_article
from support.article_strategies import articles

_texts = st.sampled_from(["", "a", "A"])
_htmls = st.sampled_from(["a", "<em>a</em>"])
_cells = st.tuples(_texts).map(lambda row: (row,))
_blocks: st.SearchStrategy[records.Block] = st.one_of(
    st.builds(records.Paragraph, _texts, _htmls, st.just(0), st.sampled_from(records.ParagraphKind)),
    st.builds(
        records.PointList,
        st.sampled_from(records.PointKind),
        st.none() | _texts,
        st.lists(st.builds(records.Point, st.none() | _texts, _texts, _htmls, st.just(0)), max_size=2).map(tuple),
        st.just(0),
        st.none() | st.just(1),
    ),
    st.builds(
        records.Table,
        st.sampled_from(records.TableContents),
        st.tuples(_texts),
        _cells,
        _htmls,
        _cells,
        *[st.just(())] * 4,
        st.just(0),
    ),
)


def keys_in(body: str, slug: str = "a") -> list[str]:
    text = f"---\ntitle: T\nslug: {slug}\n---\n{body}"
    article = parse_article(text, path="a.md", sha256="").article
    return [
        f"{type(block).__name__}:{key}"
        for section, keys in zip(article.sections, assign_block_keys(article), strict=True)
        for block, key in zip(section.blocks, keys, strict=True)
    ]


def contents_by_key(article: records.Article) -> Counter[tuple[str, str, records.Block]]:
    """Return the key, the section and the content of each block."""
    return Counter(
        (key, section.slug, block)
        for section, keys in zip(article.sections, assign_block_keys(article), strict=True)
        for block, key in zip(section.blocks, keys, strict=True)
    )


@given(articles(), st.lists(st.lists(_blocks, max_size=5), max_size=3), st.data())
@settings(deadline=None)
def test_reordering_blocks_changes_no_key(
    template: records.Article, sections: list[list[records.Block]], data: st.DataObject
) -> None:
    def build(blocks: list[list[records.Block]]) -> records.Article:
        built = (records.Section(f"s-{at}", None, 2, tuple(content), 0) for at, content in enumerate(blocks))
        return replace(template, sections=tuple(built))

    shuffled = [data.draw(st.permutations(blocks)) for blocks in sections]
    assert contents_by_key(build(shuffled)) == contents_by_key(build(sections))


@given(articles())
@settings(deadline=None)
def test_keys_are_unique_and_have_16_base32_characters(article: records.Article) -> None:
    keys = [key for keys in assign_block_keys(article) for key in keys]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z2-7]{16}", key) for key in keys)


def test_keys_of_known_blocks_never_change() -> None:
    body = "Text.\n\nText.\n\n---\n\nLead-in:\n\n- label: item\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    assert keys_in(body) == [
        "Paragraph:sicbwqrx2637s4rp",
        "Paragraph:jyqi5ctk2swt43jk",
        "Paragraph:hwd6pf5s7xcf7p3a",
        "PointList:5xh4rb4vnosimyrt",
        "Table:a7saye7mg2uh5fpx",
    ]


def test_key_depends_on_the_articles_slug_and_the_text_only() -> None:
    (original,) = keys_in("Some *text*.")
    _, moved = keys_in("Before.\n\n## More\n\nSome text.\n")
    (in_another_article,) = keys_in("Some text.", slug="b")
    assert original == moved != in_another_article


def test_equal_paragraphs_are_numbered_by_their_markup_then_by_their_section() -> None:
    plain, strong, later = keys_in("Same.\n\n**Same.**\n\n## Later\n\nSame.\n")
    assert len({plain, strong, later}) == 3
    assert keys_in("**Same.**\n\nSame.\n\n## Later\n\nSame.\n") == [strong, plain, later]


def test_other_kind_of_paragraph_has_another_key() -> None:
    prose, quote, code, image = keys_in("Same\n\n> Same\n\n```\nSame\n```\n\n![Same](https://example.org/a.png)\n")
    assert len({prose, quote, code, image}) == 4
    assert keys_in("> Same") == [quote]
