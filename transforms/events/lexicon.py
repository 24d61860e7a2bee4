"""The predicate lexicon: which words, in which construction, name which PLOVER event."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from transforms.events import tables

POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
"""Part of speech in the lookups by that of Universal Dependencies."""
CONFLICT = frozenset({"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
VERBAL_TYPES = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})


@dataclass(frozen=True)
class Predicate:
    """One row of `predicates.csv`: a word, the construction it must stand in, and what that reports.

    Constraints are empty where anything will do. A constraint on words lists lemmas and classes ("@aid") of
    `word_classes.csv`, separated by "|"; "+" wants any
    filler, "!" none, "&" several, "$" a political actor.

    Attributes:
        number: row of the file from 0; the earlier of two equally specific rows wins.
        lemma: base form of the word.
        pos: verb, noun or adj.
        particle: particle of a phrasal verb.
        subject: who may act.
        object: what may be acted upon.
        preposition: prepositions that must follow, with the words that they may govern after a colon.
        complement: clause that must follow: to, that, ing, future, other (with a subject of its own), conflict, event
            types of its predicate, its words; "!" wants none.
        modifier: words that must describe it or its object.
        tense: "future" where only an announced act counts.
        event_type: PLOVER type; "" for a reading that is no event, such as "released a film".
        mode: PLOVER mode or None.
        contexts: PLOVER contexts that it implies.
        actor: slots that may name who acts, in order.
        recipient: slots that may name who is acted upon, in order.
        symmetric: both sides are equals.
        status: status that it always has, or None; "ongoing" gives way to a plan.
    """

    number: int
    lemma: str
    pos: str
    particle: str
    subject: str
    object: str
    preposition: str
    complement: str
    modifier: str
    tense: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    symmetric: bool
    status: str | None

    @property
    def constraints(self) -> int:
        """How many constraints it states; the more, the more specific."""
        stated = (
            self.particle,
            self.subject,
            self.object,
            self.preposition,
            self.complement,
            self.modifier,
            self.tense,
        )
        worded = sum(value not in ("", "+", "$", "!", "&") for value in (self.subject, self.object)) + (
            ":" in self.preposition
        )
        kind = self.complement not in ("", "to", "that", "ing")
        return 2 * sum(map(bool, stated)) + worded + bool(self.particle) + kind

    @property
    def name(self) -> str:
        """Name of the row for the column `rule`."""
        parts = (self.lemma, self.particle, self.object, self.preposition, self.complement, self.modifier)
        return ":".join(("predicate", self.pos, *(part for part in parts if part)))


def _list(value: str, separator: str) -> tuple[str, ...]:
    return tuple(part for part in value.split(separator) if part)


def _predicate(number: int, row: dict[str, str]) -> Predicate:
    return Predicate(
        number=number,
        lemma=row["lemma"], pos=row["pos"], particle=row["particle"],
        subject=row["subject"], object=row["object"], preposition=row["preposition"],
        complement=row["complement"], modifier=row["modifier"], tense=row["tense"],
        event_type=row["event_type"], mode=row["mode"] or None, contexts=_list(row["contexts"], "; "),
        actor=_list(row["actor"], "|"), recipient=_list(row["recipient"], "|"),
        symmetric=row["symmetric"] == "yes", status=row["status"] or None,
    )  # fmt: skip


@cache
def predicates() -> MappingProxyType[tuple[str, str], tuple[Predicate, ...]]:
    """Return the lexicon by (part of speech, lemma), rows in the order of the file."""
    index: dict[tuple[str, str], list[Predicate]] = defaultdict(list)
    for number, row in enumerate(tables.rows("predicates")):
        index[row["pos"], row["lemma"]].append(_predicate(number, row))
    return MappingProxyType({key: tuple(found) for key, found in index.items()})


def entries(pos: str, lemmas: tuple[str, ...]) -> tuple[Predicate, ...]:
    """Return the rows of the first of the lemmas that the lexicon has for this part of speech."""
    return next((predicates()[pos, lemma] for lemma in lemmas if (pos, lemma) in predicates()), ())
