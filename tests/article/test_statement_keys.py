"""The key of a statement depends on its content only."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.content_keys import KeyedStatement, assign_statement_keys
from counterpoint.article.normalization import fold
from counterpoint.article.parser import parse_article

_Block = tuple[records.TableStatement, ...] | records.PointList
"""The statements of a table, or a list."""

_texts = st.sampled_from(["a", "A", "b", "b!"])
_htmls = st.sampled_from(["a", "<em>a</em>"])
_measures = st.lists(st.builds(records.Measure, _texts, _htmls, st.just(0)), max_size=3).map(tuple)
_statements = st.one_of(
    st.builds(records.Stance, _texts, _texts, _htmls, _measures, st.just(0)),
    st.builds(records.Approach, _texts, _texts, _texts, _htmls, st.just(0)),
    st.builds(records.Role, _texts, _texts, _htmls, _texts, _htmls, st.just(0)),
    st.builds(records.ProposedSolution, _texts, st.just(""), _texts, _htmls, _texts, _htmls, st.just(0)),
)
_tables = st.lists(_statements, max_size=6).map(tuple)
_points = st.lists(st.builds(records.Point, st.none() | _texts, _texts, _texts, st.just(0)), max_size=4).map(tuple)
_lists = st.builds(records.PointList, st.sampled_from(records.PointKind), st.none() | _texts, _points, st.just(0))
_sections = st.lists(st.lists(_tables | _lists, max_size=4), max_size=3)


def build_article(sections: list[list[_Block]]) -> records.Article:
    article = parse_article("---\ntitle: T\n---\nText.\n", path="a.md", sha256="").article
    return replace(article, sections=tuple(_section(f"s-{index}", blocks) for index, blocks in enumerate(sections)))


def _section(slug: str, blocks: list[_Block]) -> records.Section:
    return records.Section(slug, slug, 2, tuple(map(_block, blocks)), 0)


def _block(block: _Block) -> records.Block:
    if isinstance(block, records.PointList):
        return block
    return records.Table(records.TableContents.OTHER, (), (), "", (), (), block, (), (), 0)


def contents_by_key(statements: list[KeyedStatement]) -> Counter[tuple[str, str, object, str | None]]:
    """Return the type, the key, the content and the parent's key of each statement."""
    return Counter(
        (
            statement.type,
            statement.key,
            _content(statement.record),
            None if statement.parent is None else statements[statement.parent].key,
        )
        for statement in statements
    )


def _content(record: object) -> object:
    # The spelling of a challenge depends on which of its rows is first.
    return fold(record.text) if isinstance(record, records.Challenge) else record


def statements_in(body: str, slug: str = "a") -> list[KeyedStatement]:
    text = f"---\ntitle: T\nslug: {slug}\n---\n{body}"
    return assign_statement_keys(parse_article(text, path="a.md", sha256="").article)


@given(_sections, st.data())
@settings(deadline=None)
def test_reordering_rows_and_items_changes_no_key(sections: list[list[_Block]], data: st.DataObject) -> None:
    shuffled = [[_shuffle(block, data) for block in blocks] for blocks in sections]
    keys_after_shuffle = contents_by_key(assign_statement_keys(build_article(shuffled)))
    assert keys_after_shuffle == contents_by_key(assign_statement_keys(build_article(sections)))


def _shuffle(block: _Block, data: st.DataObject) -> _Block:
    if isinstance(block, records.PointList):
        return replace(block, points=tuple(data.draw(st.permutations(block.points))))
    return tuple(data.draw(st.permutations(block)))


@given(_sections)
@settings(deadline=None)
def test_keys_are_unique_and_have_16_base32_characters(sections: list[list[_Block]]) -> None:
    keys = [statement.key for statement in assign_statement_keys(build_article(sections))]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z2-7]{16}", key) for key in keys)


def test_statements_are_in_reading_order_with_their_parents() -> None:
    statements = statements_in(
        "- label: item\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| P | says | does; did |\n\n"
        "## Next\n\nText.\n\n"
        "| Policy Area | City's Approach |\n|---|---|\n| Area | way |\n\n"
        "| Group | Function | Core Message |\n|---|---|---|\n| G | works | message |\n\n"
        "| Challenge | Proposed Solution | Anticipated Benefit |\n|---|---|---|\n"
        "| Problem | first | good |\n| Other | second | good |\n| PROBLEM | third | good |\n"
    )
    positions = [(statement.type, statement.section, statement.block, statement.parent) for statement in statements]
    assert positions == [
        ("Point", 0, 0, None),
        ("Stance", 0, 1, None),
        ("Measure", 0, 1, 1),
        ("Measure", 0, 1, 1),
        ("Approach", 1, 1, None),
        ("Role", 1, 2, None),
        ("Challenge", 1, 3, None),
        ("ProposedSolution", 1, 3, 6),
        ("Challenge", 1, 3, None),
        ("ProposedSolution", 1, 3, 8),
        ("ProposedSolution", 1, 3, 6),
    ]
    assert [statement.record for statement in statements if statement.type == "Challenge"] == [
        records.Challenge("Problem", "Problem", 25),
        records.Challenge("Other", "Other", 26),
    ]


def test_keys_of_known_statements_never_change() -> None:
    statements = statements_in(
        "- label: item\n- label: item\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| É P | says | does |\n\n"
        "| Challenge | Proposed Solution | Anticipated Benefit |\n|---|---|---|\n| Problem | done | good |\n"
    )
    assert [(statement.type, statement.key) for statement in statements] == [
        ("Point", "ztzzxx73yv4lvwye"),
        ("Point", "mmkncgna2ksyfv6y"),
        ("Stance", "ffav7rujewtlqgjt"),
        ("Measure", "bc772w6jsyvar65r"),
        ("Challenge", "wgd77zdxn5lhbnkb"),
        ("ProposedSolution", "54hjememefgnhw7y"),
    ]


def test_key_depends_on_the_articles_slug_and_the_content_only() -> None:
    header = "| Group | Function | Core Message |\n|---|---|---|\n"
    (original,) = statements_in(f"{header}| The Group | works | *message* |\n")
    _, moved = statements_in(f"Text.\n\n## More\n\n{header}| x | y | z |\n| THE group! | works | message |\n")
    (in_another_article,) = statements_in(f"{header}| The Group | works | message |\n", slug="b")
    assert original.key == moved.key != in_another_article.key


def test_measures_of_two_equal_stances_keep_their_parents() -> None:
    header = "| Party | Stance | Recent Measures |\n|---|---|---|\n"
    first, second = "| P | says | both; one |\n", "| P | says | both; two |\n"
    statements, swapped = statements_in(header + first + second), statements_in(header + second + first)
    assert [statement.key for statement in statements[:3]] == [statement.key for statement in swapped[3:]]
    assert [statement.key for statement in statements[3:]] == [statement.key for statement in swapped[:3]]


def test_equal_points_keep_their_kind_when_their_lists_are_swapped() -> None:
    first, second = "{.highlights}\n- same\n\n", "{.objectives}\n- same\n\n"
    keys = [statement.key for statement in statements_in(first + second)]
    assert keys == [statement.key for statement in statements_in(second + first)][::-1]
