"""Score names: exact and overlapping spans of PERSON, ORG, LOC and, where a source marks it, NORP."""

import argparse
import csv
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

import common

from transforms.language import parses, pipeline

MERGED = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "NORP"}
ARTICLES = ("the ", "a ", "an ")
POSSESSIVES = ("'s", "\u2019s", "'", "\u2019")
Span = tuple[int, int, str]


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
    spans, ignored = set(), []
    for start, end, label in row["spans"]:
        if label not in MERGED:
            ignored.append((start, end))
            continue
        kind = MERGED[label]
        first, last = trimmed(row["text"], start, end)
        if kind == "ORG" and row["text"][first:last].lower() in column("country_names.csv", "text"):
            kind = "LOC"
        spans.add((first, last, kind))
    return spans, ignored


def found_of(text: str, params: parses.Params) -> set[Span]:
    doc = parses.parse(text, params)
    return {
        (*trimmed(text, ent.start_char, ent.end_char), MERGED[ent.label_]) for ent in doc.ents if ent.label_ in MERGED
    }


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
    found = [found_of(row["text"], params) for row in rows]
    seconds = clock.seconds()
    counts, by_source = [], defaultdict(list)
    for row, source, spans in zip(rows, sources, found, strict=True):
        counts.append(counts_of(gold_of(row)[0], spans, gold_of(row)[1], source in norp))
        by_source[source].append(counts[-1])
    total = sum(counts, Counter())
    common.write_predictions(
        options.predictions, ({"id": row.get("id", i), "spans": sorted(found[i])} for i, row in enumerate(rows))
    )
    common.finish(
        {
            "f1": exact(total), "overlap_f1": overlapping(total),
            "by_source": {name: exact(sum(some, Counter())) for name, some in sorted(by_source.items())},
        },
        n=len(rows), seconds=seconds, interval=common.bootstrap(counts, lambda some: exact(sum(some, Counter()))),
    )  # fmt: skip


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default=pipeline.OWN_MODEL)
    main(parser.parse_args())
