"""Operations of an exact size, for each size that has a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from math import isqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Request = tuple[str, dict[str, Any]]
"""A document and its variables."""


def tokens(number: int) -> Request:
    strings = '"a" ' * (number - 19)
    return f"{{ articles(first: 1, where: {{ slug: [{strings}] }}) {{ totalCount }} }}", {}


def nested(steps: Sequence[str], depth: int, leaf: str = "__typename") -> str:
    text = leaf
    for step in reversed(steps[: depth - 1]):
        text = f"{step} {{ {text} }}"
    return f"{{ {text} }}"


def depth(number: int) -> Request:
    return nested(
        ['party(slug: "judges")', *islice(cycle(["stances(first: 1)", "nodes", "party"]), number)], number
    ), {}


def depth_in_fragments(number: int) -> Request:
    steps = ["stances(first: 1)", "nodes", "party"]
    upper, _, rest = nested(["parties(first: 1)", "nodes"], 3, "...F").partition("...F")
    lower = nested([*islice(cycle(steps), number)], number - 2)
    return f"{upper}...F{rest} fragment F on Party {lower}", {}


def depth_of_introspection(number: int) -> Request:
    return nested(["__schema", "types", *["ofType"] * number], number), {}


def introspection_beside_content(number: int) -> Request:
    content, _ = depth(4)
    schema, _ = depth_of_introspection(number)
    return f"{content[:-1]} {schema[1:]}", {}


def aliases(number: int) -> Request:
    keys = " ".join(f"k{at}: slug" for at in range(number // 2))
    odd = "odd: slug" * (number % 2)
    # A fragment counts as often as it is spread.
    return f'{{ article(slug: "new") {{ ...F ... {{ ...F }} {odd} }} }} fragment F on Article {{ {keys} }}', {}


def aliases_of_one_operation(number: int) -> Request:
    keys = " ".join(f"k{at}: __typename" for at in range(number - 1))
    return f'{{ a: article(slug: "new") {{ {keys} }} }}', {}


def directives(number: int) -> Request:
    return f'{{ article(slug: "new") {{ {"slug @include(if: true) " * number} }} }}', {}


def directives_in_fragments(number: int) -> Request:
    spread = "...F @skip(if: false) " * (number // 2)
    within = "slug @skip(if: false) " * (number - number // 2)
    return f'{{ article(slug: "new") {{ {spread} }} }} fragment F on Article {{ {within} }}', {}


def root_fields(number: int) -> Request:
    return f"{{ {'__typename ' * number} }}", {}


def root_fields_in_fragments(number: int) -> Request:
    fields = "__typename revision { id } " * (number // 4)
    odd = "__typename " * (number - number // 4 * 4)
    return f"{{ ...F ...F {odd} }} fragment F on Query {{ {fields} }}", {}


def page(number: int) -> Request:
    return f"{{ parties(first: {number}) {{ totalCount }} }}", {}


def page_from_the_end(number: int) -> Request:
    return "query ($last: Int) { measures(last: $last) { nodes { id } } }", {"last": number}


def ids(number: int) -> Request:
    return "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["Article:new"] * number}


def conditions(number: int) -> Request:
    document = "query ($where: ArticleFilter) { articles(where: $where, first: 1) { totalCount } }"
    return document, {"where": {"and": [{"slug": ["new"]}] * (number - 1)}}


def variable_values(number: int) -> Request:
    document = "query ($slugs: [String!]) { articles(where: { slug: $slugs }, first: 1) { totalCount } }"
    return document, {"slugs": ["new"] * (number - 1)}


def depth_of_filters(number: int) -> Request:
    where: dict[str, Any] = {"slug": ["new"]}
    for _ in range(number):
        where = {"not": where}
    return "query ($where: ArticleFilter) { articles(where: $where, first: 1) { totalCount } }", {"where": where}


def cost(number: int) -> Request:
    size = isqrt(number // 2)
    rest = number - 2 * size * size
    half = f"parties(first: {size}) {{ nodes {{ stances(first: {size - 1}) {{ totalCount }} }} }}"
    more = f"measures(first: {rest}) {{ totalCount }}" if rest else ""
    return f"{{ a: {half} b: {half} {more} }}", {}


@dataclass(frozen=True)
class LimitCase:
    """A function that builds a request of a size, the limit of that size, and its description in the error message.

    `is_counted` is false if counting stops at the limit, so that the message does not contain the size.
    """

    build: Callable[[int], Request]
    limit: str
    subject: str
    is_counted: bool = True

    def error_message(self, maximum: int) -> str:
        """Return the message for a request that exceeds the limit by one."""
        received = f"got {maximum + 1}, " if self.is_counted else ""
        return f"{self.subject} exceeds the limit: {received}expected at most {maximum}."


def search_chars(number: int) -> Request:
    return "query ($query: String!) { search(query: $query) { totalCount } }", {"query": "\u6771" * number}


LIMIT_CASES = {
    "tokens": LimitCase(tokens, "tokens", "The number of tokens in the document", is_counted=False),
    "depth": LimitCase(depth, "depth", "The depth of an operation"),
    "depth in fragments": LimitCase(depth_in_fragments, "depth", "The depth of an operation"),
    "introspection": LimitCase(depth_of_introspection, "introspection_depth", "The depth of introspection"),
    "introspection beside content": LimitCase(
        introspection_beside_content, "introspection_depth", "The depth of introspection"
    ),
    "aliases": LimitCase(aliases, "aliases", "The number of aliases"),
    "aliases of one operation": LimitCase(aliases_of_one_operation, "aliases", "The number of aliases"),
    "directives": LimitCase(directives, "directives", "The number of directives"),
    "directives in fragments": LimitCase(directives_in_fragments, "directives", "The number of directives"),
    "root fields": LimitCase(root_fields, "root_fields", "The number of root fields"),
    "root fields in fragments": LimitCase(root_fields_in_fragments, "root_fields", "The number of root fields"),
    "page": LimitCase(page, "page_size", "The size of a page"),
    "page from the end": LimitCase(page_from_the_end, "page_size", "The size of a page"),
    "ids": LimitCase(ids, "node_ids", "The number of ids"),
    "values of variables": LimitCase(
        variable_values, "variable_values", "The number of values in the variables", is_counted=False
    ),
    "search query": LimitCase(search_chars, "search_chars", "The number of characters in a search query"),
    "depth of filters": LimitCase(depth_of_filters, "filter_depth", "The depth of a filter", is_counted=False),
    "cost": LimitCase(cost, "cost", "The cost of an operation in rows"),
    "conditions": LimitCase(
        conditions, "filter_conditions", "The number of conditions in the filters of an operation", is_counted=False
    ),
}
