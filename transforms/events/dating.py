"""Which days an event gets: an expression of its sentence, else the day of publication where it is news of that day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from transforms.events import attribution, lexicon, news, syntax
from transforms.events.arguments import support
from transforms.events.date_words import words
from transforms.events.dates import DateExpression, inside_noun, joined, reread
from transforms.events.intervals import Tense
from transforms.events.tenses import AUXILIARIES, has_modal, is_perfect, tense_of

GOVERNED = {
    "obl", "obl:unmarked", "obl:tmod", "nmod", "nmod:unmarked", "nmod:tmod", "nmod:poss", "advmod", "nummod",
    "compound", "amod", "dep",
}  # fmt: skip
REPORTED = {"ccomp", "parataxis"}
CLAUSAL = {"conj", "xcomp", "advcl", "acl", "ccomp", "parataxis", "acl:relcl", "csubj"}
SUBJECTS = {"nsubj", "nsubj:pass"}
REACTIONS = {"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"}
OWNING = frozenset({"of", "from"})
Days = dict[str, date | str | None]
Fits = Callable[[Token, Token], bool]


def date_of(
    trigger: Token, found: list[DateExpression], published_on: date | None, status: str
) -> DateExpression | None:
    """Return the expression that dates a trigger, read in its tense; None where none of the sentence's does.

    It is the nearest one that depends on the trigger, else one that depends on a word of the same clause, else one
    that depends on the clause above when the trigger's own clause has none. A threat or refusal ("will not go") has the
    date of its utterance, and what is condemned or denied has a date of its own or none.

    Args:
        trigger: the word that names the event.
        found: the date expressions of its sentence.
        published_on: the day of publication.
        status: of the event.
    """
    tense: Tense = "future" if status == "planned" else tense_of(trigger, "past")
    plain = _ranges(trigger.doc, [one for one in found if one.match.rule.name != "offset"])
    is_announced = tense == "future" and (status == "threatened" or (status != "planned" and has_modal(trigger)))
    own = None if is_announced else _own(trigger, plain)
    if own is None and (beside := _beside_another(trigger, found, published_on)) is not None:
        return beside
    if own is None and not (_is_background(trigger) or _tells_before(trigger)):
        is_plan = tense == "future" and _clause(trigger).dep_ in REPORTED and not is_announced
        own = None if is_plan else _above(trigger, plain) or _uttered(trigger, plain)
        tense = "past" if is_announced else tense
    return reread(own, trigger.doc, tense) if own else None


def _own(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    fits = _inside if _is_background(trigger) else _same_clause
    own = _nearest(trigger, found, _depends_on) or _since(trigger, found) or _nearest(trigger, found, fits)
    if own is None and trigger.dep_ == "ROOT" and trigger.pos_ == "NOUN":
        return _nearest(trigger, found, _inside)
    return own or _nearest(trigger, found, _beside_conjunct)


def _ranges(doc: Doc, found: list[DateExpression]) -> list[DateExpression]:
    """Return the expressions, "from May 3 to May 5" and "between 2001 and 2011" as one each."""
    kept: list[DateExpression] = []
    for one in found:
        joint = doc[kept[-1].end : one.start].text.lower() if kept else ""
        is_range = joint in words("to") or (joint == "and" and doc[max(kept[-1].start - 1, 0)].lower_ == "between")
        if is_range:
            kept[-1] = joined(kept[-1], one)
        else:
            kept.append(one)
    return kept


def _uttered(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    """Return the date of the speech verb that follows: "Police have opened a case, Bild reported on Friday"."""
    verb = attribution.speech_verb(trigger)
    return (
        None
        if verb is None or _clause(trigger).dep_ in ("acl", "acl:relcl")
        else _nearest(trigger, found, lambda _, root: _stands_in(root, verb))
    )


def _since(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    """Return what goes on from what a clause with "since" dates to publication: "fought since it invaded in 2014"."""
    for clause in syntax.children(trigger, "advcl", "obl"):
        opened = _nearest(clause, found, _inside) if syntax.preposition(clause) in words("open_end") else None
        if opened is not None and opened.setting is not None and opened.first is not None:
            return replace(opened, last=max(opened.first, opened.setting.now), opening="past")
    return None


def _above(trigger: Token, found: list[DateExpression]) -> DateExpression | None:
    """Return the nearest expression of the next clause above that has one, past coordinated clauses."""
    clause = _clause(trigger)
    while clause.dep_ in CLAUSAL and clause.head != clause:
        upper = _clause(clause.head)
        own = _nearest(trigger, found, lambda _, root, upper=upper: _stands_in(root, upper))  # type: ignore[misc]
        if _is_reaction(upper) and clause.dep_ == "acl:relcl":
            return None
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
    subject = root.head
    beside = subject.dep_ in SUBJECTS and subject.head == trigger and root.dep_ == "nmod" and _owner(root) is None
    return (root.head == trigger and root.dep_ in GOVERNED) or (beside and root.i < trigger.i)


def _same_clause(trigger: Token, root: Token) -> bool:
    owner = _owner(root)
    if owner is not None and trigger in (owner, *owner.subtree):
        return True
    clause = _clause(trigger)
    return root != trigger and _stands_in(root, clause) and (clause == trigger or _takes_place_in(trigger, clause))


def _beside_conjunct(trigger: Token, root: Token) -> bool:
    """Return whether a date stands at the end of coordinated verbs: "shot six and fled on Saturday", or of a gerund."""
    verbs = [verb for verb in syntax.children(trigger, "conj") if not syntax.children(verb, *SUBJECTS, "aux")]
    verbs += [verb for verb in syntax.children(trigger, "advcl") if verb.tag_ == "VBG"]
    return any(root.i > verb.i > trigger.i and _depends_on(verb, root) for verb in verbs)


def _takes_place_in(noun: Token, clause: Token) -> bool:
    """Return whether an event noun happens when its clause does: not "condemned the raid", "a vote on the strikes"."""
    if noun.pos_ not in ("NOUN", "PROPN") or support(noun) is not None:
        return True
    while noun.head != clause and (noun.dep_ in ("conj", "compound") or syntax.preposition(noun) == "of"):
        noun = noun.head
    if noun.dep_ in SUBJECTS or noun == clause:
        return True
    place = noun.dep_ != "obl" or syntax.preposition(noun) in words("enacting")
    return noun.head == clause and place and not _is_reaction(clause)


def _is_reaction(verb: Token) -> bool:
    rows = [row for row in lexicon.entries("verb", syntax.lemmas(verb)) if row.event_type]
    plain = min((row.constraints for row in rows), default=0)
    return any(row.event_type in REACTIONS for row in rows if row.constraints == plain)


def _stands_in(root: Token, clause: Token) -> bool:
    """Return whether a clause has an expression that dates it, rather than a noun of it: "condemned Monday's raid"."""
    is_misread = root.dep_ in CLAUSAL and root.pos_ not in syntax.VERBAL
    owner, own = _owner(root), _clause(root.head if is_misread else root)
    if own.dep_ == "acl" and own.head.pos_ == "NOUN":
        owner, own = own.head, _clause(own.head)
    return own == clause and (owner is None or _locates(owner, clause))


def _owner(root: Token) -> Token | None:
    """Return the noun that an expression belongs to: "Monday's raid", "the deal of 2015"."""
    owning = OWNING | words("open_end").keys()
    if inside_noun(root) or (root.head.pos_ in ("NOUN", "PROPN") and syntax.preposition(root) in owning):
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
    while token.head != token and (token.dep_ in AUXILIARIES or not _heads_clause(token)):
        token = token.head
    return token


def _heads_clause(token: Token) -> bool:
    return token.pos_ in syntax.VERBAL or token.dep_ in CLAUSAL


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
        interval = None if at is None else one.match.beside(at)
        if interval is not None:
            return replace(one, first=interval.first, last=interval.last)
    return None


def _is_now(verb: Token) -> bool:
    return tense_of(verb) == "present" or news.is_news(verb, "happened")


def days(trigger: Token, status: str, happened: DateExpression | None, published_on: date | None) -> Days:
    """Return first and last day of an event, their precision and what they rest on, as columns of `reports`.

    Args:
        trigger: the word that names the event.
        status: of the event.
        happened: the expression that dates it.
        published_on: the day of publication.
    """
    if happened is not None:
        basis = None if happened.first is None else happened.basis
        return _columns(happened.first, happened.last, happened.precision, basis)
    if published_on is not None and news.is_news(trigger, status):
        return _columns(published_on, published_on, "day", "published")
    return _columns(None, None, "unknown", None)


def _columns(first: date | None, last: date | None, precision: str, basis: str | None) -> Days:
    return {"happened_from": first, "happened_to": last, "date_precision": precision, "date_basis": basis}
