"""Trusted documents: GraphQL documents in files, which clients execute by their hash."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counterpoint.article.source_file import decode
from counterpoint.errors import InvalidFiles, Place, Problem, RequestError, RequestErrors
from counterpoint.files import find_files, parse_files, read_file


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """A GraphQL document in a file, with one operation or several.

    Clients may use any of the `hashes` (SHA-256). They are, in this order, of: the file's bytes; its decoded text; that
    text without white space at its end; the same with one newline. Client generators hash what they print, but editors
    and git change the end of a file.
    """

    path: str
    text: str
    hashes: tuple[str, ...]


def read_trusted_documents(folder: Path, check: Callable[[str], object]) -> list[TrustedDocument]:
    """Read the `.graphql` files at every level of a folder, except hidden ones. Files may hold the same document.

    `check` raises RequestError or RequestErrors for a document that can't be executed. Raise SettingsError if there is
    no such folder, InvalidFiles with the problems of all files.
    """

    def read(path: str) -> TrustedDocument:
        return _parse_document(read_file(folder, path), path, check)

    return list(parse_files(find_files(folder, ".graphql"), read))


def index_by_hash(documents: Iterable[TrustedDocument]) -> dict[str, str]:
    """Return the documents' texts by each of their hashes."""
    return {digest: document.text for document in documents for digest in document.hashes}


def _parse_document(content: bytes, path: str, check: Callable[[str], object]) -> TrustedDocument:
    text = decode(content, path=path)
    try:
        check(text)
    except RequestErrors as errors:
        raise InvalidFiles([_to_problem(path, error) for error in errors.errors]) from errors
    except RequestError as error:
        raise InvalidFiles([_to_problem(path, error)]) from error
    # These characters suffice because a checked document ends in no other white space.
    trimmed = text.rstrip(" \t\n")
    encodings = (content, text.encode(), trimmed.encode(), f"{trimmed}\n".encode())
    return TrustedDocument(path, text, tuple(dict.fromkeys(sha256(encoding).hexdigest() for encoding in encodings)))


def _to_problem(path: str, error: RequestError) -> Problem:
    place = Place(path, error.locations[0].line, error.locations[0].column) if error.locations else Place(path, 1)
    # A problem is printed on one line, but a message may quote several lines of the document.
    return Problem(place, " ".join(error.message.split()))
