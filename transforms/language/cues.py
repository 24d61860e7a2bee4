"""Learned cues of events: for each word that may name one, which type and status, and who acts on whom.

A branch of the network reads them (`flows.training.events`); rules weigh them against the lexicon
(`transforms.events.weighing`). They travel with the parse, in the document's user data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc

from transforms.language.decoding import Floats

KEY = "cues"
NOBODY = -1
LEAST = 0.05
LEAST_SHARE = 0.02
DIGITS = 3
SIDES = ("actor", "recipient")
Shares = dict[Any, float]


@dataclass(frozen=True)
class Cue:
    """What the network reads at a word that may name an event. All values are probabilities, 0 to 1.

    Attributes:
        token: index of the word in its document.
        types: by PLOVER type; what is missing to 1 says that no event is told.
        modes: by "TYPE.mode", given that the word names an event that has one.
        statuses: by status, given that the word names an event.
        actors: by index of the head word of who acts, NOBODY where nobody is named.
        recipients: the same for who is acted upon.
    """

    token: int
    types: Shares
    modes: Shares
    statuses: Shares
    actors: Shares
    recipients: Shares

    @property
    def event(self) -> float:
        """Probability that the word names an event."""
        return sum(self.types.values())


def read(scores: Mapping[str, Any], labels: Mapping[str, list[str]], first: int, end: int) -> Iterator[tuple[Any, ...]]:
    """Yield the cues of a sentence as plain values, the index of a word counted from the sentence's first.

    Args:
        scores: of a window: `event_type` (words by types, the first for none), `event_mode`, `event_status` (words by
            modes and statuses), `event_nobody` (words by sides), `event_side` (sides by words by words).
        labels: the types, modes and statuses in the order of the scores.
        first: first word of the sentence in the window.
        end: the word after its last.
    """
    types = _softmax(scores["event_type"][first:end])
    for at in np.flatnonzero(1 - types[:, 0] >= LEAST):
        row = first + int(at)
        sides = [
            _shares([NOBODY, *range(end - first)], _softmax(np.append(scores["event_nobody"][row, side], arcs)))
            for side, arcs in enumerate(scores["event_side"][:, row, first:end])
        ]
        kinds = [_shares(labels[head], _softmax(scores[head][row])) for head in ("event_mode", "event_status")]
        yield (int(at), _shares(labels["event_type"], types[at, 1:]), *kinds, *sides)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = powers / powers.sum(-1, keepdims=True)
    return shares


def _shares(keys: list[Any], values: Floats) -> list[tuple[Any, float]]:
    """Return keys with their probabilities; rounded, since the last digits differ between processors."""
    return [(keys[at], round(float(values[at]), DIGITS)) for at in np.flatnonzero(values >= LEAST_SHARE)]


def moved(cue: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    """Return a cue for other indices of the words."""
    token, types, modes, statuses, *sides = cue
    at = [[(word if word == NOBODY else places[word], share) for word, share in side] for side in sides]
    return (places[token], types, modes, statuses, *at)


def of(doc: Doc) -> dict[int, Cue] | None:
    """Return the cues of a document by word; None where its pipeline reads none."""
    found = doc.user_data.get(KEY)
    return None if found is None else {cue[0]: Cue(cue[0], *map(dict, cue[1:])) for cue in found}
