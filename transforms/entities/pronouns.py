"""Pronouns whose antecedent is safe: the nearest fitting subject of the same or the sentence before."""

from spacy.tokens import Token

from transforms.entities.reading import Mention, Reading, children, root_of

SUBJECTS = ("nsubj", "nsubj:pass", "obl:agent")
FITTING = {
    "he": ("PERSON",), "him": ("PERSON",), "she": ("PERSON",), "her": ("PERSON",),
    "it": ("ORG", "GPE"), "they": ("GROUP", "NORP"), "them": ("GROUP", "NORP"),
}  # fmt: skip
MALE, FEMALE = ("mr.", "mr", "sir", "lord"), ("mrs.", "mrs", "ms.", "ms", "miss", "dame", "lady", "baroness")
GENDER = {"he": FEMALE, "him": FEMALE, "she": MALE, "her": MALE}
EXPLETIVE = ("expl", "nsubj:outer")


def pronoun_mentions(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return a mention for each personal pronoun with one clear antecedent; the others are left out.

    An antecedent is a subject, of an infinitive too, of the same sentence before the pronoun, else of the sentence
    before; where the nearest sentence has subjects of two entities that fit, nobody is chosen.
    """
    ordered = sorted(mentions, key=lambda mention: mention.first)
    subjects = [mention for mention in ordered if _is_subject(root_of(reading.doc, mention.first, mention.last))]
    against = _honorifics(mentions)
    found: list[Mention] = []
    for token in reading.doc:
        if token.lower_ in FITTING and token.tag_ == "PRP" and not _empty(token):
            owner = _antecedent(reading, token, [*subjects, *found], against)
            if owner is not None:
                found.append(Mention(token.i, token.i + 1, owner.entity_type, "pronoun", owner.name, key=owner.key))
    return found


def _is_subject(token: Token) -> bool:
    """Whether a word is a subject, that of an infinitive included: "they want Oslo to say that it agrees"."""
    if token.dep_ in SUBJECTS:
        return True
    clauses = [child for child in children(token.head, "xcomp", "ccomp") if child.i > token.i]
    return token.dep_ == "obj" and any(word.lower_ == "to" for clause in clauses for word in children(clause, "mark"))


def _honorifics(mentions: list[Mention]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.honorific:
            found.setdefault(mention.key, set()).add(mention.honorific)
    return found


def _empty(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is clear that"."""
    return token.lower_ == "it" and (token.dep_ in EXPLETIVE or token.head.pos_ == "ADJ")


def _antecedent(
    reading: Reading, token: Token, subjects: list[Mention], against: dict[str, set[str]]
) -> Mention | None:
    fitting = [
        subject
        for subject in subjects
        if subject.first < token.i
        and subject.entity_type in FITTING[token.lower_]
        and not against.get(subject.key, set()) & set(GENDER.get(token.lower_, ()))
    ]
    start = reading.sentence_start(token.i)
    here = [subject for subject in fitting if subject.first >= start]
    before_start = _start_before(reading, start)
    before = [subject for subject in fitting if before_start <= subject.first < start]
    for candidates in (here, before):
        if candidates:
            return candidates[-1] if len({c.key for c in candidates}) == 1 else None
    return None


def _start_before(reading: Reading, start: int) -> int:
    """The start of the sentence before, line breaks between them passed over."""
    token = start - 1
    while token > 0 and reading.doc[token].is_space:
        token -= 1
    return reading.sentence_start(token) if token >= 0 else 0
