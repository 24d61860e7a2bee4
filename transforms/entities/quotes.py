"""Who speaks in a quote: "I" is the speaker, "we" the government that he speaks for, else himself."""

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token

from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading
from transforms.lookups import facts

FIRST_PERSON = ("speaker", "side")
OPENING, CLOSING, EITHER = "“", "”", '"'
SPEAKS_FOR_STATE = ("GOV", "MIL", "SPY")


def meant(
    reading: Reading, token: Token, fits: str, subjects: list[Mention], known: Mapping[str, Chain]
) -> Mention | None:
    """Return whom a first-person pronoun means, or None where it stands in no quote or two speak in its sentence.

    Args:
        reading: the document.
        token: the pronoun.
        fits: "speaker" for "I", "side" for "we".
        subjects: the document's mentions that are subjects.
        known: what is known of each chain by its key.
    """
    first, last = _paragraph(reading, token.i)
    quoted = _quoted(reading, first, last)
    if token.i not in quoted:
        return None
    sentences = {reading.sentence_start(quote) for quote in quoted}
    outside = [s for s in subjects if first <= s.first < last and s.first not in quoted and _speaks(reading, s)]
    speaker = _nearest(reading, token.i, [s for s in outside if reading.sentence_start(s.first) in sentences])
    if speaker is None:
        return None
    about: Mention | Chain = known.get(speaker.key, speaker)
    if fits == "side" and about.country and about.sector in SPEAKS_FOR_STATE:
        name, key = facts.country(about.country), f"country:{about.country}"
        return replace(speaker, name=name, key=key, country=about.country, entity_type="GPE", single=False)
    return speaker


def _nearest(reading: Reading, token: int, speakers: list[Mention]) -> Mention | None:
    """Who speaks in the sentence of a token, else the last one before it, else the first one after."""
    start = reading.sentence_start(token)
    here = [speaker for speaker in speakers if reading.sentence_start(speaker.first) == start]
    before = [speaker for speaker in speakers if speaker.first < token]
    if len({speaker.key for speaker in here}) > 1:
        return None
    return next(iter(here or before[-1:] or speakers), None)


def _paragraph(reading: Reading, token: int) -> tuple[int, int]:
    """The tokens of the line that a token stands in."""
    first, last = token, token
    while first > 0 and "\n" not in reading.words[first - 1]:
        first -= 1
    while last < len(reading.words) and "\n" not in reading.words[last]:
        last += 1
    return first, last


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
