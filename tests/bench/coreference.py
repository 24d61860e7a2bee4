"""Event coreference on gold mentions without topics: mentions of one story, decided pair by pair as reports are."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from clusters import scores
from common import Clock, Row, arguments, bootstrap, finish, read_rows, write_predictions
from stories import prints, told

from transforms.components import Components
from transforms.events.merging_decisions import decide
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import NOBODY, Told

PARAMS = MergingParams()


def main() -> None:
    options = arguments("Score event coreference.").parse_args()
    rows = [row for path in options.file for row in read_rows(path)]
    clock = Clock()
    predicted = predict(rows)
    seconds = clock.seconds()
    gold = {_key(row, event): event["cluster"] for row in rows for event in row["events"] if event["scored"]}
    write_predictions(options.predictions, [{"id": key, "cluster": cluster} for key, cluster in predicted.items()])
    result = scores(_sets(gold), _sets(predicted))
    interval = bootstrap(_by_topic(rows, gold, predicted))
    finish(result, n=len(gold), seconds=seconds, interval=interval)


def predict(rows: Sequence[Row]) -> dict[str, str]:
    """Return the cluster of each scored mention: those that `decide` ties, as reports without parties and dates."""
    made = prints([row["text"] for row in rows])
    terms = dict(made.select("document_id", "terms").iter_rows())
    stories = told([row["text"] for row in rows])
    reports: dict[str, Told] = {}
    for row, document in zip(rows, sorted(stories), strict=True):
        for event in row["events"]:
            if event["scored"]:
                reports[_key(row, event)] = _report(row, event, document, stories[document], terms[document])
    roots = _roots(list(reports.values()))
    return {key: str(root) for key, root in zip(reports, roots, strict=True)}


def _roots(reports: Sequence[Told]) -> list[int]:
    """The clusters of reports: those of one story whose pairs tell one event."""
    stories: defaultdict[str, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        stories[report.story].append(number)
    clusters = Components(len(reports))
    for members in stories.values():
        for left, right in combinations(members, 2):
            if not clusters.joined(left, right) and decide(reports[left], reports[right], PARAMS).same:
                clusters.join(left, right)
    return clusters.roots()


def _report(row: Row, event: Row, document: str, story: str, terms: bytes) -> Told:
    """A mention as merging sees a report: its line is the sentence, one type stands for all, since none is given."""
    text = row["text"]
    first = event["start"] if "start" in event else text.find(event["text"])
    last = event.get("end", first + len(event["text"]))
    start, end = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    return Told(
        document_id=document, report=0, sentence=text[start : end if end >= 0 else None], sentence_start=start,
        trigger_start=first, trigger_end=last, lemma=_lemma(event), event_type="ASSAULT",
        event_mode=None, contexts=None, status="happened", happened_from=None, happened_to=None,
        date_precision="unknown", date_basis=None, quantity=None, quantity_unit=None, confidence=1.0, rule="",
        parties=NOBODY, stated=None, possible=None, published_on=None, story=story, original=document,
        standing=False, terms=terms,
    )  # fmt: skip


def _lemma(event: Row) -> str:
    return (event["head_lemma"] or event["text"]).casefold()


def _key(row: Row, event: Row) -> str:
    return f"{row['doc_id']}:{event['mention_id']}"


def _sets(owners: dict[str, str]) -> list[set[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for key, cluster in owners.items():
        members[cluster].add(key)
    return list(members.values())


def _by_topic(rows: Sequence[Row], gold: dict[str, str], predicted: dict[str, str]) -> list[float]:
    """MUC of each topic alone, the unit that the bootstrap draws."""
    keys: defaultdict[object, list[str]] = defaultdict(list)
    for row in rows:
        keys[row.get("topic")] += [_key(row, event) for event in row["events"] if event["scored"]]
    return [
        scores(_sets({key: gold[key] for key in inside}), _sets({key: predicted[key] for key in inside}))["muc"]
        for inside in keys.values()
        if inside
    ]


if __name__ == "__main__":
    main()
