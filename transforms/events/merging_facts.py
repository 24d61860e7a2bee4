"""All reports as columns: what decides about merging each one, and a hash of it by which what was decided is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from transforms.contract import Tables
from transforms.events.merging_params import MergingParams

REPORT = ["document_id", "report"]
ROLES: Mapping[str, int] = {"actor": 0, "recipient": 1, "place": 2, "attributed_to": 3}
COLUMNS = (
    "document_id", "report", "sentence", "sentence_start", "trigger_start", "trigger_end", "lemma", "event_type",
    "event_mode", "contexts", "status", "happened_from", "happened_to", "date_precision", "date_basis", "quantity",
    "quantity_unit", "confidence", "rule",
)  # fmt: skip
ABOUT_DOCUMENT = ("published_on", "story", "original")


@dataclass(frozen=True)
class Facts:
    """The reports, numbered by document and report, and who takes part in them.

    Attributes:
        reports: number; `COLUMNS`, with what starts after publication as planned; `ABOUT_DOCUMENT`: the day of
            publication, the story, and the document that its document copies, else its own; stated_from and stated_to:
            the days that the text states; possible_from and possible_to: those on which it can have happened; standing:
            whether it is a situation that goes on, or a threat that has been made and holds; hash: of all that is said
            here and of the parties.
        parties: a row a report, role and entity cluster, in the order of the text: number, role, cluster, name,
            entity_type, country, sector.
        terms: document_id and the heaviest words of each document as `prints` has them.
    """

    reports: pl.DataFrame
    parties: pl.DataFrame
    terms: pl.DataFrame


def facts(tables: Tables, params: MergingParams) -> Facts:
    """Return what merging has to know of all reports.

    Args:
        tables: reports, report_arguments, names, chain_entities, entity_clusters, duplicates, stories, prints and
            fields.
        params: see the class.
    """
    reports = _dated(_numbered(tables), params)
    parties = _parties(tables, reports)
    terms = tables["prints"].select("document_id", "terms")
    told = reports.join(terms.with_columns(pl.col("terms").hash()), on="document_id", how="left", maintain_order="left")
    own = told.select("number", own=pl.struct(pl.exclude("number")).hash())
    place = pl.int_range(pl.len()).over("number")
    theirs = parties.with_columns(place=place).group_by("number").agg(
        theirs=pl.struct(pl.exclude("number")).hash().sum()
    )  # fmt: skip
    hashes = own.join(theirs, on="number", how="left", maintain_order="left")
    return Facts(
        reports.with_columns(hash=hashes.select(pl.struct("own", "theirs").hash()).to_series()), parties, terms
    )


def _numbered(tables: Tables) -> pl.DataFrame:
    published = tables["fields"].select("document_id", "published_on")
    stories = tables["stories"].select("document_id", story="cluster")
    originals = tables["duplicates"].select("document_id", original="duplicate_of")
    reports = tables["reports"].rename({"trigger_lemma": "lemma"}).select(COLUMNS).sort(REPORT)
    for about in (published, stories, originals):
        reports = reports.join(about, on="document_id", how="left", maintain_order="left")
    own = [pl.col(column).fill_null(pl.col("document_id")) for column in ("story", "original")]
    return reports.with_columns(own).with_row_index("number").with_columns(pl.col("number").cast(pl.Int64))


def _dated(reports: pl.DataFrame, params: MergingParams) -> pl.DataFrame:
    """Add the days that the text states and those that publication leaves; what starts after publication is a plan."""
    stated = pl.col("happened_from").is_not_null() & (pl.col("date_basis") != "published").fill_null(value=False)
    spans = reports.with_columns(
        stated_from=pl.when(stated).then("happened_from"),
        stated_to=pl.when(stated).then(pl.coalesce("happened_to", "happened_from")),
    )
    ahead = (pl.col("stated_from") > pl.col("published_on")) & pl.col("status").is_in(["happened", "ongoing"])
    day, basis = pl.col("published_on"), pl.col("date_basis")
    coming = pl.col("status").is_in(["planned", "threatened"]) & (pl.col("event_type") != "THREATEN")
    recent, background, ahead_ = (
        timedelta(days=days) for days in (params.recent_days, params.background_days, params.ahead_days)
    )
    back = pl.when(basis == "published").then(pl.lit(recent)).otherwise(pl.lit(background))
    made = (pl.col("event_type") == "THREATEN") & (pl.col("status") == "threatened")
    return spans.with_columns(
        status=pl.when(ahead).then(pl.lit("planned")).otherwise("status")
    ).with_columns(
        standing=(pl.col("status") == "ongoing") | (made & basis.is_null()),
        possible_from=pl.coalesce("stated_from", pl.when(coming).then(day).otherwise(day - back)),
        possible_to=pl.coalesce("stated_to", pl.when(coming).then(day + pl.lit(ahead_)).otherwise(day)),
    )  # fmt: skip


def _parties(tables: Tables, reports: pl.DataFrame) -> pl.DataFrame:
    entities = tables["entity_clusters"].select("cluster", "name", "entity_type", "country", "sector")
    mention = ["document_id", "mention"]
    arguments = (
        tables["report_arguments"]
        .filter(pl.col("mention").is_not_null() & pl.col("role").is_in(list(ROLES)))
        .join(reports.select(*REPORT, "number"), on=REPORT)
    )
    owners = (
        tables["names"]
        .select(*mention, "chain")
        .join(arguments.select(mention).unique(), on=mention, how="semi")
        .join(tables["chain_entities"], on=["document_id", "chain"])
    )
    return (
        arguments.join(owners, on=mention)
        .join(entities, on="cluster")
        .sort("number", "role", "start", "cluster")
        .unique(["number", "role", "cluster"], keep="first", maintain_order=True)
        .select("number", "role", "cluster", "name", "entity_type", "country", "sector")
    )
