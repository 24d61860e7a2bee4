"""Reports of one document: triggers with roles, status, date, place, quantity and speaker."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from spacy.tokens import Doc, Token

from transforms.events import (
    attribution,
    dates,
    dating,
    definites,
    deontic,
    quantities,
    sides,
    status,
    syntax,
    tables,
    triggers,
    weighing,
)
from transforms.events.arguments import Filler, Slots, support
from transforms.events.dates import DateExpression
from transforms.events.judgement import Judgement, judge
from transforms.events.mentions import MentionIndex
from transforms.events.quantities import Quantity
from transforms.events.report import Report
from transforms.events.synonyms import named_alike
from transforms.events.triggers import Trigger
from transforms.language import cues


def reports(doc: Doc, index: MentionIndex, published_on: date | None) -> list[Report]:
    """Return the reports of a document by trigger, whatever their confidence.

    Args:
        doc: parse of the clean text, with UD labels.
        index: mentions of the document.
        published_on: its day of publication, for dates; None where unknown.
    """
    quoted = attribution.quoted_tokens(doc)
    read = cues.of(doc)
    expressions = dates.date_expressions(doc, published_on)
    starts = [expression.start for expression in expressions]
    found: list[Report] = []
    for sentence in doc.sents:
        if sentence.text.rstrip('"\u201d ').endswith("?"):
            continue
        here = [
            report
            for trigger in [*triggers.triggers(sentence, index), *deontic.requests(sentence, index)]
            if (report := report_of(trigger, index, quoted)) is not None
        ]
        if read is not None:
            here = weighing.weighed(sentence, here, read, index, partial(completed, index=index, quoted=quoted))
        inside = expressions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        found.extend(_dated(report, inside, published_on) for report in distinct(here))
    return definites.settled(found)


def report_of(trigger: Trigger, index: MentionIndex, quoted: frozenset[int]) -> Report | None:
    """Return what a trigger reports, undated; None where nothing took place, is planned or threatened."""
    judgement = _judgement(trigger, Slots(trigger, index))
    if judgement is None:
        return None
    report = completed(trigger, judgement, index, quoted)
    lost = judgement.event_type == "ASSAULT" and not report.actors and _is_accident(trigger.token)
    return None if lost else report


def completed(trigger: Trigger, judgement: Judgement, index: MentionIndex, quoted: frozenset[int]) -> Report:
    """Return a report with the sides, place, quantity and speaker that stand around its trigger, undated."""
    slots = Slots(trigger, index)
    voice = _speaker(trigger.token, index)
    actors, recipients = sides.sides(trigger, slots, voice)
    report = Report(
        trigger, judgement, actors, recipients, voice,
        place=_apart(_place(trigger.token, slots, index), (*actors, *recipients)), quantity=_quantity(trigger.token),
        is_quoted=trigger.token.i in quoted,
    )  # fmt: skip
    return replace(report, confidence=_confidence(report, slots))


def _judgement(trigger: Trigger, slots: Slots) -> Judgement | None:
    if trigger.predicate is deontic.REQUEST:
        return Judgement("REQUEST", None, "happened", "deontic")
    return judge(trigger.predicate, status.reality(trigger.token, slots.light))


def _is_accident(token: Token) -> bool:
    """Return whether harm without a culprit is laid to nature or chance by the words below or beside it."""
    top = token.head if token.dep_ in ("conj", "advcl", "acl", "acl:relcl") else token
    return any(syntax.has_lemma(word, tables.word_class("accident")) for word in top.subtree)


def _speaker(token: Token, index: MentionIndex) -> Filler | None:
    found = attribution.speaker(token)
    return None if found is None else Filler(found, index.actor(found))


def _place(token: Token, slots: Slots, index: MentionIndex) -> Filler | None:
    heads = [token] if slots.light is None else [token, slots.light]
    for head in heads:
        for preposition, noun in syntax.obliques(head):
            if preposition in tables.word_class("scene"):
                inner = [noun, *syntax.children(noun, "nmod:poss", "compound", "nmod")]
                for candidate in inner:
                    mention = index.place(candidate)
                    if mention is not None:
                        return Filler(candidate, mention)
    return None


def _apart(place: Filler | None, parties: tuple[Filler, ...]) -> Filler | None:
    """A party is not the place too."""
    return None if place is None or any(place.token == filler.token for filler in parties) else place


def _quantity(token: Token) -> Quantity | None:
    roots = [*syntax.objects(token), token] if token.pos_ in syntax.VERBAL else [token]
    for root in roots:
        found = quantities.quantity(root)
        if found is not None:
            return found
    return None


def _confidence(report: Report, slots: Slots) -> float:
    """Transparent sum: a bare word 0.5, each kind of support a fixed share."""
    predicate = report.trigger.predicate
    score = 0.5 + 0.1 * (predicate.constraints >= 2) + 0.05 * (slots.light is not None)
    score += 0.2 * any(filler.mention for filler in report.actors) + 0.1 * any(
        filler.mention for filler in report.recipients
    )
    score += 0.05 * bool(report.actors) + 0.05 * bool(report.recipients)
    score -= 0.1 * (predicate.pos == "noun" and slots.light is None) + 0.1 * (report.trigger.runner_up is not None)
    return round(min(max(score, 0.0), 1.0), 2)


def distinct(found: Iterable[Report]) -> list[Report]:
    """Return the reports of one sentence without those that repeat another: same type and status, no other party."""
    kept: list[Report] = []
    for report in found:
        same = next((i for i, other in enumerate(kept) if _repeats(report, other)), None)
        if same is None:
            kept.append(report)
        elif report.confidence > kept[same].confidence:
            kept[same] = report
    return kept


def _repeats(one: Report, other: Report) -> bool:
    if _beside(one.trigger, other.trigger):
        return False
    if (one.judgement.event_type, one.judgement.status) != (other.judgement.event_type, other.judgement.status):
        return False
    return all(_compatible(getattr(one, side), getattr(other, side)) for side in ("actors", "recipients"))


def _beside(one: Trigger, other: Trigger) -> bool:
    """Return whether a conjunction joins two acts, each with an object of its own: "massed troops and held maneuvers".

    What has one object is one act in two words: "shot and wounded three people".
    """
    if named_alike(one.predicate.lemma, other.predicate.lemma):
        return False
    ours, theirs = (support(trigger.token) or trigger.token for trigger in (one, other))
    joined = (ours.dep_ == "conj" and ours.head == theirs) or (theirs.dep_ == "conj" and theirs.head == ours)
    objects, others = set(syntax.objects(ours)), set(syntax.objects(theirs))
    return joined and bool(objects) and bool(others) and objects.isdisjoint(others)


def _compatible(one: tuple[Filler, ...], other: tuple[Filler, ...]) -> bool:
    if not one or not other:
        return True
    left = {filler.token.i for filler in one}
    return bool(left & {filler.token.i for filler in other})


def _dated(report: Report, expressions: list[DateExpression], published_on: date | None) -> Report:
    state = report.judgement.status
    happened = dating.date_of(report.trigger.token, expressions, published_on, state)
    if published_on is not None and happened is not None and happened.first is not None and happened.last is not None:
        if state in ("happened", "ongoing") and happened.first > published_on:
            state = "planned"
        if state == "ongoing" and happened.last < published_on:
            state = "happened"
    return replace(report, happened=happened, judgement=replace(report.judgement, status=state))
