"""When the expressions of a text are: each resolved against the day of publication and what was told before it.

The direction of an expression that leaves it open ("on Wednesday", "in March") comes from the tense of the verb that
governs it: the past points to the latest such day on or before publication, the future to the next on or after it.
A text that tells a story of another year goes on in that year, and "that day" or "a year later" goes on from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span, Token

from transforms.events import date_rules
from transforms.events.date_readings import Setting
from transforms.events.date_rules import Match
from transforms.events.date_words import words
from transforms.events.intervals import Interval, Tense, day
from transforms.events.tenses import tense_of

LOOK_BACK = 4
BACK = {"relative", "anaphoric", "since_then", "closing_year", "told_unit", "offset"}
ANCHORED = {"weekday", "deictic", "daypart", "unit", "stretch", "ago", "ahead"}
INSIDE_NOUN = {"compound", "amod", "nummod", "nmod:poss", "nmod:unmarked", "nmod:desc"}
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class DateExpression:
    """A date expression of a text and the days that it stands for.

    Attributes:
        start: first token, as an index of the Doc.
        end: token after the last.
        first: first day; None where the expression cannot be resolved.
        last: last day, included.
        text: the words of the expression.
        match: the rule that found it, to read it again in another tense.
        setting: what it was read against; None without a day of publication.
        opening: "since" leaves the end open to the day of publication, "by" and "until" the start.
        to: the other end of "from Monday to Friday".
    """

    start: int
    end: int
    first: date | None
    last: date | None
    text: str
    match: Match
    setting: Setting | None = None
    opening: str = ""
    to: "DateExpression | None" = None

    @property
    def precision(self) -> str:
        """Day, week, month, year or unknown."""
        return Interval(self.first, self.last).precision if self.first and self.last else "unknown"

    @property
    def basis(self) -> str:
        """What `date_basis` says of it."""
        return f"text:{self.text}"


@dataclass(frozen=True)
class Told:
    """What a text has told when its reader comes to an expression.

    Attributes:
        now: the day of publication, or the one that the text states as its own ("It is Monday, May 3").
        reference: the days spoken of last.
        story: the last days that were told with their year, or went on from such days.
        story_sentence: the number of the sentence that told them.
        is_news: an expression before spoke of the days around publication.
    """

    now: date | None
    reference: Interval | None = None
    reference_sentence: int = 0
    story: Interval | None = None
    story_sentence: int = 0
    is_news: bool = False


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
    found = date_rules.matches_in(expression, ((0, len(expression)),))
    match = max(found, key=lambda match: match.end - match.start, default=None)
    return match.read(Setting(published_on, tense, day(reference) if reference else None)) if match else None


def date_expressions(doc: Doc, published_on: date | None, given: Spans = ()) -> list[DateExpression]:
    """Return the date expressions of a text in their order, each read in the tense of its own clause.

    Without a day of publication only expressions that name their year are resolved; the others have no days.

    Args:
        doc: parse of the text.
        published_on: its day of publication; None where unknown.
        given: start and end, in code points, of what is known to be a date.
    """
    found: list[DateExpression] = []
    told = Told(published_on)
    for number, sent in enumerate(sent for sent in doc.sents if not sent.text.isspace()):
        at = sent.start_char
        inside = tuple((start - at, end - at) for start, end in given if at <= start < sent.end_char)
        for match, span in _spans(sent, inside):
            expression = _read(match, span, _setting(told, number, match, span), is_given=bool(inside))
            if told.now is not None and not inside:
                expression = _opened(expression, told.now)
            found.append(expression)
            told = _after(told, expression, span, number)
    return found


def reread(expression: DateExpression, doc: Doc, tense: Tense) -> DateExpression:
    """Return an expression read in another tense."""
    if expression.match.rule.absolute or expression.setting is None:
        return expression
    span = doc[expression.start : expression.end]
    setting = replace(expression.setting, tense=tense)
    read = _opened(_read(expression.match, span, setting), setting.now)
    return read if expression.to is None else joined(read, reread(expression.to, doc, tense))


def joined(one: DateExpression, to: DateExpression) -> DateExpression:
    """Return "from Monday to Friday" as one expression; the first day alone where the other end lies before it."""
    if one.first is None or to.last is None or to.last < one.first:
        return one
    return replace(one, last=to.last, to=to)


def governor(span: Span) -> Token:
    """Return the verb or other predicate that an expression depends on; its own root where there is none."""
    token = span.root
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX") or ancestor.dep_ in ("ROOT", "acl:relcl", "ccomp", "advcl"):
            return ancestor
    return token.head


def inside_noun(root: Token) -> bool:
    """Return whether an expression modifies a noun to its right: "Wednesday's attack", "the 2015 deal".

    A day between a verb and its object belongs to the verb: "announced Sunday new cuts".
    """
    if root.dep_ == "compound" and root.i > root.sent.start and root.nbor(-1).pos_ == "VERB":
        return False
    return root.dep_ in INSIDE_NOUN and root.head.pos_ in ("NOUN", "PROPN") and root.i < root.head.i


def _setting(told: Told, number: int, match: Match, span: Span) -> Setting | None:
    if told.now is None:
        return Setting(date(2000, 1, 1)) if match.rule.absolute else None
    recent = number - told.reference_sentence <= LOOK_BACK
    reference = told.reference if recent else None
    tense = tense_of(governor(span), "unknown")
    return Setting(told.now, tense, reference, _story(told, number, tense))


def _story(told: Told, number: int, tense: Tense) -> Interval | None:
    """Return the days of the story that the text is telling, None where it speaks of the days around publication."""
    story, now = told.story, told.now
    if story is None or now is None or tense == "future" or number - told.story_sentence > LOOK_BACK:
        return None
    goes_on = not told.is_news or (number - told.story_sentence <= 1 and story.precision != "year")
    return story if goes_on and story.first.year != now.year else None


def _after(told: Told, expression: DateExpression, span: Span, number: int) -> Told:
    """Return what was told when an expression has been read."""
    rule = expression.match.rule
    if expression.first is None or expression.last is None:
        return told
    interval = Interval(expression.first, expression.last)
    if rule.name in ("weekday", "full_date") and _states_today(span):
        return Told(interval.first, interval, number)
    told = replace(told, reference=interval, reference_sentence=number)
    if rule.name in ANCHORED:
        return replace(told, is_news=True)
    goes_on = rule.absolute or (told.story is not None and expression.setting is not None and expression.setting.story)
    is_background = expression.opening or inside_noun(span.root) or interval.precision == "unknown"
    if goes_on and not is_background:
        return replace(told, story=interval, story_sentence=number)
    return told


def _states_today(span: Span) -> bool:
    """Return whether a text says which day it is: "It is Monday, May 3", "Today is July 4"."""
    subjects = {child.lower_ for child in span.root.children if child.dep_ == "nsubj"}
    is_now = any(child.dep_ == "cop" and child.tag_ == "VBZ" for child in span.root.children)
    return is_now and bool(subjects & words("today").keys())


def _spans(sent: Span, given: Spans) -> Iterator[tuple[Match, Span]]:
    for match in date_rules.matches_in(sent.text, given):
        span = sent.char_span(match.start, match.end, alignment_mode="expand")
        if span is None or any(token.like_url for token in span):
            continue
        if any(start < match.end and match.start < end for start, end in given) or _is_date(match, span):
            yield match, span


def _is_date(match: Match, span: Span) -> bool:
    """Return whether a match is a date in running text, not a name, a modal verb or a count."""
    groups = dict(match.groups)
    if match.rule.name in ("day_of_month", "quarter") and span.root.dep_ == "amod":
        return False
    is_led = _is_led(span) or "edge" in groups or (match.rule.name == "month" and inside_noun(span.root))
    if "bare" in match.rule.flags and not is_led:
        return False
    named = [groups[name].lower() for name in ("month", "weekday") if name in groups and not groups[name][0].isupper()]
    if any(word in words("homograph") or word not in words("month") | words("weekday") for word in named):
        return False
    if match.rule.name == "year" and len(span) == 1:
        return not (span.root.dep_ == "nummod" and span.root.head.tag_ == "NNS" and span.root.head.i > span.root.i)
    return True


def _is_led(span: Span) -> bool:
    before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.start]]
    return any(word in words("lead") for word in (before[-1:] if before[-1:] != ["the"] else before[:1]))


def _read(match: Match, span: Span, setting: Setting | None, *, is_given: bool = False) -> DateExpression:
    # What lies "two days after the vote" is known where the vote is: `dating` asks for it there.
    interval = None if setting is None or (match.rule.name == "offset" and not is_given) else match.read(setting)
    before = span.doc[span.start - 1].lower_ if span.start else ""
    opening = words("open_end").get(before) or words("open_start").get(before) or ""
    return DateExpression(
        span.start, span.end, interval.first if interval else None, interval.last if interval else None, span.text,
        match, setting, opening,
    )  # fmt: skip


def _opened(expression: DateExpression, now: date) -> DateExpression:
    """Return the expression with its interval stretched to the day of publication by "since", "by" or "until"."""
    first, last = expression.first, expression.last
    if first is None or last is None:
        return expression
    if expression.opening == "past" and first <= now:
        last = now
    elif expression.opening == "future" and last >= now:
        first = now
    else:
        return expression
    return replace(expression, first=first, last=last)
