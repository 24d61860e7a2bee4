"""PLOVER, the political-event standard, as data: types, modes, contexts, sectors and the way from CAMEO.

Source: the PLOVER manual v0.8+ and its crosswalk CAMEO2PLOVER-2021 (Open Event Data Alliance), restated in
`schemas/plover/*.csv`. Where crosswalk and manual disagree the manual is followed, and `basis` of the row says so.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True)
class EventType:
    """A PLOVER event type.

    Attributes:
        name: PLOVER code, such as "ASSAULT".
        quad_class: one of the four quad classes.
        score: PLOVER score of the type without a mode, -10 (conflict) to 10 (cooperation).
        cameo_root: CAMEO root code of two digits that stands for the type.
        requires_recipient: the manual wants a recipient for it.
        meaning: what it covers.
    """

    name: str
    quad_class: str
    score: float
    cameo_root: str
    requires_recipient: bool
    meaning: str


@dataclass(frozen=True)
class Cameo:
    """What a CAMEO code becomes in PLOVER."""

    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float | None


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files("schemas").joinpath("plover", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _event_type(row: dict[str, str]) -> EventType:
    return EventType(
        name=row["event_type"],
        quad_class=row["quad_class"],
        score=float(row["score"]),
        cameo_root=row["cameo_root"],
        requires_recipient=row["requires_recipient"] == "true",
        meaning=row["meaning"],
    )


def _number(value: str) -> float | None:
    return float(value) if value else None


def _list(value: str) -> tuple[str, ...]:
    return tuple(value.split("; ")) if value else ()


TYPES = MappingProxyType({row["event_type"]: _event_type(row) for row in _rows("event_types")})
MODES = MappingProxyType({(row["event_type"], row["mode"]): _number(row["score"]) for row in _rows("modes")})
CAMEO = MappingProxyType(
    {
        row["cameo"]: Cameo(row["event_type"], row["mode"] or None, _list(row["contexts"]), _number(row["goldstein"]))
        for row in _rows("cameo")
    }
)
EVENT_TYPES: tuple[str, ...] = tuple(TYPES)
QUAD_CLASSES: tuple[str, ...] = tuple(dict.fromkeys(kind.quad_class for kind in TYPES.values()))
CONTEXTS: tuple[str, ...] = tuple(row["context"] for row in _rows("contexts"))
SECTORS: tuple[str, ...] = tuple(row["sector"] for row in _rows("sectors"))


def quad_class(event_type: str) -> str:
    """Return the quad class of a PLOVER event type; KeyError where there is no such type."""
    return TYPES[event_type].quad_class


def intensity(event_type: str, mode: str | None = None) -> float:
    """Return the PLOVER score, -10 to 10, of a mode, or of its type where the manual prints none for the mode.

    Raises:
        KeyError: there is no such event type, or it has no such mode.
    """
    score = MODES[event_type, mode] if mode else None
    return TYPES[event_type].score if score is None else score


def cameo_root(event_type: str, mode: str | None = None) -> str:
    """Return the two-digit CAMEO root code of a PLOVER type; KeyError where there is no such type.

    With a mode it is the root that most CAMEO codes of that type and mode have, if the crosswalk knows the pair: an
    investigation is 09, an accusation 11.
    """
    roots = Counter(
        code[:2] for code, entry in CAMEO.items() if mode and (entry.event_type, entry.mode) == (event_type, mode)
    )
    return roots.most_common(1)[0][0] if roots else TYPES[event_type].cameo_root


def modes(event_type: str) -> tuple[str, ...]:
    """Return the modes of a PLOVER event type in the order of the manual; none for an unknown type."""
    return tuple(mode for kind, mode in MODES if kind == event_type)
