"""Lemmas by tag and ending: how many last characters to drop and what to append, learned from a treebank.

English spelling tells the lemma once the tag is known: the rule of the longest ending that was seen wins, exceptions
are endings as long as their words (rules after Chrupała 2006, back-off after van den Bosch and Daelemans 1999).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

LONGEST = 7
FEWEST = 3
WHOLE = "\n"


@dataclass(frozen=True)
class Rule:
    """How a lemma is made: fold letters to lower case or not, drop characters at the end, append others."""

    folds: bool = True
    cut: int = 0
    ending: str = ""

    @classmethod
    def of(cls, word: str, lemma: str) -> "Rule":
        """Return the rule that makes the lemma of the word."""
        folds = lemma == lemma.lower()
        base = word.lower() if folds else word
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(base, lemma, strict=False)))
        return cls(folds, len(base) - shared, lemma[shared:])

    @classmethod
    def read(cls, text: str) -> "Rule":
        """Return the rule that a text like "1 3 y" states."""
        folds, cut, ending = text.split(" ", 2)
        return cls(folds == "1", int(cut), ending)

    def __str__(self) -> str:
        return f"{int(self.folds)} {self.cut} {self.ending}"

    def apply(self, word: str) -> str:
        """Return the lemma that the rule makes of a word; a word of which nothing would be left is its own lemma."""
        base = word.lower() if self.folds else word
        return base[: max(len(base) - self.cut, 0)] + self.ending or base


Table = dict[str, dict[str, str]]


@dataclass
class Lemmatizer:
    """Rules as text by tag and ending; WHOLE before an ending marks a whole word, "" is what else holds for the tag."""

    table: Table
    _known: dict[tuple[str, str], str] = field(init=False, repr=False, default_factory=dict)

    def lemma(self, word: str, tag: str) -> str:
        """Return the lemma of a word with a tag; with an unknown tag that of the word in lower case."""
        known = self._known.get((word, tag))
        if known is None:
            rules = self.table.get(tag, {})
            found = next((rules[ending] for ending in endings(word) if ending in rules), str(Rule()))
            known = self._known[word, tag] = Rule.read(found).apply(word)
        return known


def endings(word: str) -> list[str]:
    """Return the whole word marked as such, as it is and in lower case, then its endings, the longest first."""
    lower = word.lower()
    return [WHOLE + word, WHOLE + lower, *(lower[-size:] for size in range(min(LONGEST, len(lower)), 0, -1)), ""]


def learned(words: Iterable[tuple[str, str, str]]) -> Table:
    """Return the table of a treebank, given word, tag and lemma of its tokens.

    A whole word has the rule of most of its tokens; an ending that of most of its words, of which there must be FEWEST,
    among the rules that cut no more than the ending. What a shorter ending says too is left out.
    """
    tokens: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for word, tag, lemma in words:
        tokens[tag][word][str(Rule.of(word, lemma))] += 1
    return {tag: _shortened(_counted(tokens[tag])) for tag in sorted(tokens)}


def _counted(words: dict[str, Counter[str]]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for word, rules in words.items():
        whole, lower, *rest = endings(word)
        votes[whole] += rules
        if word.lower() not in words:
            votes[lower] += rules
        best = _most(rules)
        for ending in rest:
            votes[ending][best] += Rule.read(best).cut <= len(ending)
    fewest = {"": 1, WHOLE: 1}
    enough = (ending for ending, rules in votes.items() if rules.total() >= fewest.get(ending[:1], FEWEST))
    return {ending: _most(votes[ending]) for ending in enough}


def _most(rules: Counter[str]) -> str:
    return max(rules, key=lambda rule: (rules[rule], rule))


def _shortened(rules: dict[str, str]) -> dict[str, str]:
    """Leave out the rules that what comes next in the order of `endings` would give as well."""
    kept: dict[str, str] = {}
    for ending in sorted(
        rules, key=lambda ending: (ending[:1] == WHOLE, ending != ending.lower(), len(ending), ending)
    ):
        weaker = endings(ending.removeprefix(WHOLE))
        before = next((kept[one] for one in weaker[weaker.index(ending) + 1 :] if one in kept), None)
        if rules[ending] != before:
            kept[ending] = rules[ending]
    return kept
