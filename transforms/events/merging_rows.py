"""From the reports of a cluster to one row about the event that they tell, and to its participants."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from transforms.events.merging_decisions import KINDS
from transforms.events.merging_reports import Party, Row, Told
from transforms.lookups.facts import place_of

CERTAINTY = ("happened", "ongoing", "planned", "threatened", "denied")
ROLES = ("actor", "recipient")


def best(reports: Sequence[Told]) -> Told:
    """Return the report that tells the event best: the surest, then the earliest."""
    return min(reports, key=lambda told: (-told.confidence, told.published_on or date.max, told.key))


def common(values: Sequence[Any]) -> Any:
    """Return the most frequent value that is not None, the smallest on a tie; None where there is none."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def event_row(cluster: str, reports: Sequence[Told], follows: str | None) -> Row:
    """Return the row of `event_clusters` for the reports of one cluster."""
    event_type = _type(reports)
    row = {"cluster": cluster, "event_type": event_type, "follows": follows}
    row |= {"event_mode": common([told.event_mode for told in reports if told.event_type == event_type])}
    row |= {"contexts": _contexts(reports), "status": _status(reports)}
    row |= _dates(reports) | _place(reports) | _quantity(reports)
    parties = main_parties(event_type, reports)
    row |= {f"{role}_id": party.cluster if party else None for role, party in parties.items()}
    return row | {
        "headline": best(reports).sentence,
        "confidence": max(told.confidence for told in reports),
    }


def _type(reports: Sequence[Told]) -> str:
    weights: defaultdict[str, float] = defaultdict(float)
    for told in reports:
        weights[told.event_type] += told.confidence
    return min(weights, key=lambda name: (-round(weights[name], 6), name))


def _contexts(reports: Sequence[Told]) -> str | None:
    counts = Counter(name for told in reports for name in (told.contexts or "").split("; ") if name)
    return "; ".join(sorted(counts, key=lambda name: (-counts[name], name))) or None


def _status(reports: Sequence[Told]) -> str:
    """The most certain status; of what took place, what most reports say: over, or going on."""
    counts = Counter(told.status for told in reports)
    if counts["ongoing"] and counts["ongoing"] >= counts["happened"]:
        return "ongoing"
    return next(status for status in CERTAINTY if counts[status])


def _dates(reports: Sequence[Told]) -> Row:
    """The days that the text states, at their most precise; else those that publication stands for."""
    dated = [told for told in reports if told.happened_from is not None]
    if not dated:
        return {"started_on": None, "ended_on": None, "date_precision": "unknown", "date_basis": None}
    sharpest = min(dated, key=_sharpness)
    first, last = sharpest.happened_from, sharpest.happened_to
    if _status(reports) == "ongoing":
        first, last = min(told.happened_from for told in dated if told.happened_from), None
    return {
        "started_on": first,
        "ended_on": last,
        "date_precision": sharpest.date_precision,
        "date_basis": sharpest.date_basis,
    }


def _sharpness(told: Told) -> tuple[bool, int, date, str]:
    first = told.happened_from or date.max
    return told.stated is None, ((told.happened_to or first) - first).days, first, told.key


def _quantity(reports: Sequence[Told]) -> Row:
    stated = [(told.quantity, told.quantity_unit) for told in reports if told.quantity_unit]
    quantity, unit = common(stated) or (None, None)
    return {"quantity": quantity, "quantity_unit": unit}


def _place(reports: Sequence[Told]) -> Row:
    """The place that most reports name, with its coordinates where it is known, by its country if the text tells it."""
    parties = {party.cluster: party for told in reports for party in told.of("place")}
    chosen = common([party.cluster for told in reports for party in told.of("place")])
    name, country = (parties[chosen].name, parties[chosen].country) if chosen else (None, None)
    spoken = {party.country for told in reports for role in ROLES for party in told.of(role) if party.country}
    known = place_of(name, country, spoken) if name else None
    return {
        "place_name": name,
        "place_country": country or (known.iso3 if known else None),
        "latitude": known.latitude if known else None,
        "longitude": known.longitude if known else None,
    }


def _roles(event_type: str, reports: Sequence[Told]) -> dict[str, Counter[Party]]:
    """How many reports name which party in which role; among equals, all parties are counted as actors."""
    counts: dict[str, Counter[Party]] = {role: Counter() for role in ROLES}
    symmetric = _are_equals(event_type, reports)
    for told in reports:
        for role in ROLES:
            counts["actor" if symmetric else role].update(told.of(role))
    return counts


def _order(counts: Counter[Party]) -> Callable[[Party], tuple[int, bool, str, str]]:
    return lambda party: (-counts[party], *_rank(party))


def _rank(party: Party) -> tuple[bool, str, str]:
    """Put who belongs to a state before bodies of states and groups of nobody knows where, then go by name."""
    return party.country is None, party.name, party.cluster


def main_parties(event_type: str, reports: Sequence[Told]) -> dict[str, Party | None]:
    """Return the first actor and the first recipient: named by most reports, those of a state first, then by name.

    Among equals the two that most reports name stand in this order too, unless all reports have the same one act.
    """
    counts = _roles(event_type, reports)
    ranked = {role: sorted(counts[role], key=_order(counts[role])) for role in ROLES}
    if _are_equals(event_type, reports):
        pair = sorted(_two_sides(ranked["actor"]), key=_rank)
        return {role: pair[place] if place < len(pair) else None for place, role in enumerate(ROLES)}
    actor = next(iter(ranked["actor"]), None)
    others = [party for party in ranked["recipient"] if actor is None or party.cluster != actor.cluster]
    return {"actor": actor, "recipient": next(iter(others), None)}


def _are_equals(event_type: str, reports: Sequence[Told]) -> bool:
    """Return whether the order of the parties says nothing; an offer that all reports lay to one side is no deal."""
    if not KINDS[event_type].symmetric:
        return False
    sides = [{party.country or party.cluster for told in reports for party in told.of(role)} for role in ROLES]
    return len(sides[0]) != 1 or bool(sides[0] & sides[1])


def _two_sides(ranked: Sequence[Party]) -> list[Party]:
    """The first party, and the first one of another country if there is one."""
    if not ranked:
        return []
    first, *rest = ranked
    other = next((party for party in rest if party.country is None or party.country != first.country), None)
    return [first, *([other] if other else rest[:1])]


def participant_rows(cluster: str, event_type: str, reports: Sequence[Told]) -> list[Row]:
    """Return the rows of `event_participants`: every party in every role, counted by reports.

    Among equals the recipient is the one of `main_parties`; all others are actors.
    """
    counts = _roles(event_type, reports)
    second = main_parties(event_type, reports)["recipient"] if _are_equals(event_type, reports) else None
    places: Counter[Party] = Counter(party for told in reports for party in told.of("place"))
    speakers: Counter[Party] = Counter(party for told in reports for party in told.of("attributed_to"))
    counts |= {"place": places, "attributed_to": speakers}
    return [
        {
            "cluster": cluster,
            "role": "recipient" if party == second and role == "actor" else role,
            "entity_id": party.cluster,
            "mention_count": number,
        }
        for role, parties in counts.items()
        for party, number in parties.items()
    ]
