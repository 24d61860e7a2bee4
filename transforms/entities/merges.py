"""Why the mentions of a chain are one entity: a judgement for each but the one that the others are joined to."""

from typing import Any

from transforms.entities import organisations, persons
from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading
from transforms.lookups import facts

Row = dict[str, Any]
SURE, LIKELY = 1.0, 0.9
NAMED = ("name", "title")


def judgement_rows(document: str, reading: Reading, chains: list[Chain]) -> list[Row]:
    """Return the rows of `name_judgements`: each mention and the first name of its chain, by mention id.

    Rules: same_name, full_name, surname, given, acronym, short_form, lookup (two known forms of one name), and for what
    is no name its kind: pronoun, office ("the French president") or noun.
    """
    rows = []
    for chain in chains:
        mentions = sorted(chain.mentions, key=lambda m: (m.kind not in NAMED, m.first, m.last))
        for mention in mentions[1:]:
            rule = f"document:{_rule(reading, mentions[0], mention)}"
            rows.append(
                {
                    "document_id": document,
                    "level": "mention",
                    "left_id": _id(document, reading, mentions[0]),
                    "right_id": _id(document, reading, mention),
                    "decision": "same",
                    "rule": rule,
                    "score": SURE if rule.endswith(("same_name", "lookup")) else LIKELY,
                }
            )
    return rows


def _id(document: str, reading: Reading, mention: Mention) -> str:
    last = reading.doc[mention.last - 1]
    return f"{document}-{reading.doc[mention.first].idx}-{last.idx + len(last)}"


def _rule(reading: Reading, first: Mention, mention: Mention) -> str:
    if mention.kind not in NAMED:
        return "pronoun" if mention.kind == "pronoun" else "office" if mention.office else "noun"
    left, right = (facts.plain(reading.cut(m.first, m.last)) for m in (first, mention))
    if facts.fold(left) == facts.fold(right):
        return "same_name"
    if mention.entity_type == "PERSON":
        return _of_person(persons.parts(left), persons.parts(right))
    if organisations.is_acronym(left, right) or organisations.is_acronym(right, left):
        return "acronym"
    return "short_form" if mention.entity_type == "ORG" and mention.basis == "model" else "lookup"


def _of_person(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    short, long = sorted((left, right), key=len)
    if left == right:
        return "same_name"
    return (persons.shortens(short[0], long) or "surname").replace(" ", "_") if len(short) == 1 else "full_name"
