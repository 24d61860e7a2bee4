"""Stage `duplicates`: which documents copy which original, and which tell the same story."""

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas import memory, work
from schemas.table import Table
from transforms.contract import Params, Stage, Tables, rejects
from transforms.duplicates import copies as copying
from transforms.duplicates import originals, telling
from transforms.duplicates.comparing import Comparisons
from transforms.duplicates.copies import CopyParams
from transforms.duplicates.stories import StoryParams
from transforms.lookups.decisions import Decision, of
from transforms.rulings import reject_rows, ruled


class DuplicatesParams(Params):
    """Parameters of `duplicates`.

    Attributes:
        copies: when documents are copies.
        stories: when they tell one story.
        decisions: the user's own decisions about documents.
    """

    copies: CopyParams = CopyParams()
    stories: StoryParams = StoryParams()
    decisions: tuple[Decision, ...] = ()


def duplicates(tables: Tables, params: DuplicatesParams) -> dict[str, pl.DataFrame]:
    """Return duplicates (a row a copy), stories (a row a document), the judgements behind them, and the memory.

    The original of a cluster of copies is the earliest published, then the longest, then the one with the smallest
    document_id; a story is named by the earliest published of its documents, then by the smallest document_id.

    Args:
        tables: prints, and document_pairs and story_pairs of the run before.
        params: see the classes of the parts.
    """
    prints = tables["prints"].sort("document_id")
    rulings = ruled(of(params.decisions, "document"), prints["document_id"])
    shingles, terms = _arrays(prints["shingles"], np.uint32), _arrays(prints["terms"], np.uint64)
    days = prints["published_on"].cast(pl.Int32).fill_null(telling.UNKNOWN).to_numpy().astype(np.int64)
    of_words = Comparisons.of(
        partial(copying.compare, shingles=shingles), prints["digest"], _memory(tables, memory.DocumentPairs)
    )
    of_terms = Comparisons.of(
        partial(telling.compare, terms=terms), prints["terms"], _memory(tables, memory.StoryPairs)
    )
    ranks = telling.published(terms, days)
    copies = copying.copies(prints["digest"], shingles, ranks, of_words, params.copies, rulings)
    copied = [(root, number) for number, root in enumerate(copies.roots) if root != number]
    stories = telling.stories(terms, days, ranks, of_terms, params.stories, copied, rulings)
    rows = originals.copied(prints, copies.roots, of_words)
    judged = [
        originals.judged(rows),
        originals.apart(prints, copies),
        originals.told(prints, copies, stories, params.stories),
        originals.own(prints, rulings),
    ]
    return {
        "duplicates": work.Duplicates.arrange(rows),
        "stories": work.Stories.arrange(originals.stories(prints, stories.roots)),
        "document_judgements": work.DocumentJudgements.arrange(pl.concat(judged)),
        "rejects": rejects("duplicates", reject_rows(rulings)),
        "document_pairs": of_words.remembered(memory.DocumentPairs),
        "story_pairs": of_terms.remembered(memory.StoryPairs),
    }


def _arrays(column: pl.Series, kind: type[np.unsignedinteger[Any]]) -> list[npt.NDArray[Any]]:
    return [np.frombuffer(value, dtype=kind) for value in column.to_list()]


def _memory(tables: Tables, schema: type[Table]) -> pl.DataFrame:
    return tables[schema.table] if schema.table in tables else schema.create_empty()


STAGE = Stage(
    name="duplicates",
    kind="reduce",
    function=duplicates,
    inputs=(work.Prints,),
    outputs=(work.Duplicates, work.Stories, work.DocumentJudgements),
    params=DuplicatesParams,
    resources=("decisions",),
    libraries=("numpy", "polars"),
    memory=(memory.DocumentPairs, memory.StoryPairs),
)
