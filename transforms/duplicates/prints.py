"""Stage `prints`: what the comparison of documents needs to know of each, so that no old text is read again."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas import work
from transforms.contract import Params, Stage, Tables
from transforms.duplicates import stories
from transforms.duplicates.shingles import ShingleParams, Shingles, shingles
from transforms.duplicates.stories import StoryParams, Vector
from transforms.duplicates.telling import HEAVIEST, WEIGHT_BITS, Terms
from transforms.duplicates.words import Hashes, words

TOGETHER = 64
"""So many texts are worked through at once: their numbers fit into the processor's cache."""


class PrintsParams(Params):
    """Parameters of `prints`."""

    shingles: ShingleParams = ShingleParams()
    stories: StoryParams = StoryParams()


def prints(tables: Tables, params: PrintsParams) -> dict[str, pl.DataFrame]:
    """Return prints: a row a document with the digest of its words, its shingles and the terms of its story.

    Args:
        tables: texts and fields.
        params: see the classes of the parts.
    """
    fields = tables["fields"].select("document_id", "title", "published_on")
    known = tables["texts"].join(fields, on="document_id", how="left", maintain_order="left")
    told = known.select(pl.col("title").fill_null("") + "\n" + pl.col("text")).to_series().to_list()
    made = list(printed(known["text"].to_list(), params.shingles))
    frame = known.with_columns(
        digest=pl.Series([digest for digest, _ in made], dtype=pl.Binary),
        shingles=pl.Series([found.tobytes() for _, found in made], dtype=pl.Binary),
        terms=pl.Series([packed(stories.vector(text, params.stories)).tobytes() for text in told], dtype=pl.Binary),
        characters=pl.col("text").str.len_chars(),
    )
    return {"prints": work.Prints.arrange(frame)}


def printed(texts: Sequence[str], params: ShingleParams) -> Iterator[tuple[bytes, Shingles]]:
    """Yield the digest of the folded words of each text, empty without words, and its shingles."""
    for start in range(0, len(texts), TOGETHER):
        found = words(texts[start : start + TOGETHER])
        each = np.split(found.hashes, found.starts[1:-1])
        yield from zip(map(_digest, each), shingles(found, _weights(found.hashes), params), strict=True)


def _digest(hashes: Hashes) -> bytes:
    return hashlib.blake2b(hashes.tobytes(), digest_size=16).digest() if len(hashes) else b""


def packed(vector: Vector) -> Terms:
    """Return a story vector as numbers: the hash of a term, and in the lowest bits its weight."""
    terms = [_number(term) << WEIGHT_BITS | round(weight * HEAVIEST) for term, weight in vector.items()]
    return np.array(terms, dtype=np.uint64)


@lru_cache(maxsize=1 << 16)
def _number(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=4).digest(), "little")


def _weights(hashes: Hashes) -> npt.NDArray[np.float64]:
    known, weights = _table()
    places = np.searchsorted(known, hashes).clip(max=len(known) - 1)
    return np.where(known[places] == hashes, weights[places], StoryParams().unknown_weight)


@cache
def _table() -> tuple[Hashes, npt.NDArray[np.float64]]:
    """The frozen weights of words, in the order of the words' hashes."""
    table = stories.word_weights()
    found = words(list(table))
    hashes = found.hashes[found.starts[:-1]]
    order = np.argsort(hashes)
    return hashes[order], np.array(list(table.values()))[order]


STAGE = Stage(
    name="prints",
    kind="map",
    function=prints,
    inputs=(work.Texts, work.Fields),
    outputs=(work.Prints,),
    params=PrintsParams,
    resources=(stories.WEIGHTS,),
    libraries=("numpy", "polars"),
)
