"""Tables that stages over the corpus make: which documents, chains and reports belong together, and why."""

from typing import ClassVar

from schemas import columns as c
from schemas.table import Table, key, optional


class Duplicates(Table):
    """Documents that copy another one."""

    table = "duplicates"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    duplicate_of = c.duplicate_of
    duplicate_kind = c.duplicate_kind
    similarity = c.similarity


class Stories(Table):
    """One row a document: the cluster of documents about the same happening."""

    table = "stories"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    cluster = c.cluster


class ChainEntities(Table):
    """Which cluster each chain belongs to."""

    table = "chain_entities"
    sort_by = ("document_id", "chain")

    document_id = key(c.document_id)
    chain = key(c.chain)
    cluster = c.cluster


class EntityClusters(Table):
    """One row a cluster of chains: who they are."""

    table = "entity_clusters"
    sort_by = ("cluster",)

    cluster = key(c.cluster)
    name = c.name
    entity_type = c.entity_type
    country = optional(c.country)
    sector = optional(c.sector)
    description = optional(c.description)
    aliases = optional(c.aliases)
    basis = c.basis


class ReportEvents(Table):
    """Which cluster each report belongs to."""

    table = "report_events"
    sort_by = ("document_id", "report")

    document_id = key(c.document_id)
    report = key(c.report)
    cluster = c.cluster


class EventClusters(Table):
    """One row a cluster of reports: the event that they tell. Actor, recipient and `follows` are keys of clusters."""

    table = "event_clusters"
    sort_by = ("cluster",)

    cluster = key(c.cluster)
    event_type = c.event_type
    event_mode = optional(c.event_mode)
    contexts = optional(c.contexts)
    status = c.status
    started_on = optional(c.started_on)
    ended_on = optional(c.ended_on)
    date_precision = c.date_precision
    date_basis = optional(c.date_basis)
    actor_id = optional(c.actor_id)
    recipient_id = optional(c.recipient_id)
    place_name = optional(c.place_name)
    place_country = optional(c.place_country)
    latitude = optional(c.latitude)
    longitude = optional(c.longitude)
    quantity = optional(c.quantity)
    quantity_unit = optional(c.quantity_unit)
    follows = optional(c.follows)
    headline = c.headline
    confidence = c.confidence


class EventParticipants(Table):
    """The entity clusters in each role of an event cluster, counted by reports."""

    table = "event_participants"
    sort_by = ("cluster", "role", "entity_id")

    cluster = key(c.cluster)
    role = key(c.role)
    entity_id = key(c.entity_id)
    mention_count = c.mention_count


class _Judgements(Table):
    """What was merged or kept apart, and why."""

    sort_by: ClassVar[tuple[str, ...]] = ("left_id", "right_id", "rule")

    level = c.level
    left_id = key(c.left_id)
    right_id = key(c.right_id)
    decision = c.decision
    rule = key(c.rule)
    score = c.score


class DocumentJudgements(_Judgements):
    """Judgements about copies."""

    table = "document_judgements"


class NameJudgements(_Judgements):
    """Judgements about mentions inside their document."""

    table = "name_judgements"
    sort_by = ("document_id", "left_id", "right_id", "rule")

    document_id = key(c.document_id)


class EntityJudgements(_Judgements):
    """Judgements about chains."""

    table = "entity_judgements"


class EventJudgements(_Judgements):
    """Judgements about reports."""

    table = "event_judgements"
