"""What cleaning removes from some inputs, and why: totals, and the lines that a person fears to have lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from flows.observer import Observer
from flows.runner import Options, Runner
from flows.settings import Settings
from flows.store.dataset import Dataset
from schemas.errors import UsageError
from schemas.work import Lines, Rejects, Sites
from transforms.clean.split import RawLine

STAGES = ("raw", "site_lines", "lines", "bodies")
DISTINCT = 1_000_000
"""Different removed lines that are held at a time; beyond that the rarest and shortest are let go."""
SENTENCE_WORDS = 12
LINE = ["site", "text", "label", "reason"]


@dataclass(frozen=True)
class Site:
    """What became of the lines of one site.

    Attributes:
        site: registrable domain, outlet or folder.
        documents: documents that could be read.
        without_body: those of which no line was kept.
        kept_share: share of their words that was kept, 0 to 1.
        frequent: removed lines with count, documents, label and reason; those that stand there most often first.
        sentences: removed lines that read like sentences; those of one or two documents first, the longest first.
    """

    site: str
    documents: int
    without_body: int
    kept_share: float
    frequent: list[dict[str, Any]]
    sentences: list[dict[str, Any]]


@dataclass(frozen=True)
class Explanation:
    """What cleaning made of some inputs; `labels` has a row a label, `sites` those with most documents first."""

    documents: int
    without_body: list[str]
    rejects: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    sites: list[Site]

    def as_dict(self) -> dict[str, Any]:
        """Return the same as dicts and lists."""
        return asdict(self)


def explain(
    settings: Settings,
    inputs: Iterable[str],
    sites: Sequence[str] = (),
    top: int = 20,
    observer: Observer | None = None,
) -> Explanation:
    """Clean the inputs in a dataset that lives as long as this call, and return what became of their lines.

    Args:
        settings: as for a run; their dataset is neither read nor written.
        inputs: files, folders and globs, `-` for standard input.
        sites: the sites to explain; none is all.
        top: lines of a site to return at the most, of each kind.
        observer: is told how it goes.

    Raises:
        UsageError: an input or a site is not there.
    """
    with TemporaryDirectory(prefix="annals-") as folder:
        apart = settings.model_copy(update={"output": Path(folder)})
        runner = Runner(Dataset(apart.output), apart, Options.of(inputs), observer)
        try:
            runner.read()
            for name in STAGES:
                runner.run(name)
            return _explained(runner, sites, top)
        finally:
            runner.pool.close()


def _explained(runner: Runner, wanted: Sequence[str], top: int) -> Explanation:
    places = runner.data_of(Sites).load(Sites)
    chosen = places.filter(pl.col("site").is_in(list(wanted))) if wanted else places
    _require(wanted, places["site"])
    totals, removed = _counted(runner, chosen)
    rejects = pl.concat([runner.state.intake_rejects, *(runner.state.data[name].load(Rejects) for name in STAGES)])
    bare = rejects.filter(pl.col("reason") == "no_body").join(chosen, on="document_id")
    lines = removed.partition_by("site", as_dict=True)
    listed = [
        Site(**row, **_lines(lines.get((row["site"],), removed.clear()), top))
        for row in _by_site(chosen, bare, totals).iter_rows(named=True)
    ]
    words = pl.col("words")
    labels = totals.group_by("label").agg(pl.col("lines").sum(), words.sum()).with_columns(share=words / words.sum())
    others = rejects.filter(pl.col("reason") != "no_body")
    return Explanation(
        documents=chosen.height,
        without_body=bare["source_uri"].sort().to_list(),
        rejects=others.group_by("stage", "reason").agg(count=pl.len()).sort("stage", "reason").to_dicts(),
        labels=labels.sort(pl.col("label") == "body", words, "label", descending=[True, True, False]).to_dicts(),
        sites=listed,
    )


def _require(wanted: Sequence[str], sites: pl.Series) -> None:
    missing = sorted(set(wanted) - set(sites))
    if missing:
        known = ", ".join(sites.unique().sort().head(10)) or "none"
        raise UsageError("no document is of this site", where=f"--site {missing[0]}", remedy=f"Sites: {known}")


def _counted(runner: Runner, chosen: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lines and words by site and label; removed lines with how often and in how many documents they stand."""
    totals = pl.DataFrame(schema={"site": pl.String, "label": pl.String, "lines": pl.UInt32, "words": pl.UInt32})
    removed = pl.DataFrame(
        schema={**dict.fromkeys(LINE, pl.String), "words": pl.UInt32, "count": pl.UInt32, "documents": pl.UInt32}
    )
    for lines in _batches(runner, chosen):
        here = lines.group_by("site", "label").agg(lines=pl.len(), words=pl.col("words").sum())
        totals = pl.concat([totals, here]).group_by("site", "label").agg(pl.col("lines", "words").sum())
        gone = lines.filter(~pl.col("kept")).group_by(*LINE, "words")
        counts = gone.agg(count=pl.len(), documents=pl.col("document_id").n_unique())
        removed = pl.concat([removed, counts]).group_by(*LINE, "words").agg(pl.col("count", "documents").sum())
        if removed.height > DISTINCT:
            removed = removed.top_k(DISTINCT // 2, by=["count", "words", *LINE])
    return totals.sort("site", "label"), removed


def _batches(runner: Runner, chosen: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The lines that hold a word, with their site, as many at a time as one worker labelled."""
    data = runner.data_of(Lines)
    text = pl.col("text").str.strip_chars()
    for (_,), entries in data.entries.group_by("batch", maintain_order=True):
        lines = data.load(Lines, entries["document_id"]).filter(pl.col("label") != "blank")
        yield lines.with_columns(text, words=text.str.count_matches(r"\w+")).join(chosen, on="document_id")


def _by_site(chosen: pl.DataFrame, bare: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    kept = pl.col("words").filter(pl.col("label") == "body").sum() / pl.col("words").sum()
    found = chosen.group_by("site").agg(documents=pl.len())
    found = found.join(bare.group_by("site").agg(without_body=pl.len()), on="site", how="left")
    found = found.join(totals.group_by("site").agg(kept_share=kept), on="site", how="left")
    found = found.with_columns(pl.col("without_body", "kept_share").fill_null(0))
    return found.sort("documents", "site", descending=[True, False])


def _lines(removed: pl.DataFrame, top: int) -> dict[str, Any]:
    """The lines of one site to show. A line with several labels stands there with the one that it has most often."""
    often = removed.sort("count", "label", "reason", descending=[True, False, False])
    lines = often.group_by("text", "words").agg(pl.col("label", "reason").first(), pl.col("count", "documents").sum())
    frequent = lines.sort("count", "text", descending=[True, False]).head(top).drop("words").to_dicts()
    rare, long = pl.col("documents") <= 2, pl.col("words") >= SENTENCE_WORDS
    rows = lines.filter(long).sort(rare, "words", "text", descending=[True, True, False]).iter_rows(named=True)
    sentences = list(islice((row for row in rows if _is_sentence(row["text"])), top))
    return {"frequent": frequent, "sentences": sentences}


def _is_sentence(text: str) -> bool:
    return RawLine(1, 0, len(text), text).ends_sentence
