"""Event nouns that go back to an event told before: "the talks", "these demands"."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from transforms.events import lexicon, syntax, tables
from transforms.events.arguments import Filler, support
from transforms.events.report import Report

ASKED = frozenset({"REQUEST"})


def settled(reports: Sequence[Report]) -> list[Report]:
    """Return the reports of a document with what the other ones say of definite nouns.

    A definite event noun without a date takes status and date of the nearest event of its type with the same parties,
    one told before it first; what is refused without saying whose it is came from whoever asked last.

    Args:
        reports: the dated reports of a document in the order of the text.
    """
    by_type: defaultdict[str, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        by_type[report.judgement.event_type].append(number)
    asking = sorted(number for name in ASKED for number in by_type[name])
    return [
        _taken(report, _around(reports, number, by_type[report.judgement.event_type]))
        if _goes_back(report)
        else _answered(report, _around(reports, number, asking))
        for number, report in enumerate(reports)
    ]


def _around(reports: Sequence[Report], number: int, among: Sequence[int]) -> Iterator[Report]:
    """Yield the reports before one, the nearest first, then those after it."""
    place = bisect_left(among, number)
    after = place + (among[place : place + 1] == [number])
    yield from (reports[other] for other in (*reversed(among[:place]), *among[after:]))


def _taken(report: Report, others: Iterable[Report]) -> Report:
    """Return a report that goes back to another one with what the nearest fitting one says."""
    ours = _countries(report)
    found = next((one for one in others if _same_event(one, report, ours)), None)
    return report if found is None else _taken_over(report, found)


def _goes_back(report: Report) -> bool:
    token = report.trigger.token
    told = report.judgement.status in ("happened", "planned") and report.happened is None and support(token) is None
    return told and token.pos_ == "NOUN" and _is_definite(token)


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in tables.word_class("definite") for child in syntax.children(token, "det"))


def _same_event(earlier: Report, report: Report, ours: set[str]) -> bool:
    fits = earlier.happened is not None or earlier.judgement.status == "planned"
    alike = fits and bool(ours) and ours <= _countries(earlier)
    return alike and earlier.trigger.token.sent != report.trigger.token.sent


def _countries(report: Report) -> set[str]:
    mentions = [filler.mention for filler in (*report.actors, *report.recipients) if filler.mention is not None]
    return {mention.country or mention.text for mention in mentions}


def _taken_over(report: Report, earlier: Report) -> Report:
    judgement = replace(report.judgement, status=earlier.judgement.status)
    ours = {filler.mention.country for filler in (*report.actors, *report.recipients) if filler.mention}
    other = [one for one in (*earlier.actors, *earlier.recipients) if one.mention and one.mention.country not in ours]
    return replace(report, judgement=judgement, happened=earlier.happened, actors=report.actors or tuple(other[:1]))


def _answered(report: Report, demands: Iterable[Report]) -> Report:
    """Give "rejected those demands" to whoever made the last demands."""
    asked = [filler.token for filler in report.recipients if filler.mention is None and _is_demand(filler.token)]
    if report.judgement.event_type != "REJECT" or len(asked) != len(report.recipients) or not asked:
        return report
    own = _countries(report)
    for one in demands:
        known = [filler.mention for filler in one.actors if filler.mention and filler.mention.country]
        askers = [mention for mention in known if mention.country not in own]
        if askers:
            return replace(report, recipients=tuple(Filler(asked[0], mention) for mention in askers[:1]))
    return report


def _is_demand(token: Token) -> bool:
    rows = lexicon.entries("noun", syntax.lemmas(token))
    return _is_definite(token) and any(row.event_type in ASKED for row in rows)
