"""Choose headline, authors and day of FILE's pages by weights fitted on other sites: five folds by site.

usage: fields_folds.py PAGES.parquet [MORE.parquet ...]

FILE is what `annals model train-fields` learns from, optionally with rendering. The line model is the shipped one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

from cleaning import WORD, folded, metadata, same_date
from common import Clock, Row, arguments, finish, write_predictions

from flows.training import fields as training
from flows.training.pages import FOLDS, fold_of
from transforms.clean import choice, lines
from transforms.clean.dates import day_of_url, days_in
from transforms.clean.fields import fields_of

NONE = {field: choice.weights(field)["none"] for field in training.headlines.FIELDS}


def predicted(page: training.KnownPage, weights: Mapping[str, Mapping[str, float]]) -> Row:
    """Return the fields of a page as the stages `lines` and `bodies` find them, by other weights than the shipped."""
    with patch.object(choice, "weights", lambda field: {"none": NONE[field], **weights[field]}):
        known = lines.settled_labels(page.lines, page.labels, lines.LinesParams(), url=page.raw["url"])
        return fields_of(page.raw, [(line, known[line.number].label, known[line.number].reason) for line in page.lines])


def reachable(row: Mapping[str, Any]) -> Row:
    """Return the stated values that stand in the page's text or address, in the form of a prediction."""
    text, url = row["raw_text"] or "", row["url"] or ""
    title, published = row["title"] or "", row["published"] or ""
    words = set(WORD.findall(text.casefold()))
    # A line with a day has the last digits of its year.
    dated = "\n".join(line for line in text.split("\n") if published[2:4] in line) if published else ""
    days = {day for order in (True, False) for day, _ in days_in(dated, day_first=order)} | {day_of_url(url)}
    return {
        "title": title if folded(title) in folded(text) else None,
        "authors": "; ".join(word for word in WORD.findall((row["author"] or "").casefold()) if word in words),
        "published_on": next((day for day in days if same_date(published, day)), None),
    }


def by_rendering(rows: Sequence[Mapping[str, Any]], found: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of each rendering."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row.get("rendering") or "text"].append(number)
    return {
        name: metadata([rows[n] for n in numbers], [found[n] for n in numbers])
        for name, numbers in sorted(groups.items())
    }


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__ or "").parse_args()
    clock = Clock()
    rows = training.read(options.file)
    pages = list(training.pages_of(rows))
    folds = [fold_of(row["site"] or "") for row in rows]
    asked = [training.asked_of(page) if page else {} for page in pages]
    weights = [
        training.learned(found for found, own in zip(asked, folds, strict=True) if own != fold) for fold in range(FOLDS)
    ]
    found = [predicted(page, weights[fold]) if page else {} for page, fold in zip(pages, folds, strict=True)]
    result = {**metadata(rows, found), "by_rendering": by_rendering(rows, found)}
    result["ceiling"] = metadata(rows, [reachable(row) for row in rows])
    write_predictions(
        options.predictions, ({"id": row.get("id"), **made} for row, made in zip(rows, found, strict=True))
    )
    finish(result, n=len(rows), seconds=clock.seconds())


if __name__ == "__main__":
    main()
