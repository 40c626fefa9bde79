"""Persisted documents: trusted documents of the operator, and automatic persisted queries (APQ) of clients."""

import re
from collections.abc import Mapping
from hashlib import sha256
from sys import getsizeof

from counterpoint.http.error_responses import HttpError
from counterpoint.http.requests import Request
from counterpoint.lru_cache import LruCache

DOCUMENT_ID = re.compile("sha256:([0-9a-f]{64})")

ENTRY_OVERHEAD_BYTES = 400
"""Estimated size of a persisted query without its text."""

MAX_SHARE = 10
"""A query larger than 1/MAX_SHARE of the APQ store is not persisted, because one client could evict all others."""


class PersistedDocuments:
    """Resolves requests to the text of their document.

    Hashes are compared as text, as in Apollo Server. With `only_trusted`, every document must be a trusted one.
    """

    def __init__(self, trusted: Mapping[str, str], *, only_trusted: bool, store_bytes: int) -> None:
        """Take trusted documents by their SHA-256 in lower-case hexadecimal; several hashes may have the same text.

        The APQ store takes at most `store_bytes` and evicts the least recently used query; 0 turns APQ off.
        """
        self._trusted = trusted
        self._only_trusted = only_trusted
        self._is_apq_off = store_bytes == 0
        self._store_bytes = 0 if only_trusted else store_bytes
        self._store: LruCache[str, str] = LruCache(self._store_bytes)

    def resolve(self, request: Request) -> str:
        """Return the text of a request's document. Raise HttpError if it is unknown or not allowed."""
        if request.document_id is not None:
            return self._by_id(request.document_id)
        if request.query is None:
            return self._by_hash(request.sha256 or "")
        self._check(request.query, request.sha256)
        return request.query

    def register(self, request: Request) -> None:
        """Persist the document of an APQ registration; do nothing for any other request.

        Call this after `resolve`, and after the engine has accepted the document, so that an invalid one evicts none.
        """
        if request.query is None or request.sha256 is None or request.sha256 in self._trusted:
            return
        size = getsizeof(request.query) + ENTRY_OVERHEAD_BYTES
        if size * MAX_SHARE <= self._store_bytes:
            self._store.put(request.sha256, request.query, size)

    def _by_id(self, document_id: str) -> str:
        match = DOCUMENT_ID.fullmatch(document_id)
        if match is None:
            message = "Invalid `documentId`: expected `sha256:` and 64 lower-case hexadecimal digits."
            raise HttpError(422, "BAD_REQUEST", message)
        if match[1] not in self._trusted:
            message = f"Unknown `documentId` {document_id}: expected the id of a trusted document."
            raise HttpError(404, "DOCUMENT_NOT_FOUND", message)
        return self._trusted[match[1]]

    def _check(self, text: str, claimed_hash: str | None) -> None:
        """Raise HttpError if a document does not have the claimed hash, or is not trusted but has to be."""
        if claimed_hash is None and not self._only_trusted:
            return
        actual_hash = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if claimed_hash is not None and claimed_hash != actual_hash:
            raise HttpError(400, "PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query")
        if self._only_trusted and actual_hash not in self._trusted:
            raise _describe_untrusted()

    def _by_hash(self, document_hash: str) -> str:
        text = self._trusted.get(document_hash) or self._store.get(document_hash)
        if text is not None:
            return text
        if self._only_trusted:
            # Not PersistedQueryNotFound, because the client would send the document only to be refused.
            raise _describe_untrusted()
        # Apollo's clients expect exactly these messages. The status is 200 for both media types, because the iOS client
        # ignores the body of an error status, and the Kotlin client reads it only as application/graphql-response+json.
        if self._is_apq_off:
            raise HttpError(200, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        raise HttpError(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")


def _describe_untrusted() -> HttpError:
    message = "The document is not trusted: this server executes only documents that its operator has installed."
    return HttpError(403, "DOCUMENT_NOT_TRUSTED", message)
