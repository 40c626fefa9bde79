"""Trusted documents: GraphQL documents in files, which clients execute by their hash.

A file contains one document (`.graphql`), or is a manifest (`.json`) that a tool of a front end wrote.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counterpoint.article.source_file import decode
from counterpoint.document_manifests import ManifestEntry, parse_manifest
from counterpoint.errors import InvalidFiles, Place, Problem, RequestError, RequestErrors, SettingsError
from counterpoint.files import parse_files, read_file

SUFFIXES = (".graphql", ".json")

EXPECTED_FILES = "`.graphql` files, or the manifest (`.json`) of GraphQL Code Generator, Relay or Apollo"


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """A GraphQL document in a file, with one operation or several.

    Clients may use any of the `hashes` (SHA-256). A document in a manifest has one. Those of a file with one document
    are, in this order, of: the file's bytes; its decoded text; that text without white space at its end; the same with
    one newline. Client generators hash what they print, but editors and git change the end of a file.
    """

    path: str
    text: str
    hashes: tuple[str, ...]


def read_trusted_documents(
    folder: Path, check: Callable[[str], object], *, may_be_empty: bool = False
) -> list[TrustedDocument]:
    """Read the `.graphql` and `.json` files at every level of a folder, except hidden ones.

    Several files may hold the same document. `check` raises RequestError or RequestErrors for a document that can't be
    executed. Raise SettingsError if there is no such folder, or no document in it and it may not be empty. Raise
    InvalidFiles with the problems of all files.
    """

    def read(path: str) -> list[TrustedDocument]:
        content = read_file(folder, path)
        return _parse_manifest(content, path, check) if path.endswith(".json") else [_parse_file(content, path, check)]

    documents = [document for documents in parse_files(_find_files(folder), read) for document in documents]
    if not documents and not may_be_empty:
        raise SettingsError(f"{folder} contains no trusted documents: expected {EXPECTED_FILES}.")
    return documents


def index_by_hash(documents: Iterable[TrustedDocument]) -> dict[str, str]:
    """Return the documents' texts by each of their hashes."""
    return {digest: document.text for document in documents for digest in document.hashes}


def _find_files(folder: Path) -> list[str]:
    """Return the paths of documents and manifests relative to a folder, sorted. Raise SettingsError if it is none."""
    if not folder.is_dir():
        expected = f"expected a folder with {' or '.join(SUFFIXES)} files"
        raise SettingsError(f"{folder} is not a folder: {expected} (see COUNTERPOINT_TRUSTED_DOCUMENTS_DIR).")
    matches = (path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    paths = (path.relative_to(folder) for path in matches)
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))


def _parse_file(content: bytes, path: str, check: Callable[[str], object]) -> TrustedDocument:
    text = decode(content, path=path)
    if errors := _find_errors(text, check):
        raise InvalidFiles([Problem(_place_in(path, error), _on_one_line(error)) for error in errors])
    # These characters suffice because a checked document ends in no other white space.
    trimmed = text.rstrip(" \t\n")
    encodings = (content, text.encode(), trimmed.encode(), f"{trimmed}\n".encode())
    return TrustedDocument(path, text, tuple(dict.fromkeys(sha256(encoding).hexdigest() for encoding in encodings)))


def _parse_manifest(content: bytes, path: str, check: Callable[[str], object]) -> list[TrustedDocument]:
    entries = parse_manifest(decode(content, path=path), path)
    if problems := [problem for entry in entries for problem in _check_entry(entry, check)]:
        raise InvalidFiles(problems)
    return [TrustedDocument(path, entry.text, (entry.document_hash,)) for entry in entries]


def _check_entry(entry: ManifestEntry, check: Callable[[str], object]) -> list[Problem]:
    """Return the problems of a document, each at the place of its id, because a manifest has a document on one line."""
    places = ((error, _place_in("", error)) for error in _find_errors(entry.text, check))
    return [
        Problem(entry.place, f"document line {place.line}, column {place.column}: {_on_one_line(error)}")
        for error, place in places
    ]


def _find_errors(text: str, check: Callable[[str], object]) -> list[RequestError]:
    try:
        check(text)
    except RequestErrors as errors:
        return list(errors.errors)
    except RequestError as error:
        return [error]
    return []


def _place_in(path: str, error: RequestError) -> Place:
    return Place(path, error.locations[0].line, error.locations[0].column) if error.locations else Place(path, 1)


def _on_one_line(error: RequestError) -> str:
    # A problem is printed on one line, but a message may quote several lines of the document.
    return " ".join(error.message.split())
