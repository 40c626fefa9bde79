"""The tag scope of a filter: whether it matches only rows that the tags of a few objects cover.

A condition such as `party: {slug: ["a"]}` makes an answer depend on nothing but the party and the articles that mention
it, whatever the other conditions of the filter are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Table

from counterpoint.engine.compile.context import CompileContext
from counterpoint.engine.compile.filter_strategy import FilterNode, Path, storable_values
from counterpoint.engine.compile.filter_values import value_at
from counterpoint.engine.document.operations import Argument, RequestVariables
from counterpoint.engine.mapping import InList, ToMany, ToOne, referenced_table
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.answer_cache_tags import LookedUpObjects, quote_table
from counterpoint.engine.sql.expressions import dump_json
from counterpoint.engine.sql.key_lookup import KeyLookup
from counterpoint.engine.sql.tag_scopes import TagScope, lookup_scope


@dataclass(frozen=True)
class _KeyCondition:
    """A condition that an object with a tag has one of the keys at a path of the filter. `scope` is that of the row."""

    scope: TagScope
    keys: InList
    path: Path


def find_filter_scope(context: CompileContext, argument: Argument, node: FilterNode, table: Table) -> TagScope | None:
    """Return the scope of the rows of a table that match a filter object, and record the looked-up objects."""
    condition = next(_find_key_conditions(context.mapping, node, table), None)
    if condition is None:
        return None
    type_name, values = condition.scope.type_name, value_at(argument, condition.path)

    def keys(variables: RequestVariables) -> list[str]:
        return storable_values(values(variables))

    def select(column: str) -> str:
        objects, dialect = context.mapping.tables[type_name], context.dialect
        texts = dialect.unnest_texts(context.builder.bind(lambda variables: dump_json(keys(variables))))
        quote_name = partial(quote_table, dialect, scope=condition.scope)
        lookup = KeyLookup(dialect, objects.table, condition.keys.column, condition.keys.alternatives, quote_name)
        condition_on_key = lookup.equals_any("o", texts)
        return f"SELECT o.{dialect.quote(column)} FROM {quote_name(objects.table)} AS o WHERE {condition_on_key}"

    context.builder.looked_up.append(LookedUpObjects(type_name, keys, select))
    return condition.scope


def _find_key_conditions(mapping: SchemaMapping, node: FilterNode, table: Table) -> Iterator[_KeyCondition]:
    """Yield the conditions on keys that all rows meet that match a filter object."""
    for key in node.value:
        match mapping.conditions.get((node.declared.name, key)):
            case InList(column) as keys if scope := lookup_scope(mapping, table, column):
                yield _KeyCondition(scope, keys, (*node.path, key))
            case ToOne(foreign_key):
                for inner in _find_key_conditions(mapping, node.member(key), referenced_table(table, foreign_key)):
                    if scope := inner.scope.of_referencing(mapping, table, foreign_key):
                        yield replace(inner, scope=scope)
            case ToMany(relation):
                for inner in _find_key_conditions(mapping, node.member(key), relation.child_table):
                    if scope := inner.scope.of_parents(mapping, table, relation):
                        yield replace(inner, scope=scope)
    for operand in node.operands("and"):
        yield from _find_key_conditions(mapping, operand, table)
