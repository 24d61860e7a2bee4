"""Score names: exact and overlapping spans of PERSON, ORG, LOC and, where a source marks it, NORP.

Scored is what the stage `names` makes of a text by itself. `steps` tells what its parts give: `bare` is the model
alone, `spans` the stage without lookups and vote, `vote` and `gazetteer` that with one of them.
"""

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import common
from spacy.tokens import Doc

from transforms.entities import spans
from transforms.entities.reading import Reading
from transforms.language import parses, pipeline

MERGED = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "NORP"}
ARTICLES = ("the ", "a ", "an ")
POSSESSIVES = ("'s", "\u2019s", "'", "\u2019")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Step:
    gazetteer: bool
    vote: bool


STEPS = {
    "bare": None,
    "spans": Step(False, False),
    "vote": Step(False, True),
    "gazetteer": Step(True, False),
    "all": Step(True, True),
}


@cache
def column(lookup: str, name: str) -> frozenset[str]:
    path = files("transforms") / "lookups" / lookup
    if not path.is_file():
        return frozenset()
    return frozenset(row[name].lower() for row in csv.DictReader(path.read_text("utf-8").splitlines()))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without a leading article, a leading title and a trailing possessive."""
    for ending in POSSESSIVES:
        if text[start:end].endswith(ending):
            end -= len(ending)
            break
    for article in ARTICLES:
        if text[start:end].lower().startswith(article):
            start += len(article)
            break
    words = text[start:end].split(" ")
    for count in range(min(len(words) - 1, 4), 0, -1):
        head = " ".join(words[:count])
        if head.lower() in column("titles.csv", "text") or head.lower().rstrip(".") in column("titles.csv", "text"):
            return start + len(head) + 1, end
    return start, end


def gold_of(row: dict[str, Any]) -> tuple[set[Span], list[tuple[int, int]]]:
    """Return the spans that count and the places that count nothing."""
    gold, ignored = set(), []
    for start, end, label in row["spans"]:
        if label not in MERGED:
            ignored.append((start, end))
            continue
        kind = MERGED[label]
        first, last = trimmed(row["text"], start, end)
        if kind == "ORG" and row["text"][first:last].lower() in column("country_names.csv", "text"):
            kind = "LOC"
        gold.add((first, last, kind))
    return gold, ignored


def found_of(doc: Doc, text: str, step: Step | None) -> set[Span]:
    """Return the names of a parsed text: the model's where no step is given, else those of the stage `names`."""
    if step is None:
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    else:
        mentions = spans.name_mentions(Reading(doc, text, None, step.gazetteer), vote=step.vote)
        found = [(doc[m.first].idx, doc[m.last - 1].idx + len(doc[m.last - 1]), m.entity_type) for m in mentions]
    return {(*trimmed(text, start, end), MERGED[label]) for start, end, label in found if label in MERGED}


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def counts_of(gold: set[Span], found: set[Span], ignored: list[tuple[int, int]], has_norp: bool) -> Counter[str]:
    kinds = {"PERSON", "ORG", "LOC"} | ({"NORP"} if has_norp else set())
    gold = {span for span in gold if span[2] in kinds}
    found = {s for s in found if s[2] in kinds and (s in gold or not any(overlaps(s[:2], one) for one in ignored))}
    return Counter(
        right=len(gold & found), gold=len(gold), found=len(found),
        touched=sum(any(s[2] == one[2] and overlaps(s[:2], one[:2]) for one in gold) for s in found),
        reached=sum(any(s[2] == one[2] and overlaps(s[:2], one[:2]) for one in found) for s in gold),
    )  # fmt: skip


def exact(counts: Counter[str]) -> float:
    return common.counted(counts["right"], counts["found"], counts["gold"])[2]


def overlapping(counts: Counter[str]) -> float:
    precision = counts["touched"] / counts["found"] if counts["found"] else 0.0
    return common.f1(precision, counts["reached"] / counts["gold"] if counts["gold"] else 0.0)


def main(options: argparse.Namespace) -> None:
    rows = [row for path in options.file for row in common.read_rows(path)]
    params = parses.Params(model=options.model)
    pipeline.load(options.model)
    sources = [row.get("source") or "all" for row in rows]
    norp = {source for row, source in zip(rows, sources, strict=True) if any(s[2] == "NORP" for s in row["spans"])}
    clock = common.Clock()
    docs = [parses.parse(row["text"], params) for row in rows]
    found = [found_of(doc, row["text"], STEPS["all"]) for doc, row in zip(docs, rows, strict=True)]
    seconds = clock.seconds()
    counts, by_source, by_step = [], defaultdict(Counter), defaultdict(Counter)
    for row, source, doc, names in zip(rows, sources, docs, found, strict=True):
        gold, ignored = gold_of(row)
        counts.append(counts_of(gold, names, ignored, source in norp))
        by_source[source] += counts[-1]
        for name, step in STEPS.items():
            by_step[name] += counts_of(gold, found_of(doc, row["text"], step), ignored, source in norp)
    total = sum(counts, Counter())
    common.write_predictions(
        options.predictions, ({"id": row.get("id", i), "spans": sorted(found[i])} for i, row in enumerate(rows))
    )
    common.finish(
        {
            "f1": exact(total), "overlap_f1": overlapping(total),
            "by_source": {name: exact(some) for name, some in sorted(by_source.items())},
            "steps": {name: exact(some) for name, some in by_step.items()},
        },
        n=len(rows), seconds=seconds, interval=common.bootstrap(counts, lambda some: exact(sum(some, Counter()))),
    )  # fmt: skip


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default=pipeline.OWN_MODEL)
    main(parser.parse_args())
