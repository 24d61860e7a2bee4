"""Tables between the stages. Map stages speak of documents and of numbered things inside them, never of corpus ids."""

import dataframely as dy
import polars as pl

from schemas import columns as c
from schemas.clusters import (
    ChainEntities,
    DocumentJudgements,
    Duplicates,
    EntityClusters,
    EntityJudgements,
    EventClusters,
    EventJudgements,
    EventParticipants,
    NameJudgements,
    ReportEvents,
    Stories,
)
from schemas.table import Table, key, optional

__all__ = [
    "ChainEntities", "Chains", "DocumentJudgements", "Duplicates", "EntityClusters", "EntityJudgements",
    "EventClusters", "EventJudgements", "EventParticipants", "Fields", "Intake", "KeptLines", "Lines",
    "NameJudgements", "Names", "Parses", "Prints", "Raw", "Rejects", "ReportArguments", "ReportEvents", "Reports",
    "Segments", "SiteLines", "Sites", "Stories", "Texts",
]  # fmt: skip


class Intake(Table):
    """One row a current document: what the archive holds and how it came in."""

    table = "intake"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    sha256 = c.sha256
    source_uri = c.source_uri
    format = c.format
    stated_url = optional(c.stated_url)
    stated_encoding = optional(c.stated_encoding)
    payload = c.payload


class Raw(Table):
    """One row a document that could be read: its text and what its container states about it."""

    table = "raw"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    source_uri = c.source_uri
    format = c.format
    encoding = c.encoding
    raw_text = c.raw_text
    url = optional(c.url)
    title = optional(c.title)
    authors = optional(c.authors)
    outlet = optional(c.outlet)
    published_on = optional(c.published_on)
    language = optional(c.language)
    tags = optional(c.tags)
    article_text = optional(c.article_text)


class Sites(Table):
    """One row a document: the site that it belongs to."""

    table = "sites"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    site = c.site


class SiteLines(Table):
    """The lines of a document that repeat across documents of its site.

    A count would change with every new document, and with it the labels of old ones: so `documents` is a step, which
    a line reaches once.
    """

    table = "site_lines"
    sort_by = ("document_id", "line_number")

    document_id = key(c.document_id)
    line_number = key(c.line_number)
    documents = c.line_documents


class Lines(Table):
    """Every raw line, blank ones included, with its label."""

    table = "lines"
    sort_by = ("document_id", "line_number")

    document_id = key(c.document_id)
    line_number = key(c.line_number)
    text = c.text
    label = c.label
    reason = c.reason
    confidence = c.confidence
    kept = c.kept
    raw_start = c.raw_start
    raw_end = c.raw_end


class Texts(Table):
    """One row a document: its clean text. The only input of `parses`."""

    table = "texts"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    text = c.text
    language = c.language


class Fields(Table):
    """One row a document: what the page says about itself."""

    table = "fields"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    outlet = optional(c.outlet)
    title = optional(c.title)
    authors = optional(c.authors)
    contributors = optional(c.contributors)
    tags = optional(c.tags)
    captions = optional(c.captions)
    url = optional(c.url)
    published_on = optional(c.published_on)
    published_on_basis = c.published_on_basis


class KeptLines(Table):
    """Where the kept lines stand in the clean text."""

    table = "kept_lines"
    sort_by = ("document_id", "line_number")

    document_id = key(c.document_id)
    line_number = key(c.line_number)
    start = c.start
    end = c.end


class Segments(Table):
    """Runs of the clean text that map to runs of the raw text. Every repair starts a new run.

    A run of equal length maps character by character; a run whose lengths differ maps as a whole.
    """

    table = "segments"
    sort_by = ("document_id", "start")

    document_id = key(c.document_id)
    start = key(c.start)
    end = c.end
    raw_start = c.raw_start
    raw_end = c.raw_end

    @dy.rule()
    def not_empty(cls) -> pl.Expr:
        """Hold where the run or mention has at least one character."""
        return (pl.col("start") < pl.col("end")) & (pl.col("raw_start") <= pl.col("raw_end"))


class Parses(Table):
    """One row a document: its parse, found again by the hash of the clean text."""

    table = "parses"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    parse = c.parse


class Prints(Table):
    """One row a document: what comparing it with others needs to know."""

    table = "prints"
    sort_by = ("document_id",)

    document_id = key(c.document_id)
    digest = c.digest
    shingles = c.shingles
    terms = c.terms
    characters = c.characters
    published_on = optional(c.published_on)


class Names(Table):
    """Mentions of entities, each in a chain of mentions of the same entity inside the document."""

    table = "names"
    sort_by = ("document_id", "mention")

    document_id = key(c.document_id)
    mention = key(c.mention)
    chain = c.chain
    start = c.start
    end = c.end
    text = c.text
    entity_type = c.entity_type
    mention_kind = c.mention_kind

    @dy.rule()
    def not_empty(cls) -> pl.Expr:
        """Hold where the run or mention has at least one character."""
        return pl.col("start") < pl.col("end")


class Chains(Table):
    """One row a chain: who its mentions say that it is."""

    table = "chains"
    sort_by = ("document_id", "chain")

    document_id = key(c.document_id)
    chain = key(c.chain)
    name = c.name
    entity_type = c.entity_type
    country = optional(c.country)
    sector = optional(c.sector)
    description = optional(c.description)
    aliases = optional(c.aliases)
    basis = c.basis


class Reports(Table):
    """Events as one sentence reports them."""

    table = "reports"
    sort_by = ("document_id", "report")

    document_id = key(c.document_id)
    report = key(c.report)
    sentence_start = c.sentence_start
    sentence_end = c.sentence_end
    sentence = c.sentence
    trigger_start = c.trigger_start
    trigger_end = c.trigger_end
    trigger_lemma = c.trigger_lemma
    event_type = c.event_type
    event_mode = optional(c.event_mode)
    contexts = optional(c.contexts)
    status = c.status
    is_quoted = c.is_quoted
    happened_from = optional(c.happened_from)
    happened_to = optional(c.happened_to)
    date_precision = c.date_precision
    date_basis = optional(c.date_basis)
    actor_text = optional(c.actor_text)
    recipient_text = optional(c.recipient_text)
    place_text = optional(c.place_text)
    attributed_to_text = optional(c.attributed_to_text)
    quantity = optional(c.quantity)
    quantity_unit = optional(c.quantity_unit)
    confidence = c.confidence
    rule = c.rule
    runner_up = optional(c.runner_up)


class ReportArguments(Table):
    """Who and what stands in which role of a report; `mention` is null where no mention covers the words."""

    table = "report_arguments"
    sort_by = ("document_id", "report", "role", "start")

    document_id = key(c.document_id)
    report = key(c.report)
    role = key(c.role)
    start = key(c.start)
    end = c.end
    text = c.text
    mention = optional(c.mention)


class Rejects(Table):
    """What could not be used: where, why, and what to do about it."""

    table = "rejects"
    sort_by = ("stage", "source_uri", "document_id", "reason", "detail")

    stage = c.stage
    source_uri = optional(c.source_uri)
    document_id = optional(c.document_id)
    reason = c.reason
    detail = c.detail
