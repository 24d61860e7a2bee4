"""Candidates: pairs of reports that share a block of family, parties and time, or of family and story."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

import numpy as np

from transforms.events.merging_decisions import KINDS
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import Told

Block = tuple[str, ...]


def blocks(reports: Sequence[Told], numbers: Iterable[int], params: MergingParams) -> dict[Block, list[int]]:
    """Return the numbers of the reports in each block, by trigger, date and number."""
    found: defaultdict[Block, list[int]] = defaultdict(list)
    for number in sorted(numbers, key=lambda number: (reports[number].lemma, _day(reports[number]), number)):
        for key in _keys(reports[number], params):
            found[key].append(number)
    return found


def candidates(found: dict[Block, list[int]], params: MergingParams) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare, smaller number first, sorted.

    In a small block these are all pairs; in a large one each report meets the next of its block only, so that pairs
    grow with the reports even where one actor stands in a third of them.
    """
    coded = array("q")
    for members in found.values():
        for place, left in enumerate(members):
            for right in members[place + 1 : _end(place, len(members), params)]:
                coded.append(min(left, right) << 32 | max(left, right))
    for code in np.unique(np.frombuffer(coded, dtype=np.int64)):
        yield int(code) >> 32, int(code) & 0xFFFFFFFF


def _end(place: int, size: int, params: MergingParams) -> int:
    return size if size <= params.small_block else place + 1 + params.window


def _day(report: Told) -> date:
    return report.stated[0] if report.stated else report.published_on or date.min


def _keys(report: Told, params: MergingParams) -> Iterator[Block]:
    family = KINDS[report.event_type].family
    yield family, "story", report.story
    parties = sorted({party.country or party.cluster for role in ("actor", "recipient") for party in report.of(role)})
    bucket = _day(report).toordinal() // params.bucket_days
    spans = [str(bucket), str(bucket + 1), *(["standing"] if report.status == "ongoing" else [])]
    stem = report.lemma[: params.stem_length]
    for span in spans:
        yield from ((family, span, *pair) for pair in combinations(parties, 2))
        yield from ((family, span, party, stem) for party in parties)
