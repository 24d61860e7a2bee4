"""Numbers that a report states: how many troops, dead, dollars."""

import math
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.events import syntax, tables

CURRENCIES = "$€£¥"


@dataclass(frozen=True)
class Quantity:
    """A counted thing.

    Attributes:
        token: the word that carries the number.
        end: last token of the expression.
        value: the number.
        unit: what is counted, as `quantity_units.csv` names it.
    """

    token: Token
    end: Token
    value: float
    unit: str


def number(token: Token) -> float | None:
    """Return the value of a numeral with its multiplier ("2.5 billion", "two hundred"); None if it has none."""
    words = tables.mapping("number_words", "word", "value")
    text = token.lower_.replace(",", "").lstrip(CURRENCIES)
    try:
        value = float(text)
    except ValueError:
        if text not in words:
            return None
        value = float(words[text])
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    scale = float(words.get(following.lower_, "0")) if following is not None else 0.0
    return value * scale if scale >= 100 else value


def quantity(root: Token) -> Quantity | None:
    """Return the first counted thing below a token, such as the object of a trigger; None where nothing is counted."""
    units = tables.mapping("quantity_units", "word", "unit")
    for token in sorted(root.subtree, key=lambda token: token.i):
        value = number(token) if token.pos_ in ("NUM", "SYM") or token.tag_ == "CD" else None
        if value is None or not math.isfinite(value):
            continue
        money = token.i > 0 and token.nbor(-1).text[-1:] in CURRENCIES
        counted = token.nbor(-1) if money else _counted(token)
        unit = next((units[lemma] for lemma in (counted.text[-1:], *syntax.lemmas(counted)) if lemma in units), None)
        if unit is not None:
            return Quantity(counted if money else token, token if money else counted, value, unit)
    return None


def _counted(token: Token) -> Token:
    head = token.head
    while head.tag_ == "CD" and head.head.i != head.i:
        head = head.head
    return head
