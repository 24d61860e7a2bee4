"""The parties of an event: who they are inside the documents that report it, and why they are one entity."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.evidence.citing import cited
from flows.evidence.reports import Again, Report
from flows.evidence.version import SIDES, Row, Version
from schemas import published
from transforms.events.evidence import LookupRow
from transforms.lookups.files import Own

ROLES = ("actor", "recipient", "place", "attributed_to")
LISTED = 5


@dataclass(frozen=True)
class Chain:
    """Who an entity is inside one document: the row of `chains`, and how often which words mention it."""

    row: Row
    forms: dict[str, int]


@dataclass(frozen=True)
class Party:
    """An entity in its roles.

    Attributes:
        roles: in the event.
        entity: the row of `entities`.
        chains: who it is in each document.
        rows: rows of lookups that the chains rest on, for their names and for the words in the reports.
        judgements: what was decided about these chains, as far as it is listed.
        more_judgements: how many judgements there are besides, on chains in other documents too.
    """

    roles: list[str]
    entity: Row
    chains: list[Chain]
    rows: list[LookupRow]
    judgements: list[Row]
    more_judgements: int


def parties_of(version: Version, event: Row, reports: Sequence[Report], again: Again, own: Own) -> list[Party]:
    """Return the parties of an event, its first actor and recipient first.

    Args:
        version: the version explained.
        event: the row of `events`.
        reports: its reports that are shown.
        again: what the stages make of their documents.
        own: the user's own rows of lookups.
    """
    found = version.rows(published.Participants, event_id=event["event_id"]).iter_rows(named=True)
    first = {event["recipient_id"]: 1, event["actor_id"]: 0}
    roles: dict[str, list[str]] = {}
    for row in sorted(found, key=lambda row: (first.get(row["entity_id"], 2), ROLES.index(row["role"]))):
        roles.setdefault(row["entity_id"], []).append(row["role"])
    return [_party(version, entity, held, reports, again, own) for entity, held in roles.items()]


def _party(version: Version, entity: str, roles: list[str], reports: Sequence[Report], again: Again, own: Own) -> Party:
    days = {report.document["document_id"]: report.document["published_on"] for report in reports}
    here = ["document_id", "start", "end"]
    spans = version.rows(published.Mentions, entity_id=entity, document_id=list(days)).select(here)
    mentioned = again.names.join(spans, on=here)
    chains, rows = [], []
    for (document, number), names in mentioned.group_by("document_id", "chain", maintain_order=True):
        chain = again.chains.filter(document_id=document, chain=number).row(0, named=True)
        forms = names.group_by("text", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
        chains.append(Chain(chain, dict(forms.iter_rows())))
        words = _words(entity, [report for report in reports if report.document["document_id"] == document])
        rows += cited(chain["basis"], [chain["name"], *words], chain["country"], days[str(document)], own)
    judged = version.judged("entity", version.rows(published.Identity, level="entity", id=entity)["member"].to_list())
    near = [row for row in judged if any(row[side].partition(":")[0] in days for side in SIDES)][:LISTED]
    about = version.rows(published.Entities, entity_id=entity).row(0, named=True)
    return Party(roles, about, chains, _distinct(rows), near, len(judged) - len(near))


def _words(entity: str, reports: Sequence[Report]) -> list[str]:
    """The words of the reports that stand for an entity."""
    arguments = (argument for report in reports for argument in report.arguments)
    return [argument["text"] for argument in arguments if argument["entity_id"] == entity]


def _distinct(rows: Sequence[LookupRow]) -> list[LookupRow]:
    return list({(row.file, row.line): row for row in rows}.values())
