"""Documents that requests name: trusted ones, and those that clients have had persisted. From request to text."""

import re
from collections.abc import Mapping
from hashlib import sha256
from sys import getsizeof

from cachetools import LRUCache

from counterpoint.http.error_responses import HttpError
from counterpoint.http.requests import Request

SHA256_ID = re.compile("sha256:([0-9a-f]{64})")

ENTRY_OVERHEAD_BYTES = 400
"""Bytes that a persisted document takes beside its text, about."""

MAX_SHARE = 10
"""A document that would take more than one part in so many is not persisted: one client could push out all others."""


class PersistedDocuments:
    """Gives the text of the document that a request means.

    `trusted` holds texts by the SHA-256 that names them, in lower-case hexadecimal digits; several may name one text.
    Hashes are compared as they are written, as Apollo Server does. With `only_trusted`, a document that is brought is
    taken if it is a trusted one; all others are refused, and nothing is persisted.
    """

    def __init__(self, trusted: Mapping[str, str], *, only_trusted: bool, store_bytes: int) -> None:
        """Persist documents in so many bytes, those that nobody asked for longest giving way; 0 persists none."""
        self._trusted = trusted
        self._only_trusted = only_trusted
        self._is_off = store_bytes == 0
        self._store: LRUCache[str, str] = LRUCache(0 if only_trusted else store_bytes, getsizeof=_size)

    def text_of(self, request: Request) -> str:
        """Find the document. Raise Refusal."""
        if request.document_id is not None:
            return self._identified(request.document_id)
        if request.query is None:
            return self._named(request.sha256 or "")
        self._check(request.query, request.sha256)
        return request.query

    def remember(self, request: Request) -> None:
        """Persist a document that was brought with its hash.

        To be called when `text_of` gave it and the engine accepted it: what can't be executed takes nobody's place.
        """
        if request.query is None or request.sha256 is None or request.sha256 in self._trusted:
            return
        if _size(request.query) * MAX_SHARE <= self._store.maxsize:
            self._store[request.sha256] = request.query

    def _identified(self, document_id: str) -> str:
        found = SHA256_ID.fullmatch(document_id)
        if found is None:
            told = "documentId must be sha256: and 64 hexadecimal digits, in lower case."
            raise HttpError(422, "BAD_REQUEST", told)
        if found[1] not in self._trusted:
            raise HttpError(404, "DOCUMENT_NOT_FOUND", f"No trusted document here has the id {document_id}.")
        return self._trusted[found[1]]

    def _check(self, text: str, given: str | None) -> None:
        """Refuse a document that is brought with the hash of another, or is not trusted where it must be."""
        if given is None and not self._only_trusted:
            return
        own = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if given is not None and given != own:
            raise HttpError(400, "PERSISTED_QUERY_HASH_MISMATCH", "provided sha does not match query")
        if self._only_trusted and own not in self._trusted:
            raise _not_trusted()

    def _named(self, given: str) -> str:
        text = self._trusted.get(given) or self._store.get(given)
        if text is not None:
            return text
        if self._only_trusted:
            # Not PersistedQueryNotFound: the client would send the document, only to have it refused.
            raise _not_trusted()
        # Apollo's clients look for these very words. The iOS client reads nothing of an answer whose status is no
        # success, the Kotlin client only what is application/graphql-response+json: so both media types have 200.
        if self._is_off:
            raise HttpError(200, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        raise HttpError(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")


def _not_trusted() -> HttpError:
    told = "Only trusted documents are executed here: ask whoever runs this server to add this one."
    return HttpError(403, "DOCUMENT_NOT_TRUSTED", told)


def _size(text: str) -> int:
    return getsizeof(text) + ENTRY_OVERHEAD_BYTES
