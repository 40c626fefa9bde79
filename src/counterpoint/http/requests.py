"""GraphQL requests as they come over HTTP: from a query string, or from a JSON body."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson

from counterpoint.http.error_responses import HttpError

T = TypeVar("T")

PARAMETERS = ("query", "operationName", "variables", "extensions", "documentId")

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

APQ_VERSION = 1
"""The only version of Apollo's automatic persisted queries that there is."""


@dataclass(frozen=True)
class Request:
    """What a client asks to be executed.

    The document is brought as `query`, or named: by `document_id`, or by `sha256` as Apollo's clients do.
    """

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)
    document_id: str | None = None
    sha256: str | None = None

    @property
    def registers(self) -> bool:
        """Whether a document is brought together with its hash, to be found by the hash from then on."""
        return self.query is not None and self.sha256 is not None


def from_query_string(query_string: bytes) -> Request:
    """Read the parameters of a GET."""
    try:
        pairs = parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise HttpError(400, "BAD_REQUEST", "The query string is not UTF-8.") from None
    parameters: dict[str, Any] = {}
    for name, value in pairs:
        if name not in PARAMETERS or not value:
            continue  # One without a value is as good as not given.
        if name in parameters:
            raise HttpError(400, "BAD_REQUEST", f"The parameter {name} is given more than once.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(parameters[name], f"The parameter {name}")
    return _request(parameters)


def from_body(body: bytes) -> Request:
    """Read the JSON body of a POST."""
    content = _json(body, "The body")
    if isinstance(content, list):
        raise HttpError(422, "BAD_REQUEST", "Several operations in one request are not taken: send one each.")
    return _request(content)


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if _SURROGATE.search(text if isinstance(text, bytes) else text.encode()):
            return _json_with_surrogates(text, what)
        raise HttpError(400, "BAD_REQUEST", f"{what} is no JSON: {error}.") from None


def _json_with_surrogates(text: str | bytes, what: str) -> Any:
    """Read JSON in which half of a character may be written: that is legal, and equals nothing (RFC 8259, 8.2)."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, "BAD_REQUEST", f"{what} is no JSON: {error}.") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not known")


def _request(content: Any) -> Request:
    if not isinstance(content, dict):
        raise HttpError(422, "BAD_REQUEST", "A request is a JSON object with the key query.")
    query = _optional(content, "query", str, "a text")
    document_id = _optional(content, "documentId", str, "a text")
    name = _optional(content, "operationName", str, "a text") or None
    variables = _optional(content, "variables", dict, "an object")
    extensions = _optional(content, "extensions", dict, "an object") or {}
    sha256 = _persisted_hash(extensions)
    if document_id is not None and (query is not None or sha256 is not None):
        # A persisted document request has no query (GraphQL over HTTP, appendix A); two names could contradict.
        raise HttpError(422, "BAD_REQUEST", "documentId stands alone: leave out query and persistedQuery.")
    if query is None and document_id is None and sha256 is None:
        raise HttpError(422, "BAD_REQUEST", "query must be given, as a text, or documentId in its place.")
    return Request(query, name, variables or {}, extensions, document_id, sha256)


def _optional(content: dict[str, Any], key: str, kind: type[T], told: str) -> T | None:
    value = content.get(key)
    if value is not None and not isinstance(value, kind):
        raise HttpError(422, "BAD_REQUEST", f"{key} must be {told}.")
    return value


def _persisted_hash(extensions: dict[str, Any]) -> str | None:
    """Read which document is meant by the extension that Apollo's clients send."""
    persisted = _optional(extensions, "persistedQuery", dict, "an object")
    if persisted is None:
        return None
    version = persisted.get("version")
    if version != APQ_VERSION or isinstance(version, bool):
        told = f"Unsupported persisted query version: only {APQ_VERSION} is known."
        raise HttpError(400, "PERSISTED_QUERY_VERSION_UNKNOWN", told)
    sha256 = _optional(persisted, "sha256Hash", str, "a text")
    if sha256 is None:
        raise HttpError(422, "BAD_REQUEST", "persistedQuery needs sha256Hash.")
    return sha256
