"""Whether the act of a trigger took place: read off the path from the trigger up to the main verb.

The path follows factuality annotation (Sauri & Pustejovsky 2009, Language Resources and Evaluation 43:3): each word
that embeds the event may leave it a fact, make it a plan, a possibility or a denial; the strongest effect wins. Words
and effects stand in `status_operators.csv`.
"""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from transforms.events import lexicon, syntax, tables

YEAR = re.compile(r"(1[89]|20)\d\d")
EFFECTS = ("happened", "ongoing", "planned", "renounced", "denied", "hypothetical")
MODALS = ("will", "would", "maybe", "must")
COMPLETING = frozenset({"xcomp", "ccomp", "csubj"})
NEGATED = {"planned": "renounced", "denied": "happened"}
BOUND = frozenset(
    {
        "xcomp",
        "ccomp",
        "csubj",
        "csubj:pass",
        "acl",
        "acl:relcl",
        "advcl",
        "obj",
        "nsubj:pass",
        "obl",
        "nmod",
        "parataxis",
        "appos",
    }
)
PAST_SPEECH = frozenset({"VBD", "VBN"})


@dataclass(frozen=True)
class Reality:
    """What the path says.

    Attributes:
        status: happened, ongoing, planned, renounced, denied or hypothetical.
        embedded: the same, as the words above alone have it.
        negated: the trigger itself is negated.
        modal: kind of modal on the trigger: "", "will", "would", "maybe" or "must".
    """

    status: str
    embedded: str
    negated: bool
    modal: str


def reality(trigger: Token, carrier: Token | None = None) -> Reality:
    """Return whether the act of a trigger is a fact, and how it was qualified.

    Args:
        trigger: the word that names the event.
        carrier: the light verb that carries it, whose tense and negation are the event's.
    """
    node = carrier if carrier is not None else trigger
    modal, negated = modal_of(node), is_negated(node) or (node is not trigger and is_negated(trigger))
    found = [_own_effect(node, modal)]
    if carrier is not None or trigger.pos_ not in syntax.VERBAL:
        found.append(_described(trigger))
    path = _path(node if carrier is not None else trigger)
    return Reality(max([*found, *path], key=EFFECTS.index), max(path, key=EFFECTS.index), negated, modal)


def modal_of(node: Token) -> str:
    """Return the kind of modal auxiliary of a verb: "", will, would, maybe or must."""
    for child in node.children:
        if child.dep_ not in ("aux", "aux:pass") or child.i > node.i or _is_inverted(child, node):
            continue
        for kind in MODALS:
            if child.lower_ in tables.word_class(f"modal_{kind}"):
                return kind
    if node.dep_ == "conj" and not syntax.children(node, "nsubj", "aux", "nsubj:pass"):
        return modal_of(node.head) if node.head.pos_ in syntax.VERBAL and node.tag_ in ("VB", "VBN") else ""
    return ""


def _is_inverted(modal: Token, node: Token) -> bool:
    """Return whether "should" stands before its subject, which makes a condition of it: "should Russia choose"."""
    return modal.lower_ == "should" and any(child.i > modal.i for child in syntax.children(node, "nsubj", "nsubj:pass"))


def is_negated(node: Token) -> bool:
    """Return whether a verb or noun is negated: not, never, "no" before a noun, or a subject with "no"."""
    if any(
        child.lower_ in tables.word_class("negation") and child.dep_ in ("advmod", "det", "cc", "neg", "cc:preconj")
        for child in node.children
    ):
        return True
    subjects = syntax.children(node, "nsubj", "nsubj:pass")
    return any(grand.lower_ in ("no", "neither") for subject in subjects for grand in syntax.children(subject, "det"))


def _own_effect(node: Token, modal: str) -> str:
    if modal == "will":
        return "planned"
    if modal == "would":
        return "planned" if _reported_in_the_past(node) else "hypothetical"
    if modal or _is_subjunctive(node):
        return "hypothetical"
    if any(child.lower_ in ("going", "gon") for child in syntax.children(node, "aux")):
        return "planned"
    present = any(child.lower_ in ("is", "are", "am", "'s", "'re", "'m") for child in syntax.children(node, "aux"))
    return "ongoing" if (node.tag_ == "VBG" and present) or _stands(node) else "happened"


def _stands(node: Token) -> bool:
    """Return whether a participle describes where forces are: "troops massed near the border"."""
    return node.tag_ == "VBN" and node.dep_ == "acl" and syntax.has_lemma(node, tables.word_class("standing"))


def _is_subjunctive(node: Token) -> bool:
    """Return whether a verb stands after "were to", wherever the parser has hung it."""
    return node.i > 1 and [token.lower_ for token in node.doc[node.i - 2 : node.i]] == ["were", "to"]


def _reported_in_the_past(node: Token) -> bool:
    top = node
    while top.dep_ == "conj" and top.head.pos_ in syntax.VERBAL:
        top = top.head
    speech = tables.words("speech_verbs", "lemma")
    return top.dep_ in ("ccomp", "parataxis") and top.head.tag_ in PAST_SPEECH and syntax.has_lemma(top.head, speech)


def effect(token: Token) -> str:
    """Return the effect that a word has on the event it embeds; "happened" where the lookup states none."""
    pos = lexicon.POS.get(token.pos_, "")
    operators = _operators()
    return next(
        (operators[lemma, pos] for lemma in (*syntax.lemmas(token), token.lower_) if (lemma, pos) in operators),
        "happened",
    )


@cache
def _operators() -> dict[tuple[str, str], str]:
    return {(row["lemma"], row["pos"]): row["effect"] for row in tables.rows("status_operators")}


def _described(noun: Token) -> str:
    found = ["happened"]
    for child in syntax.children(noun, "amod", "compound", "acl"):
        if child.pos_ in ("ADJ", "VERB") and child.dep_ != "acl":
            known = {
                (lemma, pos) for lemma in (*syntax.lemmas(child), child.lower_) for pos in ("adj", "verb")
            } & _operators().keys()
            found.extend(_operators()[key] for key in sorted(known))
    return max((value for value in found if value != "factual"), key=EFFECTS.index)


def _path(node: Token) -> list[str]:
    """Effects of the words above a node, up to the main verb, a relative clause or a presupposition."""
    if _is_dated(node) or _is_backdrop(node):
        return ["happened"]
    found: list[str] = []
    for _ in range(12):
        if _conditional(node):
            found.append("hypothetical")
        head = node.head
        if node.dep_ == "ROOT" or head.i == node.i or (node.dep_ == "acl:relcl" and not _is_content(node)):
            break
        if node.dep_ in BOUND:
            value = _embedding(node, head)
            if value == "factual":
                break
            found.append(value)
        node = head
    return found or ["happened"]


def _embedding(node: Token, head: Token) -> str:
    value = "happened" if _is_told(node, head) else effect(head)
    if _kept_from(node):
        return "hypothetical"
    if node.dep_ in ("acl", "advcl", "acl:relcl") or (syntax.is_infinitive(node) and node.dep_ not in COMPLETING):
        return _adjunct(node, value)
    if node.pos_ not in syntax.VERBAL and node.dep_ in ("obl", "nmod") and value != "happened":
        return value if _linked(node, head) else "happened"
    if value == "factual" and node.pos_ in syntax.VERBAL:
        return "happened"
    if is_negated(head) and value in NEGATED:
        return NEGATED[value]
    return _under_verb(node, head) if value == "happened" and head.pos_ in syntax.VERBAL else value


def _is_told(node: Token, head: Token) -> bool:
    """Return whether a clause says what somebody was told is so, not what he was told to do."""
    told = node.dep_ == "ccomp" and syntax.has_lemma(head, tables.word_class("tell"))
    return told and not syntax.is_infinitive(node)


def _adjunct(node: Token, value: str) -> str:
    """An adjunct clause is a fact unless it is a purpose ("to help") or completes what stands above it."""
    if not syntax.is_infinitive(node):
        return value if _is_content(node) and value != "factual" else "happened"
    return "hypothetical" if value in ("happened", "factual") else value


def _is_content(node: Token) -> bool:
    """Return whether a clause says what its noun is about: "promises that", "the fear that", with no gap for it."""
    if any(child.lower_ == "that" and child.dep_ == "mark" for child in node.children):
        return True
    after = node.doc[min(node.head.i + 1, node.i)]
    filled = [child.dep_ for child in syntax.children(node, "nsubj", "nsubj:pass", "obj") if child.lower_ != "that"]
    return after.lower_ == "that" and ("nsubj:pass" in filled or {"nsubj", "obj"} <= set(filled))


def _under_verb(node: Token, head: Token) -> str:
    """Under a verb that embeds nothing the event shares the verb's own modality."""
    if node.dep_ not in ("obj", "xcomp", "nsubj:pass", "obl"):
        return "happened"
    own = _own_effect(head, modal_of(head))
    if is_negated(head):
        return "denied"
    return own if node.dep_ != "obl" or own == "hypothetical" else "happened"


def _is_dated(node: Token) -> bool:
    """An event noun with a year is a fact, whatever it is compared with: "its 2014 invasion"."""
    return node.pos_ == "NOUN" and any(YEAR.fullmatch(child.text) for child in node.children)


def _is_backdrop(node: Token) -> bool:
    """Return whether an event noun is the backdrop of whatever its clause hopes or plans: "amid a buildup"."""
    return (
        node.pos_ == "NOUN"
        and node.dep_ in ("obl", "nmod")
        and syntax.preposition(node) in tables.word_class("backdrop")
    )


def _kept_from(node: Token) -> bool:
    """What somebody is kept from or warned against does not take place: "kept him from leaving"."""
    return node.tag_ == "VBG" and any(
        child.lower_ in ("from", "against") and child.i < node.i for child in node.children
    )


def _linked(node: Token, head: Token) -> bool:
    return syntax.preposition(node) in (
        ("of", "for", "about") if head.pos_ == "NOUN" else ("for", "of", "on", "against", "to", "from", "with")
    )


def _conditional(node: Token) -> bool:
    first = node.left_edge
    asks = first.head == node or (first.head.head == node and first.head.pos_ not in syntax.VERBAL)
    if asks and first.lower_ in tables.word_class("asking") and node.dep_ in ("ccomp", "csubj", "obl", "advcl"):
        return True
    for child in node.children:
        if (
            child.dep_ in ("mark", "advmod", "cc")
            and child.lower_ in tables.word_class("condition")
            and child.i < node.i
        ):
            return True
        if child.dep_ == "aux" and _is_inverted(child, node):
            return True
        if (
            child.dep_ in ("mark", "advmod", "case", "fixed")
            and child.lower_ in ("long", "case", "event")
            and child.i < node.i
        ):
            return True
    return False
