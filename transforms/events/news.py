"""Whether an event without a date is news of the day of publication, read off the verb that carries its tense."""

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from transforms.events import attribution, syntax, tables
from transforms.events.arguments import support
from transforms.events.date_words import words
from transforms.events.tenses import is_perfect, tense_of

LEAD = 2


def is_news(trigger: Token, status: str) -> bool:
    """Return whether an event without a date is news of the day of publication.

    That are a main verb in the past, and what goes on in the present. A perfect, a relative clause in the past and a
    bare noun may tell of any day before, but for the first sentence of a text and what has happened "repeatedly".

    Args:
        trigger: the word that names the event.
        status: of the event.
    """
    if status == "planned":
        return False
    verb = _finite(trigger)
    if status == "threatened" and tense_of(verb) == "future":
        spoken = attribution.speech_verb(trigger)
        if spoken is None:
            return True
        verb = spoken
    verbs = [verb, *syntax.children(verb, "aux", "aux:pass", "cop")]
    if is_perfect(verb):
        lasts = any(child.lower_ in words("lasting") for child in verb.children)
        return lasts or verb.tag_ == "VBG" or (verb.dep_ == "ROOT" and _opens_text(verb))
    if any(one.tag_ == "MD" for one in verbs):
        return False
    if any(one.tag_ in ("VBZ", "VBP") for one in verbs):
        return True
    is_earlier = verb.dep_ == "acl:relcl" or any(
        child.lower_ in words("sequel") or syntax.has_lemma(child, tables.word_class("earlier"))
        for child in verb.children
    )
    return not is_earlier and any(one.tag_ == "VBD" for one in verbs)


def _finite(trigger: Token) -> Token:
    """Return the verb whose tense is the trigger's: its light verb, the verb above its participle or infinitive."""
    token = support(trigger) if trigger.pos_ in ("NOUN", "PROPN") else trigger
    token = token if token is not None else _holder(trigger)
    for above in _uppers(token):
        token = above
    return token


def _holder(noun: Token) -> Token:
    """Return the verb of a state that a noun is in, "they have deployments there", else the noun itself."""
    verb = _verb_above(noun)
    is_part = noun.dep_ == "obj" and verb.tag_ == "VBG"
    return verb if is_part or verb.lemma_.lower() in words("holding") else noun


def _verb_above(noun: Token) -> Token:
    while noun.dep_ in ("nmod", "compound", "conj") and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun.head


def _uppers(token: Token) -> Iterator[Token]:
    """Yield the verbs above a participle or infinitive that tell of the same time."""
    while token.tag_ in ("VBG", "VB", "VBN") and not syntax.children(token, "aux", "aux:pass", "nsubj"):
        head = token.head
        if token.dep_ == "acl" and head.pos_ == "NOUN":
            head = _verb_above(head) if token.tag_ == "VBG" else _holder(head)
        if head == token or head.pos_ not in syntax.VERBAL or token.dep_ not in ("advcl", "acl", "xcomp", "conj"):
            return
        token = head
        yield token


def _opens_text(token: Token) -> bool:
    """Return whether a word stands in the first two sentences of its text."""
    told = (sent.start for sent in token.doc.sents if not sent.text.isspace())
    return token.sent.start in islice(told, LEAD)
