"""Keys of statements come from what they say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.normalization import fold
from counterpoint.article.parser import parse_article
from counterpoint.article.statement_keys import KeyedStatement, assign_statement_keys

_words = st.sampled_from(["a", "A", "b", "b!"])
_measures = st.lists(st.builds(records.Measure, _words, st.just(0)), max_size=3).map(tuple)
_rows = st.one_of(
    st.builds(records.Stance, _words, _words, _measures, st.just(0)),
    st.builds(records.Approach, _words, _words, _words, st.just(0)),
    st.builds(records.Role, _words, _words, _words, st.just(0)),
    st.builds(records.ProposedSolution, _words, _words, _words, st.just(0)),
)
_tables = st.lists(_rows, max_size=6).map(tuple)
_points = st.lists(st.builds(records.Point, st.none() | _words, _words, _words, st.just(0)), max_size=4).map(tuple)
_lists = st.builds(records.PointList, st.sampled_from(records.PointKind), st.none() | _words, _points, st.just(0))
_blocks = st.lists(_tables | _lists, max_size=4)


def article(sections: list[list[tuple[records.TableStatement, ...] | records.PointList]]) -> records.Article:
    read = parse_article("---\ntitle: T\n---\nText.\n", path="a.md", sha256="")
    return replace(read, sections=tuple(_section(f"s-{at}", blocks) for at, blocks in enumerate(sections)))


def _section(slug: str, blocks: list[tuple[records.TableStatement, ...] | records.PointList]) -> records.Section:
    return records.Section(slug, slug, 2, tuple(map(_block, blocks)), 0)


def _block(block: tuple[records.TableStatement, ...] | records.PointList) -> records.Block:
    if isinstance(block, records.PointList):
        return block
    return records.Table(records.TableContents.OTHER, (), (), "", block, (), (), 0)


def meaning(stated: list[KeyedStatement]) -> Counter[tuple[str, str, object, str | None]]:
    """For each key what it stands for, and the key of its parent."""
    return Counter(
        (one.type, one.key, _content(one.record), None if one.parent is None else stated[one.parent].key)
        for one in stated
    )


def _content(record: object) -> object:
    # A challenge is spelled as where it is first named, and moves with its rows.
    return fold(record.text) if isinstance(record, records.Challenge) else record


def said(body: str, slug: str = "a") -> list[KeyedStatement]:
    return assign_statement_keys(parse_article(f"---\ntitle: T\nslug: {slug}\n---\n{body}", path="a.md", sha256=""))


@given(st.lists(_blocks, max_size=3), st.data())
@settings(max_examples=100, deadline=None)
def test_shuffling_rows_and_items_changes_no_key(
    sections: list[list[tuple[records.TableStatement, ...] | records.PointList]], data: st.DataObject
) -> None:
    shuffled = [[_shuffled(block, data) for block in blocks] for blocks in sections]
    assert meaning(assign_statement_keys(article(shuffled))) == meaning(assign_statement_keys(article(sections)))


def _shuffled(
    block: tuple[records.TableStatement, ...] | records.PointList, data: st.DataObject
) -> tuple[records.TableStatement, ...] | records.PointList:
    if isinstance(block, records.PointList):
        return replace(block, points=tuple(data.draw(st.permutations(block.points))))
    return tuple(data.draw(st.permutations(block)))


@given(st.lists(_blocks, max_size=3))
@settings(max_examples=50, deadline=None)
def test_no_two_statements_share_a_key(
    sections: list[list[tuple[records.TableStatement, ...] | records.PointList]],
) -> None:
    keys = [one.key for one in assign_statement_keys(article(sections))]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z2-7]{16}", key) for key in keys)


def test_statements_come_in_reading_order_with_their_parents() -> None:
    found = said(
        "- label: item\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| P | says | does; did |\n\n"
        "## Next\n\nText.\n\n"
        "| Policy Area | City's Approach |\n|---|---|\n| Area | way |\n\n"
        "| Group | Function | Core Message |\n|---|---|---|\n| G | works | message |\n\n"
        "| Challenge | Proposed Solution | Anticipated Benefit |\n|---|---|---|\n"
        "| Problem | first | good |\n| Other | second | good |\n| PROBLEM | third | good |\n"
    )
    assert [(one.type, one.section, one.block, one.parent) for one in found] == [
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
    assert [one.record for one in found if one.type == "Challenge"] == [
        records.Challenge("Problem", 25),
        records.Challenge("Other", 26),
    ]


def test_keys_are_the_same_for_ever() -> None:
    found = said(
        "- label: item\n- label: item\n\n"
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| É P | says | does |\n\n"
        "| Challenge | Proposed Solution | Anticipated Benefit |\n|---|---|---|\n| Problem | done | good |\n"
    )
    assert [(one.type, one.key) for one in found] == [
        ("Point", "ztzzxx73yv4lvwye"),
        ("Point", "mmkncgna2ksyfv6y"),
        ("Stance", "ffav7rujewtlqgjt"),
        ("Measure", "bc772w6jsyvar65r"),
        ("Challenge", "wgd77zdxn5lhbnkb"),
        ("ProposedSolution", "54hjememefgnhw7y"),
    ]


def test_a_key_depends_on_nothing_but_slugs_and_what_is_said() -> None:
    header = "| Group | Function | Core Message |\n|---|---|---|\n"
    (before,) = said(f"{header}| The Group | works | *message* |\n")
    _, after = said(f"Text.\n\n## More\n\n{header}| x | y | z |\n| THE group! | works | message |\n")
    (elsewhere,) = said(f"{header}| The Group | works | message |\n", slug="b")
    assert before.key == after.key != elsewhere.key


def test_measures_stay_with_their_own_of_two_equal_stances() -> None:
    header = "| Party | Stance | Recent Measures |\n|---|---|---|\n"
    first, second = "| P | says | both; one |\n", "| P | says | both; two |\n"
    there, back = said(header + first + second), said(header + second + first)
    assert [one.key for one in there[:3]] == [one.key for one in back[3:]]
    assert [one.key for one in there[3:]] == [one.key for one in back[:3]]


def test_equal_points_keep_their_kind_when_lists_change_places() -> None:
    first, second = "{.highlights}\n- same\n\n", "{.objectives}\n- same\n\n"
    assert [one.key for one in said(first + second)] == [one.key for one in said(second + first)][::-1]
