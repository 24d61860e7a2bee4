"""Weighing the lexicon against the cues of the network: which type an event has, how sure, in what state, between whom.

Both are asked about every word that either takes for an event. A logistic model over what they say (`lookups/
event_weights.csv`, fitted by `flows.training.event_weights` on sentences that neither was trained on) gives each type
its probability, which is the confidence of the report. Without a network that reads cues the rules decide alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import exp, log

from spacy.tokens import Span, Token

from schemas import ontology
from transforms.events import lexicon, status, syntax, tables, triggers
from transforms.events.arguments import Filler
from transforms.events.judgement import Judgement
from transforms.events.lexicon import Predicate
from transforms.events.mentions import MentionIndex
from transforms.events.report import Report
from transforms.events.triggers import Trigger
from transforms.language.cues import NOBODY, Cue, Shares

TEMPERATURE = 1.6
"""News is less like the sentences that the weights were fitted on than these are like each other (Guo et al. 2017)."""
EDGE = 0.005
"""Shares nearer to 0 or 1 count as this."""
SURE = 0.5
"""From here on a neighbouring word's cue, and a mode, are believed."""
ADDED, REPLACED, DROPPED = 0.6, 0.7, 0.9
"""How sure the network must be to fill a side that the rules leave open, to replace words of it that name nobody, and
to empty it."""
UNSEEN = 0.1
"""Fillers that the network gives less than this count as unheard."""
JOINED = 0.3
"""Words with this part of a side's share stand on it together."""
CHANGED = 0.8
"""From here on the network's status is believed."""
RUNNER_UP = 0.1
"""Least probability of a runner-up."""
FEATURES = (
    "always", "rule", "runner_up", "other_rule", "known", "cue", "cue_event",
    "constrained", "bare_noun", "named_actor", "named_recipient", "unsided",
)  # fmt: skip
Complete = Callable[[Trigger, Judgement], Report]


def weighed(
    sentence: Span, found: Sequence[Report], cues: Mapping[int, Cue], index: MentionIndex, complete: Complete
) -> list[Report]:
    """Return the events of a sentence in the order of its words, each with its most probable type and its confidence.

    Args:
        sentence: the sentence.
        found: what the lexicon alone reports of it.
        cues: of the document, by word.
        index: mentions of the document.
        complete: makes a report of a word that only the network takes for an event.
    """
    decided = []
    for report, cue, token in candidates(sentence, found, cues):
        if report is not None:
            decided.append(_decided(report, cue, index))
        elif cue is not None and not _is_undone(token, cue, index):
            decided.append(_read(token, cue, index, complete))
    return sorted(decided, key=lambda report: report.trigger.token.i)


def candidates(
    sentence: Span, found: Sequence[Report], cues: Mapping[int, Cue]
) -> Iterator[tuple[Report | None, Cue | None, Token]]:
    """Yield what may be an event: the reports of the lexicon, each with its cue if any, then the other cues.

    A report has the cue of its word, or else the strongest one of the words that its construction needs.
    """
    own = {report.trigger.token.i for report in found}
    claimed = set()
    for report in found:
        token = report.trigger.token
        near = [cues[word] for word in near_words(report.trigger) if word in cues and word not in own]
        strongest = max(near, key=lambda cue: (cue.event, -cue.token), default=None)
        cue = cues.get(token.i)
        if strongest is not None and (cue is None or strongest.event > max(cue.event, SURE)):
            cue = strongest
        if cue is not None:
            claimed.add(cue.token)
        yield report, cue, token
    left = [token for token in sentence if token.i in cues and token.i not in claimed]
    yield from ((None, cues[token.i], token) for token in left if cues[token.i].types)


def near_words(trigger: Trigger) -> set[int]:
    """Return the words that may name the same event: those that the construction needs, a light verb and its noun."""
    token = trigger.token
    carried = syntax.children(token, "obj", "nsubj:pass", "xcomp") if token.pos_ in syntax.VERBAL else []
    carrier = [token.head] if token.pos_ == "NOUN" and token.dep_ in ("obj", "nsubj:pass", "obl", "compound") else []
    return {*trigger.consumed, *(word.i for word in [*carried, *carrier])}


def kinds(report: Report | None, cue: Cue | None) -> list[str]:
    """Return the types that come into question: the one that the lexicon states, and those that the network reads."""
    return sorted({*(cue.types if cue else ()), *([report.judgement.event_type] if report else ())})


def features(kind: str, report: Report | None, cue: Cue | None, token: Token) -> dict[str, float]:
    """Return what speaks for a type at a word, by the names of `event_weights.csv`."""
    trigger = report.trigger if report is not None else None
    stated = report is not None and report.judgement.event_type == kind
    values = {
        "always": 1.0,
        "rule": float(stated),
        "runner_up": float(trigger is not None and trigger.runner_up == kind),
        "other_rule": float(report is not None and not stated),
        "known": float(not stated and any(row.event_type == kind for row in _rows(token))),
        "cue": _logit(cue.types.get(kind, 0.0) if cue is not None else 0.0),
        "cue_event": _logit(cue.event if cue is not None else 0.0),
    }
    return values | (_support(report) if stated and report is not None else {})


def _support(report: Report) -> dict[str, float]:
    predicate = report.trigger.predicate
    return {
        "constrained": float(predicate.constraints >= 2),
        "bare_noun": float(predicate.pos == "noun"),
        "named_actor": float(any(filler.mention for filler in report.actors)),
        "named_recipient": float(any(filler.mention for filler in report.recipients)),
        "unsided": float(not report.is_sided),
    }


def probability(values: Mapping[str, float]) -> float:
    """Return the probability of a type from its features, drawn to the middle by TEMPERATURE."""
    weights = _weights()
    score = sum(weights[name] * value for name, value in values.items())
    return 1 / (1 + exp(-score / TEMPERATURE))


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in tables.rows("event_weights")}


def _logit(share: float) -> float:
    bounded = min(max(share, EDGE), 1 - EDGE)
    return log(bounded / (1 - bounded))


def _rows(token: Token) -> tuple[Predicate, ...]:
    pos = lexicon.POS.get(token.pos_)
    return lexicon.entries(pos, syntax.lemmas(token)) if pos else ()


def _ranked(report: Report | None, cue: Cue | None, token: Token) -> list[tuple[str, float]]:
    """Return the types that come into question with their probabilities, the best first."""
    scored = [(kind, probability(features(kind, report, cue, token))) for kind in kinds(report, cue)]
    return sorted(scored, key=lambda pair: -pair[1])


def _decided(report: Report, cue: Cue | None, index: MentionIndex) -> Report:
    """Return a report of the lexicon with the type, state and sides that it has once the cue is heard."""
    ranked = _ranked(report, cue, report.trigger.token)
    if _is_tie_break(report):
        ranked.sort(key=lambda pair: pair[0] != report.judgement.event_type)
    (kind, share), rest = ranked[0], ranked[1:]
    second = next((other for other, chance in rest if chance >= RUNNER_UP), report.trigger.runner_up)
    judgement = report.judgement
    if kind != judgement.event_type:
        second = judgement.event_type
        judgement = Judgement(kind, _mode(kind, cue), judgement.status, "cue")
    if cue is not None:
        judgement = replace(judgement, status=_status(judgement, cue))
        report = _sided(report, cue, index)
    trigger = replace(report.trigger, runner_up=second if second != kind else None)
    return replace(report, trigger=trigger, judgement=judgement, confidence=round(share, 2))


def _is_tie_break(report: Report) -> bool:
    """Return whether a tie-break of PLOVER gave the type, of which the network knows nothing: "agreed to leave"."""
    turned = report.judgement.event_type != report.trigger.predicate.event_type
    return turned or any(word.isupper() for word in report.trigger.predicate.complement.split("|"))


def _read(token: Token, cue: Cue, index: MentionIndex, complete: Complete) -> Report:
    """Return the report of a word that the lexicon passes over or thinks unreal."""
    ranked = _ranked(None, cue, token)
    kind, share = ranked[0]
    second = next((other for other, chance in ranked[1:] if chance >= RUNNER_UP), None)
    rows = [row for row in _rows(token) if row.event_type == kind]
    row = min(rows, key=lambda row: row.constraints) if rows else _plain(token, kind)
    judgement = Judgement(kind, _mode(kind, cue), max(cue.statuses, key=lambda name: cue.statuses[name]), "cue")
    report = complete(Trigger(token, row, second), judgement)
    return replace(_sided(report, cue, index), confidence=round(share, 2))


def _is_undone(token: Token, cue: Cue, index: MentionIndex) -> bool:
    """Return whether the rules know better: a reading that is no event, or a negated one ("was not asking")."""
    fitting = triggers.candidates(token, index)
    kind = max(cue.types, key=lambda name: cue.types[name])
    negated = status.is_negated(token) and any(row.event_type == kind for row in _rows(token))
    return negated or bool(fitting and not fitting[0][0].event_type)


def _plain(token: Token, kind: str) -> Predicate:
    """Return the construction of a word that the lexicon lacks."""
    verbal = token.pos_ in syntax.VERBAL
    return Predicate(
        number=-1, lemma=token.lemma_, pos="verb" if verbal else "noun", particle="", subject="", object="",
        preposition="", complement="", modifier="", tense="", event_type=kind, mode=None, contexts=(),
        actor=("subject",) if verbal else ("possessor", "adjective", "by", "support"),
        recipient=("object", "to", "with", "against") if verbal else ("against", "with", "to", "of"),
        symmetric=False, status=None,
    )  # fmt: skip


def _mode(kind: str, cue: Cue | None) -> str | None:
    modes = {} if cue is None else cue.modes
    return next(
        (name.partition(".")[2] for name, share in modes.items() if share >= SURE and name.startswith(f"{kind}.")), None
    )


def _status(judgement: Judgement, cue: Cue) -> str:
    """Return the status that the network is sure of; what a rule has turned, as a threat, keeps the rule's."""
    best = max(cue.statuses, key=lambda name: cue.statuses[name], default=judgement.status)
    turned = judgement.event_type == "THREATEN" or judgement.reason not in ("", "cue")
    return best if cue.statuses.get(best, 0.0) >= CHANGED and not turned else judgement.status


def _sided(report: Report, cue: Cue, index: MentionIndex) -> Report:
    actors = _side(report.actors, _without(cue.actors, report, index), index, report.trigger)
    taken = {filler.token.i for filler in actors}
    recipients = _side(report.recipients, cue.recipients, index, report.trigger)
    return replace(report, actors=actors, recipients=tuple(one for one in recipients if one.token.i not in taken))


def _without(shares: Shares, report: Report, index: MentionIndex) -> Shares:
    """Return the actors that the network hears, without whom the rules know as recipient of a verb or as mere speaker.

    Who tells of a deed has not done it; who tells of words may have spoken them.
    """
    if report.trigger.token.pos_ not in syntax.VERBAL:
        return shares
    known = [filler for filler in report.recipients if filler.is_somebody or syntax.is_person(filler.token)]
    if report.speaker is not None and ontology.quad_class(report.judgement.event_type).startswith("material"):
        known.append(report.speaker)
    doc = index.doc
    return {word: share for word, share in shares.items() if word == NOBODY or not _means(doc[word], known, index)}


def _side(fillers: tuple[Filler, ...], shares: Shares, index: MentionIndex, trigger: Trigger) -> tuple[Filler, ...]:
    """Return one side: the lexicon's fillers, unless these name nobody and the network is sure of others."""
    doc = trigger.token.doc
    others = {word: share for word, share in shares.items() if word != NOBODY}
    heard = sum(share for word, share in others.items() if _means(doc[word], fillers, index))
    if heard >= UNSEEN or any(filler.is_somebody for filler in fillers):
        return fillers
    total = sum(others.values())
    if total >= (REPLACED if fillers else ADDED):
        words = [doc[word] for word, share in sorted(others.items()) if share >= JOINED * total]
        return tuple(_filler(word, index) for word in words if word.i != trigger.token.i)
    return () if shares.get(NOBODY, 0.0) >= DROPPED else fillers


def _means(word: Token, fillers: Iterable[Filler], index: MentionIndex) -> bool:
    """Return whether a word is among the fillers, or part of their phrase, or of the same mention."""
    mention = index.at(word)
    return any(
        word == filler.token or word.is_ancestor(filler.token) or filler.token.is_ancestor(word)
        or (mention is not None and mention == filler.mention)
        for filler in fillers
    )  # fmt: skip


def _filler(word: Token, index: MentionIndex) -> Filler:
    return Filler(word, index.actor(word))
