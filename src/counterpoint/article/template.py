"""The template of a new article: every key of the front matter, and one example of each construct."""

from counterpoint.article.front_matter_keys import FRONT_MATTER_KEYS, FrontMatterKey
from counterpoint.article.header_declarations import load_builtin_headers
from counterpoint.article.records import TableContents
from counterpoint.article.table_headers import FALLBACK_LANGUAGE, GOVERNMENT, KnownHeader

_BODY = """\
Write an introduction here, or begin with a heading. Prose may hold *emphasis*, **strong text**, `code` and
[links](https://example.org).[^source]

[^source]: A footnote: where a statement comes from.

## What each side says

Highlights of the dispute include:

{{.highlights}}
- A point
- **Label:** a point with a label

{stances}

> A quotation of one side.

## How the governments differ

{{.initiatives}}
- An initiative

{approaches}

## Who takes part

{{.objectives}}
- An objective

{roles}

## What is proposed

{{.recommendations}}
1. A recommendation
2. Another recommendation

{solutions}

### A heading of a subsection

| Any other header | makes a plain table |
|---|---|
| 2018 | 40 cases |
"""

_ROWS = {
    TableContents.STANCES: ["A party | What it wants | A measure; another measure", "Another party | What it wants |"],
    TableContents.APPROACHES: ["A policy area | What the city does | What the state does"],
    TableContents.ROLES: ["A group | What it does | What it says"],
    TableContents.SOLUTIONS: ["A challenge | What would solve it | What is gained"],
}
_GOVERNMENTS = ("City", "State")


def write_template(language: str) -> str:
    """Return the text of a draft. Its table headers are in the language if they are built in, or else in English."""
    keys = "\n".join(_write_key(key, language) for key in FRONT_MATTER_KEYS)
    tables = {str(contents).lower(): _write_table(contents, language) for contents in _ROWS}
    return f"---\n{keys}\n---\n\n{_BODY.format(**tables)}"


def _write_key(key: FrontMatterKey, language: str) -> str:
    """Return the line of a key, as a comment if the template does not need it."""
    is_needed = key.is_required or key.name == "draft" or (key.name == "language" and language != FALLBACK_LANGUAGE)
    return f"{'' if is_needed else '# '}{key.name}: {language if key.name == 'language' else key.example}"


def _write_table(contents: TableContents, language: str) -> str:
    header = next(header for header in load_builtin_headers().of(language) if header.contents is contents)
    columns = _columns(header)
    lines = [" | ".join(columns), *_ROWS[contents]]
    rows = [f"| {line} |" for line in lines]
    return "\n".join([rows[0], f"|{'---|' * len(columns)}", *rows[1:]])


def _columns(header: KnownHeader) -> list[str]:
    if header.contents is not TableContents.APPROACHES:
        return [texts[0] for texts in header.columns]
    pattern = header.columns[1][0]
    return [header.columns[0][0], *(pattern.replace(GOVERNMENT, name) for name in _GOVERNMENTS)]
