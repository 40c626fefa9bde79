"""The classifier of tables: the statements that a table holds, by its class or else by its header, and for whom."""

from dataclasses import dataclass

from counterpoint.article.block_attributes import TABLE_CLASSES
from counterpoint.article.messages import shorten_and_quote
from counterpoint.article.records import TableContents
from counterpoint.article.rendering import RenderedMarkdown
from counterpoint.article.settled_names import NameKind, SettledNames
from counterpoint.article.similar_headers import differs_in_one_column, find_similar
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_grid import TableRow
from counterpoint.article.table_headers import PLAIN_TABLE, HeaderMatch, KnownHeader, TableHeaders

CLASSES_BY_CONTENTS = {contents: name for name, contents in TABLE_CLASSES.items()}
_FIRST_COLUMNS = {
    TableContents.STANCES: NameKind.PARTY,
    TableContents.APPROACHES: NameKind.POLICY_AREA,
    TableContents.ROLES: NameKind.GROUP,
}
"""The kind of name in the first column."""
_DECLARED_COLUMNS = {
    TableContents.STANCES: "party, stance, measures",
    TableContents.ROLES: "group, function, core message",
    TableContents.SOLUTIONS: "challenge, proposed solution, anticipated benefit",
}


@dataclass(frozen=True, slots=True)
class TableClassifier:
    """The classifier of the tables of one article."""

    headers: TableHeaders
    names: SettledNames
    language: str
    source: SourceFile

    def classify(self, class_name: str | None, columns: tuple[str, ...], header: TableRow) -> HeaderMatch:
        """Return the contents of a table with this class and header. Report a header that is not quite a known one."""
        match = self.headers.classify(columns, self.language)
        if class_name is None:
            if match is PLAIN_TABLE:
                self._report_unclear_header(columns, header)
            return match
        contents = TABLE_CLASSES[class_name]
        return match if contents is match.contents else self._declare(contents, columns, header)

    def is_known(self, header: TableRow) -> bool:
        """Return whether a header without markup is one of the known ones, in the language of the article."""
        return self.headers.classify(tuple(header.cells), self.language) is not PLAIN_TABLE

    def settle_governments(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of governments in their settled spelling."""
        return tuple(self.names.settle(NameKind.GOVERNMENT, name) for name in names)

    def settle_row(self, contents: TableContents, cells: list[RenderedMarkdown]) -> list[RenderedMarkdown]:
        """Return the cells of a row with its name in its settled spelling."""
        if cells and contents in _FIRST_COLUMNS:
            return [cells[0]._replace(text=self.names.settle(_FIRST_COLUMNS[contents], cells[0].text)), *cells[1:]]
        return cells

    def _declare(self, contents: TableContents, columns: tuple[str, ...], header: TableRow) -> HeaderMatch:
        """Return the contents that a class declares. Report a header with another number of columns."""
        if contents is TableContents.OTHER:
            return PLAIN_TABLE
        if contents is TableContents.APPROACHES:
            if len(columns) > 1:
                names = tuple(self.headers.government_in(cell, self.language) for cell in columns[1:])
                return HeaderMatch(contents, names)
            expected = "expected a policy area, and one column for each government"
        elif len(columns) == 3:
            return HeaderMatch(contents)
        else:
            expected = f"expected {_DECLARED_COLUMNS[contents]}"
        count = "one column" if len(columns) == 1 else f"{len(columns)} columns"
        message = f"{{.{CLASSES_BY_CONTENTS[contents]}}} can't be applied to a table with {count}"
        self.source.report(message, header.line, hint=expected)
        return PLAIN_TABLE

    def _report_unclear_header(self, columns: tuple[str, ...], header: TableRow) -> None:
        received = shorten_and_quote(" | ".join(columns))
        if foreign := self.headers.find_foreign(columns):
            language = foreign.language
            message = f"the header {received} is known in the language {language}, but the article's is {self.language}"
            hint = f"write language: {language} in the front matter, or {_class_lines(foreign)}"
            self.source.report(message, header.line, header.column, hint=hint)
        elif similar := find_similar(columns, self.language, self.headers):
            message = f"the header {received} is not quite a known one, expected {shorten_and_quote(str(similar))}"
            column = header.cell_column(_first_difference(columns, similar))
            # One cell of the three may be equal by chance, as in `Party | Leader | Recent Polls`.
            report = self.source.report if differs_in_one_column(columns, similar) else self.source.warn
            report(message, header.line, column, hint=f"correct it, or write {_class_lines(similar)}")


def _class_lines(header: KnownHeader) -> str:
    name = CLASSES_BY_CONTENTS[header.contents]
    return f"{{.{name}}} above the table to read it as {name}, or {{.other}} to keep it plain"


def _first_difference(columns: tuple[str, ...], expected: KnownHeader) -> int:
    """Return the index of the first column that differs from the expected header, or of the last column."""
    for index, cell in enumerate(columns):
        if not expected.has_column(index, cell):
            return index
    return len(columns) - 1
