"""Whether two reports tell the same event: what forbids it, and how much speaks for it.

The evidence is that of Humphreys et al. (1997) and of Cybulska and Vossen (2015): trigger, participants, time, place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from transforms.events.merging_documents import likeness
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import Kind, Party, Told, kinds, words
from transforms.events.merging_triggers import same_trigger

ENOUGH = frozenset({"actor", "recipient", "parties", "document", "documents", "back_reference"})
"""One of these must speak for one event, unless the days do."""
DONE = frozenset({"happened", "ongoing"})
AHEAD = frozenset({"planned", "threatened"})
KINDS: Mapping[str, Kind] = kinds()


@dataclass(frozen=True, slots=True)
class Decision:
    """What comparing two reports gave.

    Attributes:
        same: whether they tell the same event.
        rule: the evidence, joined by "+", or what keeps them apart.
        score: the weight of the evidence, 0 to 1.
        follows: whether the right one carries out what the left one plans.
    """

    same: bool
    rule: str
    score: float
    follows: bool = False


def decide(left: Told, right: Told, params: MergingParams) -> Decision:
    """Return whether two reports of compatible types tell the same event, and why."""
    evidence = _trigger_evidence(left, right, params)
    parties = _party_evidence(left, right, params) if evidence else {}
    if parties is None:
        return Decision(False, "parties_differ", 0.0)
    if evidence:
        evidence |= parties | _reference_evidence(left, right, params) | _document_evidence(left, right, params)
    if not evidence or (evidence.keys().isdisjoint(ENOUGH) and not _days_agree(left, right)):
        return Decision(False, "too_little_evidence", 0.0)
    evidence |= _setting_evidence(left, right, params)
    if (obstacle := _obstacle(left, right, params)) is not None:
        return Decision(False, obstacle, _score(evidence))
    evidence |= _word_evidence(left, right, params)
    if _score(evidence) < params.same_score:
        return Decision(False, "too_little_evidence", _score(evidence))
    rule = intern("+".join(evidence))
    if _stage(left.status) != _stage(right.status):
        return Decision(False, intern(f"carried_out:{rule}"), _score(evidence), follows=_carried_out(left, right))
    return Decision(True, rule, _score(evidence))


def _score(evidence: Mapping[str, float]) -> float:
    return min(1.0, round(sum(evidence.values()), 4))


def _stage(status: str) -> str:
    return "done" if status in DONE else "ahead" if status in AHEAD else status


def _carried_out(left: Told, right: Told) -> bool:
    return {_stage(left.status), _stage(right.status)} == {"done", "ahead"}


def _obstacle(left: Told, right: Told, params: MergingParams) -> str | None:
    """What keeps two reports apart whatever else agrees."""
    obstacles = (
        ("dates_differ", dates_differ),
        ("quantities_differ", quantities_differ),
        ("places_differ", _places_differ),
        ("modes_differ", _modes_differ),
        ("one_threat_of_many", _one_threat_of_many),
        ("told_side_by_side", _told_side_by_side),
    )
    return next((name for name, holds in obstacles if holds(left, right, params)), None)


def _modes_differ(left: Told, right: Told, _: MergingParams) -> bool:
    return bool(left.event_mode and right.event_mode) and left.event_mode != right.event_mode


def _one_threat_of_many(left: Told, right: Told, _: MergingParams) -> bool:
    """Whether one is a threat that holds and the other one the threat of a day."""
    return left.standing != right.standing and left.status == right.status == "threatened"


def _told_side_by_side(left: Told, right: Told, params: MergingParams) -> bool:
    """Whether one sentence tells both, in one word that it says twice or in two that are no words for one act."""
    if left.document_id != right.document_id or left.sentence_start != right.sentence_start:
        return False
    return left.lemma == right.lemma or not _told_twice(left, right, params)


def _told_twice(left: Told, right: Told, params: MergingParams) -> bool:
    """Whether one sentence tells one act in two words, of which one names no party that the other one lacks."""
    ours, theirs = ({party.cluster for party in _both(report)} for report in (left, right))
    one = ours <= theirs or theirs <= ours
    return one and left.stated == right.stated and same_trigger(left.lemma, right.lemma, params)


def standing(left: Told, right: Told) -> bool:
    """Return whether one of the two tells a situation that goes on, and the other one does not deny or plan it."""
    return (left.standing or right.standing) and _stage(left.status) == _stage(right.status)


def dates_differ(left: Told, right: Told, params: MergingParams) -> bool:
    """Return whether the days on which the two can have happened lie apart; unknown days never do.

    Nor can an act be the situation that was told to go on before the day of the act.
    """
    if left.possible is None or right.possible is None:
        return False
    if _begun_later(left, right) or _begun_later(right, left):
        return True
    gap = max((left.possible[0] - right.possible[1]).days, (right.possible[0] - left.possible[1]).days)
    return gap > (params.standing_days if standing(left, right) else 0)


def _begun_later(situation: Told, act: Told) -> bool:
    """Whether an act of a stated day came after a situation had been told to go on."""
    if not situation.standing or act.standing or situation.possible is None or act.stated is None:
        return False
    return act.stated[0] > situation.possible[1]


def quantities_differ(left: Told, right: Told, params: MergingParams) -> bool:
    """Return whether both state a number of the same thing, and not about the same number."""
    if not _same_unit(left, right):
        return False
    small, large = sorted((left.quantity or 0.0, right.quantity or 0.0))
    return small < large * params.quantity_ratio


def _same_unit(left: Told, right: Told) -> bool:
    if left.quantity is None or right.quantity is None:
        return False
    return bool(left.quantity_unit == right.quantity_unit)


def _places_differ(left: Told, right: Told, _: MergingParams) -> bool:
    """Places of different countries are different places; so are two named places of one country."""
    here, there = left.of("place"), right.of("place")
    if not here or not there or standing(left, right):
        return False
    return not any(_same_place(a, b) for a in here for b in there)


def _same_place(left: Party, right: Party) -> bool:
    if left.cluster == right.cluster:
        return True
    return left.country is not None and left.country == right.country and (left.national or right.national)


def _setting_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    """What time, place, quantity and story say for one event."""
    evidence = _time_evidence(left, right, params)
    if standing(left, right) and (same_trigger(left.lemma, right.lemma, params) or _sides_agree(left, right)):
        evidence["standing"] = params.standing
    if _same_unit(left, right) and not quantities_differ(left, right, params):
        evidence["quantity"] = params.same_quantity
    if any(_same_place(a, b) for a in left.of("place") for b in right.of("place")):
        evidence["place"] = params.same_place
    return evidence


def _sides_agree(left: Told, right: Told) -> bool:
    """Whether two reports have both an actor and a recipient of the same countries."""
    ours, theirs = (
        [{party.country or party.cluster for party in side} for side in (report.of("actor"), others(report))]
        for report in (left, right)
    )
    return all(one & other for one, other in zip(ours, theirs, strict=True))


def _reference_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    """What it says that the later report of a document speaks of something told before: "the talks", "their call"."""
    if left.document_id != right.document_id or left.sentence_start == right.sentence_start:
        return {}
    later, earlier = (left, right) if left.trigger_start > right.trigger_start else (right, left)
    distance = later.trigger_start - earlier.trigger_start
    if later.stated is not None or distance > params.back_reach or not later.goes_back:
        return {}
    return {"back_reference": round(params.back_reference * (1.0 - distance / (4 * params.back_reach)), 4)}


def _document_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    """What it says that one document tells both, or two documents that have much in common.

    A document that uses one word again for an act of nobody in particular most likely goes on with what it told.
    """
    if left.document_id == right.document_id:
        nobody = not _both(left) and not _both(right)
        return {"document": params.same_document} if nobody else {"story": params.same_story}
    alike = likeness(left.terms, right.terms)
    if alike >= params.least_likeness:
        return {"documents": round(alike * params.documents, 4)}
    return {"story": params.same_story} if left.story == right.story else {}


def _days_agree(left: Told, right: Told) -> bool:
    """Whether the same days stand in for parties: they can where one of the two names nobody."""
    return left.stated is not None and left.stated == right.stated and not (_both(left) and _both(right))


def _trigger_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    found: dict[str, float] = {}
    if left.lemma == right.lemma:
        found["same_lemma"] = params.same_lemma
    elif same_trigger(left.lemma, right.lemma, params):
        found["related_lemma"] = params.related_lemma
    elif _any_trigger(left, right):
        found["any_trigger"] = params.any_trigger
    return found


def _word_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    ours, theirs = (words(report.around(params.context), params.terms) for report in (left, right))
    shared = sum(weight * theirs.get(word, 0.0) for word, weight in ours.items())
    return {"words": round(shared * params.overlap, 4)} if shared >= params.least_overlap else {}


def _any_trigger(left: Told, right: Told) -> bool:
    same_type = left.event_type == right.event_type
    return same_type and (KINDS[left.event_type].any_trigger or standing(left, right))


def _time_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float]:
    if left.stated is None or right.stated is None:
        return {}
    if left.stated[0] > right.stated[1] or right.stated[0] > left.stated[1]:
        return {}
    days = max((span[1] - span[0]).days for span in (left.stated, right.stated))
    if days == 0:
        return {"same_day": params.same_day}
    if days <= 7:
        return {"same_week": params.same_week}
    return {"same_month": params.same_month} if days <= 31 else {"same_period": params.same_year}


def _party_evidence(left: Told, right: Told, params: MergingParams) -> dict[str, float] | None:
    if KINDS[left.event_type].symmetric and KINDS[right.event_type].symmetric:
        return _equals(_both(left), _both(right), params)
    found: dict[str, float] = {}
    sides = {"actor": (left.of("actor"), right.of("actor")), "recipient": (others(left), others(right))}
    for role, (ours, theirs) in sides.items():
        if ours and theirs:
            best = max(_likeness(a, b, params) for a in ours for b in theirs)
            if best > 0.0:
                found[role] = best
            elif all(party.known for party in (*ours, *theirs)):
                return None
    return found


def others(report: Told) -> tuple[Party, ...]:
    """Return the recipients of a report that do not act in it too."""
    if not report.of("actor") or not report.of("recipient"):
        return report.of("recipient")
    acting = {party.cluster for party in report.of("actor")}
    return tuple(party for party in report.of("recipient") if party.cluster not in acting)


def _both(report: Told) -> tuple[Party, ...]:
    return (*report.of("actor"), *report.of("recipient"))


def _equals(ours: Sequence[Party], theirs: Sequence[Party], params: MergingParams) -> dict[str, float] | None:
    """Parties of an act among equals: every party of the shorter list must be in the longer one."""
    if not ours or not theirs:
        return {}
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    matches = [(party, max(_likeness(party, other, params) for other in theirs)) for party in ours]
    if any(best == 0.0 and party.known for party, best in matches) and all(party.known for party in theirs):
        return None
    best = sum(sorted((best for _, best in matches), reverse=True)[:2])
    share = params.lone_party if len(ours) < len(theirs) and len(ours) == 1 else 1.0
    return {"parties": round(best * share, 4)} if best else {}


def _likeness(left: Party, right: Party, params: MergingParams) -> float:
    """How much two parties speak for one event: the same, one the other's country, two offices of one government."""
    if left.cluster == right.cluster:
        return params.same_party
    if left.country is None or left.country != right.country:
        return 0.0
    if left.national or right.national:
        return params.country_party
    persons = left.entity_type == right.entity_type == "PERSON"
    return params.government_party if left.governs and right.governs and not persons else 0.0
