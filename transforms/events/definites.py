"""Event nouns that go back to an event told before: "the talks", "these demands"."""

from collections.abc import Sequence
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
    return [_settled(report, reports[:i][::-1], reports[i + 1 :]) for i, report in enumerate(reports)]


def _settled(report: Report, before: Sequence[Report], after: Sequence[Report]) -> Report:
    """Return a report settled by those before it, nearest first, and those after it."""
    if not _goes_back(report):
        return _answered(report, [*before, *after])
    found = next((one for one in (*before, *after) if _same_event(one, report)), None)
    return report if found is None else _taken_over(report, found)


def _goes_back(report: Report) -> bool:
    token = report.trigger.token
    told = report.judgement.status in ("happened", "planned") and report.happened is None and support(token) is None
    return told and token.pos_ == "NOUN" and _is_definite(token)


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in tables.word_class("definite") for child in syntax.children(token, "det"))


def _same_event(earlier: Report, report: Report) -> bool:
    ours, theirs = _countries(report), _countries(earlier)
    fits = earlier.happened is not None or earlier.judgement.status == "planned"
    apart = earlier.trigger.token.sent != report.trigger.token.sent
    alike = earlier.judgement.event_type == report.judgement.event_type and bool(ours) and ours <= theirs
    return fits and apart and alike


def _countries(report: Report) -> set[str]:
    mentions = [filler.mention for filler in (*report.actors, *report.recipients) if filler.mention is not None]
    return {mention.country or mention.text for mention in mentions}


def _taken_over(report: Report, earlier: Report) -> Report:
    judgement = replace(report.judgement, status=earlier.judgement.status)
    ours = {filler.mention.country for filler in (*report.actors, *report.recipients) if filler.mention}
    other = [one for one in (*earlier.actors, *earlier.recipients) if one.mention and one.mention.country not in ours]
    return replace(report, judgement=judgement, happened=earlier.happened, actors=report.actors or tuple(other[:1]))


def _answered(report: Report, others: Sequence[Report]) -> Report:
    """Give "rejected those demands" to whoever made the last demands."""
    asked = [filler.token for filler in report.recipients if filler.mention is None and _is_demand(filler.token)]
    if report.judgement.event_type != "REJECT" or len(asked) != len(report.recipients) or not asked:
        return report
    own = _countries(report)
    for one in others:
        known = [filler.mention for filler in one.actors if filler.mention and filler.mention.country]
        askers = [mention for mention in known if mention.country not in own]
        if one.judgement.event_type in ASKED and askers:
            return replace(report, recipients=tuple(Filler(asked[0], mention) for mention in askers[:1]))
    return report


def _is_demand(token: Token) -> bool:
    rows = lexicon.entries("noun", syntax.lemmas(token))
    return _is_definite(token) and any(row.event_type in ASKED for row in rows)
