"""Words as the network reads them: pieces of a fixed vocabulary, and the shape of their letters.

The vocabulary and the greedy longest-match rule are those of WordPiece as in uncased BERT (Devlin et al. 2019); letter
case, which that vocabulary drops, is kept beside it as one of a few shapes.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
CONTINUED = "##"
LONGEST_WORD = 60
MOST_PIECES = 8
SHAPES = ("edge", "lower", "title", "letter", "upper", "mixed", "digits", "alphanumeric", "other")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """A run of words as arrays: ids and shapes of its pieces with both edges, and where each word starts and ends."""

    ids: Ints
    shapes: Ints
    first: Ints
    last: Ints


@dataclass
class Vocabulary:
    """The pieces that the network knows; a piece's place in the list is its id.

    Attributes:
        pieces: all pieces; those inside a word begin with "##".
    """

    pieces: list[str]
    _ids: dict[str, int] = field(init=False, repr=False)
    _known: dict[str, tuple[int, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {piece: number for number, piece in enumerate(self.pieces)}

    def of_word(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces, at least one and at most MOST_PIECES: of more, the first and last ones.

        Of a word of more than LONGEST_WORD characters the beginning counts.
        """
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._cut(word)
        return known

    def encode(self, words: Sequence[str], shapes: Sequence[str] | None = None) -> Pieces:
        """Return words as pieces, with a mark at both ends; a shape that is not given is the word's own."""
        pieces = [self.of_word(word) for word in words]
        lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
        ends = np.cumsum(lengths)
        kinds = [SHAPE_IDS[shape] for shape in (shapes or map(shape_of, words))]
        spread = np.repeat(np.array(kinds, dtype=np.int64), lengths) * 2
        spread += 1
        spread[ends - lengths] -= 1
        ids = [self._ids[START], *chain.from_iterable(pieces), self._ids[END]]
        return Pieces(np.array(ids, dtype=np.int64), np.pad(spread, 1), ends - lengths + 1, ends)

    def _cut(self, word: str) -> tuple[int, ...]:
        found = [number for part in _parts(word[:LONGEST_WORD]) for number in self._of_part(part)]
        if len(found) > MOST_PIECES:
            found = found[: MOST_PIECES // 2] + found[-MOST_PIECES // 2 :]
        return tuple(found) or (self._ids[UNKNOWN],)

    def _of_part(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            prefix = CONTINUED if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if prefix + part[start:end] in self._ids), None)
            if end is None:
                return [self._ids[UNKNOWN]]
            found.append(self._ids[prefix + part[start:end]])
            start = end
        return found


def _parts(word: str) -> list[str]:
    """Return a word in lower case without accents, cut at its punctuation."""
    parts = [""]
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn":
            continue
        if character.isalnum():
            parts[-1] += character
        elif category[0] != "C" and not character.isspace():
            parts += [character, ""]
    return [part for part in parts if part]


SHAPE_IDS = {shape: number for number, shape in enumerate(SHAPES)}
SHAPE_COUNT = 2 * len(SHAPES)


def shape_of(word: str) -> str:
    """Return the shape of a word's letters, one of SHAPES."""
    if word.isdigit():
        return "digits"
    if any(map(str.isdigit, word)):
        return "alphanumeric"
    letters = "".join(filter(str.isalpha, word))
    return _shape_of_letters(letters) if letters else "other"


def _shape_of_letters(letters: str) -> str:
    if letters == letters.lower():
        return "lower"
    if len(letters) == 1:
        return "letter"
    if letters.isupper():
        return "upper"
    return "title" if letters[0].isupper() and letters[1:] == letters[1:].lower() else "mixed"
