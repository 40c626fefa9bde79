"""Trusted documents are read from files, found by several hashes, and checked."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from counterpoint.engine.document.documents import parse_document
from counterpoint.errors import InvalidFiles, SettingsError
from counterpoint.trusted_documents import TrustedDocument, index_by_hash, read_trusted_documents
from support.commands import write_texts
from support.database_helpers import DEFAULT_LIMITS, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

TITLES = "query Titles {\n  articles(first: 5) { nodes { title } }\n}"
LIMITS = replace(DEFAULT_LIMITS, depth=5, aliases=2)


def read_folder(folder: Path) -> list[TrustedDocument]:
    schema = SCHEMA.graphql
    return read_trusted_documents(folder, lambda text: parse_document(schema, text, LIMITS))


def problems_in(folder: Path, content: bytes) -> list[str]:
    """Write a document to the folder, and return the problems of all its documents."""
    (folder / "a.graphql").write_bytes(content)
    with pytest.raises(InvalidFiles) as caught:
        read_folder(folder)
    return str(caught.value).splitlines()


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        TITLES.encode(),
        f"{TITLES}\n".encode(),
        f"{TITLES}  \n\n".encode(),
        TITLES.replace("\n", "\r\n").encode() + b"\r\n",
        f"\ufeff{TITLES}\n".encode(),
    ],
    ids=["bare", "newline", "blanks", "CRLF", "byte order mark"],
)
def test_document_is_found_by_the_hashes_of_its_bytes_and_of_its_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "titles.graphql").write_bytes(content)
    [document] = read_folder(tmp_path)
    assert document.hashes[0] == hash_of(content)
    assert {hash_of(TITLES.encode()), hash_of(f"{TITLES}\n".encode())} <= set(document.hashes)
    assert len(set(document.hashes)) == len(document.hashes)
    assert document.text.rstrip() == TITLES
    assert index_by_hash([document]) == dict.fromkeys(document.hashes, document.text)


def test_graphql_files_at_every_level_are_read_except_hidden_ones(tmp_path: Path) -> None:
    names = ("b.graphql", "a.graphql", "deep/er/c.graphql", ".hidden.graphql", ".git/d.graphql", "e.gql", "f.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TITLES, encoding="utf-8")
    assert [document.path for document in read_folder(tmp_path)] == ["a.graphql", "b.graphql", "deep/er/c.graphql"]


def test_document_may_have_several_operations(tmp_path: Path) -> None:
    (tmp_path / "a.graphql").write_text("query A { __typename }\nquery B { __typename }\n", encoding="utf-8")
    assert len(read_folder(tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ["a.graphql:1:1: Syntax Error: Unexpected <EOF>."]),
        (b"query {\n  articles {\n", ["a.graphql:3:1: Syntax Error: Expected Name, found <EOF>."]),
        (b"{ a\xff }", ["a.graphql:1:4: byte 0xFF is not UTF-8 (save the file as UTF-8)"]),
        (b"{ __typename }\n\0", ["a.graphql:2:1: Syntax Error: Unexpected character: U+0000."]),
        (
            b"{\n  nothing\n  articles { less }\n}\n",
            [
                "a.graphql:2:3: Cannot query field 'nothing' on type 'Query'.",
                "a.graphql:3:14: Cannot query field 'less' on type 'ArticleConnection'.",
            ],
        ),
        (
            b'{ articles(first: """\n  1\n  2\n""") { totalCount } }',
            ['a.graphql:1:19: Int cannot represent non-integer value: """ 1 2 """'],
        ),
        (
            b"{ a: __typename b: __typename c: __typename }",
            ["a.graphql:1:1: The number of aliases exceeds the limit: got 3, expected at most 2."],
        ),
        (b"fragment F on Query { __typename }", ["a.graphql:1:1: Fragment 'F' is never used."]),
        (b"mutation { seed }", ["a.graphql:1:1: The mutation operation is not supported by the schema."]),
    ],
    ids=[
        "empty",
        "cut off",
        "not UTF-8",
        "NUL",
        "unknown fields",
        "several lines",
        "limit",
        "no operation",
        "mutation",
    ],
)
def test_invalid_document_is_reported_with_its_place(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    assert problems_in(tmp_path, content) == lines


def test_problems_of_all_files_are_reported(tmp_path: Path) -> None:
    for name in ("b", "c", "d"):
        (tmp_path / f"{name}.graphql").write_text(TITLES if name == "c" else "{ nothing }", encoding="utf-8")
    problems = problems_in(tmp_path, b"{")
    assert [line.partition(": ")[0] for line in problems] == ["a.graphql:1:2", "b.graphql:1:3", "d.graphql:1:3"]


def test_two_files_may_contain_the_same_document(tmp_path: Path) -> None:
    for name in ("a.graphql", "b.graphql"):
        (tmp_path / name).write_text(TITLES, encoding="utf-8")
    assert len(index_by_hash(read_folder(tmp_path))) == 2


def write_manifest(folder: Path, manifest: object, name: str = "manifest.json") -> None:
    (folder / name).write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def apollo_manifest(*documents: tuple[str, str]) -> dict[str, object]:
    operations = [
        {"id": document_id, "name": "Titles", "type": "query", "body": text} for document_id, text in documents
    ]
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}


@pytest.mark.parametrize(
    "manifest",
    [
        {f"sha256:{hash_of(TITLES.encode())}": TITLES},
        {hash_of(TITLES.encode()): TITLES},
        apollo_manifest((hash_of(TITLES.encode()), TITLES)),
    ],
    ids=["GraphQL Code Generator", "Relay", "Apollo"],
)
def test_documents_of_a_manifest_are_found_by_their_hash(tmp_path: Path, manifest: object) -> None:
    write_manifest(tmp_path, manifest)
    (tmp_path / "a.graphql").write_text("{ __typename }", encoding="utf-8")
    single, document = read_folder(tmp_path)
    assert (single.path, document.path) == ("a.graphql", "manifest.json")
    assert index_by_hash([document]) == {hash_of(TITLES.encode()): TITLES}


ZEROS = "0" * 64
HINT = (
    '(configure SHA-256: `hashAlgorithm: "sha256"` for GraphQL Code Generator, `"algorithm": "SHA256"` for Relay; '
    "omit `createOperationId` for Apollo)"
)
EXPECTED = "expected 64 lower-case hexadecimal digits, with or without `sha256:` before them"
UNKNOWN_LAYOUT = (
    "manifest.json:1:1: this JSON file is not a manifest of trusted documents (expected an object with documents by "
    "hash, or operations in the format `apollo-persisted-query-manifest`)"
)


@pytest.mark.parametrize(
    ("manifest", "line"),
    [
        ({"name": "package", "dependencies": {}}, UNKNOWN_LAYOUT),
        ([TITLES], UNKNOWN_LAYOUT),
        ({"format": "apollo-persisted-query-manifest"}, UNKNOWN_LAYOUT),
        (apollo_manifest() | {"operations": [{"id": ZEROS}]}, UNKNOWN_LAYOUT),
        (apollo_manifest() | {"operations": [{"id": [], "body": TITLES}]}, UNKNOWN_LAYOUT),
        (
            {hash_of(b"first"): "first", "sha1:abc": TITLES},
            f"manifest.json:3:3: 'sha1:abc' is not a SHA-256 hash: {EXPECTED} {HINT}",
        ),
        (
            apollo_manifest(("one", TITLES), ("two", TITLES)),
            f"manifest.json:6:13: 'one' is not a SHA-256 hash (2 of 2 ids): {EXPECTED} {HINT}",
        ),
        (
            {ZEROS: TITLES},
            f"manifest.json:2:3: {ZEROS} is not the SHA-256 hash of its document: expected {hash_of(TITLES.encode())} "
            "(generate the manifest again, and do not edit it)",
        ),
        (
            {hash_of(b"{\n  nothing\n}"): "{\n  nothing\n}"},
            "manifest.json:2:3: document line 2, column 3: Cannot query field 'nothing' on type 'Query'.",
        ),
    ],
    ids=[
        *("another JSON object", "a list", "Apollo without operations", "Apollo without documents"),
        *("Apollo with a list as an id", "SHA-1", "names as ids", "another hash", "invalid document"),
    ],
)
def test_invalid_manifest_is_reported_with_its_place(tmp_path: Path, manifest: object, line: str) -> None:
    write_manifest(tmp_path, manifest)
    assert problems_in(tmp_path, TITLES.encode()) == [line]


def test_problem_of_each_document_has_its_place_in_a_manifest_on_few_lines(tmp_path: Path) -> None:
    first, second = f"sha256:{ZEROS}", f"sha256:{'1' * 64}"
    (tmp_path / "manifest.json").write_text(f'{{"{first}": "a",\n "{second}": "b", "{"2" * 64}": "c"}}')
    problems = problems_in(tmp_path, TITLES.encode())
    assert [problem.split(": ")[0] for problem in problems] == [
        *("manifest.json:1:2", "manifest.json:2:2", "manifest.json:2:82"),
    ]


def test_problem_of_an_id_with_escapes_has_its_place_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(f'{{\n"\\u0030{ZEROS[1:]}": "a"}}')
    (problem,) = problems_in(tmp_path, TITLES.encode())
    assert problem.startswith(f"manifest.json:1:1: {ZEROS} is not the SHA-256 hash of its document: expected ")


@pytest.mark.parametrize(
    ("text", "place"), [("{\n  1", "2:3"), ("[" * 100_000, "1:1"), ("", "1:1")], ids=["cut off", "deep", "empty"]
)
def test_manifest_that_is_not_json_is_reported_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert problems_in(tmp_path, TITLES.encode()) == [f"manifest.json:{place}: this is not valid JSON"]


def test_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing is not a folder: expected .* \.graphql or \.json files"):
        read_folder(tmp_path / "missing")


@pytest.mark.parametrize("name", ["src/page.gql", "empty.json"])
def test_folder_without_documents_is_reported(tmp_path: Path, name: str) -> None:
    write_texts(tmp_path, {name: "{}"})
    with pytest.raises(
        SettingsError, match=r"contains no trusted documents: expected `\.graphql` files, or the manifest"
    ):
        read_folder(tmp_path)
