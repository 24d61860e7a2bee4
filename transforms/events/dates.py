"""When a report says that something happened: date expressions of a sentence, resolved against the day of publication.

The direction of an expression that leaves it open ("on Wednesday", "in March") comes from the tense of the verb that
governs it: the past points to the latest such day on or before publication, the future to the next on or after it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span, Token

from transforms.events import date_rules
from transforms.events.date_readings import Setting
from transforms.events.date_rules import Match
from transforms.events.date_words import words
from transforms.events.intervals import Interval, Tense
from transforms.events.tenses import tense_of

LOOK_BACK = 4
GOVERNED = {
    "obl", "obl:unmarked", "obl:tmod", "nmod", "nmod:unmarked", "nmod:tmod", "nmod:poss", "advmod", "nummod",
    "compound", "amod", "dep",
}  # fmt: skip
REPORTED = {"ccomp", "parataxis"}
CLAUSAL = {"conj", "xcomp", "advcl", "acl", "ccomp", "parataxis", "acl:relcl", "csubj"}


@dataclass(frozen=True)
class DateExpression:
    """A date expression of a text and the days that it stands for.

    Attributes:
        start: first token, as an index of the Doc.
        end: token after the last.
        first: first day; None where the expression cannot be resolved.
        last: last day, included.
        precision: day, week, month, year or unknown.
        text: the words of the expression.
        basis: "text:" and the words, for `date_basis`.
        match: the rule that found it, to read it again in another tense.
        reference: the day that the text spoke of before, if any.
        opening: "since" leaves the end open to the day of publication, "by" and "until" the start.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    text: str
    basis: str
    match: Match
    reference: date | None = None
    opening: str = ""


def resolve(
    expression: str, published_on: date, tense: Tense = "past", reference: date | None = None
) -> Interval | None:
    """Return the days that an expression stands for, None where no rule knows it.

    Args:
        expression: the words, such as "late last month".
        published_on: the day of publication.
        tense: of the verb that governs the expression.
        reference: the day that the text spoke of before, for "a day earlier".
    """
    match = date_rules.whole(expression)
    return match.read(Setting(published_on, tense, reference)) if match else None


def date_expressions(doc: Doc, sent: Span, published_on: date | None) -> list[DateExpression]:
    """Return the date expressions of a sentence in their order, each read in the tense of its own clause.

    Without a day of publication only expressions that name their year are resolved; the others have no days.
    """
    found: list[DateExpression] = []
    reference = None
    for match, span in _spans(doc, sent):
        if match.rule.name in ("relative", "anaphoric") and reference is None:
            reference = _last_before(doc, sent, published_on)
        expression = _read(match, span, published_on, tense_of(governor(span), "unknown"), reference)
        found.append(expression)
        reference = expression.first or reference
    return found


def date_of(
    trigger: Token, found: list[DateExpression], published_on: date | None, tense: str
) -> DateExpression | None:
    """Return the expression that dates a trigger, read in its tense; None where none of the sentence's does.

    It is the nearest one that depends on the trigger, else one that depends on a word of the same clause, else one
    that depends on the clause above when the trigger's own clause has none.

    Args:
        trigger: the word that names the event.
        found: what `date_expressions` found in its sentence.
        published_on: the day of publication.
        tense: "past", "present" or "future", of the trigger.
    """
    fits = _inside if _is_background(trigger) else _same_clause
    own = _nearest(trigger, found, _depends_on) or _nearest(trigger, found, fits)
    if own is None and trigger.dep_ == "ROOT" and trigger.pos_ == "NOUN":
        own = _nearest(trigger, found, _inside)
    reported = tense != "past" and _clause(trigger).dep_ in REPORTED
    if own is None and not (reported or _is_background(trigger) or _is_perfect_relative(trigger)):
        above = _nearest(trigger, found, _clause_above)
        return above if above is None or tense != "future" else _reread(above, trigger, published_on, tense)
    return _reread(own, trigger, published_on, tense) if own else None


def _reread(best: DateExpression, trigger: Token, published_on: date | None, tense: str) -> DateExpression:
    if best.match.rule.absolute:
        return best
    span = trigger.doc[best.start : best.end]
    chosen: Tense = "past" if tense == "past" else "future" if tense == "future" else "present"
    return _read(best.match, span, published_on, chosen, best.reference)


def _spans(doc: Doc, sent: Span) -> Iterator[tuple[Match, Span]]:
    text = sent.text
    for match in date_rules.matches_in(text):
        span = sent.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and not any(token.like_url for token in span) and _is_date(match, span):
            yield match, span


def _is_date(match: Match, span: Span) -> bool:
    """Return whether a match is a date in running text, not a name, a modal verb or a count."""
    groups = dict(match.groups)
    if match.rule.bare and not _is_led(span) and "edge" not in groups:
        return False
    if any(name in groups and not groups[name][0].isupper() for name in ("month", "weekday")):
        return False
    if match.rule.name == "year" and len(span) == 1:
        return not (span.root.dep_ == "nummod" and span.root.head.tag_ == "NNS" and span.root.head.i > span.root.i)
    return True


def _is_led(span: Span) -> bool:
    before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start]]
    return any(word in words("lead") for word in (before[-1:] if before[-1:] != ["the"] else before[:1]))


def _read(match: Match, span: Span, published_on: date | None, tense: Tense, reference: date | None) -> DateExpression:
    interval = None
    if published_on is not None or match.rule.absolute:
        interval = match.read(Setting(published_on or date(2000, 1, 1), tense, reference))
    before = span.doc[span.start - 1].lower_ if span.start else ""
    opening = words("open_end").get(before) or words("open_start").get(before) or ""
    expression = DateExpression(
        span.start, span.end, interval.first if interval else None, interval.last if interval else None,
        interval.precision if interval else "unknown", span.text, f"text:{span.text}", match, reference, opening,
    )  # fmt: skip
    return _opened(expression, published_on)


def _opened(expression: DateExpression, published_on: date | None) -> DateExpression:
    """Return the expression with its interval stretched to the day of publication by "since", "by" or "until"."""
    first, last = expression.first, expression.last
    if published_on is None or first is None or last is None:
        return expression
    if expression.opening == "past" and first <= published_on:
        last = published_on
    elif expression.opening == "future" and last >= published_on:
        first = published_on
    else:
        return expression
    return replace(expression, first=first, last=last, precision=Interval(first, last).precision)


def _last_before(doc: Doc, sent: Span, published_on: date | None) -> date | None:
    """Return the day that the sentences before speak of: their last resolved expression."""
    end = sent.start
    for _ in range(LOOK_BACK):
        if end == 0:
            return None
        previous = doc[end - 1].sent
        for match, span in reversed(list(_spans(doc, previous))):
            expression = _read(match, span, published_on, tense_of(governor(span), "unknown"), None)
            if expression.first is not None and match.rule.name not in ("relative", "anaphoric"):
                return expression.first
        end = previous.start
    return None


def governor(span: Span) -> Token:
    """Return the verb or other predicate that an expression depends on; its own root where there is none."""
    token = span.root
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX") or ancestor.dep_ in ("ROOT", "acl:relcl", "ccomp", "advcl"):
            return ancestor
    return token.head


def _nearest(
    trigger: Token, found: list[DateExpression], fits: Callable[[Token, Token], bool]
) -> DateExpression | None:
    fitting = [one for one in found if fits(trigger, trigger.doc[one.start : one.end].root)]
    return min(fitting, key=lambda one: (one.first is None, _distance(trigger, one)), default=None)


def _distance(trigger: Token, one: DateExpression) -> int:
    return one.start - trigger.i if one.start > trigger.i else trigger.i - one.end + 1


def _depends_on(trigger: Token, root: Token) -> bool:
    return root.head == trigger and root.dep_ in GOVERNED


def _same_clause(trigger: Token, root: Token) -> bool:
    return root != trigger and _clause(root) == _clause(trigger)


def _inside(trigger: Token, root: Token) -> bool:
    return root != trigger and trigger.is_ancestor(root)


def _is_background(trigger: Token) -> bool:
    """Return whether an event noun stands before or after what its clause tells: "after the talks they will meet"."""
    first = trigger.left_edge if trigger.left_edge.i < trigger.i else trigger.doc[max(trigger.i - 1, 0)]
    opening = {first.lower_, trigger.doc[max(first.i - 1, 0)].lower_ if first.i > trigger.sent.start else ""}
    return trigger.pos_ == "NOUN" and bool(opening & words("sequence").keys())


def _is_perfect_relative(trigger: Token) -> bool:
    """Return whether a relative clause in the perfect tells what came before: "met in Oslo, which has asked for"."""
    helpers = {child.lower_ for child in trigger.children if child.dep_ == "aux"}
    return trigger.dep_ == "acl:relcl" and bool(helpers & {"has", "have", "had"})


def _clause_above(trigger: Token, root: Token) -> bool:
    clause = _clause(trigger)
    return clause.dep_ in CLAUSAL and _clause(root) == _clause(clause.head)


def _clause(token: Token) -> Token:
    """Return the predicate of the clause that a token stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.dep_ not in CLAUSAL and token.head != token:
        token = token.head
    return token
