"""The lines above the text of a page: title, subtitle, authors, dates, address and reading time."""

import re
from collections.abc import Sequence

from counterpoint.article.normalization import fold
from counterpoint.convert.dates import DateMatch, find_dates
from counterpoint.convert.document import Metadata
from counterpoint.convert.lines import Line, is_prose, is_question, split_bullet
from counterpoint.convert.words import fold_words, is_line_of

_SEPARATOR = re.compile(r"\s*[|•·\u2013\u2014]\s*|\s+-\s+")
_NAME_SEPARATOR = re.compile(r"\s*(?:[,;&、،]|\b(?:and|und|et|y|e|en|och|i|и|та|ve|và|dan)\b)\s*")
_URL = re.compile(r"(?:[^\W\d_]+\s?[:\uff1a]\s*)?(https?://\S+)")
_READING_TIME = re.compile(
    r"\d+[ -]?(?:min|minute|minuto|minuti|minuten|minutes|分)\b.*|[\d,.]+ (?:views|comments|shares)", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:\bat\b|\bum\b|\bà\b|a las|,)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|Uhr)?\s*(?:[A-Z]{2,4})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[^\W\d_]+")
_LABEL_PUNCTUATION = " ,.:;()\uff1a"
_PARTICLES = frozenset(
    [
        *("van", "von", "der", "den", "de", "del", "della", "di", "da", "dos"),
        *("la", "le", "el", "al", "bin", "ibn", "ten", "y"),
    ]
)
_NOT_IN_NAME = re.compile(r"[\d!?:;@/]|[^\W\d_]{3,}\.")
_MAX_NAME_WORDS = 5
_MAX_LINE_CHARS = 160
_MAX_SUBTITLE_CHARS = 250
_MAX_HEADER_LINES = 12


def read_page_header(lines: Sequence[Line], metadata: Metadata) -> list[Line]:
    """Read the metadata from the first lines, and return the lines of the text."""
    if not lines or (is_prose(lines[0].text) and not is_question(lines[0].text)):
        return [*lines]
    metadata.title = lines[0].text.lstrip("# ") or lines[0].text
    length = _header_length(lines[1 : _MAX_HEADER_LINES + 1])
    header = [line for line in lines[1 : length + 1] if not _read_header_line(line.text, metadata)]
    _read_unlabelled(header, metadata)
    return [*header, *lines[length + 1 :]]


def _header_length(lines: Sequence[Line]) -> int:
    """Return the number of lines up to the last one with authors or a date, before any text or list."""
    length = 0
    for index, line in enumerate(lines):
        if _read_header_line(line.text, Metadata()):
            length = index + 1
        elif len(line.text) > _MAX_SUBTITLE_CHARS or "\t" in line.text or split_bullet(line.text):
            break
    return length


def _read_unlabelled(lines: list[Line], metadata: Metadata) -> None:
    """Take a name among the lines as the author, and the first other line as the subtitle."""
    if not metadata.authors and (names := [line for line in lines if _is_full_name(line.text)]):
        metadata.authors = split_names(names[-1].text)
        metadata.doubt("authors", f"the line {names[-1].text!r} was taken as the authors")
        lines.remove(names[-1])
    if lines:
        metadata.subtitle = lines.pop(0).text
        metadata.doubt("subtitle", "the line below the title was taken as the subtitle")


def _is_full_name(text: str) -> bool:
    return all(_looks_like_name(name) and len(name.split()) in (2, 3) for name in split_names(text))


def _read_header_line(text: str, metadata: Metadata) -> bool:
    """Read a line below the title into the metadata. Return False if any part of it is something else."""
    if len(text) > _MAX_LINE_CHARS:
        return False
    trial = Metadata()
    if not all(_read_part(part, trial) for part in _SEPARATOR.split(text) if part):
        return False
    _merge(trial, text, metadata)
    return True


def _looks_like_name(text: str) -> bool:
    """Return whether a text may be the name of a person."""
    words = text.split()
    is_short = 0 < len(words) <= _MAX_NAME_WORDS and len(text) <= 60
    return is_short and not _NOT_IN_NAME.search(text) and all(_begins_like_a_name(word) for word in words)


def split_names(text: str) -> list[str]:
    """Return the names of a byline."""
    return [name.strip() for name in _NAME_SEPARATOR.split(text) if name.strip()]


def _merge(trial: Metadata, text: str, metadata: Metadata) -> None:
    for key in ("authors", "published", "updated", "url"):
        value = getattr(trial, key)
        if value and not getattr(metadata, key):
            setattr(metadata, key, value)
            metadata.doubt(key, f"this is taken from the line {text!r}")
    metadata.doubts += trial.doubts


def _read_part(part: str, metadata: Metadata) -> bool:
    if _READING_TIME.fullmatch(part) or is_line_of("furniture", part):
        return True
    if match := _URL.fullmatch(part):
        metadata.url = match[1]
        return True
    if dates := find_dates(part):
        return _read_dates(part, dates, metadata)
    return _read_byline(part, metadata)


def _read_byline(part: str, metadata: Metadata) -> bool:
    """Read the names after a word such as `By`."""
    names = _strip_label(part, "by")
    if names is None or not names:
        return False
    authors = split_names(names)
    # A job such as "Staff Writer" may follow the names after a comma, but prose may not.
    if not authors or not all(_looks_like_name(name) for name in authors):
        return False
    metadata.authors = authors
    return True


def _read_dates(part: str, dates: list[DateMatch], metadata: Metadata) -> bool:
    """Read dates with the words before them, each of which names the kind of date, or the authors."""
    start = 0
    for match in dates:
        if not _read_dated_part(part[start : match.start], match, metadata):
            return False
        start = match.end
    rest = _TIME.sub("", part[start:]).strip(" ,.()")
    return not rest or len(rest) <= 5


def _read_dated_part(label: str, match: DateMatch, metadata: Metadata) -> bool:
    """Read a date and the text before it: authors, a weekday or a time, and a word such as `Updated`."""
    names, key = _split_date_word(_TIME.sub("", label).strip(_LABEL_PUNCTUATION))
    if names and not _WEEKDAY.fullmatch(names) and not _read_byline(names, metadata):
        return False
    if match.day is None:
        message = "a date was left out, because its day and month can't be told apart"
        metadata.doubt(key, message, f"write {key}: YYYY-MM-DD")
    elif getattr(metadata, key) is None:
        setattr(metadata, key, match.day)
    return True


def _split_date_word(label: str) -> tuple[str, str]:
    """Return the text before a word such as `Updated` at the end of a label, and the key of the date."""
    folded = fold(label)
    for key in ("updated", "published"):
        for word in sorted(fold_words(key), key=len, reverse=True):
            if folded == word or folded.endswith((f" {word}", f",{word}")):
                return label[: max(len(label) - len(word), 0)].strip(_LABEL_PUNCTUATION), key
    return label, "published"


def _strip_label(text: str, topic: str) -> str | None:
    """Return the text after a word of the topic, and after a colon if there is one; None if it begins otherwise."""
    folded = text.casefold()
    for label in sorted(fold_words(topic), key=len, reverse=True):
        rest = text[len(label) :]
        if folded.startswith(label) and rest[:1] in (" ", ":", "\uff1a"):
            return rest.lstrip(" :\uff1a")
    return None


def _begins_like_a_name(word: str) -> bool:
    """Return whether a word has a capital letter, no case at all, or is a particle such as `van`."""
    has_no_case = word[0].lower() == word[0].upper()
    return word[0].isupper() or has_no_case or word.lower() in _PARTICLES
