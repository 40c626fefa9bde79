"""The folder of trusted documents: which files there are, and what they say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counterpoint.article.source_file import decode
from counterpoint.article_folder import find_files, read_file
from counterpoint.errors import InvalidFiles, Place, Problem, RequestError, RequestErrors, SettingsError


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """A file of the folder: one document, of one operation or several.

    `hashes` are the SHA-256 that name it. The first is that of the file's very bytes. Tools that build clients hash
    what they printed, and editors and git change how it ends: so its text without blanks and newlines at its end
    names it too, and that text with one newline.
    """

    path: str
    text: str
    hashes: tuple[str, ...]


def read_trusted_documents(folder: Path, check: Callable[[str], object]) -> list[TrustedDocument]:
    """Read every `.graphql` file of a folder and below, hidden ones left out; the same document may come twice.

    `check` raises RequestError or RequestErrors for a text that can't be executed. Raise SettingsError if there is no
    folder, ProblemsFound with what is wrong in any of the files.
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder} is no folder: name the one that holds the trusted documents.")
    documents: list[TrustedDocument] = []
    problems: list[Problem] = []
    for path in find_files(folder, "*.graphql"):
        try:
            documents.append(_read(read_file(folder, path), path, check))
        except InvalidFiles as found:
            problems += found.problems
    if problems:
        raise InvalidFiles(problems)
    return documents


def documents_by_hash(documents: Iterable[TrustedDocument]) -> dict[str, str]:
    """Give the documents' texts by all that names them."""
    return {each: document.text for document in documents for each in document.hashes}


def _read(content: bytes, path: str, check: Callable[[str], object]) -> TrustedDocument:
    text = decode(content, path=path)
    try:
        check(text)
    except RequestErrors as found:
        raise InvalidFiles([_problem(path, each) for each in found.errors]) from found
    except RequestError as error:
        raise InvalidFiles([_problem(path, error)]) from error
    # Only what GraphQL ignores: all else at the end would have been refused.
    bare = text.rstrip(" \t\n")
    forms = (content, text.encode(), bare.encode(), f"{bare}\n".encode())
    return TrustedDocument(path, text, tuple(dict.fromkeys(sha256(form).hexdigest() for form in forms)))


def _problem(path: str, error: RequestError) -> Problem:
    place = Place(path, error.locations[0].line, error.locations[0].column) if error.locations else Place(path, 1)
    # A message may quote what stands on several lines.
    return Problem(place, " ".join(error.message.split()))
