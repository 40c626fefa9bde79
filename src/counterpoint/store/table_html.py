"""HTML of tables that is not stored, because a query can make it from the cells.

That is the HTML of plain tables: they have rows, no alignments, and no markup in the header. A query
replaces the characters between the texts in the JSON of the cells by markup.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple


class TableMarkup(NamedTuple):
    """The markup around the texts of the header's cells, and around the HTML of the other cells."""

    before_columns: str
    between_columns: str
    before_cells: str
    between_cells: str
    between_rows: str
    after_cells: str


PLAIN_TABLE_MARKUP = TableMarkup(
    before_columns='<table>\n<thead>\n<tr>\n<th scope="col">',
    between_columns='</th>\n<th scope="col">',
    before_cells="</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>",
    between_cells="</td>\n<td>",
    between_rows="</td>\n</tr>\n<tr>\n<td>",
    after_cells="</td>\n</tr>\n</tbody>\n</table>",
)
"""The markup of a table whose HTML is not stored."""

_JSON = TableMarkup(*(json.dumps(markup)[1:-1] for markup in PLAIN_TABLE_MARKUP))
"""The markup as it is in JSON."""


def follows_from_cells(html: str, columns: Sequence[str], html_cells: Sequence[Sequence[str]]) -> bool:
    """Return whether a query makes this HTML from the cells.

    Make the same replacements in the JSON as a query, because they go wrong if a cell contains such characters.
    """
    header = json.dumps(columns).replace('", "', _JSON.between_columns)[2:-2]
    body = json.dumps(html_cells).replace('"], ["', _JSON.between_rows).replace('", "', _JSON.between_cells)[3:-3]
    expected = f'"{_JSON.before_columns}{header}{_JSON.before_cells}{body}{_JSON.after_cells}"'
    return json.dumps(html) == expected
