"""Words that were cut in two at the end of a line."""

import re
from collections.abc import Callable

from transforms.clean import lookup

_HYPHENS = ("-", "‐", "\u00ad")
_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]++)([-‐\u00ad])$")
_REST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, hyphenated ones whole."""
    return frozenset(word.replace("‐", "-") for word in _WORD.findall(text.lower()))


def joint(before: str, line: str, attested: Callable[[], frozenset[str]]) -> str | None:
    """Return what stands between the halves of a word that a line break cut: "" or "-"; None where it cut none.

    A soft hyphen goes. A hyphen stays where the text has the word with a hyphen elsewhere, and goes where it has it
    without, or where lookups/word_weights.csv does. Of a word unknown to both it stays between two known words
    ("long-term") and before a capital, and goes else. "two- and three-year" was not cut.

    Args:
        before: the line that ends with the hyphen.
        line: the line after it.
        attested: gives the words of the text (`words_of`); asked only where a word was cut.
    """
    if not before.endswith(_HYPHENS):
        return None
    cut, rest = _CUT.search(before), _REST.match(line)
    if cut is None or rest is None or (_stands_alone(rest[0]) and line[rest.end() :][:1] != "-"):
        return None
    left, right = cut[1].lower(), rest[0].lower()
    words, known = attested(), lookup.column("word_weights", "word")
    if cut[2] == "\u00ad":
        return ""
    if f"{left}-{right}" in words or rest[0][0].isupper():
        return "-"
    whole = left + right
    return "-" if whole not in words | known and {left, right} <= words | known else ""


def _stands_alone(word: str) -> bool:
    return word in lookup.column("unfinished_endings")
