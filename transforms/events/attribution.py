"""Who says so: the speaker of the clause that reports an event, and whether the words are his own."""

from spacy.tokens import Doc, Token

from transforms.events import syntax, tables


def speaker(trigger: Token) -> Token | None:
    """Return who is said to have stated the event: subject of the nearest speech verb above it, or "according to"."""
    verb = speech_verb(trigger)
    return _according(trigger) if verb is None else _subject(verb, trigger)


def speech_verb(trigger: Token) -> Token | None:
    """Return the verb that reports the event: the nearest above it, or one that follows its clause."""
    node = trigger
    while node.dep_ != "ROOT" and node.head.i != node.i:
        if node.dep_ in ("ccomp", "parataxis", "dep") and _is_speech(node.head):
            return node.head
        node = node.head
    return _inverted(node, trigger)


def addressees(trigger: Token) -> list[Token]:
    """Return whom the clauses around a trigger are told: "told Peru that it would", "as she told Peru, she will"."""
    clauses = [trigger, *trigger.ancestors]
    told = [*trigger.ancestors, *(child for clause in clauses for child in syntax.children(clause, "advcl"))]
    return [heard for verb in told if _is_speech(verb) for heard in syntax.children(verb, "obj", "iobj")]


def _is_speech(token: Token) -> bool:
    return token.pos_ in syntax.VERBAL and syntax.has_lemma(token, tables.words("speech_verbs", "lemma"))


def _subject(verb: Token, trigger: Token) -> Token | None:
    found = syntax.surface_subjects(verb)
    return next((token for token in found if token.i != trigger.i), None)


def _inverted(root: Token, trigger: Token) -> Token | None:
    verbs = [child for child in syntax.children(root, "parataxis") if _is_speech(child)]
    quotes = [verb for verb in verbs if verb.i > trigger.i and verb.i != trigger.i and syntax.complement(verb) is None]
    return next((verb for verb in quotes if _subject(verb, trigger) is not None), None)


def _according(trigger: Token) -> Token | None:
    sentence = trigger.sent
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor(1).lower_ == "to":
            named = [child for child in sentence if child.i > token.i + 1 and child.pos_ in ("NOUN", "PROPN")]
            heads = [word for word in named if word.dep_ not in ("compound", "amod", "flat", "nmod:poss")]
            return heads[0] if heads else None
    return None


def quoted_tokens(doc: Doc) -> frozenset[int]:
    """Return the indices of tokens inside double quotation marks; a line break closes what was left open."""
    inside: set[int] = set()
    open_ = False
    for token in doc:
        if "\n" in token.text:
            open_ = False
        elif token.text in ('"', "``", "''", "\u201c", "\u201d"):
            open_ = token.text in ("``", "\u201c") or (token.text == '"' and not open_)
        elif open_:
            inside.add(token.i)
    return frozenset(inside)
