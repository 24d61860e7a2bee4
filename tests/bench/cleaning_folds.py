"""Train the line model on four fifths of the sites of a file and clean the pages of the last fifth; so for each fold.

usage: cleaning_folds.py PAGES.parquet [MORE.parquet ...] [--folds 0,1] [--networks 2] [--epochs 12]

Only the first file is scored; the others are learned from, the sites held out set aside. Fields are not scored here,
since their weights are not fitted anew (fields_folds.py does that). Needs the extra "training".
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from cleaning import by_rendering, counts, macro, predict
from common import Clock, Row, arguments, bootstrap, finish, read_rows

from flows.training import line_model as training
from flows.training import pages
from transforms.clean import line_model


def weights(paths: list[Path], fold: int, recipe: training.Recipe) -> line_model.Weights:
    """Return weights that know no page of the fold's sites."""
    known = [page for page in pages.read(paths) if pages.fold_of(page.site) != fold]
    with tempfile.TemporaryDirectory() as folder:
        training.write(training.networks_for(known, recipe), Path(folder))
        return line_model.Weights.read(Path(folder))


def main() -> None:
    """Run the benchmark."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--folds", default=",".join(map(str, range(pages.FOLDS))))
    parser.add_argument("--networks", type=int, default=training.Recipe.networks)
    parser.add_argument("--epochs", type=int, default=training.Recipe.epochs)
    options = parser.parse_args()
    recipe = replace(training.Recipe(), networks=options.networks, epochs=options.epochs)
    paths = [Path(path) for path in options.file]
    rows = read_rows(paths[0])
    clock = Clock()
    scored_rows: list[Row] = []
    found: list[Row] = []
    for fold in map(int, options.folds.split(",")):
        held = [row for row in rows if pages.fold_of(row.get("site") or "") == fold]
        with patch.object(line_model, "shipped", return_value=weights(paths, fold, recipe)):
            found += predict(held, batch=False)
        scored_rows += held
    scored = [counts(row["gold_body"], made["text"]) for row, made in zip(scored_rows, found, strict=True)]
    precision, recall, score = macro(scored)
    rendered = by_rendering(scored_rows, scored)
    result: Row = {"f1": score, "precision": precision, "recall": recall, "by_rendering": rendered}
    finish(
        result, n=len(scored_rows), seconds=clock.seconds(), interval=bootstrap(scored, lambda items: macro(items)[2])
    )


if __name__ == "__main__":
    main()
