"""Values of responses and variables: exact texts, missing objects, and variables of each shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.article import records
from counterpoint.article.normalization import fold, slugify
from counterpoint.errors import LimitExceeded
from support.article_strategies import EDGE_CASE_NAMES, EDGE_CASE_TEXTS, with_content_hash
from support.database_helpers import DATABASE_KINDS, EngineClient, open_seeded_client
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

UNSTORABLE = ["\0", "the-mayor\0", "\ud800", "the-mayor\udfff", "\udc00\ud800"]

BARE = with_content_hash(
    records.Article(
        path="bare.md",
        sha256="",
        slug="bare",
        title="Bare",
        subtitle=None,
        summary=None,
        authors=(),
        language="en",
        published=None,
        updated=None,
        url=None,
        sections=(records.Section("_top", None, 1, (), 5),),
    )
)


# Exclude the party of the samples, because tests count its stances.
PARTIES = [name for name in EDGE_CASE_NAMES if slugify(name) != "the-mayor"]


def to_html(text: str) -> str:
    """Return the HTML of a text. It differs from some texts, and equals others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("null", "<em>null</em>")


def edge_case_article() -> records.Article:
    """Return an article with one table, list and paragraph for each edge-case text."""
    blocks: list[records.Block] = []
    for at, text in enumerate(EDGE_CASE_TEXTS):
        html = to_html(text)
        point = records.Point(text, text, html, at)
        measure = records.Measure(text, html, at)
        stance = records.Stance(PARTIES[at % len(PARTIES)], text, html, (measure,), at)
        role = records.Role(PARTIES[at % len(PARTIES)], text, html, text, html, at)
        name = text if slugify(text) else "x"
        approach = records.Approach(name, name, text, html, at)
        solution = records.ProposedSolution(f"{at} {text}", f"{at} {html}", text, html, text, html, at)
        image = records.Image(text, text, text)
        blocks += [
            records.Paragraph(text, html, at, records.ParagraphKind.CODE, text, (image,)),
            records.PointList(records.PointKind.OTHER, text, (point,), at, start=at),
            table(records.TableContents.STANCES, text, (stance,)),
            table(records.TableContents.ROLES, text, (role,)),
            table(records.TableContents.APPROACHES, text, (approach,)),
            table(records.TableContents.SOLUTIONS, text, (solution,)),
        ]
    section = records.Section("all", EDGE_CASE_TEXTS[3], 2, tuple(blocks), 1)
    return with_content_hash(
        replace(BARE, path="edge-cases.md", slug="edge-cases", authors=EDGE_CASE_TEXTS, sections=(section,))
    )


def table(contents: records.TableContents, text: str, rows: tuple[records.TableStatement, ...]) -> records.Table:
    governments = tuple(row.government for row in rows if isinstance(row, records.Approach))
    areas = tuple(row.policy_area for row in rows if isinstance(row, records.Approach))
    html = to_html(text)
    alignments = (records.ColumnAlignment.NONE, records.ColumnAlignment.RIGHT)
    cells, html_cells = ((text, ""),), ((html, ""),)
    return records.Table(contents, (text, text), cells, html, html_cells, alignments, rows, governments, areas, 1)


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, [*ARTICLES, BARE, edge_case_article()]) as api:
        yield api


def test_texts_are_returned_unchanged(api: EngineClient) -> None:
    data = api.execute(
        """{ article(slug: "edge-cases") {
            authors
            points { label text html }
            stances { text html }
            measures { text html }
            approaches { text html }
            roles { function functionHtml coreMessage coreMessageHtml }
            challenges { text html }
            proposedSolutions { text html anticipatedBenefit anticipatedBenefitHtml }
            sections { heading blocks {
                ... on Paragraph { text html codeLanguage images { src alt title } }
                ... on PointList { leadIn ordered start }
                ... on Table { columns columnAlignments rows htmlRows html }
            } }
        } }"""
    )["article"]
    assert data["authors"] == list(EDGE_CASE_TEXTS)
    htmls = [to_html(text) for text in EDGE_CASE_TEXTS]
    texts = [{"text": text, "html": html} for text, html in zip(EDGE_CASE_TEXTS, htmls, strict=True)]
    assert data["points"] == [{"label": pair["text"], **pair} for pair in texts]
    assert data["stances"] == data["measures"] == data["approaches"] == texts
    assert data["roles"] == [
        {"function": text, "functionHtml": html, "coreMessage": text, "coreMessageHtml": html}
        for text, html in zip(EDGE_CASE_TEXTS, htmls, strict=True)
    ]
    assert data["challenges"] == [
        {"text": f"{at} {text}", "html": f"{at} {to_html(text)}"} for at, text in enumerate(EDGE_CASE_TEXTS)
    ]
    assert data["proposedSolutions"] == [
        {**pair, "anticipatedBenefit": pair["text"], "anticipatedBenefitHtml": pair["html"]} for pair in texts
    ]
    (section,) = data["sections"]
    assert section["heading"] == EDGE_CASE_TEXTS[3]
    for at, text in enumerate(EDGE_CASE_TEXTS):
        html = to_html(text)
        image = {"src": text, "alt": text, "title": text}
        cells = {"columns": [text, text], "rows": [[text, ""]], "htmlRows": [[html, ""]], "html": html}
        cells["columnAlignments"] = ["NONE", "RIGHT"]
        assert section["blocks"][6 * at : 6 * at + 6] == [
            {"text": text, "html": html, "codeLanguage": text, "images": [image]},
            {"leadIn": text, "ordered": True, "start": at},
            *[cells] * 4,
        ]


@pytest.mark.parametrize("name", EDGE_CASE_NAMES)
def test_lookup_by_slug_returns_an_entity_with_this_slug(api: EngineClient, name: str) -> None:
    data = api.execute("query ($slug: String!) { party(slug: $slug) { slug name } }", {"slug": slugify(name)})
    if data["party"] is not None:
        assert data["party"]["slug"] == slugify(name)
        assert slugify(data["party"]["name"]) == slugify(name)


def test_names_are_sorted_by_code_point(api: EngineClient) -> None:
    parties = api.execute("{ parties(first: 100) { nodes { name slug } } }")["parties"]["nodes"]
    assert parties == sorted(parties, key=lambda party: (fold(party["name"]), party["slug"]))
    assert [party["name"] for party in parties][-3:] == ["﨎", "𐐨", "😀 1"]


def test_article_without_content_has_empty_lists_and_nulls(api: EngineClient) -> None:
    entities = ["parties", "governments", "policyAreas", "groups"]
    statements = ["stances", "measures", "approaches", "roles", "challenges", "proposedSolutions", "points"]
    lists = [*entities, *statements]
    selected = " ".join(f"{name} {{ id }}" for name in lists)
    data = api.execute(
        f'{{ article(slug: "bare") {{ authors subtitle summary published updated url {selected} '
        "sections { heading blocks { __typename } } } }"
    )
    assert data["article"] == {
        "authors": [],
        **dict.fromkeys(("subtitle", "summary", "published", "updated", "url")),
        **{name: [] for name in lists},
        "sections": [{"heading": None, "blocks": []}],
    }


def test_table_of_other_contents_has_no_statements(api: EngineClient) -> None:
    data = api.execute(
        '{ article(slug: "undated") { sections { blocks { ... on Table { contents statements { id } } } } } }'
    )
    tables = [block for block in data["article"]["sections"][0]["blocks"] if block.get("contents") == "OTHER"]
    assert tables == [{"contents": "OTHER", "statements": []}]


@pytest.mark.parametrize("field", ["article", "party", "government", "policyArea", "group"])
def test_unknown_slug_is_null(api: EngineClient, field: str) -> None:
    document = f"query ($slug: String!) {{ {field}(slug: $slug) {{ id }} }}"
    for unknown in ["", "nothing", "The Mayor", "NEW", " new", "new ", "%", "_", "a" * 10_000, "😀", *UNSTORABLE]:
        assert api.execute(document, {"slug": unknown}) == {field: None}, ascii(unknown)
    assert api.execute(f'{{ {field}(slug: "\\u0000") {{ id }} }}') == {field: None}


UNKNOWN_IDS = [
    "",
    ":",
    "Party",
    "Party:",
    "Party:nobody",
    "party:the-mayor",
    "Party:the-mayor ",
    "Party:The Mayor",
    "Article:the-mayor",
    "Nothing:a",
    "Query:a",
    "Revision:a",
    "Paragraph:1",
    "Table:1",
    "Node:a",
    "Statement:a",
    "Block:1",
    "PartyConnection:a",
    "__Schema:a",
    "Section:new",
    "Section:new/nothing",
    "1",
    *(f"Party:{text}" for text in UNSTORABLE),
    "Par\0ty:the-mayor",
    "\ud800:the-mayor",
    "Party:" + "a" * 100_000,
]


def test_unknown_id_is_null(api: EngineClient) -> None:
    for unknown in UNKNOWN_IDS:
        data = api.execute("query ($id: ID!) { node(id: $id) { __typename id } }", {"id": unknown})
        assert data == {"node": None}, ascii(unknown)


def test_block_is_found_by_its_id_and_leads_to_its_section(api: EngineClient) -> None:
    data = api.execute('{ article(slug: "undated") { sections { id blocks { ... on Node { id } } } } }')
    sections = {block["id"]: section["id"] for section in data["article"]["sections"] for block in section["blocks"]}
    assert {block_id.partition(":")[0] for block_id in sections} == {"Paragraph", "PointList", "Table"}
    section = "section { id }"
    selected = f"id ... on Paragraph {{ {section} }} ... on PointList {{ {section} }} ... on Table {{ {section} }}"
    for block_id, section_id in sections.items():
        data = api.execute(f"query ($id: ID!) {{ node(id: $id) {{ {selected} }} }}", {"id": block_id})
        assert data == {"node": {"id": block_id, "section": {"id": section_id}}}
    data = api.execute(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {selected} }} }}", {"ids": [*sections]})
    assert data == {"nodes": [{"id": block, "section": {"id": section}} for block, section in sections.items()]}


def test_key_of_another_type_of_block_is_unknown(api: EngineClient) -> None:
    data = api.execute('{ article(slug: "undated") { sections { blocks { ... on Node { id } } } } }')
    keys = [block["id"].split(":") for section in data["article"]["sections"] for block in section["blocks"]]
    others = {"Paragraph": "Table", "Table": "PointList", "PointList": "Paragraph"}
    ids = [f"{others[type_name]}:{key}" for type_name, key in keys]
    assert api.execute("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids}) == {"nodes": [None] * len(ids)}
    for block_id in ids:
        data = api.execute("query ($id: ID!) { node(id: $id) { id } }", {"id": block_id})
        assert data == {"node": None}


def test_nodes_are_in_the_order_of_the_ids(api: EngineClient) -> None:
    known = ["Party:the-mayor", "Article:new", "Party:judges", "Group:activists", "Section:new/who-2", "Article:new"]
    ids = [node_id for pair in zip(known, UNKNOWN_IDS, strict=False) for node_id in pair]
    data = api.execute("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids})
    assert data["nodes"] == [{"id": node_id} if node_id in known else None for node_id in ids]


def test_empty_list_of_ids_returns_an_empty_list(api: EngineClient) -> None:
    assert api.execute("{ nodes(ids: []) { id } }") == {"nodes": []}
    assert api.execute('{ nodes(ids: "Article:new") { id } }') == {"nodes": [{"id": "Article:new"}]}


def test_more_than_a_hundred_ids_exceed_the_limit(api: EngineClient) -> None:
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert len(api.execute(document, {"ids": ["Article:new"] * 100})["nodes"]) == 100
    with pytest.raises(LimitExceeded) as error:
        api.execute(document, {"ids": ["Article:new"] * 101})
    assert (error.value.limit, error.value.requested) == (100, 101)


def test_integer_is_accepted_as_an_id(api: EngineClient) -> None:
    assert api.execute("query ($id: ID!) { node(id: $id) { id } literal: node(id: 1) { id } }", {"id": 1}) == {
        "node": None,
        "literal": None,
    }


SHAPES: list[tuple[str, list[tuple[dict[str, Any], Any]]]] = [
    (
        "query ($with: Boolean!, $without: Boolean!) "
        '{ article(slug: "new") { title @include(if: $with) slug @skip(if: $without) } }',
        [
            ({"with": True, "without": False}, {"article": {"title": "New quarrel", "slug": "new"}}),
            ({"with": False, "without": False}, {"article": {"slug": "new"}}),
            ({"with": False, "without": True}, {"article": {}}),
            ({"with": True, "without": True}, {"article": {"title": "New quarrel"}}),
            ({"with": True, "without": False}, {"article": {"title": "New quarrel", "slug": "new"}}),
        ],
    ),
    (
        'query ($with: Boolean!) { article(slug: "new") @include(if: $with) { slug } }',
        [({"with": True}, {"article": {"slug": "new"}}), ({"with": False}, {})],
    ),
    (
        'query ($kind: PointKind) { article(slug: "new") { points(kind: $kind) { text } } }',
        [
            ({}, {"article": {"points": [{"text": "One"}, {"text": "Two"}, {"text": "point"}]}}),
            ({"kind": "HIGHLIGHT"}, {"article": {"points": [{"text": "One"}, {"text": "Two"}]}}),
            ({"kind": None}, {"article": {"points": [{"text": "One"}, {"text": "Two"}, {"text": "point"}]}}),
            ({"kind": "OTHER"}, {"article": {"points": [{"text": "point"}]}}),
            ({"kind": "INITIATIVE"}, {"article": {"points": []}}),
        ],
    ),
    (
        'query ($kind: PointKind = OTHER) { article(slug: "new") { points(kind: $kind) { text } } }',
        [
            ({}, {"article": {"points": [{"text": "point"}]}}),
            ({"kind": None}, {"article": {"points": [{"text": "One"}, {"text": "Two"}, {"text": "point"}]}}),
            ({"kind": "HIGHLIGHT"}, {"article": {"points": [{"text": "One"}, {"text": "Two"}]}}),
        ],
    ),
    (
        "query ($id: ID!) { node(id: $id) { ... on Party { name } ... on Article { title } } }",
        [
            ({"id": "Party:judges"}, {"node": {"name": "Judges"}}),
            ({"id": "Article:new"}, {"node": {"title": "New quarrel"}}),
            ({"id": "Group:activists"}, {"node": {}}),
            ({"id": "Group:nobody"}, {"node": None}),
            ({"id": "nothing"}, {"node": None}),
            ({"id": "Party:governor"}, {"node": {"name": "Governor"}}),
        ],
    ),
    (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
        [
            ({"ids": ["Party:judges"]}, {"nodes": [{"id": "Party:judges"}]}),
            ({"ids": ["x", "Article:new"]}, {"nodes": [None, {"id": "Article:new"}]}),
            ({"ids": []}, {"nodes": []}),
            ({"ids": ["Article:new", "Party:judges"]}, {"nodes": [{"id": "Article:new"}, {"id": "Party:judges"}]}),
            ({"ids": ["x"]}, {"nodes": [None]}),
            ({"ids": "Party:judges"}, {"nodes": [{"id": "Party:judges"}]}),
        ],
    ),
]


@pytest.mark.parametrize(("document", "cases"), SHAPES, ids=[document[:60] for document, _ in SHAPES])
def test_document_is_answered_for_each_shape_of_its_variables(
    api: EngineClient, document: str, cases: list[tuple[dict[str, Any], Any]]
) -> None:
    for variables, expected in [*cases, *reversed(cases)]:
        assert api.execute(document, variables) == expected, variables


@pytest.mark.parametrize(
    ("variables", "size"), [({}, 1), ({"first": 2}, 2), ({"first": None}, 20), ({"first": 0}, 0), ({"first": 3}, 3)]
)
def test_page_size_may_come_from_a_variable(api: EngineClient, variables: dict[str, Any], size: int) -> None:
    data = api.execute(
        'query ($first: Int = 1) { article(slug: "old") { parties { stances(first: $first) { nodes { text } } } } }',
        variables,
    )
    stances = [["Is for", "Was against", "Was against, again", "Undecided"], ["Was for"]]
    assert [[stance["text"] for stance in party["stances"]["nodes"]] for party in data["article"]["parties"]] == [
        texts[:size] for texts in stances
    ]


def test_each_parameter_gets_the_value_of_its_variable(api: EngineClient) -> None:
    data = api.execute(
        """query ($c: PointKind, $a: String!, $b: String!, $d: ID!, $e: PointKind) {
            later: article(slug: $b) { slug points(kind: $c) { text } }
            id: node(id: $d) { ... on Article { points(kind: $e) { text } slug } }
            party(slug: $a) { slug articles { nodes { points(kind: $c) { text } slug } } }
            again: article(slug: $b) { points(kind: $e) { text } }
        }""",
        {"a": "city-council", "b": "new", "c": "OTHER", "d": "Article:new", "e": "HIGHLIGHT"},
    )
    highlights, others = [{"text": "One"}, {"text": "Two"}], [{"text": "point"}]
    assert data == {
        "later": {"slug": "new", "points": others},
        "id": {"points": highlights, "slug": "new"},
        "party": {"slug": "city-council", "articles": {"nodes": [{"points": others, "slug": "new"}]}},
        "again": {"points": highlights},
    }


@pytest.mark.parametrize("count", [49, 50, 51, 63, 64, 100, 300, 1_000])
def test_object_may_have_many_response_keys(api: EngineClient, count: int) -> None:
    keys = " ".join(f"k{number}: {('title', 'slug', 'subtitle')[number % 3]}" for number in range(count))
    data = api.execute(f'{{ article(slug: "new") {{ {keys} }} }}')["article"]
    assert data == {f"k{number}": ("New quarrel", "new", "Once more")[number % 3] for number in range(count)}


@pytest.mark.parametrize("count", [2, 51, 64, 200])
def test_query_may_have_many_root_fields(api: EngineClient, count: int) -> None:
    keys = " ".join(f'k{number}: article(slug: "{("new", "no")[number % 2]}") {{ slug }}' for number in range(count))
    assert api.execute(f"{{ {keys} }}") == {
        f"k{number}": ({"slug": "new"}, None)[number % 2] for number in range(count)
    }


def test_response_keys_are_in_the_order_of_the_selection(api: EngineClient) -> None:
    data = api.execute(
        '{ article(slug: "new") { url ...Late title a: slug ... on Article { subtitle title } } __typename } '
        "fragment Late on Article { slug url language }"
    )
    assert json.dumps(data) == json.dumps(
        {
            "article": {
                "url": None,
                "slug": "new",
                "language": "en",
                "title": "New quarrel",
                "a": "new",
                "subtitle": "Once more",
            },
            "__typename": "Query",
        }
    )


def test_operation_is_selected_by_its_name(api: EngineClient) -> None:
    document = 'query A { article(slug: "new") { slug } } query B { party(slug: "judges") { slug } }'
    assert api.execute(document, {}, "A") == {"article": {"slug": "new"}}
    assert api.execute(document, {}, "B") == {"party": {"slug": "judges"}}


def test_dates_have_the_format_of_iso_8601(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    days = [date(1, 1, 1), date(999, 12, 31), date(2024, 2, 29), date.max]
    articles = [
        with_content_hash(replace(BARE, path=f"{day}.md", slug=f"a{number}", published=day, updated=day))
        for number, day in enumerate(days)
    ]
    for kind in DATABASE_KINDS:
        with open_seeded_client(kind, postgresql, tmp_path_factory, articles) as api:
            data = api.execute("{ articles { nodes { published updated } } }")
            assert data["articles"]["nodes"] == [
                {"published": day, "updated": day} for day in ("9999-12-31", "2024-02-29", "0999-12-31", "0001-01-01")
            ]
