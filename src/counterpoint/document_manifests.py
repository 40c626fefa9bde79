"""Manifests of trusted documents, as the tools of front ends write them: JSON files with documents and their hashes.

GraphQL Code Generator (`persisted-documents.json`) and Relay (`persisted.json`) write an object with documents by hash.
Apollo (`persisted-query-manifest.json`) writes a list of operations, each with its hash as `id`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from counterpoint.article.messages import shorten_and_quote
from counterpoint.errors import InvalidFiles, Place, Problem

APOLLO_FORMAT = "apollo-persisted-query-manifest"

SHA256 = re.compile("(?:sha256:)?([0-9a-f]{64})")
"""An id in a manifest. GraphQL Code Generator writes the name of the algorithm, Relay and Apollo do not."""

EXPECTED_ID = "expected 64 lower-case hexadecimal digits, with or without `sha256:` before them"
ALGORITHM_HINT = (
    'configure SHA-256: `hashAlgorithm: "sha256"` for GraphQL Code Generator, `"algorithm": "SHA256"` for Relay; '
    "omit `createOperationId` for Apollo"
)


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A document in a manifest, its SHA-256 hash, and the place of its id."""

    document_hash: str
    text: str
    place: Place


def parse_manifest(content: str, path: str) -> list[ManifestEntry]:
    """Return the documents of a manifest. Raise InvalidFiles if it is none, or has an id that is not the SHA-256."""
    documents = _documents_by_id(_parse_json(content, path))
    if documents is None:
        message = "this JSON file is not a manifest of trusted documents"
        hint = f"expected an object with documents by hash, or operations in the format `{APOLLO_FORMAT}`"
        raise InvalidFiles([Problem(Place(path, 1), message, hint)])
    places = _find_places(content, documents, path)
    _check_algorithm(places)
    entries = [
        ManifestEntry(_hash_in(document_id), text, places[document_id]) for document_id, text in documents.items()
    ]
    if problems := [problem for entry in entries for problem in _check_hash(entry)]:
        raise InvalidFiles(problems)
    return entries


def _parse_json(content: str, path: str) -> Any:
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        problem = Problem(Place(path, error.lineno, error.colno), "this is not valid JSON")
        raise InvalidFiles([problem]) from error
    except (ValueError, RecursionError) as error:
        raise InvalidFiles([Problem(Place(path, 1), "this is not valid JSON")]) from error


def _documents_by_id(manifest: Any) -> dict[str, str] | None:
    """Return the documents of a manifest by id, or None if it has none of the known layouts."""
    if not isinstance(manifest, dict):
        return None
    if manifest.get("format") == APOLLO_FORMAT:
        return _apollo_documents(manifest.get("operations"))
    return manifest if all(isinstance(text, str) for text in manifest.values()) else None


def _apollo_documents(operations: Any) -> dict[str, str] | None:
    if not isinstance(operations, list) or not all(isinstance(operation, dict) for operation in operations):
        return None
    documents = [(operation.get("id"), operation.get("body")) for operation in operations]
    are_texts = all(isinstance(text, str) for document in documents for text in document)
    return dict(documents) if are_texts else None


def _find_places(content: str, document_ids: Iterable[str], path: str) -> dict[str, Place]:
    """Return the places of ids, which are in the order of the text, in one pass because a manifest may be long."""
    places = {}
    end = line_start = 0
    line = 1
    for document_id in document_ids:
        start = content.find(json.dumps(document_id, ensure_ascii=False), end)
        if start < 0:
            places[document_id] = Place(path, 1)  # The manifest writes the id with escapes.
            continue
        line += content.count("\n", end, start)
        line_start = max(line_start, content.rfind("\n", end, start) + 1)
        places[document_id] = Place(path, line, start - line_start + 1)
        end = start
    return places


def _check_algorithm(places: Mapping[str, Place]) -> None:
    """Raise InvalidFiles with one problem if any id is not a SHA-256 hash, because then usually none of them is."""
    others = [document_id for document_id in places if not SHA256.fullmatch(document_id)]
    if others:
        count = f" ({len(others)} of {len(places)} ids)" if len(others) > 1 else ""
        message = f"{shorten_and_quote(others[0])} is not a SHA-256 hash{count}: {EXPECTED_ID}"
        raise InvalidFiles([Problem(places[others[0]], message, ALGORITHM_HINT)])


def _hash_in(document_id: str) -> str:
    return document_id.removeprefix("sha256:")


def _check_hash(entry: ManifestEntry) -> list[Problem]:
    actual = sha256(entry.text.encode("utf-8", "surrogatepass")).hexdigest()
    if actual == entry.document_hash:
        return []
    message = f"{entry.document_hash} is not the SHA-256 hash of its document: expected {actual}"
    return [Problem(entry.place, message, "generate the manifest again, and do not edit it")]
