"""What the characters and words of many short texts look like, counted for all of them at once."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from transforms.clean import lookup

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
Hashes = NDArray[np.uint32]

_CATEGORIES = {"L": "lower", "Lu": "upper", "Lt": "upper", "M": "lower", "N": "digit", "Z": "blank"}
_MARKS = {
    "blank": "\t\n\r\x0b\x0c\x85",
    "terminal": ".!?…",
    "comma": ",;",
    "colon": ":",
    "double_quote": '"“”«»„',
    "apostrophe": "'’‘`",
    "opening": "([{<",
    "closing": ")]}>",
    "divider": "|/›→\\·",
    "dash": "-–—_=~",
    "bullet": "•‣▪●◦■►▸*+#○",
    "symbol": "@&%",
    "currency": "$€£¥©®™",
}
CLASSES = (
    "lower", "upper", "digit", "blank", "terminal", "comma", "colon", "double_quote", "apostrophe", "opening",
    "closing", "divider", "dash", "bullet", "symbol", "currency", "other",
)  # fmt: skip
"""What a character can be."""

_PLANE = 1 << 16
_STEP = 0x9E3779B1
_LONGEST_WORD = 32


def of_class(name: str) -> int:
    """Return the number of a class of characters."""
    return CLASSES.index(name)


_CLOSES = np.array([name in {"double_quote", "apostrophe", "closing"} for name in CLASSES])


@cache
def _tables() -> tuple[Whole, Hashes, Hashes]:
    """Class and hash of each character of the first plane, case and digits folded, and the weight of each place."""
    classes = np.full(_PLANE, of_class("other"))
    folded = np.arange(_PLANE, dtype=np.uint64)
    for code in range(_PLANE):
        category = unicodedata.category(chr(code))
        name = _CATEGORIES.get(category) or _CATEGORIES.get(category[0])
        classes[code] = of_class(name) if name else classes[code]
        folded[code] = {"upper": ord(chr(code).lower()[0]), "digit": ord("0")}.get(name or "", code)
    for name, marks in _MARKS.items():
        classes[[ord(mark) for mark in marks]] = of_class(name)
    hashes = ((folded + 1) * 2654435761 % (1 << 32)).astype(np.uint32)
    places = np.array([pow(_STEP, place + 1, 1 << 32) for place in range(_LONGEST_WORD)], np.uint32)
    return classes, hashes, places


@dataclass(frozen=True)
class Texts:
    """Characters and words of n texts.

    Attributes:
        counts: characters of each class, shape (n, classes).
        first: class of the first character of each text, shape (n,).
        last: class of the last one, a closing quote or bracket behind another character aside.
        words: words of each text, shape (n,).
        capitals: words with a capital.
        hashes: hash of each word, case and digits folded, in order.
        owner: text of each word.
    """

    counts: Floats
    first: Whole
    last: Whole
    words: Whole
    capitals: Floats
    hashes: Hashes
    owner: Whole


def read(texts: Sequence[str]) -> Texts:
    """Return what the texts look like; none of them is empty, has outer blanks or a line break."""
    classes, hashes, places = _tables()
    joined = "\n".join(texts) + "\n"
    # Numbers of the machine's own width index arrays in half the time.
    codes = np.minimum(np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4"), _PLANE - 1).astype(np.int64)
    kind = classes[codes]
    ends = np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate([[0], ends[:-1] + 1])
    count = len(texts)
    owner = np.repeat(np.arange(count), ends - starts + 1)
    counts = np.bincount(owner * len(CLASSES) + kind, minlength=count * len(CLASSES)).reshape(count, -1)
    counts[:, of_class("blank")] -= 1
    begins, hashed = _words(codes, kind, hashes, places)
    word_owner = owner[begins]
    capitals = np.bincount(word_owner, weights=kind[begins] == of_class("upper"), minlength=count)
    return Texts(
        counts.astype(np.float32),
        kind[starts],
        _last(kind, starts, ends),
        np.bincount(word_owner, minlength=count),
        capitals.astype(np.float32),
        hashed,
        word_owner,
    )


def _words(codes: Whole, kind: Whole, hashes: Hashes, places: Hashes) -> tuple[Whole, Hashes]:
    """Where words begin, and their hashes: letters, digits, and apostrophes between them."""
    letter = kind <= of_class("digit")
    inside = letter.copy()
    inside[1:-1] |= (kind[1:-1] == of_class("apostrophe")) & letter[:-2] & letter[2:]
    opens = inside.copy()
    opens[1:] &= ~inside[:-1]
    at = np.flatnonzero(inside)
    if not len(at):
        return at, np.zeros(0, np.uint32)
    first = np.flatnonzero(opens[at])
    place = np.arange(len(at)) - np.repeat(first, np.diff(first, append=len(at)))
    values = hashes[codes[at]] * places[np.minimum(place, _LONGEST_WORD - 1)]
    return at[first], mixed(np.add.reduceat(values, first))


def _last(kind: Whole, starts: Whole, ends: Whole) -> Whole:
    last, before = kind[ends - 1], kind[np.maximum(ends - 2, starts)]
    return np.where(_CLOSES[last], before, last)


def mixed(hashes: Hashes) -> Hashes:
    """Return the hashes with their bits mixed, so that the lower ones tell words apart."""
    hashes = hashes ^ (hashes >> np.uint32(15))
    hashes = hashes * np.uint32(2246822519)
    return hashes ^ (hashes >> np.uint32(13))


@cache
def function_words() -> Hashes:
    """Return the hashes of lookups/function_words.csv in order."""
    return np.sort(np.unique(read(sorted(lookup.column("function_words"))).hashes))


def are_function_words(hashes: Hashes) -> Marks:
    """Return which words are function words, by their hashes."""
    known = function_words()
    found = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return np.equal(known[found], hashes)
