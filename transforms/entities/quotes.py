"""Who speaks in a quote: "I" is the speaker, "we" the government that he speaks for, else himself."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import attrgetter

from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading
from transforms.lookups import facts

FIRST_PERSON = ("speaker", "side")
OPENING, CLOSING, EITHER = "“", "”", '"'
SPEAKS_FOR_STATE = ("GOV", "MIL", "SPY")


@dataclass(frozen=True)
class _Line:
    """A line of a document: its quoted tokens, and who speaks in a sentence with a quote, outside the quotes."""

    quoted: frozenset[int]
    speakers: list[Mention]


class Speakers:
    """Who speaks in the quotes of a document, read line by line as they are asked for."""

    def __init__(self, reading: Reading, subjects: list[Mention]) -> None:
        """Take a document and its mentions that are subjects, in the order of the text."""
        self._reading, self._subjects = reading, subjects
        self._breaks = [number for number, word in enumerate(reading.words) if "\n" in word]
        self._lines: dict[int, _Line] = {}

    def meant(self, token: int, fits: str, known: Mapping[str, Chain]) -> Mention | None:
        """Return whom a first-person pronoun means, None where it is not quoted or two speak in its sentence.

        Args:
            token: number of the pronoun.
            fits: "speaker" for "I", "side" for "we".
            known: what is known of each chain by its key.
        """
        line = self._line(token)
        speaker = self._nearest(token, line.speakers) if token in line.quoted else None
        if speaker is None:
            return None
        about: Mention | Chain = known.get(speaker.key, speaker)
        if fits == "side" and about.country and about.sector in SPEAKS_FOR_STATE:
            name, key = facts.country(about.country), f"country:{about.country}"
            return replace(speaker, name=name, key=key, country=about.country, entity_type="GPE", single=False)
        return speaker

    def _line(self, token: int) -> _Line:
        number = bisect_left(self._breaks, token)
        if number not in self._lines:
            first = self._breaks[number - 1] + 1 if number else 0
            last = self._breaks[number] if number < len(self._breaks) else len(self._reading.words)
            self._lines[number] = self._read(first, last)
        return self._lines[number]

    def _read(self, first: int, last: int) -> _Line:
        reading, quoted = self._reading, frozenset(_quoted(self._reading, first, last))
        sentences = {reading.sentence_start(quote) for quote in quoted}
        inside = self._subjects[_place(self._subjects, first) : _place(self._subjects, last)]
        outside = [subject for subject in inside if subject.first not in quoted and _speaks(reading, subject)]
        return _Line(quoted, [s for s in outside if reading.sentence_start(s.first) in sentences])

    def _nearest(self, token: int, speakers: list[Mention]) -> Mention | None:
        """Who speaks in the sentence of a token, else the last one before it, else the first one after."""
        start = self._reading.sentence_start(token)
        later = speakers[_place(speakers, start) :]
        here = list(takewhile(lambda speaker: self._reading.sentence_start(speaker.first) == start, later))
        before = _place(speakers, token)
        if len({speaker.key for speaker in here}) > 1:
            return None
        return next(iter(here or speakers[max(before - 1, 0) :]), None)


def _place(mentions: list[Mention], token: int) -> int:
    """How many of the mentions begin before a token."""
    return bisect_left(mentions, token, key=attrgetter("first"))


def _quoted(reading: Reading, first: int, last: int) -> set[int]:
    """The tokens between quotation marks; a closing mark without an opening one closes what the line began with."""
    found: set[int] = set()
    start: int | None = None
    for token in range(first, last):
        mark = reading.text[reading.doc[token].idx]
        if mark == OPENING or (mark == EITHER and start is None):
            start = token
        elif mark in (CLOSING, EITHER):
            found.update(range(first if start is None else start, token))
            start = None
    return found | set(range(start, last) if start is not None else ())


def _speaks(reading: Reading, subject: Mention) -> bool:
    verb = reading.doc[subject.first : subject.last].root.head
    return verb.pos_ == "VERB" and verb.lemma_ in facts.words("speech_verbs", "lemma")
