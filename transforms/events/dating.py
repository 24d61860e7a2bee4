"""Which days an event gets: an expression of its sentence, else the day of publication where it is news of that day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from transforms.events import attribution, date_distances, syntax, tables
from transforms.events.arguments import support
from transforms.events.date_words import words
from transforms.events.dates import DateExpression, inside_noun, reread
from transforms.events.intervals import Interval, Tense
from transforms.events.tenses import is_perfect, tense_of

GOVERNED = {
    "obl", "obl:unmarked", "obl:tmod", "nmod", "nmod:unmarked", "nmod:tmod", "nmod:poss", "advmod", "nummod",
    "compound", "amod", "dep",
}  # fmt: skip
REPORTED = {"ccomp", "parataxis"}
CLAUSAL = {"conj", "xcomp", "advcl", "acl", "ccomp", "parataxis", "acl:relcl", "csubj"}
UNMARKED = {"obl:unmarked", "obl:tmod", "nmod:unmarked", "nmod:tmod", "advmod", "dep"}
OWNING = frozenset({"of", "from"})
Days = dict[str, date | str | None]
Fits = Callable[[Token, Token], bool]


def date_of(
    trigger: Token, found: list[DateExpression], published_on: date | None, status: str
) -> DateExpression | None:
    """Return the expression that dates a trigger, read in its tense; None where none of the sentence's does.

    It is the nearest one that depends on the trigger, else one that depends on a word of the same clause, else one
    that depends on the clause above when the trigger's own clause has none. A threat has the date of its utterance.

    Args:
        trigger: the word that names the event.
        found: the date expressions of its sentence.
        published_on: the day of publication.
        status: of the event.
    """
    tense: Tense = "future" if status == "planned" else tense_of(trigger, "past")
    plain = [one for one in found if one.match.rule.name != "offset"]
    is_announced = status == "threatened" and tense == "future"
    own = None if is_announced else _own(trigger, plain)
    if own is None and (beside := _beside_another(trigger, found, published_on)) is not None:
        return beside
    if own is None and not (_is_background(trigger) or _tells_before(trigger)):
        is_plan = tense == "future" and _clause(trigger).dep_ in REPORTED and not is_announced
        own = None if is_plan else _above(trigger, plain)
        tense = "past" if is_announced else tense
    return reread(own, trigger.doc, tense) if own else None


def _own(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    fits = _inside if _is_background(trigger) else _same_clause
    own = _nearest(trigger, found, _depends_on) or _nearest(trigger, found, fits) or _since(trigger, found)
    if own is None and trigger.dep_ == "ROOT" and trigger.pos_ == "NOUN":
        own = _nearest(trigger, found, _inside)
    return own


def _since(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    """Return what goes on from what a clause with "since" dates to publication: "fought since it invaded in 2014"."""
    for clause in syntax.children(trigger, "advcl"):
        opened = _nearest(clause, found, _same_clause) if syntax.preposition(clause) in words("open_end") else None
        if opened is not None and opened.setting is not None and opened.first is not None:
            last = max(opened.first, opened.setting.now)
            return replace(opened, last=last, precision=Interval(opened.first, last).precision, opening="past")
    return None


def _above(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    """Return the nearest expression of the next clause above that has one, past coordinated clauses."""
    clause = _clause(trigger)
    while clause.dep_ in CLAUSAL and clause.head != clause:
        upper = _clause(clause.head)
        own = _nearest(trigger, found, lambda _, root, upper=upper: _stands_in(root, upper))  # type: ignore[misc]
        if own is not None or clause.dep_ != "conj" or upper == clause:
            return own
        clause = upper
        if _tells_before(clause):
            return None
    return None


def _nearest(trigger: Token, found: list[DateExpression], fits: Fits) -> DateExpression | None:
    fitting = [one for one in found if fits(trigger, trigger.doc[one.start : one.end].root)]
    return min(fitting, key=lambda one: (one.first is None, _distance(trigger, one)), default=None)


def _distance(trigger: Token, one: DateExpression) -> int:
    return one.start - trigger.i if one.start > trigger.i else trigger.i - one.end + 1


def _depends_on(trigger: Token, root: Token) -> bool:
    return root.head == trigger and root.dep_ in GOVERNED


def _same_clause(trigger: Token, root: Token) -> bool:
    owner = _owner(root)
    if owner is not None and trigger in (owner, *owner.subtree):
        return True
    return root != trigger and _stands_in(root, _clause(trigger))


def _stands_in(root: Token, clause: Token) -> bool:
    """Return whether a clause has an expression that dates it, rather than a noun of it: "condemned Monday's raid"."""
    owner = _owner(root)
    return _clause(root) == clause and (owner is None or _locates(owner, clause))


def _owner(root: Token) -> Token | None:
    """Return the noun that an expression belongs to: "Monday's raid", "the deal of 2015"."""
    if inside_noun(root) or (root.head.pos_ in ("NOUN", "PROPN") and syntax.preposition(root) in OWNING):
        return root.head
    return None


def _locates(noun: Token, clause: Token) -> bool:
    """Return whether a dated noun dates its clause: "met at Monday's summit", "last week's raid killed five"."""
    if noun.dep_ == "nsubj":
        return noun.head == clause and tense_of(clause) == "past"
    return noun.dep_ in ("obl", "nmod") and syntax.preposition(noun) in words("locating")


def _inside(trigger: Token, root: Token) -> bool:
    return root != trigger and trigger.is_ancestor(root)


def _is_background(trigger: Token) -> bool:
    """Return whether an event noun stands before or after what its clause tells: "after the talks they will meet"."""
    first = trigger.left_edge if trigger.left_edge.i < trigger.i else trigger.doc[max(trigger.i - 1, 0)]
    opening = {first.lower_, trigger.doc[max(first.i - 1, 0)].lower_ if first.i > trigger.sent.start else ""}
    return trigger.pos_ == "NOUN" and bool(opening & words("sequence").keys())


def _tells_before(trigger: Token) -> bool:
    """Return whether a lower clause in the perfect tells what came before: "met in Oslo, which has asked for"."""
    return trigger.dep_ in ("acl:relcl", "advcl") and is_perfect(trigger)


def _clause(token: Token) -> Token:
    """Return the predicate of the clause that a token stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.dep_ not in CLAUSAL and token.head != token:
        token = token.head
    return token


def _beside_another(trigger: Token, found: list[DateExpression], published_on: date | None) -> DateExpression | None:
    """Return the date of an event that another one is told to lie before or after: "two days after the vote".

    The other one is the clause above: its expression in the sentence, or the day of publication where it is news.
    """
    plain = [one for one in found if one.match.rule.name != "offset"]
    for one in found:
        told = trigger.doc[one.end - 1].head
        if one in plain or told not in (trigger, *trigger.ancestors) or told.head == told:
            continue
        main = _clause(told.head)
        base = _own(main, plain)
        at = base.first if base else published_on if _is_now(main) else None
        if at is not None:
            interval = date_distances.beside(dict(one.match.groups), at)
            return replace(one, first=interval.first, last=interval.last, precision=interval.precision)
    return None


def _is_now(verb: Token) -> bool:
    return tense_of(verb) == "present" or is_news(verb, "happened")


def days(trigger: Token, status: str, happened: DateExpression | None, published_on: date | None) -> Days:
    """Return first and last day of an event, their precision and what they rest on, as columns of `reports`.

    Args:
        trigger: the word that names the event.
        status: of the event.
        happened: the expression that dates it.
        published_on: the day of publication.
    """
    if happened is not None and happened.first is not None:
        return _columns(happened.first, happened.last, happened.precision, happened.basis)
    if published_on is not None and is_news(trigger, status):
        return _columns(published_on, published_on, "day", "published")
    return _columns(None, None, "unknown", None)


def _columns(first: date | None, last: date | None, precision: str, basis: str | None) -> Days:
    return {"happened_from": first, "happened_to": last, "date_precision": precision, "date_basis": basis}


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
        syntax.has_lemma(child, tables.word_class("earlier")) for child in verb.children
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
    return not token.doc[: token.sent.start].text.strip()
