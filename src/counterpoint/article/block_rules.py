"""The rules of the Markdown parser's blocks, chosen by the first character of a line.

The parser tries each rule on each line, but most rules begin with a test of this character.
"""

from collections.abc import Iterable
from string import digits

from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

_FIRST_CHARS = {
    "attr": "{",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": f"-+*{digits}",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
"""The characters with which a line must begin, for the rules that demand one of some characters."""

_CHAINS = ("", "paragraph", "reference", "blockquote", "list")
"""The names of lists of rules: all rules, and those that end each of these blocks."""


class BlockRules(Ruler[RuleFuncBlockType]):
    """The rules of another ruler, as one rule in each chain. It must not change any more."""

    def __init__(self, ruler: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self._names = ruler.get_active_rules()
        names = dict(zip(ruler.getRules(""), self._names, strict=True))
        self._chains = {chain: [_RuleByChar(ruler.getRules(chain), names)] for chain in _CHAINS}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803 - the parser's names
        """Return the rule of a chain."""
        return [*self._chains[chainName]]

    def get_active_rules(self) -> list[str]:
        """Return the names of the other ruler's rules."""
        return self._names


class _RuleByChar:
    """A rule that applies the first one that matches of several."""

    def __init__(self, rules: Iterable[RuleFuncBlockType], names: dict[RuleFuncBlockType, str]) -> None:
        self._others = [rule for rule in rules if names[rule] not in _FIRST_CHARS]
        self._by_char = {
            char: [rule for rule in rules if char in _FIRST_CHARS.get(names[rule], char)]
            for char in {*"".join(_FIRST_CHARS.values())}
        }

    def __call__(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Parse the block at line `start` (counted from 0). Return whether there is one."""
        position = state.bMarks[start] + state.tShift[start]
        rules = self._by_char.get(state.src[position : position + 1], self._others)
        for rule in rules:  # noqa: SIM110 - a generator would take longer than the rules
            if rule(state, start, end, silent):
                return True
        return False
