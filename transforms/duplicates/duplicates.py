"""Stage `duplicates`: which documents copy which original, and which tell the same story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from schemas import work
from schemas.table import Table
from transforms.contract import Params, Stage, Tables
from transforms.duplicates import stories
from transforms.duplicates.copies import Copies, CopyParams, clusters, copies, jaccard
from transforms.duplicates.stories import StoryParams
from transforms.lookups.decisions import Decision

Row = dict[str, Any]


class DuplicatesParams(Params):
    """Parameters of `duplicates`.

    Attributes:
        copies: when two documents are copies.
        stories: when two documents tell one story.
        decisions: the user's own decisions about documents.
    """

    copies: CopyParams = CopyParams()
    stories: StoryParams = StoryParams()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class _Document:
    document_id: str
    text: str
    title: str
    published_on: date | None


def duplicates(tables: Tables, params: DuplicatesParams) -> dict[str, pl.DataFrame]:
    """Return duplicates (a row a copy), stories (a row a document) and the judgements behind them.

    The original of a cluster of copies is the earliest published, then the longest, then the one with the smallest
    document_id; a story is named by its smallest document_id.

    Args:
        tables: texts and fields.
        params: see the classes of the parts.
    """
    documents = _documents(tables)
    found = copies([document.text for document in documents], params.copies)
    rows, judgements = _copy_rows(documents, found)
    story_rows, story_judgements = _story_rows(documents, found, params.stories)
    return {
        "duplicates": work.Duplicates.arrange(_frame(work.Duplicates, rows)),
        "stories": work.Stories.arrange(_frame(work.Stories, story_rows)),
        "document_judgements": work.DocumentJudgements.arrange(
            _frame(work.DocumentJudgements, [*judgements, *story_judgements])
        ),
    }


def _documents(tables: Tables) -> list[_Document]:
    fields = tables["fields"].select("document_id", "title", "published_on")
    joined = tables["texts"].join(fields, on="document_id", how="left").sort("document_id")
    return [
        _Document(row["document_id"], row["text"], row["title"] or "", row["published_on"])
        for row in joined.select("document_id", "text", "title", "published_on").iter_rows(named=True)
    ]


def _frame(schema: type[Table], rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema.polars_schema())


def _copy_rows(documents: Sequence[_Document], found: Copies) -> tuple[list[Row], list[Row]]:
    rows, judgements = [], []
    for members in clusters(found.roots):
        original = min(members, key=lambda number: _precedence(documents[number]))
        for member in members:
            if member != original:
                row = _copy_row(documents, found, member, original)
                rows.append(row)
                rule = f"{row['duplicate_kind']}_copy:{_reason(documents[original], documents[member])}"
                judgements.append(_judgement(documents, (member, original), True, rule, row["similarity"]))
    apart = [
        _judgement(documents, (pair.left, pair.right), False, "leads_differ", pair.similarity)
        for pair in found.compared
        if found.roots[pair.left] != found.roots[pair.right]
    ]
    return rows, judgements + apart


def _precedence(document: _Document) -> tuple[date, int, str]:
    return (document.published_on or date.max, -len(document.text), document.document_id)


def _reason(original: _Document, copy: _Document) -> str:
    """Why the original is taken for the original."""
    if original.published_on != copy.published_on:
        return "original_is_earlier"
    return "original_is_longer" if len(original.text) > len(copy.text) else "original_has_smaller_id"


def _copy_row(documents: Sequence[_Document], found: Copies, member: int, original: int) -> Row:
    exact = found.digests[member] == found.digests[original]
    return {
        "document_id": documents[member].document_id,
        "duplicate_of": documents[original].document_id,
        "duplicate_kind": "exact" if exact else "near",
        "similarity": 1.0 if exact else jaccard(found.shingles[member], found.shingles[original]),
    }


def _story_rows(documents: Sequence[_Document], found: Copies, params: StoryParams) -> tuple[list[Row], list[Row]]:
    vectors = [stories.vector(f"{document.title}\n{document.text}", params) for document in documents]
    days = [document.published_on for document in documents]
    copied = [(root, number) for number, root in enumerate(found.roots) if root != number]
    roots, compared = stories.stories(vectors, days, params, copied)
    rows = [
        {"document_id": document.document_id, "cluster": documents[root].document_id}
        for document, root in zip(documents, roots, strict=True)
    ]
    judgements = [
        _judgement(documents, (left, right), same, "story:shared_rare_words", cosine)
        for left, right, cosine, same in compared
        if same or roots[left] != roots[right]
    ]
    return rows, judgements


def _judgement(documents: Sequence[_Document], pair: tuple[int, int], same: bool, rule: str, score: float) -> Row:
    left, right = pair
    return {
        "level": "document",
        "left_id": documents[left].document_id,
        "right_id": documents[right].document_id,
        "decision": "same" if same else "different",
        "rule": rule,
        "score": round(score, 4),
    }


STAGE = Stage(
    name="duplicates",
    kind="reduce",
    function=duplicates,
    inputs=(work.Texts, work.Fields),
    outputs=(work.Duplicates, work.Stories, work.DocumentJudgements),
    params=DuplicatesParams,
    resources=(stories.WEIGHTS, "decisions"),
    libraries=("rensa", "numpy", "polars"),
)
