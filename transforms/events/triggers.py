"""Finding the words that name events: every token is held against the rows that the lexicon has for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from transforms.events import lexicon, status, syntax, tables
from transforms.events.lexicon import Predicate
from transforms.events.mentions import MentionIndex

UNFREE = {"VERB": ("amod", "compound"), "NOUN": ("compound",)}


@dataclass(frozen=True)
class Trigger:
    """A word that names an event.

    Attributes:
        token: the word.
        predicate: the row of the lexicon that decided.
        runner_up: type of the next best row of another type.
        consumed: indices of words that the construction needs, which therefore name no event of their own.
    """

    token: Token
    predicate: Predicate
    runner_up: str | None = None
    consumed: frozenset[int] = field(default=frozenset())


class Clause:
    """What stands around a word, looked up once and held against many rows."""

    def __init__(self, token: Token, index: MentionIndex) -> None:
        """Collect the fillers around a token."""
        self.token = token
        self.index = index
        verbal = token.pos_ in syntax.VERBAL
        self.subjects = syntax.agents(token) if verbal else syntax.surface_subjects(token)
        self.objects = syntax.objects(token) if verbal else []
        self.obliques = syntax.obliques(token)
        self.complement = syntax.complement(token)

    def matches(self, row: Predicate) -> frozenset[int] | None:
        """Return the tokens that meet the constraints of a row, None where one is not met."""
        used: set[int] = set()
        objects = self._with_particle(row, used) if row.particle else self._without_particle()
        if objects is None or not self._governs(row, objects, used):
            return None
        if row.preposition and not self._prepositional(row.preposition, used):
            return None
        if row.complement and not self._completed(row.complement, used):
            return None
        if row.modifier and not self._modified(row.modifier, objects, used):
            return None
        return frozenset(used)

    def _governs(self, row: Predicate, objects: list[Token], used: set[int]) -> bool:
        """Return whether subject and object are what a row wants; "$" as an object wants somebody himself."""
        if not _meets(row.subject, self.subjects, self.index, set()):
            return False
        if row.object == "$" and not any(self._is_somebody(token) for token in objects):
            return False
        return _meets(row.object, objects, self.index, used)

    def _with_particle(self, row: Predicate, used: set[int]) -> list[Token] | None:
        after = self.token.doc[self.token.i + 1 : self.token.i + 6]
        found = [
            token
            for token in after
            if token.lower_ == row.particle and (token.i == self.token.i + 1 or token.head == self.token)
        ]
        if not found:
            return None
        used.add(found[0].i)
        governed = [token for word, token in self.obliques if word == row.particle]
        return self.objects or [token for head in governed for token in syntax.conjuncts(head)]

    def _without_particle(self) -> list[Token] | None:
        """The objects of a plain verb; None for a phrasal one, which means something else: "wound up"."""
        return None if syntax.children(self.token, "compound:prt") else self.objects

    def _is_somebody(self, token: Token) -> bool:
        """Return whether a word itself means people, a body or state, not only what belongs to one."""
        return self.index.at(token) is not None or syntax.is_person(token)

    def _prepositional(self, constraint: str, used: set[int]) -> bool:
        words, _, wanted = constraint.partition(":")
        for word, token in self.obliques:
            if word in words.split("|") and (not wanted or syntax.denotes(token, wanted)):
                if wanted:
                    used.add(token.i)
                return True
        return False

    def _completed(self, constraint: str, used: set[int]) -> bool:
        if constraint == "!":
            return self.complement is None and not syntax.children(self.token, "xcomp")
        if self.complement is None:
            return False
        wanted = constraint.split("|")
        used.update(self._acts_promised())
        if _shape(self.complement) & set(wanted) or syntax.has_lemma(self.complement, frozenset(wanted)):
            return True
        kinds = [word for word in wanted if word.isupper()]
        inner = best(self.complement, self.index, plain=True) if kinds or "conflict" in wanted else None
        kind = inner.predicate.event_type if inner else None
        return kind in kinds or ("conflict" in wanted and kind in lexicon.CONFLICT)

    def _acts_promised(self) -> set[int]:
        """The acts in the complement: what is agreed or asked for names no event, but what is to end goes on."""
        assert self.complement is not None
        acts = [self.complement, *syntax.children(self.complement, "conj")]
        clause = [act for act in acts if status.effect(act) != "factual"]
        inner = [token for act in clause for token in [act, *syntax.children(act, "xcomp", "obj")]]
        return {token.i for token in inner if token.pos_ in ("VERB", "NOUN")}

    def _modified(self, wanted: str, objects: list[Token], used: set[int]) -> bool:
        for token in [self.token, *objects]:
            for word in syntax.modifiers(token):
                if syntax.in_words(word, wanted):
                    used.add(word.i)
                    return True
        return False


def _shape(clause: Token) -> set[str]:
    if syntax.is_infinitive(clause):
        return {"to", "other"} if syntax.children(clause, "nsubj", "nsubj:pass") else {"to"}
    if clause.tag_ == "VBG" and not any(child.dep_ == "aux" for child in clause.children):
        return {"ing"}
    future = any(child.dep_ == "aux" and child.lower_ in tables.word_class("future") for child in clause.children)
    return {"that", "future"} if future else {"that"}


def _meets(constraint: str, fillers: list[Token], index: MentionIndex, used: set[int]) -> bool:
    if not constraint:
        return True
    if constraint == "+":
        return any(token.lower_ not in tables.word_class("reflexive") for token in fillers)
    if constraint == "&":
        return len(fillers) > 1
    if constraint == "!":
        return not fillers
    if constraint == "$":
        return any(index.actor(token) is not None or syntax.is_person(token) for token in fillers)
    fitting = [token for token in fillers if syntax.denotes(token, constraint)]
    used.update(token.i for token in fitting)
    return bool(fitting)


def candidates(token: Token, index: MentionIndex, plain: bool = False) -> list[tuple[Predicate, frozenset[int]]]:
    """Return the rows that fit a token with the words they consume, the most specific first.

    Args:
        token: the word.
        index: mentions of the document.
        plain: leave out rows with constraints on a clause (used for that clause itself, so that it ends).
    """
    pos = lexicon.POS.get(token.pos_) if _is_free(token) else None
    rows = lexicon.entries(pos, syntax.lemmas(token)) if pos else ()
    if token.pos_ == "NOUN" and token.tag_ == "VBG":
        rows = rows or lexicon.entries("verb", syntax.lemmas(token))
    if not rows:
        return []
    clause = Clause(token, index)
    found = [(row, clause.matches(row)) for row in rows if not (plain and row.complement)]
    fitting = [(row, used) for row, used in found if used is not None]
    return sorted(fitting, key=lambda pair: (-pair[0].constraints, bool(pair[0].event_type), pair[0].number))


def _is_free(token: Token) -> bool:
    """Return whether a word stands for itself: "murder weapon" reports no murder, "mediation effort" mediation."""
    if token.dep_ not in UNFREE.get(token.pos_, ()) or syntax.misread_subjects(token):
        return True
    return token.pos_ == "NOUN" and syntax.has_lemma(token.head, tables.word_class("carrier"))


def best(token: Token, index: MentionIndex, plain: bool = False) -> Trigger | None:
    """Return the trigger that a token is, by the most specific row that fits; None where it names no event."""
    fitting = candidates(token, index, plain)
    if not fitting or not fitting[0][0].event_type:
        return None
    row, used = fitting[0]
    others = (other.event_type for other, _ in fitting[1:] if other.event_type not in ("", row.event_type))
    return Trigger(token, row, next(others, None), used)


def triggers(doc: Doc | Span, index: MentionIndex) -> Iterator[Trigger]:
    """Yield the triggers of a document or sentence in text order, without words that another one needs."""
    found = [trigger for token in doc if (trigger := best(token, index)) is not None]
    consumed = {i for trigger in found for i in trigger.consumed}
    yield from (trigger for trigger in found if not _belongs(trigger, consumed, found))


def _belongs(trigger: Trigger, consumed: set[int], found: list[Trigger]) -> bool:
    """Return whether another trigger needs the word, or the noun that it completes: "a list of demands"."""
    token = trigger.token
    if token.i in consumed:
        return True
    linked = token.dep_ == "compound" or (token.dep_ == "nmod" and syntax.preposition(token) == "of")
    owners = [other for other in found if linked and token.head.i in other.consumed]
    return any(other.predicate.event_type == trigger.predicate.event_type for other in owners)
