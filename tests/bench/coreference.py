"""Event coreference on gold mentions without topics: the story clusters of the pipeline, inside a story the trigger."""

from collections import defaultdict
from collections.abc import Sequence

from clusters import scores
from common import Clock, Row, arguments, bootstrap, finish, read_rows, write_predictions
from stories import told

from transforms.events.merging_params import MergingParams
from transforms.events.merging_triggers import same_trigger

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
    """Return the cluster of each scored mention: story and first of its related triggers."""
    roots = [cluster for _, cluster in sorted(told([row["text"] for row in rows]).items())]
    found: dict[str, str] = {}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for root, row in sorted(zip(roots, rows, strict=True), key=lambda pair: (pair[0], pair[1]["doc_id"])):
        for event in row["events"]:
            if event["scored"]:
                found[_key(row, event)] = f"{root}:{_trigger(_lemma(event), names[root])}"
    return found


def _trigger(lemma: str, known: list[str]) -> str:
    """The first trigger of the story that names the same act; the lemma itself if it is new."""
    match = next((name for name in known if same_trigger(name, lemma, PARAMS)), None)
    if match is None:
        known.append(lemma)
    return match or lemma


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
