"""Pronouns whose antecedent is safe: the nearest fitting subject of the same or the sentence before."""

from collections import defaultdict
from collections.abc import Mapping

from spacy.tokens import Token

from transforms.entities import quotes
from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading, children, root_of
from transforms.lookups import facts

SUBJECTS = ("nsubj", "nsubj:pass", "obl:agent")
EXPLETIVE = ("expl", "nsubj:outer")
CLAUSES = ("csubj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl")


def pronoun_mentions(reading: Reading, mentions: list[Mention], known: Mapping[str, Chain]) -> list[Mention]:
    """Return a mention for each personal pronoun with one clear antecedent; the others are left out.

    An antecedent is a subject, of an infinitive too, of the same sentence before the pronoun, else of the sentence
    before; where the nearest sentence has subjects of two entities that fit, nobody is chosen. "I" and "we" in a quote
    are who says it and his side (`quotes`).

    Args:
        reading: the document.
        mentions: its other mentions.
        known: what is known of each chain by its key.
    """
    ordered = sorted(mentions, key=lambda mention: mention.first)
    subjects = [mention for mention in ordered if _is_subject(root_of(reading.doc, mention.first, mention.last))]
    speakers = quotes.Speakers(reading, subjects)
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    for subject in subjects:
        by_sentence[reading.sentence_start(subject.first)].append(subject)
    genders = _genders(mentions)
    found: list[Mention] = []
    for token in reading.doc:
        if token.tag_ != "PRP" or _empty(token):
            continue
        fits = facts.words("pronouns", "text", "fits").get(token.lower_, "")
        if fits in quotes.FIRST_PERSON:
            owner = speakers.meant(token.i, fits, known)
        else:
            owner = _antecedent(reading, token, fits.split(), by_sentence, genders)
        if owner is not None:
            found.append(_mention(token, owner))
            by_sentence[reading.sentence_start(token.i)].append(found[-1])
    return found


def _mention(token: Token, owner: Mention) -> Mention:
    return Mention(
        token.i, token.i + 1, owner.entity_type, "pronoun", owner.name, key=owner.key, country=owner.country,
        single=owner.single,
    )  # fmt: skip


def _is_subject(token: Token) -> bool:
    """Whether a word is a subject or in apposition to one, that of an infinitive too: "they want Oslo to say so"."""
    if token.dep_ == "appos":
        return _is_subject(token.head)
    if token.dep_ in SUBJECTS:
        return True
    clauses = [child for child in children(token.head, "xcomp", "ccomp") if child.i > token.i]
    return token.dep_ == "obj" and any(word.lower_ == "to" for clause in clauses for word in children(clause, "mark"))


def _genders(mentions: list[Mention]) -> Mapping[str, set[str]]:
    """The gender of each chain as honorifics and kinship nouns tell it."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        words = {mention.honorific, facts.fold(mention.description or "")}
        for gender in ("male", "female"):
            if words & facts.words_of("entity_words", gender):
                found.setdefault(mention.key, set()).add(gender)
    return found


def _empty(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is clear that", "it remains to be seen", "they found it hard to"."""
    if token.lower_ != "it":
        return False
    head = token.head
    if token.dep_ in EXPLETIVE or head.pos_ == "ADJ" or any(c.pos_ == "ADJ" for c in children(head, "xcomp")):
        return True
    clause = any(child.i > head.i for child in children(head, *CLAUSES))
    said = token.dep_ == "nsubj:pass" and clause
    noun = head.pos_ in ("NOUN", "NUM", "PROPN") and bool(children(head, "cop"))
    return said or noun or (head.lemma_ in facts.words_of("entity_words", "impersonal verb") and clause)


def _antecedent(
    reading: Reading,
    token: Token,
    types: list[str],
    by_sentence: Mapping[int, list[Mention]],
    genders: Mapping[str, set[str]],
) -> Mention | None:
    against = facts.words("pronouns", "text", "against").get(token.lower_, "")
    start = reading.sentence_start(token.i)
    for sentence in (start, _start_before(reading, start)):
        fitting = [
            subject
            for subject in by_sentence.get(sentence, [])
            if subject.first < token.i
            and not _of_one_verb(reading, subject, token)
            and ("PERSON" in types if subject.single else subject.entity_type in types)
            and (not against or against not in genders.get(subject.key, set()))
        ]
        if fitting:
            return fitting[-1] if len({subject.key for subject in fitting}) == 1 else None
    return None


def _of_one_verb(reading: Reading, subject: Mention, token: Token) -> bool:
    """Whether both hang on one verb: who praises her is another than she."""
    return root_of(reading.doc, subject.first, subject.last).head == token.head


def _start_before(reading: Reading, start: int) -> int:
    """The start of the sentence before, line breaks between them passed over."""
    token = start - 1
    while token > 0 and reading.doc[token].is_space:
        token -= 1
    return reading.sentence_start(token) if token >= 0 else 0
