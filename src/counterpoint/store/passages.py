"""Rows in, passages out: what of an article, and of the entities that it names, is found by its words."""

from collections.abc import Iterable, Iterator

from counterpoint.article import records
from counterpoint.article.statement_keys import KeyedStatement
from counterpoint.article.tokenizer import build_search_text
from counterpoint.store import models
from counterpoint.store.id_allocator import IdAllocator, ModelRow, ModelRows
from counterpoint.store.models import PassageKind

Parts = Iterable[str | None]

NAMES: dict[type[models.Entity], PassageKind] = {
    models.Party: PassageKind.PARTY,
    models.Government: PassageKind.GOVERNMENT,
    models.PolicyArea: PassageKind.POLICY_AREA,
    models.Group: PassageKind.GROUP,
}
STATEMENTS: dict[str, PassageKind] = {
    "Stance": PassageKind.STANCE,
    "Measure": PassageKind.MEASURE,
    "Approach": PassageKind.APPROACH,
    "Role": PassageKind.ROLE,
    "Challenge": PassageKind.CHALLENGE,
    "ProposedSolution": PassageKind.PROPOSED_SOLUTION,
    "Point": PassageKind.POINT,
}


def article_passages(
    article: records.Article, stated: list[KeyedStatement], made: list[ModelRow], rows: ModelRows, ids: IdAllocator
) -> list[ModelRow]:
    """Make the passages of an article, whose other rows are made: `made` are those of what is stated."""
    (own,) = rows[models.Article]
    drafts = [
        _passage(PassageKind.ARTICLE, own["slug"], own["id"], (article.title, article.subtitle, article.summary)),
        *_sections(article, rows[models.Section]),
        *(
            _passage(STATEMENTS[each.type], row["key"], row["id"], _searchable_parts(each, stated))
            for each, row in zip(stated, made, strict=True)
        ),
    ]
    return [{"id": ids.take(models.Passage), "article_id": own["id"], **row} for row in drafts if row]


def entity_passage(entity: type[models.Entity], identity: int, slug: str, name: str) -> ModelRow | None:
    """Make the passage of an entity's name, but for its id."""
    passage = _passage(NAMES[entity], slug, identity, [name])
    return passage and {"article_id": None, **passage}


def _sections(article: records.Article, rows: list[ModelRow]) -> Iterator[ModelRow | None]:
    for section, row in zip(article.sections, rows, strict=True):
        yield _passage(PassageKind.SECTION, row["key"], row["id"], [section.heading])
        for position, block in enumerate(section.blocks):
            match block:
                case records.Paragraph(text):
                    kind, parts = PassageKind.PARAGRAPH, [text]
                case records.Table(records.TableContents.OTHER, columns, cells):
                    kind, parts = PassageKind.TABLE, [*columns, *(cell for cell_row in cells for cell in cell_row)]
                case _:
                    continue
            yield _passage(kind, f"{row['key']}#{position}", row["id"], parts)


def _searchable_parts(statement: KeyedStatement, stated: list[KeyedStatement]) -> Parts:
    """Give the names and texts of a statement's row."""
    match statement.record:
        case records.Stance(party, text):
            return party, text
        case records.Measure(text) if statement.parent is not None:
            stance = stated[statement.parent].record
            assert isinstance(stance, records.Stance)
            return stance.party, text
        case records.Approach(area, government, text):
            return government, area, text
        case records.Role(group, function, message):
            return group, function, message
        case records.Challenge(text):
            return (text,)
        case records.ProposedSolution(_, text, benefit):
            return text, benefit
        case records.Point(label, text):
            return label, text
    raise TypeError(statement)


def _passage(kind: PassageKind, key: str, node: int, parts: Parts) -> ModelRow | None:
    """Make a passage, but for its own id and its article's; None if there is no word in it."""
    found = build_search_text(parts)
    if found is None:
        return None
    return {
        "kind": kind,
        "key": f"{kind}/{key}",
        "node_id": node,
        "word_count": found.length,
        "words": found.words,
        "text": found.text,
    }
