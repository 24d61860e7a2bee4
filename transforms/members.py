"""Member keys: what names a chain or a report by its content, so that it is known again when numbers and offsets move.

The ledger `identity` keeps them under the ids, and a user's own decisions name them.
"""

import hashlib

import polars as pl

from transforms.contract import Tables

CHAIN = ["document_id", "chain"]
REPORT = ["document_id", "report"]


def of_chains(tables: Tables) -> pl.DataFrame:
    """Return document_id, chain and member of every chain with a mention: document, type and folded name.

    Args:
        tables: names and chains.
    """
    mentioned = tables["names"].select(CHAIN).unique()
    chains = tables["chains"].select(*CHAIN, "name", "entity_type").join(mentioned, on=CHAIN, how="semi")
    kind = pl.col("entity_type").str.to_lowercase()
    keyed = chains.select(*CHAIN, member=pl.format("{}:{}:{}", "document_id", kind, folded(pl.col("name"))))
    return numbered(keyed, order="chain")


def of_reports(tables: Tables) -> pl.DataFrame:
    """Return document_id, report and member of every report: document, digest of its sentence, trigger and type.

    Args:
        tables: reports.
    """
    reports = tables["reports"].select(*REPORT, "sentence", "trigger_lemma", "event_type")
    digests = [hashlib.sha256(text.encode()).hexdigest()[:8] for text in reports["sentence"]]
    keyed = reports.with_columns(digest=pl.Series(digests, dtype=pl.String)).select(
        *REPORT, member=pl.format("{}:{}:{}:{}", "document_id", "digest", "trigger_lemma", "event_type")
    )
    return numbered(keyed, order="report")


def folded(name: pl.Expr) -> pl.Expr:
    """Return names in lower case with one space for whatever is neither letter nor number."""
    return name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def numbered(members: pl.DataFrame, order: str) -> pl.DataFrame:
    """Return the members with equal keys told apart: the second and later ones of a key get their number appended.

    Args:
        members: columns member and document_id at least; equal keys come from one document only.
        order: the column that numbers equal keys inside their document.
    """
    repeat = pl.col("member").cum_count().over("member")
    return members.sort("document_id", order).with_columns(
        member=pl.when(repeat > 1).then(pl.format("{}:{}", "member", repeat)).otherwise("member")
    )
