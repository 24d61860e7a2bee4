"""The time that a verb or event noun speaks of: past, present or future."""

from spacy.tokens import Token

from transforms.events.date_words import words
from transforms.events.intervals import Tense

AUXILIARIES = {"aux", "aux:pass", "cop"}


def tense_of(token: Token, otherwise: Tense = "past") -> Tense:
    """Return the tense of the clause that a token heads or stands in; `otherwise` where no verb shows one.

    A modal, "going to", and an infinitive under a verb of planning speak of the future; any other infinitive and
    participle speaks of the time of the verb above it.
    """
    for _ in range(len(token.doc)):
        tense = _own(token)
        if tense is not None:
            return tense
        if token.head == token:
            break
        token = token.head
    return otherwise


def _own(token: Token) -> Tense | None:
    """Return the tense that the token itself, its auxiliaries or its modifiers show; None to look above."""
    auxiliaries = [child for child in token.children if child.dep_ in AUXILIARIES]
    if any(child.tag_ == "MD" for child in auxiliaries):
        return "past" if _perfect(auxiliaries) and not _will(auxiliaries) else "future"
    if _is_planned(token):
        return "future"
    for verb in (*auxiliaries, token):
        if verb.tag_ == "VBD":
            return "past"
    if _perfect(auxiliaries):
        return "past"
    if any(verb.tag_ in ("VBZ", "VBP") for verb in (*auxiliaries, token)):
        return "present"
    return "past" if token.tag_ == "VBN" and token.dep_ in ("acl", "amod") else None


def _perfect(auxiliaries: list[Token]) -> bool:
    return any(child.lower_ in ("have", "has", "had", "'ve") for child in auxiliaries if child.dep_ == "aux")


def _will(auxiliaries: list[Token]) -> bool:
    return any(child.lower_ in ("will", "wo", "'ll") for child in auxiliaries)


def _is_planned(token: Token) -> bool:
    if any(child.dep_ == "amod" and child.lemma_.lower() in _planning() for child in token.children):
        return True
    if token.lemma_ == "go" and token.tag_ == "VBG":
        return any(child.dep_ == "xcomp" for child in token.children)
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return token.lemma_.lower() in _planning()
    is_infinitive = any(child.tag_ == "TO" for child in token.children)
    return is_infinitive and (token.head.lemma_.lower() in _planning() or _is_going(token.head))


def _is_going(token: Token) -> bool:
    return token.lemma_ == "go" and token.tag_ == "VBG"


def _planning() -> dict[str, str]:
    return words("planning")
