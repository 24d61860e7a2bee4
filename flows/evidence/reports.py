"""The reports of an event: where their sentences stand, and what decided them.

What decided is not published: the documents are parsed and read again by the stages themselves, which give the same as
long as their code is the same.
"""

from dataclasses import dataclass

import polars as pl

from flows import graph
from flows.evidence.version import Row, Version
from flows.settings import Settings
from schemas import published, work
from transforms.clean.mapped import Mapped
from transforms.events import mentions, report, reports
from transforms.events.evidence import Evidence, evidence_of
from transforms.events.mentions import MentionIndex
from transforms.language.parses import parse_of


@dataclass(frozen=True)
class Place:
    """Where a sentence stands in its source.

    Attributes:
        source_uri: the document's first uri.
        first_line: of the raw text, from 1.
        last_line: of the raw text.
        raw_start: first code point of the raw text; of HTML that is the text rendered from it.
        raw_end: code point after the last.
        raw_text: what stands there.
    """

    source_uri: str
    first_line: int
    last_line: int
    raw_start: int
    raw_end: int
    raw_text: str


@dataclass(frozen=True)
class Report:
    """A sentence that reports an event.

    Attributes:
        mention: the row of `event_mentions`.
        document: the row of `documents`, without its text.
        place: where the sentence stands.
        arguments: rows of `event_arguments`, with the entities of their mentions.
        evidence: what decided; None where the stages of today do not report it any more.
    """

    mention: Row
    document: Row
    place: Place
    arguments: list[Row]
    evidence: Evidence | None


@dataclass(frozen=True)
class Again:
    """What the stages make of some documents today.

    Attributes:
        names: the rows of `names`.
        chains: the rows of `chains`.
        reports: by document, start of the trigger, and type; each with the mentions of its document.
    """

    names: pl.DataFrame
    chains: pl.DataFrame
    reports: dict[tuple[str, int, str], tuple[report.Report, MentionIndex]]

    def evidence(self, row: Row) -> Evidence | None:
        """Return what decided a row of `event_mentions`, None where nothing reports it any more."""
        found = self.reports.get((row["document_id"], row["trigger_start"], row["event_type"]))
        return evidence_of(*found) if found else None


def read_again(documents: pl.DataFrame, settings: Settings) -> Again:
    """Return what the stages up to `reports` make of rows of `documents`."""
    tables = {schema.table: documents.select(schema.column_names()) for schema in (work.Texts, work.Fields)}
    for name in ("parses", "names"):
        stage = graph.stage(name)
        tables |= stage.function(tables, settings.params(name, stage.params))
    params = settings.params("reports", reports.Params)
    found = {}
    for row in documents.iter_rows(named=True):
        parse, names, chains = (
            tables[table].filter(document_id=row["document_id"]) for table in ("parses", "names", "chains")
        )
        doc = parse_of(parse["parse"][0])
        index = MentionIndex(doc, mentions.mentions_of(names.iter_rows(named=True), chains.iter_rows(named=True)))
        for one in reports.code_document(doc, index, row["published_on"], params):
            found[row["document_id"], one.trigger.token.idx, one.judgement.event_type] = (one, index)
    return Again(tables["names"], tables["chains"], found)


def reports_of(version: Version, told: pl.DataFrame, documents: pl.DataFrame, again: Again) -> list[Report]:
    """Return rows of `event_mentions` with where they stand and what decided them, in the order given."""
    ids = documents["document_id"].to_list()
    lines, segments = (
        version.rows(schema, document_id=ids) for schema in (published.Lines, published.PublishedSegments)
    )
    named = version.rows(published.Mentions, document_id=ids).join(version.rows(published.Entities), on="entity_id")
    arguments = version.rows(published.EventArguments, event_mention_id=told["event_mention_id"].to_list()).join(
        named.select("mention_id", "entity_id", "name", "country", "sector"), on="mention_id", how="left"
    )
    about = {row["document_id"]: row for row in documents.drop("text").iter_rows(named=True)}
    return [
        Report(
            mention=row,
            document=about[row["document_id"]],
            place=_place(row, about[row["document_id"]]["source_uri"], lines, segments),
            arguments=arguments.filter(event_mention_id=row["event_mention_id"]).sort("role", "start").to_dicts(),
            evidence=again.evidence(row),
        )
        for row in told.iter_rows(named=True)
    ]


def _place(row: Row, uri: str, lines: pl.DataFrame, segments: pl.DataFrame) -> Place:
    runs = segments.filter(document_id=row["document_id"]).select("start", "end", "raw_start", "raw_end")
    start, end = Mapped("", tuple(runs.iter_rows())).raw_range(row["sentence_start"], row["sentence_end"])
    touched = lines.filter(document_id=row["document_id"]).filter(pl.col("raw_start") < end, pl.col("raw_end") > start)
    pieces = [
        text[max(0, start - raw_start) : end - raw_start]
        for text, raw_start in touched.select("text", "raw_start").iter_rows()
    ]
    numbers = touched["line_number"].to_list()
    return Place(uri, min(numbers, default=0), max(numbers, default=0), start, end, "\n".join(pieces))
