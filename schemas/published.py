"""The tables that people load: a star for BI, flat, with column types that every reader takes."""

from schemas import columns as c
from schemas.table import Table, key, optional
from schemas.work import Rejects, Segments

DOCUMENT = "documents.document_id"
ENTITY = "entities.entity_id"
EVENT = "events.event_id"
EVENT_MENTION = "event_mentions.event_mention_id"


class Sources(Table):
    """Every uri that was ever read in this dataset, and the document whose bytes stood there."""

    table = "sources"
    sort_by = ("collection", "source_uri", "document_id")

    source_uri = key(c.source_uri)
    document_id = key(c.document_id)
    sha256 = c.sha256
    format = c.format
    stated_url = optional(c.stated_url)
    stated_encoding = optional(c.stated_encoding)
    collection = key(c.collection)
    is_current = c.is_current


class Documents(Table):
    """One row a current document: clean text and what the page says about itself."""

    table = "documents"
    sort_by = ("published_on", "document_id")
    foreign_keys = {"duplicate_of": DOCUMENT}

    document_id = key(c.document_id)
    source_uri = c.source_uri
    format = c.format
    site = c.site
    outlet = optional(c.outlet)
    title = optional(c.title)
    authors = optional(c.authors)
    contributors = optional(c.contributors)
    tags = optional(c.tags)
    captions = optional(c.captions)
    url = optional(c.url)
    published_on = optional(c.published_on)
    published_on_basis = c.published_on_basis
    language = c.language
    text = c.text
    text_chars = c.text_chars
    raw_chars = c.raw_chars
    body_lines = c.body_lines
    removed_lines = c.removed_lines
    story_id = c.story_id
    duplicate_of = optional(c.duplicate_of)
    duplicate_kind = optional(c.duplicate_kind)
    similarity = optional(c.similarity)


class Lines(Table):
    """Every raw line with its label, the reason, and where it stands in the clean text if it was kept."""

    table = "lines"
    sort_by = ("document_id", "line_number")
    foreign_keys = {"document_id": DOCUMENT}

    document_id = key(c.document_id)
    line_number = key(c.line_number)
    text = c.text
    label = c.label
    reason = c.reason
    confidence = c.confidence
    kept = c.kept
    raw_start = c.raw_start
    raw_end = c.raw_end
    start = optional(c.start)
    end = optional(c.end)


class PublishedSegments(Segments):
    """Runs of the clean text and the runs of the raw text that they come from."""

    foreign_keys = {"document_id": DOCUMENT}


class Mentions(Table):
    """Every mention of an entity."""

    table = "mentions"
    sort_by = ("document_id", "start", "end")
    foreign_keys = {"document_id": DOCUMENT, "entity_id": ENTITY}

    mention_id = key(c.mention_id)
    document_id = c.document_id
    entity_id = c.entity_id
    start = c.start
    end = c.end
    text = c.text
    entity_type = c.entity_type
    mention_kind = c.mention_kind


class Entities(Table):
    """One row an entity: who is named, across all documents."""

    table = "entities"
    sort_by = ("entity_id",)

    entity_id = key(c.entity_id)
    name = c.name
    entity_type = c.entity_type
    country = optional(c.country)
    sector = optional(c.sector)
    description = optional(c.description)
    aliases = optional(c.aliases)
    basis = c.basis
    mention_count = c.mention_count
    document_count = c.document_count
    first_seen_on = optional(c.first_seen_on)
    last_seen_on = optional(c.last_seen_on)


class EventMentions(Table):
    """One row for each sentence that reports an event: the evidence."""

    table = "event_mentions"
    sort_by = ("document_id", "trigger_start", "event_mention_id")
    foreign_keys = {"document_id": DOCUMENT, "event_id": EVENT}

    event_mention_id = key(c.event_mention_id)
    event_id = c.event_id
    document_id = c.document_id
    sentence_start = c.sentence_start
    sentence_end = c.sentence_end
    sentence = c.sentence
    trigger_start = c.trigger_start
    trigger_end = c.trigger_end
    event_type = c.event_type
    event_mode = optional(c.event_mode)
    status = c.status
    is_quoted = c.is_quoted
    happened_from = optional(c.happened_from)
    happened_to = optional(c.happened_to)
    date_basis = optional(c.date_basis)
    actor_text = optional(c.actor_text)
    recipient_text = optional(c.recipient_text)
    place_text = optional(c.place_text)
    attributed_to_text = optional(c.attributed_to_text)
    confidence = c.confidence
    rule = c.rule
    runner_up = optional(c.runner_up)


class EventArguments(Table):
    """Who and what stands in which role of an event mention."""

    table = "event_arguments"
    sort_by = ("event_mention_id", "role", "start")
    foreign_keys = {"event_mention_id": EVENT_MENTION, "mention_id": "mentions.mention_id"}

    event_mention_id = key(c.event_mention_id)
    role = key(c.role)
    mention_id = optional(c.mention_id)
    start = key(c.start)
    end = c.end
    text = c.text


class Events(Table):
    """One row an event: who did what to whom, when and where."""

    table = "events"
    sort_by = ("started_on", "event_id")
    foreign_keys = {"actor_id": ENTITY, "recipient_id": ENTITY, "follows": EVENT}

    event_id = key(c.event_id)
    event_type = c.event_type
    event_mode = optional(c.event_mode)
    contexts = optional(c.contexts)
    quad_class = c.quad_class
    intensity = c.intensity
    cameo_root = c.cameo_root
    status = c.status
    started_on = optional(c.started_on)
    ended_on = optional(c.ended_on)
    date_precision = c.date_precision
    date_basis = optional(c.date_basis)
    actor_id = optional(c.actor_id)
    actor_name = optional(c.actor_name)
    actor_country = optional(c.actor_country)
    actor_sector = optional(c.actor_sector)
    recipient_id = optional(c.recipient_id)
    recipient_name = optional(c.recipient_name)
    recipient_country = optional(c.recipient_country)
    recipient_sector = optional(c.recipient_sector)
    place_name = optional(c.place_name)
    place_country = optional(c.place_country)
    latitude = optional(c.latitude)
    longitude = optional(c.longitude)
    quantity = optional(c.quantity)
    quantity_unit = optional(c.quantity_unit)
    follows = optional(c.follows)
    mention_count = c.mention_count
    document_count = c.document_count
    outlet_count = c.outlet_count
    first_reported_on = optional(c.first_reported_on)
    last_reported_on = optional(c.last_reported_on)
    headline = c.headline
    confidence = c.confidence


class Participants(Table):
    """Every entity in every role of an event."""

    table = "participants"
    sort_by = ("event_id", "role", "entity_id")
    foreign_keys = {"event_id": EVENT, "entity_id": ENTITY}

    event_id = key(c.event_id)
    entity_id = key(c.entity_id)
    role = key(c.role)
    mention_count = c.mention_count


class Judgements(Table):
    """What was merged or kept apart on the levels of documents, mentions, entities and events, and why."""

    table = "judgements"
    sort_by = ("level", "left_id", "right_id", "rule")

    level = key(c.level)
    left_id = key(c.left_id)
    right_id = key(c.right_id)
    decision = c.decision
    rule = key(c.rule)
    score = c.score


class Identity(Table):
    """The ledger: which members have which id. Ids of the next version are recognised by it.

    Members that are gone stay where they may come back: those of retired ids, and of documents that were taken out.
    """

    table = "identity"
    sort_by = ("level", "id", "member")

    level = key(c.level)
    member = key(c.member)
    id = c.member_of
    is_current = c.member_is_current


class IdentityChanges(Table):
    """Ids that no longer stand for what they stood for in an earlier version: follow new_id from row to row."""

    table = "identity_changes"
    sort_by = ("version", "old_id", "new_id")

    old_id = c.old_id
    new_id = optional(c.new_id)
    kind = c.change_kind
    version = c.version


class PublishedRejects(Rejects):
    """What could not be used: where, why, and what to do about it."""


class Versions(Table):
    """One row a version of this dataset. The one table with a clock."""

    table = "versions"
    sort_by = ("version",)

    version = key(c.version)
    parent = optional(c.parent)
    published_at = c.published_at
    documents = c.documents
    events = c.events
    schema_version = c.schema_version
    warnings = c.warnings


SCHEMA_VERSION = "1.1.0"
TABLES: tuple[type[Table], ...] = (
    Sources, Documents, Lines, PublishedSegments, Mentions, Entities, EventMentions, EventArguments, Events,
    Participants, Judgements, IdentityChanges, PublishedRejects, Identity, Versions,
)  # fmt: skip
