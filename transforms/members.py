"""Member keys: what names a chain or a report by its content, so that it is known again when numbers and offsets move.

The ledger `identity` keeps them under the ids, and a user's own decisions name them.
"""

import hashlib

import polars as pl

from transforms.contract import Tables

CHAIN = ["document_id", "chain"]
REPORT = ["document_id", "report"]
END_WORDS = 4
"""Words at the start or the end of a sentence that are digested apart."""


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
    sentences = reports.select("sentence", words=folded(pl.col("sentence"))).unique("sentence")
    digests = pl.Series([digest(*row) for row in sentences.iter_rows()], dtype=pl.String)
    keyed = reports.join(sentences.select("sentence", digest=digests), on="sentence", maintain_order="left").select(
        *REPORT, member=pl.format("{}:{}:{}:{}", "document_id", "digest", "trigger_lemma", "event_type")
    )
    return numbered(keyed, order="report")


def digest(sentence: str, words: str) -> str:
    """Return 16 hex digits: 8 of the sentence, 4 of its first words and 4 of its last, these folded.

    So a sentence that was edited in one place, or that ends elsewhere, is still known by the rest.

    Args:
        sentence: the sentence.
        words: the same, folded.
    """
    apart = words.split(" ")
    parts = ((sentence, 8), (" ".join(apart[:END_WORDS]), 4), (" ".join(apart[-END_WORDS:]), 4))
    return "".join(hashlib.sha256(part.encode()).hexdigest()[:length] for part, length in parts)


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
