"""The published tables that speak of documents: documents, lines, segments and rejects."""

import polars as pl

from schemas import published
from transforms.contract import Tables


def documents(tables: Tables, story_ids: pl.DataFrame) -> pl.DataFrame:
    """Return the documents table: one row a document that has a clean text.

    Args:
        tables: raw, sites, lines, texts, fields, duplicates and stories.
        story_ids: columns cluster and id.
    """
    stories = tables["stories"].join(story_ids, on="cluster").select("document_id", story_id="id")
    raw = tables["raw"].select("document_id", "source_uri", "format", raw_chars=pl.col("raw_text").str.len_chars())
    joined = (
        tables["texts"]
        .join(raw, on="document_id")
        .join(tables["fields"], on="document_id")
        .join(tables["sites"], on="document_id")
        .join(stories, on="document_id")
        .join(_line_counts(tables["lines"]), on="document_id", how="left")
        .join(tables["duplicates"], on="document_id", how="left")
    )
    return published.Documents.arrange(
        joined.with_columns(
            pl.col("body_lines", "removed_lines").fill_null(0), text_chars=pl.col("text").str.len_chars()
        )
    )


def _line_counts(lines: pl.DataFrame) -> pl.DataFrame:
    removed = ~pl.col("kept") & (pl.col("label") != "blank")
    return lines.group_by("document_id").agg(body_lines=pl.col("kept").sum(), removed_lines=removed.sum())


def lines(tables: Tables, documents_: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of the published documents, with the place in the clean text of those that were kept."""
    kept = tables["kept_lines"]
    joined = tables["lines"].join(documents_.select("document_id"), on="document_id", how="semi")
    return published.Lines.arrange(joined.join(kept, on=["document_id", "line_number"], how="left"))


def segments(tables: Tables, documents_: pl.DataFrame) -> pl.DataFrame:
    """Return the segments of the published documents."""
    return published.PublishedSegments.arrange(
        tables["segments"].join(documents_.select("document_id"), on="document_id", how="semi")
    )


def rejects(tables: Tables) -> pl.DataFrame:
    """Return what could not be used: a rejected document gets one row for each uri where it stands now.

    Rows of documents that stand nowhere any more are left out; rows without a document stay as they are.
    """
    current = tables["sources"].filter("is_current").select("document_id", "source_uri")
    rows = tables["rejects"]
    loose = rows.filter(pl.col("document_id").is_null())
    placed = rows.drop("source_uri").join(current, on="document_id").select(rows.columns)
    return published.PublishedRejects.arrange(pl.concat([loose, placed]).unique())
