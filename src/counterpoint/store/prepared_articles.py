"""Articles as the rows to insert, except for the ids that only the database knows.

Articles are prepared where they are parsed, which may be another process.
"""

from dataclasses import dataclass, replace
from functools import cache

from counterpoint.article import records
from counterpoint.article.article_links import ArticleLink, find_article_links
from counterpoint.store import models
from counterpoint.store.id_allocator import IdAllocator
from counterpoint.store.models import PassageKind, sql_table
from counterpoint.store.records_to_rows import EntityNames, build_article_rows, entity_names
from counterpoint.store.statement_kinds import ENTITY_KINDS, STATEMENT_KINDS
from counterpoint.store.table_columns import ModelColumns, list_column_names, to_columns

_NODE_MODELS: dict[str, type[models.Base]] = {
    PassageKind.ARTICLE: models.Article,
    PassageKind.SECTION: models.Section,
    PassageKind.PARAGRAPH: models.Section,
    PassageKind.TABLE: models.Section,
    **{kind.passage: kind.model for kind in STATEMENT_KINDS},
}
"""The table that a passage of an article references by `node_id`, by the kind of the passage."""

_REFERENCED_MODELS: dict[str, type[models.Base]] = {
    f"{sql_table(model).name}_id": model
    for model in (
        models.Article,
        models.Section,
        models.Block,
        *(kind.model for kind in (*ENTITY_KINDS, *STATEMENT_KINDS)),
    )
}
"""The tables whose ids other tables of an article hold, by the name of the column."""


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article without its sections, the entities that it names, its links to others, and its rows by column.

    Ids count from 0 in each table, and slugs stand for the ids of entities.
    """

    article: records.Article
    names: EntityNames
    links: tuple[ArticleLink, ...]
    columns: ModelColumns


def prepare_article(article: records.Article, parser_version: int) -> PreparedArticle:
    """Convert the records of an article to rows."""
    names = entity_names(article)
    rows = build_article_rows(article, names, parser_version)
    columns = {model: to_columns(model, model_rows) for model, model_rows in rows.items() if model_rows}
    return PreparedArticle(replace(article, sections=()), names, tuple(find_article_links(article)), columns)


def allocate_ids(prepared: ModelColumns, ids: IdAllocator) -> ModelColumns:
    """Return the rows of an article with the next free ids. `ids` must know the entities that the article names."""
    first_ids = {
        model: ids.reserve(model, len(columns[0])) for model, columns in prepared.items() if model in ids.next_free
    }
    placed: ModelColumns = {}
    for model, columns in prepared.items():
        placed[model] = [*columns]
        for index, target in _list_references(model):
            if target in ids.entities:
                placed[model][index] = [*map(ids.entities[target].__getitem__, columns[index])]
            else:
                # An article without text has no sections. Then nothing refers to one.
                first_id = first_ids.get(target, 0)
                placed[model][index] = [None if value is None else value + first_id for value in columns[index]]
    if passages := prepared.get(models.Passage):
        kinds, nodes = (list_column_names(models.Passage).index(name) for name in ("kind", "node_id"))
        placed[models.Passage][nodes] = [
            node + first_ids[_NODE_MODELS[kind]] for kind, node in zip(passages[kinds], passages[nodes], strict=True)
        ]
    return placed


@cache
def _list_references(model: type[models.Base]) -> list[tuple[int, type[models.Base]]]:
    """Return the indexes of the columns that hold ids of rows, each with the model of these rows."""
    targets = {"id": model, **_REFERENCED_MODELS}
    return [(index, targets[name]) for index, name in enumerate(list_column_names(model)) if name in targets]
