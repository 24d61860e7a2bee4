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
    if has_modal(token):
        return _modal(token, auxiliaries)
    tags = {verb.tag_ for verb in (*auxiliaries, token)}
    if is_perfect(token):
        return "past"
    if _is_planned(token) or (tags == {"VB"} and token.dep_ == "ROOT" and not _has_subject(token)):
        return "future"
    if "VBD" in tags or ("VBN" in tags and token.dep_ in ("acl", "amod")):
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else None


def _modal(token: Token, auxiliaries: list[Token]) -> Tense:
    if _will(auxiliaries):
        return "future"
    return "past" if is_perfect(token) else "present" if token.tag_ == "VBG" else "future"


def _has_subject(token: Token) -> bool:
    return any(child.dep_ == "nsubj" for child in token.children)


def has_modal(token: Token) -> bool:
    """Return whether a verb stands under a modal verb."""
    return any(child.tag_ == "MD" and child.dep_ in AUXILIARIES for child in token.children)


def is_perfect(token: Token) -> bool:
    """Return whether a verb stands in the perfect, or is coordinated with one: "has sent tanks and offered help"."""
    if any(child.dep_ == "aux" and child.lower_ in words("perfect") for child in token.children):
        return True
    shares = token.dep_ == "conj" and token.tag_ in ("VBN", "VBD")
    own = any(child.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass") for child in token.children)
    return shares and not own and is_perfect(token.head)


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
