"""Whether clusters and their ids stay when documents arrive: a part of the input first, then the rest.

usage: stability.py INPUT... [--share .1] [--seed 1 | --newest] [--settings F] [--output FOLDER] [--predictions OUT]

The pipeline runs on all documents, then in another folder on all but a random share, and there again on all. With
`--newest` the share is that of the last days of publication, as on a schedule. What map
stages made is taken over from the first run, so that the seconds are those of the stages over the corpus and of
publishing. `together`: old clusters whose members are all there and in one cluster; `kept`: those of them that have
their id still. `same_clusters`: the increment and the run from scratch tell the same clusters, and `differing` names
the tables over the corpus that are not the same row by row. With `--output` the first run is kept for other seeds.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from common import Clock, Row, arguments, bootstrap, finish, write_predictions

from flows import graph
from flows import settings as flow_settings
from flows.run import execute
from flows.runner import Options
from flows.settings import Settings
from flows.store.dataset import Dataset
from schemas.published import Documents, Identity, IdentityChanges

LEVELS = ("event", "entity", "document")


def main() -> None:
    options = _arguments()
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        base = options.output or Path(folder)
        settings = flow_settings.load(options.settings, output=base / "all")
        seconds = {"all": _timed(settings, map(str, options.file))}
        whole = Dataset(settings.output)
        later = settings.model_copy(update={"output": base / f"seed-{options.seed}"})
        part = _with_map_work(whole, later.output)
        sources, rejects = whole.sources()
        held = _newest(whole, options.share) if options.newest else _held_back(sources, options.share, options.seed)
        part.keep_pending(sources.filter(~pl.col("document_id").is_in(held)), rejects)
        seconds["part"] = _timed(later)
        old = _clusters(part)
        part.keep_pending(sources, rejects)
        seconds["more"] = _timed(later)
        clusters, scratch = _clusters(part), _clusters(whole)
        fates = _fates(old, clusters)
        changes = part.versions.read(IdentityChanges, part.versions.latest())
        differing = _differing(part, whole)
    result = {
        "kept": _share(fates["kept"]),
        "together": _share(fates["together"]),
        **{level: _figures(level, fates, changes, clusters, scratch) for level in LEVELS},
        "same_clusters": all(_same(level, clusters, scratch) for level in LEVELS),
        "differing": differing,
        "documents": {"before": sources["document_id"].n_unique() - len(held), "added": len(held)},
        "runs": seconds,
    }
    finish(result, n=fates.height, seconds=clock.seconds(), interval=bootstrap(fates["kept"].cast(pl.Int8).to_list()))
    write_predictions(options.predictions, _moved(fates, old, clusters))


def _arguments() -> argparse.Namespace:
    parser = arguments("Tell whether clusters and ids stay when documents arrive.")
    parser.add_argument("--share", type=float, default=0.1, help="of the documents arrives later")
    parser.add_argument("--seed", type=int, default=1, help="decides which")
    parser.add_argument("--newest", action="store_true", help="the last published ones arrive later")
    parser.add_argument("--settings", type=Path, help="settings file, as for `annals run`")
    parser.add_argument("--output", type=Path, help="keep the datasets here")
    return parser.parse_args()


def _timed(settings: Settings, inputs: Any = ()) -> float:
    began = time.perf_counter()
    execute(settings, Options.of(inputs))
    return time.perf_counter() - began


def _with_map_work(whole: Dataset, folder: Path) -> Dataset:
    """Return a new dataset with the archive of another, and with what its map stages made."""
    shutil.rmtree(folder, ignore_errors=True)
    part = Dataset(folder)
    shutil.copytree(whole.root / "archive", folder / "archive", copy_function=os.link)
    for name in graph.ORDER:
        if graph.stage(name).kind == "map" and (whole.work / name).exists():
            shutil.copytree(whole.work / name, part.work / name, copy_function=os.link)
    return part


def _held_back(sources: pl.DataFrame, share: float, seed: int) -> Sequence[str]:
    documents = sorted(set(sources.filter("is_current")["document_id"]))
    return random.Random(seed).sample(documents, round(share * len(documents)))


def _newest(whole: Dataset, share: float) -> Sequence[str]:
    """The documents of the last whole days that hold at most this share of the dated ones."""
    documents = whole.versions.read(Documents, whole.versions.latest()).drop_nulls("published_on")
    rank = pl.col("published_on").rank("min", descending=True)
    return documents.filter(rank + pl.len().over("published_on") - 1 <= share * pl.len())["document_id"].to_list()


def _clusters(dataset: Dataset) -> pl.DataFrame:
    """Return level, member and id of what the latest version holds."""
    ledger = dataset.versions.read(Identity, dataset.versions.latest())
    return ledger.filter("is_current").select("level", "member", "id")


def _fates(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return for each old cluster whether its members are together now, and whether they keep their id."""
    moves = old.join(new.rename({"id": "new_id"}), on=["level", "member"], how="left")
    together = (pl.col("new_id").n_unique() == 1) & pl.col("new_id").is_not_null().all()
    fates = moves.group_by("level", "id").agg(together=together, kept=(pl.col("new_id") == pl.col("id")).all())
    return fates.with_columns(kept=pl.col("together") & pl.col("kept").fill_null(value=False)).sort("level", "id")


def _share(flags: pl.Series) -> float:
    return flags.sum() / len(flags) if len(flags) else 1.0


def _figures(level: str, fates: pl.DataFrame, changes: pl.DataFrame, new: pl.DataFrame, scratch: pl.DataFrame) -> Row:
    own = fates.filter(level=level)
    ids = pl.concat([fates.filter(level=level)["id"], new.filter(level=level)["id"]]).unique()
    kinds = changes.filter(pl.col("old_id").is_in(ids.to_list())).group_by("kind").len().sort("kind")
    return {
        "n": own.height,
        "together": _share(own["together"]),
        "kept": _share(own["kept"]),
        "identity_changes": dict(kinds.iter_rows()),
        "same_clusters": _same(level, new, scratch),
    }


def _same(level: str, left: pl.DataFrame, right: pl.DataFrame) -> bool:
    """Tell whether two ledgers group the same members, whatever the ids."""
    first = pl.col("member").min().over("id").alias("first")
    named = [side.filter(level=level).select("member", first).sort("member") for side in (left, right)]
    return named[0].equals(named[1])


def _differing(part: Dataset, whole: Dataset) -> list[str]:
    """Return the tables of stages over the corpus whose rows are not the same in both datasets."""
    stages = [
        {name: record.data_versions for name, record in manifest.stages.items() if graph.stage(name).kind == "reduce"}
        for manifest in (side.versions.manifest(side.versions.require(None)) for side in (part, whole))
    ]
    return sorted(t for name, tables in stages[0].items() for t in tables if tables[t] != stages[1][name][t])


def _moved(fates: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> list[Row]:
    """Return a row for each old cluster that did not keep its members together and its id: where each member is now."""
    lost = old.join(fates.filter(~pl.col("kept")), on=["level", "id"])
    where = lost.join(new.rename({"id": "new_id"}), on=["level", "member"], how="left").sort("level", "id", "member")
    return [
        {"id": id_, "level": level, "members": dict(rows.select("member", "new_id").iter_rows())}
        for (level, id_), rows in where.group_by("level", "id", maintain_order=True)
    ]


if __name__ == "__main__":
    main()
