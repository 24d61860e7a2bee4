"""Parties of an event that stand outside its own phrase: who is convicted of it, whose raid it was done in."""

from spacy.tokens import Token

from transforms.events import lexicon, syntax, tables

HARM = frozenset({"ASSAULT", "COERCE"})


def doers(trigger: Token, light: Token | None) -> list[Token]:
    """Return who may have done what a trigger without an actor names; empty where nobody is named.

    Args:
        trigger: the word that names the event.
        light: the verb that carries it, if it is a noun with one.
    """
    if trigger.pos_ in syntax.VERBAL and syntax.is_passive(trigger):
        return _raiders(trigger)
    if light is not None:
        return _raiders(light) if syntax.is_passive(light) else []
    return _guilty(trigger) or _users(trigger) or _comrades(trigger)


def _raiders(verb: Token) -> list[Token]:
    """Return whose operation a passive verb tells the result of: "was held in a police raid"."""
    occasions = [
        noun for word, noun in syntax.obliques(verb) if word in tables.word_class("occasion") and _is_harm(noun)
    ]
    return [
        child
        for noun in occasions
        for child in noun.children
        if child.dep_ in ("nmod:poss", "amod", "compound") or syntax.preposition(child) == "by"
    ]


def _is_harm(noun: Token) -> bool:
    return any(row.event_type in HARM for row in lexicon.entries("noun", syntax.lemmas(noun)))


def _guilty(trigger: Token) -> list[Token]:
    """Return who is convicted of an act or admits it: "was jailed for the murder of", "pleaded guilty to arson"."""
    node = trigger
    while node.dep_ in ("compound", "conj", "nmod", "acl", "advcl", "xcomp") and node.head.pos_ not in syntax.VERBAL:
        node = node.head
    verb = node.head
    word = syntax.preposition(node)
    linked = node.dep_ in ("obl", "nmod", "obj", "advcl", "xcomp", "ccomp")
    linked = linked and (not word or word in tables.word_class("charged_with"))
    if verb.pos_ not in syntax.VERBAL or not linked:
        return []
    if syntax.has_lemma(verb, tables.word_class("admit")):
        return syntax.surface_subjects(verb)
    return syntax.objects(verb) if syntax.has_lemma(verb, tables.word_class("convict")) else []


def _users(trigger: Token) -> list[Token]:
    """Return who acts by means of an event noun or sits in it: "retaliated with strikes", "said at a meeting with"."""
    verb, word = trigger.head, syntax.preposition(trigger)
    fits = word in tables.word_class("means") or (word in tables.word_class("sitting") and _is_talk(trigger))
    adjunct = trigger.pos_ == "NOUN" and trigger.dep_ == "obl" and fits
    return syntax.surface_subjects(verb) if adjunct and not syntax.is_passive(verb) else []


def _is_talk(noun: Token) -> bool:
    """Return whether a noun names talks with somebody."""
    met = any(syntax.preposition(child) in ("with", "alongside") for child in syntax.children(noun, "nmod"))
    return met and any(row.event_type == "CONSULT" for row in lexicon.entries("noun", syntax.lemmas(noun)))


def _comrades(trigger: Token) -> list[Token]:
    """Return the forces that the sentence names before: "Russian jets took off and warships sailed for exercises"."""
    before = [token for token in trigger.doc[trigger.sent.start : trigger.i] if token.dep_ in ("nsubj", "nsubj:pass")]
    return [token for token in before[::-1] if syntax.denotes(token, "@troops|@weapon")] if _is_move(trigger) else []


def _is_move(trigger: Token) -> bool:
    return any(row.event_type == "MOBILIZE" for row in lexicon.entries("noun", syntax.lemmas(trigger)))


def conditioned(trigger: Token) -> list[Token]:
    """Return the subjects of the conditions of a clause: "if Peru does not yield, Chile will strike"."""
    tops = [trigger, *(token for token in trigger.ancestors if token.pos_ in syntax.VERBAL)]
    clauses = [clause for top in tops for clause in syntax.children(top, "advcl") if _is_condition(clause)]
    return [subject for clause in clauses for subject in syntax.surface_subjects(clause)]


def _is_condition(clause: Token) -> bool:
    return any(child.lower_ in tables.word_class("condition") and child.i < clause.i for child in clause.children)
