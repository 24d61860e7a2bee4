"""From a trigger and its reality to an event type and status, by PLOVER's tie-breaks.

What is only possible is not coded. A refused or withheld act of cooperation is REJECT, an act of conflict that is
renounced CONCEDE, an announced act of force THREATEN (PLOVER manual, tie-breaks in `schemas/plover/event_types.csv`).
"""

from dataclasses import dataclass

from transforms.events.lexicon import CONFLICT, Predicate
from transforms.events.status import Reality

WITHHELD = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
FORCE = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict"}
STANDING = frozenset({"will", "would"})


@dataclass(frozen=True)
class Judgement:
    """What is coded.

    Attributes:
        event_type: PLOVER type.
        mode: PLOVER mode or None.
        status: happened, ongoing, planned, threatened or denied.
        reason: what changed the type that the lexicon states, "" where nothing did.
    """

    event_type: str
    mode: str | None
    status: str
    reason: str = ""


def judge(predicate: Predicate, reality: Reality) -> Judgement | None:
    """Return what a predicate reports under a reality; None where nothing is to be coded."""
    if reality.negated or reality.status == "renounced":
        return _negated(predicate, reality)
    untimely = predicate.tense == "future" and reality.status != "planned"
    if untimely or reality.status in ("hypothetical", "denied"):
        return None
    if predicate.status is not None and not (predicate.status == "ongoing" and reality.status == "planned"):
        return Judgement(predicate.event_type, predicate.mode, predicate.status)
    if reality.status == "planned" and predicate.event_type in FORCE:
        announced = reality.modal == "will" and predicate.pos == "verb"
        return Judgement("THREATEN", FORCE[predicate.event_type], "threatened", "announced") if announced else None
    return Judgement(predicate.event_type, predicate.mode, reality.status)


def _negated(predicate: Predicate, reality: Reality) -> Judgement | None:
    renounced = reality.status == "renounced" and not reality.negated
    stated = reality.modal in (*STANDING, "maybe") and reality.embedded in ("happened", "ongoing")
    if predicate.pos != "verb" or not (renounced or stated):
        return None
    if predicate.event_type in WITHHELD:
        return Judgement("REJECT", None, "happened", "withheld")
    if predicate.event_type in CONFLICT and predicate.tense == "" and (renounced or reality.modal in STANDING):
        return Judgement("CONCEDE", None, "happened", "renounced")
    return None
