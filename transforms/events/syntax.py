"""Clauses over UD trees: who stands where around a verb, whatever the construction.

Labels follow Universal Dependencies v2 (de Marneffe et al. 2021, Computational Linguistics 47:2). Parsers err most on
attachment, so a slot looks at the places where a parser may have put the words, nearest reading first.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.events import tables
from transforms.events.inflection import noun_lemmas, verb_lemmas

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
VERBAL = frozenset({"VERB", "AUX"})
CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "parataxis"})
CLAUSES = ("acl", "xcomp", "ccomp")
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl"})


def children(token: Token, *deps: str) -> list[Token]:
    """Return the children of a token with one of the labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def lemmas(token: Token) -> tuple[str, ...]:
    """Return the base forms that a token may have, as its part of speech allows, of a hyphenated noun as a whole first.

    The parser takes "sit-in" for three words, of which the first or the last stands for the noun.
    """
    form = token.lower_
    if token.pos_ in VERBAL:
        return verb_lemmas(form)
    whole = _hyphenated(token)
    return (*noun_lemmas(whole), *noun_lemmas(form)) if whole else noun_lemmas(form)


def _hyphenated(token: Token) -> str:
    """Return the two parts of a hyphenated noun that a token stands for: "build-up"; "" where it is no such word."""
    doc, i = token.doc, token.i
    for first in (i - 2, i):
        parts = [doc[j] for j in range(max(first, 0), min(first + 3, len(doc)))]
        joined = len(parts) == 3 and parts[1].text == "-" and not (parts[0].whitespace_ or parts[1].whitespace_)
        if token.pos_ == "NOUN" and joined and (parts[0].head == token or parts[2].head == token):
            return f"{parts[0].lower_}-{parts[2].lower_}"
    return ""


def has_lemma(token: Token, wanted: frozenset[str]) -> bool:
    """Return whether one of the token's base forms is among the wanted ones."""
    return token.lower_ in wanted or any(lemma in wanted for lemma in lemmas(token))


def preposition(token: Token) -> str:
    """Return the preposition that introduces a nominal, lower case; "" where there is none."""
    cases = [child for child in children(token, "case", "mark") if child.i < token.i and child.tag_ != "POS"]
    if not cases:
        return ""
    after = token.doc[cases[0].i + 1].lower_
    return after if cases[0].lower_ == "out" and after == "of" else cases[0].lower_


def conjuncts(token: Token) -> list[Token]:
    """Return a nominal and the nominals coordinated with it."""
    found = [token]
    for child in children(token, "conj"):
        if child.pos_ in NOMINAL and not any(grand.dep_ in SUBJECTS for grand in child.children):
            found.extend(conjuncts(child))
    return found


def misread_subjects(verb: Token) -> list[Token]:
    """Return the subjects of a clause that a parser has read as a noun phrase, its verb as an adjective of the object.

    "Norway imposed sanctions": a participle before a noun that has a subject to its left is the verb of that noun.
    """
    if verb.dep_ != "amod" or verb.tag_ not in ("VBD", "VBN") or verb.head.i < verb.i:
        return []
    return [child for owner in (verb, verb.head) for child in children(owner, "nsubj") if child.i < verb.i]


def is_passive(verb: Token) -> bool:
    """Return whether a verb is passive: marked so, or a bare past participle after its noun."""
    if misread_subjects(verb):
        return False
    if any(child.dep_ in ("nsubj:pass", "aux:pass") for child in verb.children) or _shares_passive(verb):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" for child in verb.children):
        return False
    return verb.dep_ in ("acl", "advcl", "amod", "xcomp") and not children(verb, "obj", "nsubj")


def _shares_passive(verb: Token) -> bool:
    """Return whether a participle stands under the auxiliary of the one before it: "were found and confiscated"."""
    bare = verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "aux", "nsubj", "obj")
    return bare and verb.head.i < verb.i and (bool(children(verb.head, "aux:pass")) or _shares_passive(verb.head))


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative or reduced relative clause belongs to."""
    return verb.head if verb.dep_.startswith("acl") and verb.head.i != verb.i else None


def _overt_subjects(verb: Token) -> list[Token]:
    found = []
    strayed = [child for helper in children(verb, "aux", "aux:pass") for child in children(helper, "nsubj")]
    for child in [*children(verb, "nsubj", "nsubj:pass"), *strayed]:
        noun = antecedent(_clause_top(verb))
        if child.lower_ in tables.word_class("relative") and child.pos_ != "NOUN":
            noun = noun or _noun_before(child)
            found.extend(conjuncts(noun) if noun is not None else [child])
        else:
            found.extend(conjuncts(_not_a_day(child)))
    return found


def _not_a_day(subject: Token) -> Token:
    """Return the noun before a day that a parser took for the subject: "Lawmakers Tuesday endorsed it"."""
    before = subject.doc[subject.i - 1] if subject.i > subject.sent.start else subject
    is_day = has_lemma(subject, tables.word_class("time")) and subject.pos_ == "PROPN"
    return before if is_day and before.pos_ in ("NOUN", "PROPN") else subject


def _noun_before(relative: Token) -> Token | None:
    """Return the noun that a relative pronoun follows, where the parser has hung its clause elsewhere."""
    start = max(relative.sent.start, relative.i - 3)
    before = [token for token in relative.doc[start : relative.i] if not token.is_punct]
    if not before or before[-1].pos_ not in ("NOUN", "PROPN") or relative.lower_ == "that":
        return None
    noun = before[-1]
    while noun.head.i > noun.i and noun.head.i < relative.i and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun.head if noun.dep_ in ("flat", "appos") else noun


def _clause_top(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        verb = verb.head
    return verb


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the tokens that stand as subject of a verb, found through control, sharing and relative clauses."""
    overt = _overt_subjects(verb) or [noun for child in misread_subjects(verb) for noun in conjuncts(child)]
    if overt or depth > 6 or verb.dep_ == "ROOT" or children(verb, "expl"):
        return overt
    head = verb.head
    if verb.dep_ == "acl:relcl":
        return [] if _subject_of_relative(verb) is None else conjuncts(head)
    if verb.dep_ == "acl":
        return _subject_of_participle(verb, depth)
    if verb.dep_ in ("xcomp", "ccomp", "csubj", "advcl", "conj", "parataxis", "dep", "obl"):
        return _inherited(verb, head, depth)
    return []


def _subject_of_relative(verb: Token) -> Token | None:
    return (
        None
        if any(child.lower_ in tables.word_class("relative") and child.dep_ == "obj" for child in verb.children)
        else verb.head
    )


def _subject_of_participle(verb: Token, depth: int) -> list[Token]:
    if verb.tag_ in ("VBG", "VBN") or is_passive(verb):
        return conjuncts(verb.head)
    governor = verb.head.head
    possessors = children(verb.head, "nmod:poss")
    return possessors or (surface_subjects(governor, depth + 1) if governor.pos_ in VERBAL else [])


def _inherited(verb: Token, head: Token, depth: int) -> list[Token]:
    if head.pos_ not in VERBAL and not children(head, "nsubj", "cop"):
        return conjuncts(head) if verb.dep_ in ("advcl", "dep") and verb.tag_ == "VBG" else []
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VB"):
        return []
    if beside := _participle_beside(verb, head):
        return surface_subjects(beside, depth + 1)
    if verb.dep_ not in ("conj", "advcl", "parataxis") or _is_charge(verb):
        controllers = [child for child in children(head, "obj", "iobj") if child.i < verb.i]
        if controllers and not is_passive(head):
            return conjuncts(controllers[0])
    return surface_subjects(head, depth + 1)


def _participle_beside(verb: Token, head: Token) -> Token | None:
    """Return the participle that another one is coordinated with, where a parser has hung it on the clause above.

    "They worry about Peru massing troops and conducting drills": "conducting" goes with "massing".
    """
    if verb.dep_ != "conj" or verb.tag_ != "VBG" or head.tag_ == "VBG" or children(verb, "aux"):
        return None
    before = [child for child in children(head, "advcl", "ccomp", "xcomp", "acl") if head.i < child.i < verb.i]
    return before[-1] if before and before[-1].tag_ == "VBG" else None


def _is_charge(verb: Token) -> bool:
    """Return whether a clause says what its object did: "took Peru to task for having sent ships"."""
    charged = any(child.lower_ in ("for", "of") and child.dep_ in ("mark", "case") for child in verb.children)
    named = any(child.pos_ == "PROPN" and child.i < verb.i for child in children(verb.head, "obj"))
    return verb.dep_ == "advcl" and charged and named


def agents(verb: Token) -> list[Token]:
    """Return who acts: the subject of an active verb, the by-phrase of a passive one."""
    if not is_passive(verb):
        return surface_subjects(verb)
    phrases = [child for child in children(verb, "obl:agent", "obl", "nmod") if preposition(child) == "by"]
    return [token for child in phrases for token in conjuncts(child)]


def objects(verb: Token) -> list[Token]:
    """Return what is acted upon: object, subject of a passive, antecedent of a relative, shared object."""
    if is_passive(verb):
        return surface_subjects(verb)
    if misread_subjects(verb):
        return conjuncts(verb.head)
    found = [token for child in children(verb, "obj") or children(verb, "iobj") for token in conjuncts(child)]
    relative = [token for token in found if token.lower_ in tables.word_class("relative")]
    noun = antecedent(_clause_top(verb))
    if noun is not None and relative:
        return conjuncts(noun)
    if found:
        return found
    if verb.dep_ == "acl:relcl" and noun is not None and noun not in surface_subjects(verb):
        return conjuncts(noun)
    return _shared_objects(verb)


def _shared_objects(verb: Token) -> list[Token]:
    later = [child for child in children(verb, "conj") if child.pos_ in VERBAL and child.i - verb.i <= 3]
    return [token for child in later for obj in children(child, "obj") for token in conjuncts(obj)]


def obliques(verb: Token) -> list[tuple[str, Token]]:
    """Return the prepositional phrases of a verb as (preposition, head), those of its object after its own."""
    own = children(verb, "obl", "nmod", "advmod", "obl:agent", "obl:unmarked", "advcl", "xcomp", "ccomp", "dep", "acl")
    if misread_subjects(verb):
        own += children(verb.head, "nmod", "obl")
    found = [(preposition(child), child) for child in own if preposition(child)]
    below = [
        grand
        for child in children(verb, "obj", "obl", "nsubj:pass", "obl:tmod")
        if child.dep_ != "obl" or child.i > verb.i or verb.pos_ not in VERBAL
        for grand in children(child, "nmod", "obl")
    ]
    below += [great for grand in below if preposition(grand) == "of" for great in children(grand, "nmod")]
    return [*found, *((preposition(token), token) for token in below if preposition(token))]


def complement(verb: Token) -> Token | None:
    """Return the head of the clause that completes a verb, that of its object's infinitive included."""
    found = [
        child for child in children(verb, "xcomp", "ccomp", "csubj", "advcl") if child.i > verb.i and _completes(child)
    ]
    inner = [grand for child in children(verb, "obj", "obl", "iobj") for grand in children(child, *CLAUSES)]
    below = [clause for clause in inner if clause.i > verb.i and clause.pos_ in VERBAL and is_infinitive(clause)]
    return next(iter([*found, *below]), None)


def _completes(clause: Token) -> bool:
    if clause.dep_ in ("advcl", "csubj"):
        return clause.pos_ in VERBAL and is_infinitive(clause)
    return clause.pos_ in VERBAL or bool(children(clause, "cop", "nsubj"))


def is_infinitive(clause: Token) -> bool:
    """Return whether a clause is introduced by "to"."""
    return any(child.lower_ == "to" and child.dep_ in ("mark", "aux", "case") for child in clause.children)


def modifiers(token: Token) -> Iterator[Token]:
    """Yield the words that describe a noun or verb: adjectives, compounds, of-phrases, predicates, adverbs."""
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod", "xcomp", "advmod", "nmod:poss", "appos", "acl", "nummod", "det"):
            yield child
            if child.dep_ in ("amod", "compound", "nmod", "xcomp"):
                yield from (grand for grand in child.children if grand.dep_ in ("amod", "compound", "nmod", "conj"))


def in_words(token: Token, wanted: str) -> bool:
    """Return whether a token is one of the words or of the classes in a constraint such as "tie|@aid"."""
    return any(
        has_lemma(token, tables.word_class(word[1:])) if word.startswith("@") else has_lemma(token, frozenset({word}))
        for word in wanted.split("|")
    )


def is_person(token: Token) -> bool:
    """Return whether a word means people: a personal pronoun, or a noun that `agents.csv` lists."""
    known = tables.words("agents", "text")
    return token.lower_ in tables.word_class("personal") or any(
        form in known for form in (token.lower_, *lemmas(token))
    )


def denotes(token: Token, wanted: str) -> bool:
    """Return whether a noun, or a compound or of-phrase that says what it is made of, meets a constraint."""
    if in_words(token, wanted):
        return True
    parts = [
        child for child in token.children if child.dep_ in ("compound", "amod") or preposition(child) in ("of", "in")
    ]
    return any(in_words(part, wanted) for part in parts if part.dep_ in ("compound", "nmod", "obl", "amod"))
