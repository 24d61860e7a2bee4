"""The rules of judgements in words: what spoke for one event, what forbade it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flows.evidence.version import Row

if TYPE_CHECKING:
    from flows.evidence.pairs import Told

CARRIED_OUT, CLUSTER = "carried_out:", "cluster_"
ROLES = ("actor", "recipient")


def reasons(rule: str, left: Told, right: Told) -> list[str]:
    """Return why two reports are one event or are not, a reason a line.

    Args:
        rule: of the judgement: evidence joined by "+", or what forbids it; one without words here stays as it is.
        left: what one report says.
        right: what the other one says.
    """
    if rule.startswith(CARRIED_OUT):
        ahead = "one plans or threatens what the other one tells as done, so that one carries out the other"
        return [ahead, *reasons(rule.removeprefix(CARRIED_OUT), left, right)]
    if rule.startswith(CLUSTER) and rule.removeprefix(CLUSTER) in OBSTACLES:
        said = OBSTACLES[rule.removeprefix(CLUSTER)](left, right).partition(":")[0]
        return [f"with all that the other reports of both say, {said}"]
    if rule in OBSTACLES:
        return [OBSTACLES[rule](left, right)]
    return [EVIDENCE[name](left, right) if name in EVIDENCE else name.replace("_", " ") for name in rule.split("+")]


def days(row: Row, published: object) -> str:
    """Return when a report says that it happened, or what stands for that."""
    first, last = row["happened_from"], row["happened_to"]
    if first is None:
        return f"no date, published {published or 'nobody knows when'}"
    return str(first) if first == last else f"{first} to {last or 'now'}"


def _words(what: str) -> Callable[[Told, Told], str]:
    return lambda left, right: f'{what}: "{left.trigger}" and "{right.trigger}"'


def _days(what: str) -> Callable[[Told, Told], str]:
    def said(left: Told, right: Told) -> str:
        ours, theirs = (days(one.mention, one.document["published_on"]) for one in (left, right))
        return f"{what}: {ours}" if ours == theirs else f"{what}: {ours}; {theirs}"

    return said


def _shared(*roles: str) -> Callable[[Told, Told], str]:
    """The entities that both name in a role; where they share none, those that stand for each other."""

    def said(left: Told, right: Told) -> str:
        ours, theirs = ({k: v for role in roles for k, v in one.parties.get(role, {}).items()} for one in (left, right))
        what = roles[0] if len(roles) == 1 else "parties"
        shared = [name for entity, name in ours.items() if entity in theirs]
        if shared:
            return f"same {what}: {', '.join(shared)}"
        return f"{what} of one country: {', '.join(ours.values())}; {', '.join(theirs.values())}"

    return said


def _differ(what: str, *roles: str) -> Callable[[Told, Told], str]:
    def said(left: Told, right: Told) -> str:
        named = [
            ", ".join(name for role in roles for name in one.parties.get(role, {}).values()) for one in (left, right)
        ]
        return f"{what}: {'; '.join(named)}" if all(named) else what

    return said


def _modes(left: Told, right: Told) -> str:
    return f"they took different forms: {left.mention['event_mode']}; {right.mention['event_mode']}"


def _story(left: Told, right: Told) -> str:
    if left.document["document_id"] == right.document["document_id"]:
        return "one document tells both"
    return f"documents of one story ({left.document['story_id']})"


def _plain(words: str) -> Callable[[Told, Told], str]:
    return lambda left, right: words


EVIDENCE: Mapping[str, Callable[[Told, Told], str]] = {
    "same_lemma": _words("same word"),
    "related_lemma": _words("words for one act"),
    "any_trigger": _words("words for one kind of act"),
    "actor": _shared("actor"),
    "recipient": _shared("recipient"),
    "parties": _shared(*ROLES),
    "same_day": _days("same day"),
    "same_week": _days("days of one week"),
    "same_month": _days("days of one month"),
    "same_period": _days("days that fit together"),
    "story": _story,
    "document": _plain("one document tells both"),
    "documents": _plain("their documents tell much the same"),
    "quantity": _plain("same number of the same thing"),
    "place": _shared("place"),
    "standing": _plain("a situation that goes on, or a threat that holds"),
    "back_reference": _plain("the later one speaks of what was told shortly before"),
    "words": _plain("similar words around them"),
    "copied_sentence": _plain("copies of one document have the sentence"),
    "own:same": _plain("you decided so"),
    "own:different": _plain("you decided so"),
}
"""What speaks for one event."""
OBSTACLES: Mapping[str, Callable[[Told, Told], str]] = {
    "too_little_evidence": _plain("nothing forbids it, but too little speaks for it"),
    "dates_differ": _days("the days do not fit"),
    "quantities_differ": _plain("the numbers of the same thing differ"),
    "places_differ": _differ("the places differ", "place"),
    "parties_differ": _differ("the parties differ", *ROLES),
    "modes_differ": _modes,
    "one_threat_of_many": _plain("one is made on its day, the other one holds all along"),
    "told_side_by_side": _plain("one sentence tells both side by side, with a word for each"),
}
"""What forbids it, whatever speaks for it."""
