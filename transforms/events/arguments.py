"""Who stands in which role of an event: slots of the construction, filled with mentions or plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from transforms.events import syntax, tables
from transforms.events.mentions import Mention, MentionIndex
from transforms.events.triggers import Trigger

PHRASE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "flat", "flat:name", "nmod:desc"})
STRUCK = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
ACTED_UPON = "@property|@land|@vessel|@road"
CORE = frozenset({"subject", "object"})


@dataclass(frozen=True)
class Filler:
    """What fills a role.

    Attributes:
        token: head word.
        mention: the mention that it stands for, None where no mention covers it.
    """

    token: Token
    mention: Mention | None

    @property
    def is_somebody(self) -> bool:
        """Whether it names or points to somebody, mention or not."""
        if self.mention is not None or self.token.lower_ in tables.word_class("personal"):
            return True
        return self.token.pos_ == "PROPN" and not syntax.has_lemma(self.token, tables.word_class("time"))

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in code points: of the mention if it stands in the sentence, else of the noun phrase."""
        if self.mention is not None and self.mention.start >= self.token.sent.start_char:
            return self.mention.start, self.mention.end
        return phrase(self.token)


def phrase(token: Token) -> tuple[int, int]:
    """Return start and end, in code points, of a noun phrase without the clauses that hang on it."""
    inside = [child for child in token.children if child.dep_ in PHRASE and child.tag_ not in ("POS", "IN", "TO")]
    first = min([token.i, *(child.left_edge.i for child in inside if child.i < token.i)])
    last = max([token.i, *(child.i for child in inside)])
    doc = token.doc
    while first < token.i and (doc[first].pos_ in ("PUNCT", "ADP") or doc[first].is_space):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def support(token: Token) -> Token | None:
    """Return the light verb that carries an event noun: "hold talks", "arrive for exercises"; None without one."""
    if token.dep_ == "compound":
        token = token.head
    head = token.head
    chain = {token.i}
    while head.pos_ == "NOUN" and syntax.preposition(token) == "of" and token.dep_ == "nmod" and head.i not in chain:
        chain.add(head.i)
        token, head = head, head.head
    if head.pos_ not in syntax.VERBAL or token.dep_ not in ("obj", "nsubj:pass", "obl", "nsubj", "nmod", "conj"):
        return head if token.dep_ == "acl" else None
    if token.dep_ == "nsubj":
        return None
    word = "" if token.dep_ in ("obj", "nsubj:pass") else syntax.preposition(token)
    return head if any((lemma, word) in _light() for lemma in syntax.lemmas(head)) else None


def _beside(filler: Filler, found: list[Filler]) -> bool:
    """Return whether plain words are coordinated with somebody; otherwise a parser has given them to the wrong verb."""
    tokens = {other.token for other in found if other.is_somebody}
    return filler.token.head in tokens or any(token.head == filler.token for token in tokens)


def _modifies(mention: Mention) -> bool:
    """Return whether an adjective or compound can say who acts: "Danish drills", but not "military drills"."""
    return mention.acts and (mention.country is not None or mention.entity_type != "GROUP")


def _receives(verb: Token) -> bool:
    """Return whether the subject of a light verb is the one acted upon: "drew criticism", "came under attack"."""
    return any(lemma in _receivers() for lemma in syntax.lemmas(verb))


@cache
def _receivers() -> frozenset[str]:
    return frozenset(row["lemma"] for row in tables.rows("light_verbs") if row["subject"] == "receiver")


@cache
def _light() -> frozenset[tuple[str, str]]:
    return frozenset((row["lemma"], row["preposition"]) for row in tables.rows("light_verbs"))


class Slots:
    """The slots of one trigger."""

    def __init__(self, trigger: Trigger, index: MentionIndex) -> None:
        """Look at the surroundings of a trigger."""
        self.token = trigger.token
        self.consumed = trigger.consumed
        self.index = index
        self.event_type = trigger.predicate.event_type
        self.verbal = self.token.pos_ in syntax.VERBAL or trigger.predicate.pos == "verb"
        self.light = None if self.verbal or trigger.predicate.pos == "adj" else support(self.token)

    def fill(self, slots: Iterable[str]) -> list[Filler]:
        """Return the fillers of the first slot that names somebody, else of the first that has any.

        A place after "in" or "near" is a side only where no other words are.
        """
        spare: list[Filler] = []
        for slot in slots:
            if spare and slot in tables.word_class("place_preposition"):
                continue
            found = [filler for token in self._tokens(slot) for filler in self._fillers(token)]
            found = [filler for filler in found if slot == "self" or self._fits(slot, filler)]
            if any(filler.is_somebody for filler in found):
                return [filler for filler in found if filler.is_somebody or (slot in CORE and _beside(filler, found))]
            spare = spare or [filler for filler in found if slot == "force" or self._may_stand(filler.token)]
        return spare

    def filled(self, tokens: Iterable[Token]) -> list[Filler]:
        """Return what words outside the slots stand for, where they name or point to somebody."""
        found = [filler for token in tokens for filler in self._fillers(token)]
        return [filler for filler in found if filler.is_somebody and filler.token.i != self.token.i]

    def _fillers(self, token: Token) -> list[Filler]:
        """Return what a word stands for; two parties for "French and Dutch officials"."""
        shared = self.index.sharing(token)
        return [Filler(token, mention) for mention in shared] or [Filler(token, self.index.actor(token))]

    def _fits(self, slot: str, filler: Filler) -> bool:
        """Regions and towns after "in" or "near" are places, not parties; no word is its own argument."""
        mention = filler.mention
        region = (
            mention is not None
            and mention.is_region
            and slot in (*tables.word_class("place_preposition"), *self._directions())
        )
        region = region and self.event_type != "ASSAULT"
        town = (
            mention is not None
            and mention.is_city
            and slot in tables.word_class("place_preposition")
            and self.event_type not in STRUCK
        )
        return filler.token.i != self.token.i and not (region or town)

    def _directions(self) -> tuple[str, ...]:
        """Where forces go is a place: "deployed to Eastern Europe"."""
        return ("to", "object.possessor") if self.event_type in ("MOBILIZE", "RETREAT") else ()

    def _may_stand(self, token: Token) -> bool:
        """Return whether words without a mention may fill a role: not time, not what the construction itself needs."""
        needed = token.i in self.consumed and not (syntax.is_person(token) or syntax.in_words(token, ACTED_UPON))
        bare_number = token.pos_ == "NUM" and not syntax.children(token, "det", "nmod")
        if needed or bare_number or token.lower_ in tables.word_class("indefinite") or token.pos_ in syntax.VERBAL:
            return False
        return not syntax.has_lemma(token, tables.word_class("time"))

    def _tokens(self, slot: str) -> list[Token]:
        if slot in CORE or slot == "force":
            return self._core(slot)
        if slot in ("self", "possessor", "owner", "adjective", "support", "receiver"):
            return self._nominal(slot)
        if slot in ("object.possessor", "complement"):
            return self._further(slot)
        return self._after(slot)

    def _further(self, slot: str) -> list[Token]:
        if slot == "complement":
            return self._complement()
        return [child for token in self._core("object") for child in syntax.children(token, "nmod:poss", "amod")]

    def _core(self, slot: str) -> list[Token]:
        if slot == "subject":
            return (
                syntax.agents(self.token) if self.token.pos_ in syntax.VERBAL else syntax.surface_subjects(self.token)
            )
        addressed = syntax.children(self.token, "iobj") if slot == "object" else []
        return [token for child in addressed for token in syntax.conjuncts(child)] or syntax.objects(self.token)

    def _complement(self) -> list[Token]:
        clause = syntax.complement(self.token)
        if clause is None:
            return []
        own = syntax.surface_subjects(self.token)
        doer = [token for token in syntax.surface_subjects(clause) if token not in own]
        return doer or syntax.objects(clause)

    def _nominal(self, slot: str) -> list[Token]:
        if slot == "self":
            return [self.token]
        if slot in ("support", "receiver"):
            fits = self.light is not None and _receives(self.light) == (slot == "receiver")
            return syntax.agents(self.light) if self.light is not None and fits else []
        if slot == "owner" and not any(word == "of" for word, _ in syntax.obliques(self.token)):
            return []
        if slot in ("possessor", "owner"):
            return [token for child in syntax.children(self.token, "nmod:poss") for token in syntax.conjuncts(child)]
        labels = ("amod", "compound", "nmod:desc", "nmod")
        found = [child for child in syntax.children(self.token, *labels) if not syntax.preposition(child)]
        if self.event_type in STRUCK and any(word == "of" for word, _ in syntax.obliques(self.token)):
            return [child for child in found if self.index.at(child) is not None or syntax.is_person(child)]
        mentions = [(token, self.index.at(token)) for child in found for token in syntax.conjuncts(child)]
        return [token for token, mention in mentions if mention is not None and _modifies(mention)]

    def _after(self, preposition: str) -> list[Token]:
        heads = [token for word, token in syntax.obliques(self.token) if word == preposition]
        if preposition == "to" and self.verbal:
            heads = [token for token in heads if token.i > self.token.i or token.dep_ != "obl"]
        if self.light is not None:
            heads += [token for word, token in syntax.obliques(self.light) if word == preposition]
        heads += [
            token
            for token in [*self._outer(), *self._adjacent(), *self._inner()]
            if syntax.preposition(token) == preposition
        ]
        found = [token for head in heads for token in syntax.conjuncts(head)]
        return [token for i, token in enumerate(found) if token not in found[:i] and token.i != self.token.i]

    def _adjacent(self) -> list[Token]:
        """The phrase that follows an event noun, where a parser has hung it higher: "fears amid drills near Malta"."""
        follows = self.token.i + 1
        if self.verbal or follows >= self.token.sent.end or self.token.doc[follows].dep_ != "case":
            return []
        noun = self.token.doc[follows].head
        return [noun] if noun.i > follows and noun.head.is_ancestor(self.token) else []

    def _inner(self) -> list[Token]:
        """Phrases below or beside an event noun: "a buildup of forces near", "riots and arson in"."""
        parts = [child for child in syntax.children(self.token, "nmod") if syntax.preposition(child) == "of"]
        parts += [child for child in syntax.children(self.token, "conj") if child.pos_ == "NOUN"]
        return [] if self.verbal else [phrase for part in parts for phrase in syntax.children(part, "nmod")]

    def _outer(self) -> list[Token]:
        """Phrases of the noun that an event noun completes: "a series of talks with Iran"."""
        head = self.token.head
        linked = self.token.dep_ == "compound" or syntax.preposition(self.token) == "of"
        if self.verbal or not linked or head.pos_ != "NOUN":
            return []
        return [child for child in syntax.children(head, "nmod") if child.i != self.token.i]
