"""The rows of `duplicates`: which copy is the original and why, the stories, and what was decided."""

import numpy as np
import polars as pl

from schemas import work
from transforms.duplicates.comparing import Comparisons
from transforms.duplicates.copies import JACCARD, Copies
from transforms.duplicates.neighbours import Pairs
from transforms.duplicates.stories import StoryParams
from transforms.duplicates.telling import Stories
from transforms.rulings import Rulings, judgement_rows

JUDGEMENT = ("level", "left_id", "right_id", "decision", "rule", "score")


def copied(prints: pl.DataFrame, roots: list[int], comparisons: Comparisons) -> pl.DataFrame:
    """Return a row a copy: document_id, duplicate_of, duplicate_kind, similarity (Jaccard), and the rule.

    Args:
        prints: all documents.
        roots: the root of the cluster of each document.
        comparisons: of their shingles.
    """
    numbered = prints.select("document_id", "digest", "characters", "published_on").with_row_index("number")
    clustered = numbered.with_columns(root=pl.Series(roots, dtype=pl.UInt32))
    ordered = clustered.sort("published_on", -pl.col("characters").cast(pl.Int64), "document_id", nulls_last=True)
    first = ordered.unique("root", keep="first", maintain_order=True)
    both = clustered.join(first, on="root", suffix="_original").filter(
        pl.col("document_id") != pl.col("document_id_original")
    )
    left, right = (both[column].to_numpy().astype(np.int64) for column in ("number", "number_original"))
    exact = pl.col("digest") == pl.col("digest_original")
    jaccard = comparisons.all(Pairs(left, right, np.zeros_like(left)))[:, JACCARD]
    kind = pl.when(exact).then(pl.lit("exact")).otherwise(pl.lit("near"))
    return both.select(
        "document_id",
        duplicate_of="document_id_original",
        duplicate_kind=kind,
        similarity=pl.when(exact).then(1.0).otherwise(pl.Series(jaccard, dtype=pl.Float64)),
        rule=pl.concat_str(kind, pl.lit("_copy:"), _reason()),
    )


def _reason() -> pl.Expr:
    """Why the original is taken for the original."""
    return (
        pl.when(pl.col("published_on").ne_missing(pl.col("published_on_original")))
        .then(pl.lit("original_is_earlier"))
        .when(pl.col("characters") < pl.col("characters_original"))
        .then(pl.lit("original_is_longer"))
        .otherwise(pl.lit("original_has_smaller_id"))
    )


def judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the judgements of copies, given as `copied` does."""
    return _judgements(
        rows.select(
            left_id="document_id", right_id="duplicate_of", decision=pl.lit("same"), rule="rule", score="similarity"
        )
    )


def apart(prints: pl.DataFrame, copies: Copies) -> pl.DataFrame:
    """Return the judgements of documents that are nearly copies."""
    return _judgements(
        _ids(prints, copies.apart).with_columns(
            decision=pl.lit("different"), rule=pl.lit("leads_differ"), score=pl.Series(copies.similarities)
        )
    )


def stories(prints: pl.DataFrame, roots: list[int]) -> pl.DataFrame:
    """Return a row a document with the name of its story: its earliest document, then that with the smallest id.

    So what is published later never names an old story anew; an earlier document does as often as under any other rule.
    """
    documents = prints.select("document_id", "published_on", root=pl.Series(roots, dtype=pl.UInt32))
    first = documents.sort("published_on", "document_id", nulls_last=True).unique("root", keep="first")
    return documents.join(first.select("root", cluster="document_id"), on="root").select("document_id", "cluster")


def told(prints: pl.DataFrame, copies: Copies, found: Stories, params: StoryParams) -> pl.DataFrame:
    """Return the judgements of stories: to what each document is nearest in its story, and what is nearly one story."""
    roots = np.array(copies.roots, dtype=np.int64)
    no_copies = roots[found.together.left] != roots[found.together.right]
    same = _ids(prints, found.together.where(no_copies)).with_columns(
        decision=pl.lit("same"), rule=pl.lit("story:shared_rare_words"), score=pl.Series(found.nearest[no_copies])
    )
    nearly = pl.when(pl.col("score") < params.story_similarity).then(pl.lit("story:shared_rare_words"))
    apart = _ids(prints, found.apart).with_columns(decision=pl.lit("different"), score=pl.Series(found.cosines))
    other = apart.with_columns(rule=nearly.otherwise(pl.lit("nearer_to_another_story")))
    return _judgements(pl.concat([same, other.select(same.columns)]))


def own(prints: pl.DataFrame, rulings: Rulings) -> pl.DataFrame:
    """Return the judgements that the user made."""
    schema = {name: kind for name, kind in work.DocumentJudgements.polars_schema().items() if name in JUDGEMENT}
    rows = judgement_rows(rulings, prints["document_id"].to_list())
    return pl.DataFrame(rows, schema=schema).select(JUDGEMENT).unique()


def _ids(prints: pl.DataFrame, pairs: Pairs) -> pl.DataFrame:
    ids = prints["document_id"]
    return pl.DataFrame({"left_id": ids.gather(pairs.left), "right_id": ids.gather(pairs.right)})


def _judgements(rows: pl.DataFrame) -> pl.DataFrame:
    scored = rows.with_columns(level=pl.lit("document"), score=pl.col("score").cast(pl.Float64).round(4))
    return scored.select(JUDGEMENT)
