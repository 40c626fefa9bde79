"""Search: both databases return the hits that Python computes from the articles, and no query is an error."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize
from unittest.mock import patch

import pytest
import Stemmer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.content_keys import assign_statement_keys
from counterpoint.article.normalization import fold, slugify
from counterpoint.article.search_tokenizer import MAX_WORD_CHARS, TokenSpan, tokenize
from counterpoint.errors import InvalidCursor, InvalidPage
from counterpoint.store import match_counts
from counterpoint.store.match_counts import refresh_match_counts
from support.article_strategies import EDGE_CASE_TEXTS, article_folders
from support.database_helpers import (
    DATABASE_KINDS,
    UNLIMITED_LIMITS,
    EngineClient,
    migrated_database,
    open_client,
    open_seeded_client,
    open_write_engine,
    seed_articles,
)
from support.oracle import entity_names
from support.property_profiles import scale_examples
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import sqlalchemy

    from support.postgresql_server import PostgresqlServer

HIT = "cursor kind snippet node { __typename id } article { id } section { id }"
INFO = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
COUNTS = " ".join(f"{by}: counts(by: {by}) {{ key label total }}" for by in ("KIND", "ARTICLE", "LANGUAGE"))
DOCUMENT = (
    "query ($query: String!, $kinds: [SearchKind!], $where: ArticleFilter, $first: Int, $after: String, $last: Int,"
    " $before: String) { search(query: $query, kinds: $kinds, where: $where, first: $first, after: $after,"
    f" last: $last, before: $before) {{ edges {{ {HIT} }} nodes {{ id }} {INFO} {COUNTS} }} }}"
)

FEW_HITS = replace(UNLIMITED_LIMITS, search_hits=2)

STEMMERS = {
    "en": ("english", "[a-z\u00df-\u02af]+"),
    "pt": ("portuguese", "[a-z\u00df-\u02af]+"),
    "de": ("german", "[a-z\u00df-\u02af]+"),
    "ru": ("russian", "[\u0400-\u052f]+"),
}
"""By language: the algorithm, and the words that it applies to. Other languages of the articles have none."""

HitSet = set[tuple[str, str]]


@dataclass(frozen=True)
class Passage:
    """A passage of the articles: its kind, its node, its searchable texts, and where it is."""

    kind: str
    node: str
    texts: tuple[str, ...]
    article: records.Article | None = None
    section: str | None = None

    @property
    def language(self) -> str | None:
        """The language of its stemmer."""
        language = self.article.language.lower().partition("-")[0] if self.article else None
        return language if language in STEMMERS else None

    def contains(self, part: QueryPart) -> bool:
        """Return whether a part of a query matches one of the texts."""
        if not part.is_word:
            return any(_contains(_words(text), part.words, part.prefix) for text in self.texts)
        (token,) = tokenize(part.text.lstrip("-"))
        forms = _forms(part.text.lstrip("-"), token, self.language)
        return any(forms & _forms(text, token, self.language) for text in self.texts for token in tokenize(text))


def _forms(text: str, token: TokenSpan, language: str | None) -> set[str]:
    """Return the words of a token, and its stem in a language."""
    if language is None or len(token.words) != 1:
        return set(token.words)
    algorithm, words = STEMMERS[language]
    if not re.fullmatch(words, token.words[0]):
        return set(token.words)
    raw = "".join(char for char in text[token.start : token.end] if category(char) != "Cf")
    stem = _words(Stemmer.Stemmer(algorithm).stemWord(normalize("NFKC", raw).lower()))
    return {*token.words, *stem}


def _words(text: str) -> list[str]:
    return [word for token in tokenize(text) for word in token.words]


def _contains(passage_words: list[str], words: list[str], prefix: bool) -> bool:
    for start in range(len(passage_words) - len(words) + 1):
        *first, last = passage_words[start : start + len(words)]
        if first == words[:-1] and (last.startswith(words[-1]) if prefix else last == words[-1]):
            return True
    return False


def passages(articles: list[records.Article]) -> Iterator[Passage]:
    """Yield all passages of the articles."""
    for article in articles:
        for passage in _article_passages(article):
            yield replace(passage, article=article)
    for type_name, kind in (("Party", "PARTY"), ("Government", "GOVERNMENT"), ("Group", "GROUP")):
        yield from _entity_passages(articles, type_name, kind)
    yield from _entity_passages(articles, "PolicyArea", "POLICY_AREA")


def _article_passages(article: records.Article) -> Iterator[Passage]:
    yield _passage("ARTICLE", f"Article:{article.slug}", article.title, article.subtitle, article.summary)
    sections = [f"Section:{article.slug}/{section.slug}" for section in article.sections]
    for section, node in zip(article.sections, sections, strict=True):
        yield replace(_passage("SECTION", node, section.heading), section=node)
        for block in section.blocks:
            match block:
                case records.Paragraph(text):
                    yield replace(_passage("PARAGRAPH", node, text), section=node)
                case records.Table("OTHER", columns, rows):
                    cells = (cell for row in rows for cell in row)
                    yield replace(_passage("TABLE", node, *columns, *cells), section=node)
    statements = assign_statement_keys(article)
    for statement in statements:
        kind = re.sub(r"(?<=.)([A-Z])", r"_\1", statement.type).upper()
        parent = None if statement.parent is None else statements[statement.parent].record
        texts = _searchable_texts(statement.record, parent)
        passage = _passage(kind, f"{statement.type}:{statement.key}", *texts)
        yield replace(passage, section=sections[statement.section])


def _passage(kind: str, node: str, *texts: str | None) -> Passage:
    return Passage(kind, node, tuple(text for text in texts if text))


def _searchable_texts(record: object, parent: object) -> tuple[str | None, ...]:
    match record:
        case records.Stance(party, text):
            return party, text
        case records.Measure(text=text):
            assert isinstance(parent, records.Stance)
            return parent.party, text
        case records.Approach(area, government, text):
            return area, government, text
        case records.Role():
            return record.group, record.function, record.core_message
        case records.ProposedSolution():
            return record.text, record.anticipated_benefit
        case records.Point(label, text):
            return label, text
        case records.Challenge(text):
            return (text,)
    raise TypeError(record)


def _entity_passages(articles: list[records.Article], type_name: str, kind: str) -> Iterator[Passage]:
    names_by_slug: dict[str, str] = {}
    for article in _newest_first(articles):
        for name in entity_names(article, type_name):
            names_by_slug.setdefault(slugify(name), name)
    return (_passage(kind, f"{type_name}:{key}", name) for key, name in names_by_slug.items())


@dataclass(frozen=True)
class QueryPart:
    """A part of a search query, and its meaning."""

    text: str
    words: list[str]
    prefix: bool = False
    excluded: bool = False
    is_word: bool = False
    """Whether it is a single word without operators, all forms of which match."""


def expected_passages(articles: list[records.Article], parts: list[QueryPart]) -> list[Passage]:
    """Compute the hits in Python."""
    required = [part for part in parts if part.words and not part.excluded]
    excluded = [part for part in parts if part.words and part.excluded]
    return [
        passage
        for passage in passages(articles)
        if required and all(map(passage.contains, required)) and not any(map(passage.contains, excluded))
    ]


def describe_hit(edge: dict[str, Any]) -> tuple[str | None, ...]:
    """Return what the oracle knows of an edge."""
    article, section = edge["article"], edge["section"]
    return edge["kind"], edge["node"]["id"], article and article["id"], section and section["id"]


def expected_counts(articles: list[records.Article], hits: list[Passage]) -> dict[str, list[dict[str, Any]]]:
    """Compute the facets of hits in Python."""
    languages: dict[str, str] = {}
    for article in _newest_first(articles):
        languages.setdefault(fold(article.language), article.language)
    in_articles = [hit.article for hit in hits if hit.article]
    return {
        "KIND": _count((hit.kind, hit.kind.replace("_", " ").capitalize()) for hit in hits),
        "ARTICLE": _count((article.slug, article.title) for article in in_articles),
        "LANGUAGE": _count((languages[fold(article.language)],) * 2 for article in in_articles),
    }


def _newest_first(articles: list[records.Article]) -> list[records.Article]:
    newest = sorted(articles, key=lambda article: article.slug)
    newest.sort(key=lambda article: article.published.toordinal() if article.published else 0, reverse=True)
    return newest


def _count(keys: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    totals = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))
    return [{"key": key, "label": label, "total": total} for (key, label), total in totals]


def search_hits(api: EngineClient, **arguments: Any) -> HitSet:
    """Return the hits of the API."""
    return {(edge["kind"], edge["node"]["id"]) for edge in hits(api, **arguments)}


def hits(api: EngineClient, **arguments: Any) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = []
    after = None
    while True:
        page = api.execute(DOCUMENT, {**arguments, "first": 100, "after": after})["search"]
        edges += page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(edges)
            return edges
        after = page["pageInfo"]["endCursor"]


# The separators between the words contain no operator of the query language.
def _phrase(draw: st.DrawFn, vocabulary: list[str]) -> QueryPart:
    start = draw(st.integers(0, len(vocabulary) - 1))
    tokens = vocabulary[start : start + draw(st.integers(1, 3))]
    between = draw(st.sampled_from([" ", "  ", " * ", ", ", " - "]))
    minus = draw(st.booleans())
    words = [word for token in tokens for word in _words(token)]
    return QueryPart(f'{"-" * minus}"{between.join(tokens)}"', words, excluded=minus)


@st.composite
def query_parts(draw: st.DrawFn, vocabulary: list[str]) -> list[QueryPart]:
    """Draw a query of tokens of the articles, in their order, and of other forms of them."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            parts.append(_phrase(draw, vocabulary))
            continue
        token = draw(st.sampled_from(vocabulary))
        is_prefix, minus = draw(st.booleans()), draw(st.integers(0, 3)) == 0
        if is_prefix:
            token = token[: draw(st.integers(1, len(token)))]
        else:
            token += draw(st.sampled_from(["", "", "", "s", "en", "\N{CYRILLIC SMALL LETTER A}"]))
        upper = token.upper() if draw(st.booleans()) and _words(token.upper()) == _words(token) else token
        words = _words(upper)
        is_prefix = is_prefix and bool(words)
        text = "-" * minus + upper + "*" * is_prefix
        parts.append(QueryPart(text, words, is_prefix, minus, is_word=len(words) == 1 and not is_prefix))
    return parts


@dataclass(frozen=True)
class SearchedDatabase:
    """A database, and the engine on it, with and without a limit on the hits of a search."""

    engine: sqlalchemy.Engine
    api: EngineClient
    limited_api: EngineClient


@pytest.fixture(scope="module")
def databases(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[SearchedDatabase]]:
    with ExitStack() as stack:
        databases = []
        for kind in DATABASE_KINDS:
            url = stack.enter_context(migrated_database(kind, postgresql, tmp_path_factory))
            engine = stack.enter_context(open_write_engine(url))
            clients = (stack.enter_context(open_client(url, limits)) for limits in (UNLIMITED_LIMITS, FEW_HITS))
            seed_articles(engine, ARTICLES)
            databases.append(SearchedDatabase(engine, *clients))
        yield databases


def replace_word_frequencies(engine: sqlalchemy.Engine, frequencies: dict[str, int]) -> None:
    """Replace the table of frequent words, which only SQLite has. It may be outdated, so any content is valid."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM passage_index_frequency")
            for frequency in frequencies.items():
                connection.exec_driver_sql("INSERT INTO passage_index_frequency VALUES (?, ?)", frequency)


def store_match_counts(engine: sqlalchemy.Engine) -> None:
    """Store the numbers of matches of many terms, which only PostgreSQL has. The next seeding keeps them exact."""
    if engine.dialect.name == "postgresql":
        limits = patch.multiple(match_counts, MIN_FREQUENT_MATCHES=0, MIN_COUNTED_MATCHES=0, MAX_COUNTS=500)
        with engine.begin() as connection, limits:
            connection.exec_driver_sql("ANALYZE passage")
            refresh_match_counts(connection, has_new_statistics=True)


@given(data=st.data(), articles=article_folders(largest=3))
@settings(max_examples=scale_examples(10), deadline=None, suppress_health_check=list(HealthCheck))
def test_both_databases_return_the_hits_that_python_computes(
    databases: list[SearchedDatabase], data: st.DataObject, articles: list[records.Article]
) -> None:
    vocabulary = [
        text[token.start : token.end]
        for passage in passages(articles)
        for text in passage.texts
        for token in tokenize(text)
    ] or ["none"]
    words = sorted({word for token in vocabulary for word in _words(token)})
    frequencies = data.draw(st.dictionaries(st.sampled_from(["", *words]), st.sampled_from([0, 1_000, 100_000])))
    stores_counts = data.draw(st.booleans())
    for database in databases:
        seed_articles(database.engine, articles)
        replace_word_frequencies(database.engine, frequencies)
        if stores_counts:
            store_match_counts(database.engine)
    for _ in range(8):
        parts = data.draw(query_parts(vocabulary))
        query = " ".join(part.text for part in parts)
        expected = expected_passages(articles, parts)
        described = [
            (hit.kind, hit.node, hit.article and f"Article:{hit.article.slug}", hit.section) for hit in expected
        ]
        answers = [hits(database.api, query=query) for database in databases]
        assert answers[0] == answers[1]
        languages = {hit.article and f"Article:{hit.article.slug}": hit.language for hit in expected}
        assert Counter(map(describe_hit, answers[0])) == Counter(described), query
        for edge in answers[0]:
            assert_valid_snippet(edge["snippet"], parts, languages[edge["article"] and edge["article"]["id"]])
        for database in databases:
            counts = database.api.execute(DOCUMENT, {"query": query, "first": 0})["search"]
            assert {by: counts[by] for by in ("KIND", "ARTICLE", "LANGUAGE")} == expected_counts(articles, expected)
            assert_first_hits(database.limited_api, query, answers[0], counts)


def assert_first_hits(api: EngineClient, query: str, all_hits: list[dict[str, Any]], counts: dict[str, Any]) -> None:
    """Check that a limit on the hits keeps all names, the order and the counts."""
    page = api.execute(DOCUMENT, {"query": query, "first": 100})["search"]
    names = [edge for edge in all_hits if edge["article"] is None]
    others = [edge for edge in page["edges"] if edge["article"]]
    assert [edge for edge in page["edges"] if edge["article"] is None] == names
    assert min(len(all_hits), FEW_HITS.search_hits) <= len(page["edges"])
    assert len(others) <= FEW_HITS.search_hits
    assert page["edges"] == [edge for edge in all_hits if edge in page["edges"]]
    for count in ("totalCount", "KIND", "ARTICLE", "LANGUAGE"):
        assert page[count] == counts[count]


def assert_valid_snippet(snippet: str, parts: list[QueryPart], language: str | None) -> None:
    """Check that the query matches every marked word, and that the snippet contains no HTML but the marks."""
    marks = re.findall("<mark>(.*?)</mark>", snippet)
    assert marks
    bare = re.sub("</?mark>", "", snippet)
    assert not re.search("[<>\"'\x00-\x1f]|&(?!amp;|lt;|gt;|quot;|#x27;)", bare)
    for mark in marks:
        text = unescape(mark)
        words = _words(text)
        required = [part for part in parts if part.words and not part.excluded]
        assert any(
            _contains(words, part.words, part.prefix)
            or (len(part.words) == 1 and part.words[0] in words)
            or (part.is_word and any(_matches(part, text, token, language) for token in tokenize(text)))
            for part in required
        ), (snippet, parts)


def _matches(part: QueryPart, text: str, token: TokenSpan, language: str | None) -> bool:
    (asked,) = tokenize(part.text)
    return bool(_forms(part.text, asked, language) & _forms(text, token, language))


HOSTILE_QUERIES = [
    "", " ", "\0", "\ud800", "a\0b",
    "mayor\0", "\udfffmayor", '"', '""', '"""', '-', "--", '-"', '-""', "*", "**", "-*",
    '"*"', "AND", "OR", "NOT", "NEAR", "mayor AND", "mayor OR council", "NOT mayor", "NEAR(mayor council)", "^mayor",
    "words:mayor", "mayor:", "(", ")", "(mayor", "{mayor}", "[", "'", "''", "' OR 1=1 --", "\\", "\\'", "mayor\\",
    "mayor & council", "mayor | council", "!mayor", "mayor <-> council", "mayor:*", "mayor:A", "%", "_", "$1", "?",
    ":a", "+mayor", "mayor+council", "mayor*council", "may*or*", "-mayor -council", "-mayor", "*mayor",
    "&amp; <mark>", "😀",
    "\u202e", "a" * 100_000, "a " * 10_000, " ".join(f"w{number}" for number in range(5_000)),
    '"' + "the " * 3_000 + '"', "-" * 50_000, '"' * 50_001, "-a " * 5_000, "é" * 300, "東京都", "mayor " * 400,
    " ".join(f"w{number}*" for number in range(3_000)), " ".join(f'-"a w{number}"' for number in range(3_000)), "½",
    "ﷺ", "\u0301", "a\u0301*", "\N{ZERO WIDTH JOINER}", "{", "}", ";", "\t\n\r", "“mayor”", "/*", "*/", "--mayor",
    " ".join("漢" * 150 + str(number) for number in range(40)), "(?i)", "a{1000}{1000}", "[[:alpha:]]", "\\1", "\\m",
    " ".join(EDGE_CASE_TEXTS),
]  # fmt: skip


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=range(len(HOSTILE_QUERIES)))
def test_hostile_query_is_no_error(api: EngineClient, query: str) -> None:
    hits(api, query=query)


@given(query=st.text() | st.text("ab*-\" \0()&|!:\\'^~", max_size=40))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_generated_query_is_no_error(databases: list[SearchedDatabase], query: str) -> None:
    one, other = (hits(database.api, query=query) for database in databases)
    assert one == other


def snippets(api: EngineClient, query: str, **arguments: Any) -> list[str]:
    return [edge["snippet"] for edge in hits(api, query=query, **arguments)]


def test_query_without_required_word_has_no_hits(api: EngineClient) -> None:
    for query in ("", " ", "-mayor", '-"the mayor"', "*", '""', "!?", "\0"):
        assert hits(api, query=query) == []


def test_all_words_must_occur_in_one_passage(api: EngineClient) -> None:
    assert search_hits(api, query="mayor sued") == {("MEASURE", "Measure:svquqyoa36qk66dc")}
    assert search_hits(api, query="sued appealed") == set()


def test_prefix_phrase_and_exclusion(api: EngineClient) -> None:
    assert snippets(api, "tru*") == ["Talk · <mark>Trust</mark>", "City · Safety · <mark>Trust</mark>"]
    assert snippets(api, '"legal aid" -cuts') == ["<mark>Legal aid</mark>"]
    assert snippets(api, '"aid legal"') == []
    assert snippets(api, "QUOTE") == ["A <mark>quote</mark>. A picture"]
    assert snippets(api, "2019") == ["Year · Raids · <mark>2019</mark> · 10"]


def test_phrase_does_not_continue_into_the_next_text(api: EngineClient) -> None:
    assert snippets(api, '"year raids"') == []
    assert snippets(api, "year raids") == ["<mark>Year</mark> · <mark>Raids</mark> · 2019 · 10"]


def test_kinds_filter_hits_and_an_empty_list_has_none(api: EngineClient) -> None:
    everything = search_hits(api, query="mayor")
    assert {kind for kind, _ in everything} == {"PARTY", "STANCE", "MEASURE"}
    assert search_hits(api, query="mayor", kinds=None) == everything
    assert search_hits(api, query="mayor", kinds=["PARTY"]) == {("PARTY", "Party:the-mayor")}
    assert search_hits(api, query="mayor", kinds=["STANCE", "MEASURE"]) == everything - {("PARTY", "Party:the-mayor")}
    assert search_hits(api, query="mayor", kinds=[]) == set()


def test_article_filter_excludes_entities(api: EngineClient) -> None:
    everything = search_hits(api, query="mayor")
    assert search_hits(api, query="mayor", where=None) == everything
    assert search_hits(api, query="mayor", where={"language": None, "parties": {"slug": None}}) == everything
    assert search_hits(api, query="mayor", where={"language": ["en"]}) == everything - {("PARTY", "Party:the-mayor")}
    assert snippets(api, "quarrel", where={"slug": ["old", "new"]}) == [
        "Old <mark>quarrel</mark>",
        "New <mark>quarrel</mark> · Once more",
    ]
    assert snippets(api, "quarrel", where={"slug": ["undated"]}) == ["Undated <mark>quarrel</mark>"]
    assert snippets(api, "quarrel", where={"slug": []}) == []
    assert snippets(api, "quarrel", where={"not": {"slug": ["undated"]}, "parties": {"slug": ["governor"]}}) == [
        "Old <mark>quarrel</mark>"
    ]


def test_node_is_the_object_of_the_hit(api: EngineClient) -> None:
    data = api.execute(
        '{ search(query: "raids", first: 1) { nodes { ... on Section { heading article { title } } } } '
        '  party: search(query: "mayor", kinds: PARTY) { edges { node { ... on Party { stances(first: 1) '
        "{ nodes { text article { title measures { text } } } } } } } } }"
    )
    assert data["search"]["nodes"] == [{"heading": "What to do", "article": {"title": "Undated quarrel"}}]
    (edge,) = data["party"]["edges"]
    assert edge["node"]["stances"]["nodes"] == [
        {"text": "Is for", "article": {"title": "New quarrel", "measures": [{"text": "signed"}]}}
    ]


def test_pages_of_any_size_contain_all_hits_once_forward_and_backward(api: EngineClient) -> None:
    whole = hits(api, query="mayor")
    assert len(whole) == len({edge["cursor"] for edge in whole}) == 10
    for size in (1, 2, 3, 9, 10, 11):
        for count, cursor, ahead, behind, start in (
            ("first", "after", "hasNextPage", "hasPreviousPage", "endCursor"),
            ("last", "before", "hasPreviousPage", "hasNextPage", "startCursor"),
        ):
            pages: list[list[dict[str, Any]]] = []
            beyond = None
            while True:
                page = api.execute(DOCUMENT, {"query": "mayor", count: size, cursor: beyond})["search"]
                assert page["nodes"] == [{"id": edge["node"]["id"]} for edge in page["edges"]]
                assert page["totalCount"] == 10
                assert page["pageInfo"][behind] is bool(pages)
                pages.append(page["edges"])
                if not page["pageInfo"][ahead]:
                    break
                beyond = page["pageInfo"][start]
            ordered = pages if count == "first" else pages[::-1]
            assert [edge for page in ordered for edge in page] == whole


def test_page_between_two_cursors(api: EngineClient) -> None:
    whole = hits(api, query="mayor")
    after, before = whole[2]["cursor"], whole[7]["cursor"]
    page = api.execute(DOCUMENT, {"query": "mayor", "after": after, "before": before})["search"]
    assert page["edges"] == whole[3:7]
    assert page["pageInfo"]["hasPreviousPage"]
    assert page["pageInfo"]["hasNextPage"]


def test_invalid_pages_and_cursors_are_rejected(api: EngineClient) -> None:
    with pytest.raises(InvalidPage):
        api.execute(DOCUMENT, {"query": "mayor", "first": 1, "last": 1})
    cursor = api.execute("{ parties { pageInfo { endCursor } } }")["parties"]["pageInfo"]["endCursor"]
    for wrong in ("", "x", cursor, hits(api, query="mayor")[0]["cursor"][:-2]):
        with pytest.raises(InvalidCursor):
            api.execute(DOCUMENT, {"query": "mayor", "after": wrong})


def test_shorter_passage_with_more_of_the_words_comes_first(api: EngineClient) -> None:
    assert hits(api, query="mayor")[0]["node"]["id"] == "Party:the-mayor"


def test_cursor_of_a_hit_does_not_depend_on_other_articles(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, ARTICLES[:1])
        old = hits(api, query="mayor sued")
        seed_articles(engine, ARTICLES)
        assert hits(api, query="mayor sued") == old


def test_words_of_removed_content_have_no_hits(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, ARTICLES)
        assert search_hits(api, query="governor") == {
            ("PARTY", "Party:governor"),
            ("STANCE", next(node for kind, node in search_hits(api, query="governor") if kind == "STANCE")),
        }
        seed_articles(engine, ARTICLES[1:])
        assert search_hits(api, query="governor") == set()
        assert snippets(api, "mayor", kinds=["PARTY"]) == ["THE <mark>MAYOR</mark>"]
        seed_articles(engine, ARTICLES[2:])
        assert snippets(api, "mayor", kinds=["PARTY"]) == ["the <mark>mayor</mark>!"]


def test_snippet_is_cut_around_the_match_and_escaped(database_url: str) -> None:
    text = f'{"before " * 50}<mark>&amp; "Mayor\'s" café</mark> {"after " * 50}'
    paragraph = records.Paragraph(text, "", 1)
    section = records.Section("_top", None, 1, (paragraph,), 1)
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        article = records.Article("a.md", "0" * 64, "a", "A", None, None, (), "en", None, None, None, (section,))
        seed_articles(engine, [article, ARTICLES[0]])
        assert snippets(api, '"mayor s cafe"', kinds=["PARAGRAPH"]) == [
            f"…{'before ' * 6}&lt;mark&gt;&amp;amp; &quot;<mark>Mayor&#x27;s&quot; café</mark>&lt;/mark&gt; "
            f"{' '.join(['after'] * 23)}…"
        ]
        assert snippets(api, "before café", kinds=["PARAGRAPH"])[0].startswith(
            "<mark>before</mark> <mark>before</mark> "
        )


def test_long_query_for_a_long_text_is_answered(database_url: str) -> None:
    words = ["".join(chr(0x400 + (number * step) % 80) for step in range(1, 101)) for number in range(1, 300)]
    section = records.Section("_top", None, 1, (records.Paragraph(" ".join(words), "", 1),), 1)
    article = records.Article("a.md", "0" * 64, "a", "A", None, None, (), "en", None, None, None, (section,))
    phrases = " ".join(f'"{" ".join(words[start : start + 8])}"' for start in range(0, 160, 8))
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [article])
        for query in (
            " ".join(words),
            f'"{" ".join(words)}"',
            phrases,
            "* ".join(words),
            f"{' '.join(words)} -nothing",
        ):
            (hit,) = hits(api, query=query)
            assert "<mark>" in hit["snippet"]
        assert hits(api, query=f"{' '.join(words)} nothing") == []


def test_matches_beyond_the_limit_are_counted_for_any_phrases(database_url: str) -> None:
    words = [f"word{number}" for number in range(40)]
    text = records.Paragraph(" ".join(words), "", 1)
    articles = [
        records.Article(
            f"{slug}.md", "0" * 64, slug, "A", None, None, (), "en", None, None, None,
            (records.Section("_top", None, 1, (text,), 1),),
        )
        for slug in ("a", "b", "c")
    ]  # fmt: skip
    pairs = [f'"{first} {second}"' for first, second in pairwise(words)]
    strangers = [f'"{second} {first}"' for first, second in pairwise(words)]
    cases = {
        pairs[0]: 3,
        "word1*": 3,
        f"{pairs[0]} word3* -{strangers[0]} -strange*": 3,
        strangers[0]: 0,
        f"word1* -{pairs[7]}": 0,
        f'"{" ".join(words)}"': 3,
        f'"{" ".join([*words, "word1"])}"': 0,
        " ".join(pairs): 3,
        " ".join([*pairs, strangers[0]]): 0,
        " ".join(["word1", *(f"-{phrase}" for phrase in strangers)]): 3,
        " ".join(["word1", *(f"-{phrase}" for phrase in [*strangers, pairs[0]])]): 0,
    }
    with open_write_engine(database_url) as engine, open_client(database_url, FEW_HITS) as api:
        seed_articles(engine, articles)
        for query, total in cases.items():
            document = "query ($query: String!) { search(query: $query) { totalCount } }"
            assert api.execute(document, {"query": query})["search"]["totalCount"] == total, query


def test_prefixes_and_exact_words_beyond_the_limit_are_counted_among_words_only(database_url: str) -> None:
    """`ajar` is the stem of the longer words, and three paragraphs contain words that begin so."""
    texts = ["mempelajari", "pembelajaran", "ajaran", "ajaib ajar", "mempelajari ajaran"]
    paragraphs = tuple(records.Paragraph(text, "", 1) for text in texts)
    section = records.Section("_top", None, 1, paragraphs, 1)
    article = records.Article("a.md", "0" * 64, "a", "A", None, None, (), "id", None, None, None, (section,))
    totals = {
        "ajar": 5,
        "ajar*": 3,
        "aja*": 3,
        '"ajar"': 1,
        "pe*": 1,
        "ajar -ajar*": 2,
        'ajar -"ajar"': 4,
        "-ajar aja*": 0,
    }
    limits = replace(UNLIMITED_LIMITS, search_hits=1)
    with open_write_engine(database_url) as engine, open_client(database_url, limits) as api:
        seed_articles(engine, [article])
        document = "query ($query: String!) { search(query: $query) { totalCount } }"
        counts = {query: api.execute(document, {"query": query})["search"]["totalCount"] for query in totals}
    assert counts == totals


def test_first_hits_of_a_frequent_word_are_read_and_all_are_counted(database_url: str) -> None:
    # More passages than a slice of PostgreSQL's index has, so that it reads the first slices and counts all.
    texts = [f"the frequent word {number}" for number in range(9_000)]
    texts[4_990], texts[8_000] = "the frequent", "the"
    paragraphs = tuple(records.Paragraph(text, "", 1) for text in texts)
    section = records.Section("_top", None, 1, paragraphs, 1)
    article = records.Article("a.md", "0" * 64, "a", "A", None, None, (), "en", None, None, None, (section,))
    limits = replace(UNLIMITED_LIMITS, search_hits=5_000)
    document = "query ($query: String!) { search(query: $query, first: 1) { totalCount edges { snippet } } }"
    totals = {"the": 9_000, "the -17": 8_999, '"the frequent"': 8_999, "frequent": 8_999, "the freq*": 8_999}
    with open_write_engine(database_url) as engine, open_client(database_url, limits) as api:
        seed_articles(engine, [article])
        for query, total in totals.items():
            search = api.execute(document, {"query": query})["search"]
            assert search["totalCount"] == total, query
            assert re.sub("</?mark>", "", search["edges"][0]["snippet"]) == "the frequent", query


def test_long_words_are_compared_by_their_prefix(database_url: str) -> None:
    long = "é" * (MAX_WORD_CHARS + 50)
    section = records.Section("_top", None, 1, (records.Paragraph(f"{long} x", "", 1),), 1)
    article = records.Article("a.md", "0" * 64, "a", "A", None, None, (), "en", None, None, None, (section,))
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [article])
        for query in (long, long[:MAX_WORD_CHARS], f"{long[:MAX_WORD_CHARS]}*", f'"{long} x"'):
            assert len(hits(api, query=query)) == 1
        assert hits(api, query=long[: MAX_WORD_CHARS - 1]) == []


def test_hits_can_be_nested_to_the_depth_limit(api: EngineClient) -> None:
    filtered = 'where: { article: { not: { language: ["en"] } } }'
    below = "section { blocks { ... on PointList { points { article { measures { id } } } } } }"
    approaches = f"approaches(first: 3, {filtered}) {{ totalCount edges {{ node {{ {below} }} }} }}"
    hits = f"totalCount edges {{ node {{ ... on PolicyArea {{ {approaches} }} }} }}"
    assert api.execute(f'{{ search(query: "was", first: 1) {{ {hits} }} }}')["search"]["edges"] == [{"node": {}}]


def test_2000_words_may_be_excluded(api: EngineClient) -> None:
    total = api.execute('{ search(query: "the") { totalCount } }')["search"]["totalCount"]
    excluded = " ".join(f"-word{number}" for number in range(2_000))
    for query in (f"the {excluded}", f'the {excluded} -"no such phrase"', f"the {excluded} -wordy*"):
        data = api.execute("query ($query: String!) { search(query: $query) { totalCount } }", {"query": query})
        assert data["search"]["totalCount"] == total
    assert api.execute(f'{{ search(query: "the {excluded} -the") {{ totalCount }} }}')["search"]["totalCount"] == 0
