"""GraphQL requests over HTTP: read a body, and parse a query string or a JSON body into a Request."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson

from counterpoint.http.error_responses import HttpError
from counterpoint.http.negotiation import JSON, UTF_8
from counterpoint.http.responses import ACCEPT_QUERY

T = TypeVar("T")
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

PARAMETERS = ("query", "operationName", "variables", "extensions", "documentId")

MEDIA_TYPE_PARAMETER = re.compile(r';\s*([^=;\s"]*)(?:=("(?:[^"\\]|\\.)*"|[^;]*))?\s*')
"""The name and value of a parameter; a quoted value may contain a semicolon (RFC 9110, section 5.6.6)."""

ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

APQ_VERSION = 1
"""The only version of the protocol for automatic persisted queries."""


@dataclass(frozen=True)
class Request:
    """A GraphQL request.

    The document is given as `query`, by the `document_id` of a trusted document, or by the `sha256` of an APQ request.
    """

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)
    document_id: str | None = None
    sha256: str | None = None

    @property
    def is_registration(self) -> bool:
        """Whether the request registers its document under its hash (APQ)."""
        return self.query is not None and self.sha256 is not None


@lru_cache(maxsize=64)
def check_content_type(content_type: bytes) -> None:
    """Raise HttpError unless a body is declared as JSON in UTF-8.

    This also protects against cross-site requests, because browsers send JSON to other origins only after a preflight.
    """
    media_type, semicolon, parameters = content_type.decode("latin-1").lower().partition(";")
    charsets = [value for name, value in MEDIA_TYPE_PARAMETER.findall(semicolon + parameters) if name == "charset"]
    if media_type.strip() != JSON or any(charset.strip(' \t"') not in UTF_8 for charset in charsets):
        message = f"Unsupported Content-Type: expected {JSON} in UTF-8."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, [(b"accept", JSON.encode()), ACCEPT_QUERY])


async def read_body(headers: Mapping[bytes, bytes], body: bytes | None, receive: Receive, max_bytes: int) -> bytes:
    """Read a body, unless it is there. Raise HttpError if it is larger than `max_bytes`, compressed, or incomplete.

    Compressed bodies are refused because a small one can expand to any size.
    """
    encoding = headers.get(b"content-encoding")
    if encoding and encoding.strip().lower() != b"identity":
        message = "Unsupported Content-Encoding: expected a body without compression."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", message, [(b"accept-encoding", b"identity")])
    if body is not None:
        if len(body) > max_bytes:
            raise _describe_too_large_body(len(body), max_bytes)
        return body
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > max_bytes:
        raise _describe_too_large_body(int(declared), max_bytes)
    chunks: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise HttpError(400, "BAD_REQUEST", "The body is incomplete.")
        chunk: bytes = event.get("body", b"")
        size += len(chunk)
        if size > max_bytes:
            raise _describe_too_large_body(size, max_bytes)
        chunks.append(chunk)
        if not event.get("more_body", False):
            return b"".join(chunks) if len(chunks) > 1 else chunk


def parse_query_string(query_string: bytes) -> Request:
    """Parse the query string of a GET request. Raise HttpError."""
    try:
        pairs = parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise HttpError(400, "BAD_REQUEST", "The query string is not valid UTF-8.") from None
    parameters: dict[str, Any] = {}
    for name, value in pairs:
        if name not in PARAMETERS or not value:
            continue  # An empty parameter counts as absent.
        if name in parameters:
            raise HttpError(400, "BAD_REQUEST", f"Duplicate parameter `{name}`: expected at most one.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _parse_json(parameters[name], f"The parameter `{name}`")
    return _build_request(parameters)


def parse_body(body: bytes) -> Request:
    """Parse the JSON body of a POST or QUERY request. Raise HttpError."""
    content = _parse_json(body, "The body")
    if isinstance(content, list):
        raise HttpError(422, "BAD_REQUEST", "Batches are not supported: expected one operation in each request.")
    return _build_request(content)


def _describe_too_large_body(size: int, max_bytes: int) -> HttpError:
    message = f"The body is too large: received at least {size} bytes, expected at most {max_bytes}."
    return HttpError(413, "LIMIT_EXCEEDED", message)


def _parse_json(text: str | bytes, subject: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if ESCAPED_SURROGATE.search(text if isinstance(text, bytes) else text.encode()):
            return _parse_json_with_surrogates(text, subject)
        raise _describe_invalid_json(subject, error) from None


def _parse_json_with_surrogates(text: str | bytes, subject: str) -> Any:
    """Parse JSON with escaped lone surrogates, which JSON allows and orjson does not (RFC 8259, section 8.2)."""
    try:
        return json.loads(text, parse_constant=_reject_constant)
    except (ValueError, RecursionError) as error:
        raise _describe_invalid_json(subject, error) from None


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _describe_invalid_json(subject: str, error: Exception) -> HttpError:
    place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
    return HttpError(400, "BAD_REQUEST", f"{subject} is not valid JSON{place}.")


def _build_request(content: Any) -> Request:
    if not isinstance(content, dict):
        raise HttpError(422, "BAD_REQUEST", "The request must be a JSON object with the key `query`.")
    query = _optional(content, "query", str, "a string")
    document_id = _optional(content, "documentId", str, "a string")
    name = _optional(content, "operationName", str, "a string") or None
    variables = _optional(content, "variables", dict, "an object") or {}
    extensions = _optional(content, "extensions", dict, "an object") or {}
    sha256 = _persisted_query_hash(extensions)
    if document_id is not None and (query is not None or sha256 is not None):
        # A persisted document request has no query (GraphQL over HTTP, appendix A), and two ids could contradict.
        raise HttpError(422, "BAD_REQUEST", "`documentId` cannot be combined with `query` or `persistedQuery`.")
    if query is None and document_id is None and sha256 is None:
        raise HttpError(422, "BAD_REQUEST", "`query` is missing: expected a string, or `documentId` instead.")
    return Request(query, name, variables, extensions, document_id, sha256)


def _optional(content: dict[str, Any], key: str, expected: type[T], description: str) -> T | None:
    value = content.get(key)
    if value is not None and not isinstance(value, expected):
        raise HttpError(422, "BAD_REQUEST", f"`{key}` must be {description}.")
    return value


def _persisted_query_hash(extensions: dict[str, Any]) -> str | None:
    """Return the document's hash in the extension of an APQ request, None if there is no such extension."""
    persisted_query = _optional(extensions, "persistedQuery", dict, "an object")
    if persisted_query is None:
        return None
    version = persisted_query.get("version")
    if version != APQ_VERSION or isinstance(version, bool):
        message = f"Unsupported persisted query version: expected {APQ_VERSION}."
        raise HttpError(400, "PERSISTED_QUERY_VERSION_UNKNOWN", message)
    sha256 = _optional(persisted_query, "sha256Hash", str, "a string")
    if sha256 is None:
        raise HttpError(422, "BAD_REQUEST", "`sha256Hash` is missing in `persistedQuery`.")
    return sha256
