"""How it looks on a terminal why reports are one event, and what kept others apart."""

from collections.abc import Iterable, Iterator, Mapping

from flows.deciding.listing import Listed
from flows.evidence import words
from flows.evidence.event import Event
from flows.evidence.pairs import OWN, Pair, Told
from flows.evidence.version import Row

Facts = Iterable[tuple[str, str]]


def facts(found: Event) -> Facts:
    """Return what joined the reports, what kept others apart, and what the user decided, each under its name."""
    names = {one.mention["event_mention_id"]: f"report {number}" for number, one in enumerate(found.reports, 1)}
    needed = found.least_score
    merged = [line for pair in found.merges for line in _merged(pair, names, needed)]
    yield "one event", "\n".join([*merged, *_more(found.more_merges, "pair")])
    apart = [line for pair in found.apart for line in _apart(pair, names, needed)]
    yield "kept apart", "\n".join([*apart, *_more(found.more_apart, "event")])
    yield "you decided", "\n".join(decided(found.decisions))


def decided(decisions: Iterable[Listed]) -> Iterator[str]:
    """Return the user's decisions, a line each."""
    for one in decisions:
        note = f" ({one.decision.note})" if one.decision.note else ""
        yield f"line {one.decision.line}: {one.decision.decision}{note}, {one.state}"


def _more(number: int, name: str) -> list[str]:
    return [f"and {words.counted(number, name)} more"] if number else []


def _merged(pair: Pair, names: Mapping[str, str], needed: float) -> Iterator[str]:
    yield f"{_name(pair.ours, names)} and {_name(pair.theirs, names)}{_evidence(pair.row, needed)}"
    yield from (f"  {reason}" for reason in pair.reasons)
    if pair.ours.document["document_id"] != pair.theirs.document["document_id"]:
        yield f"  in two documents: {_dated(pair.ours)}; {_dated(pair.theirs)}"
    for told in (pair.ours, pair.theirs):
        if told.mention["event_mention_id"] not in names:
            yield f'  "{words.short(told.mention["sentence"])}"'


def _apart(pair: Pair, names: Mapping[str, str], needed: float) -> Iterator[str]:
    yield words.dated_event(pair.other) if pair.other else "no event any more"
    yield f"  {_name(pair.ours, names)} and its {pair.theirs.mention['event_mention_id']}{_evidence(pair.row, needed)}"
    yield f'  "{words.short(pair.theirs.mention["sentence"])}"'
    yield f"  in {words.document(pair.theirs.document)}"
    yield from (f"  {reason}" for reason in pair.reasons)
    if pair.more:
        yield f"  and {words.counted(pair.more, 'pair')} more of their reports"


def _dated(told: Told) -> str:
    return f"{told.document['source_uri']} of {told.document['published_on'] or 'no date'}"


def _name(told: Told, names: Mapping[str, str]) -> str:
    name = told.mention["event_mention_id"]
    return names.get(name, f"report {name}")


def _evidence(row: Row, needed: float) -> str:
    return "" if row["rule"].startswith(OWN) else f", evidence {row['score']:.2f} of {needed:.2f} needed"
