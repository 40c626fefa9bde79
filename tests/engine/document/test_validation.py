"""The fast validation accepts a document exactly if graphql-core's function does."""

from __future__ import annotations

import re

import pytest
from graphql import GraphQLError, build_schema, parse, specified_rules, validate
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.engine.document.validation import is_valid

SCHEMA = build_schema("""
    directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
    directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
    interface Named { name(form: String): String }
    type Person implements Named { name(form: String): String age: Int }
    type Pet implements Named { name(form: String): String owner: Person friends(first: Int! filter: Filter): [Pet] }
    input Filter { name: String years: [Int!] }
    type Query { pet(id: ID!): Pet pets(filter: Filter): [Pet] named: Named }
    type Subscription { pet: Pet person: Person }
""")

INVALID_DOCUMENTS = {
    "ExecutableDefinitionsRule": "{ named { name } } type New { name: String }",
    "KnownOperationTypesRule": "mutation { pet { name } }",
    "UniqueOperationNamesRule": "query A { named { name } } query A { named { name } }",
    "LoneAnonymousOperationRule": "{ named { name } } query A { named { name } }",
    "SingleFieldSubscriptionsRule": "subscription { pet { name } person { name } }",
    "KnownTypeNamesRule": "{ named { ... on Nothing { name } } }",
    "FragmentsOnCompositeTypesRule": "{ named { ... on String { name } } }",
    "VariablesAreInputTypesRule": "query ($pet: Pet) { pet(id: $pet) { name } }",
    "ScalarLeafsRule": "{ named { name { first } } }",
    "FieldsOnCorrectTypeRule": "{ named { age } }",
    "UniqueFragmentNamesRule": "{ named { ...A } } fragment A on Named { name } fragment A on Named { name }",
    "KnownFragmentNamesRule": "{ named { ...A } }",
    "NoUnusedFragmentsRule": "{ named { name } } fragment A on Named { name }",
    "PossibleFragmentSpreadsRule": "{ pets { ... on Person { name } } }",
    "NoFragmentCyclesRule": "{ pets { ...A } } fragment A on Pet { ...B } fragment B on Pet { ...A }",
    "UniqueVariableNamesRule": "query ($id: ID!, $id: ID!) { pet(id: $id) { name } }",
    "NoUndefinedVariablesRule": "{ pets { ...A } } fragment A on Pet { owner { name(form: $form) } }",
    "NoUnusedVariablesRule": "query ($id: ID!) { named { name } }",
    "KnownDirectivesRule": "{ named { name @none } }",
    "UniqueDirectivesPerLocationRule": "{ named { name @include(if: true) @include(if: true) } }",
    "DeferStreamDirectiveOnRootField": "subscription { ... @defer { pet { name } } }",
    "DeferStreamDirectiveOnValidOperationsRule": "subscription { pet { ... @defer { name } } }",
    "DeferStreamDirectiveLabel": '{ named { ... @defer(label: "a") { name } ... @defer(label: "a") { name } } }',
    "StreamDirectiveOnListField": "{ named @stream { name } }",
    "KnownArgumentNamesRule": "{ named(id: 1) { name } }",
    "UniqueArgumentNamesRule": "{ pet(id: 1, id: 1) { name } }",
    "ValuesOfCorrectTypeRule": "{ pets(filter: { years: [one] }) { name } }",
    "ProvidedRequiredArgumentsRule": "{ pet { name } }",
    "VariablesInAllowedPositionRule": "query ($id: ID) { pet(id: $id) { name } }",
    "OverlappingFieldsCanBeMergedRule": "{ pets { name: owner { name } name } }",
    "UniqueInputFieldNamesRule": '{ pets(filter: { name: "a", name: "a" }) { name } }',
    "MaxIntrospectionDepthRule": f"{{ __schema {{ types {{ {'fields { type { ' * 4}name{' } }' * 4} }} }} }}",
}
"""For each rule of graphql-core, a document that breaks it."""

VALID_DOCUMENT = """
    query First($id: ID!, $first: Int!, $names: Filter, $withAge: Boolean!) {
      pet(id: $id) { ...Pet friends(first: $first, filter: $names) { name ...Pet @defer(label: "late") } }
      other: pets(filter: { name: "a", years: [1, 2] }) @stream { name(form: "short") friends(first: 1) { __typename } }
      named { ... on Person { age @include(if: $withAge) } ... on Pet { owner { name } } }
    }
    query Second { pets { ...Pet } }
    fragment Pet on Pet { name owner { ...Person } }
    fragment Person on Person { name age @skip(if: false) }
"""
TOKENS = re.findall(r'"\w*"|\.\.\.|\w+|\S', VALID_DOCUMENT)
POSITIONS = st.integers(0, len(TOKENS) - 1)


def test_each_rule_has_a_document_that_breaks_it() -> None:
    assert set(INVALID_DOCUMENTS) == {rule.__name__ for rule in specified_rules}


@pytest.mark.parametrize("rule", specified_rules, ids=lambda rule: rule.__name__)
def test_document_that_breaks_a_rule_is_not_valid(rule: type) -> None:
    document = parse(INVALID_DOCUMENTS[rule.__name__], no_location=True)
    assert validate(SCHEMA, document, [rule])
    assert not is_valid(SCHEMA, document)


def test_document_that_breaks_no_rule_is_valid() -> None:
    assert is_valid(SCHEMA, parse(VALID_DOCUMENT, no_location=True))


def test_fragments_that_nest_too_deeply_are_not_valid() -> None:
    fragments = " ".join(f"fragment F{n} on Pet {{ friends(first: 1) {{ ...F{n + 1} }} }}" for n in range(2_000))
    document = parse(f"{{ pets {{ ...F0 }} }} {fragments} fragment F2000 on Pet {{ name }}", no_location=True)
    assert validate(SCHEMA, document)
    assert not is_valid(SCHEMA, document)


@given(st.lists(st.tuples(POSITIONS, POSITIONS, st.booleans()), min_size=1, max_size=2))
def test_document_with_changed_tokens_is_valid_if_graphql_core_accepts_it(changes: list[tuple[int, int, bool]]) -> None:
    tokens = [*TOKENS]
    for position, source, replaces in changes:
        tokens[position] = TOKENS[source] if replaces else f"{tokens[position]} {TOKENS[source]}"
    try:
        document = parse(" ".join(tokens), no_location=True)
    except GraphQLError:
        return
    assert is_valid(SCHEMA, document) == (validate(SCHEMA, document) == [])
