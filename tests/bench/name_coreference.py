"""Coreference of given person and organisation names: `name_coreference.py NAMES DOCUMENTS [--predictions OUT]`."""

from collections import defaultdict

import polars as pl
from clusters import scores
from common import Clock, arguments, bootstrap, f1, finish, read_rows, write_predictions
from stories import told

from schemas.work import Chains, Names, Stories
from transforms.entities.chains import organisation_keys, person_keys
from transforms.entities.entities import STAGE as ENTITIES


def main() -> None:
    options = arguments(__doc__).parse_args()
    names, documents = (read_rows(path) for path in options.file)
    clock = Clock()
    stories = _stories(documents)
    predicted = {kind: _clusters([row for row in names if row["type"] == kind], stories) for kind in ("PERSON", "ORG")}
    seconds = clock.seconds()
    result, interval = {}, [0.0, 0.0]
    for kind, key in (("PERSON", "person"), ("ORG", "org")):
        rows = [row for row in names if row["type"] == kind]
        gold = _sets({row["mention_id"]: row["cluster"] for row in rows})
        figures = scores(gold, _sets(predicted[kind]))
        interval = _interval(gold, _sets(predicted[kind])) if key == "person" else interval
        result[key] = {metric: figures[metric] for metric in ("b3", "lea", "conll")}
    write_predictions(
        options.predictions,
        (
            {"id": row["mention_id"], "cluster": predicted[row["type"]][row["mention_id"]]}
            for row in names
            if row["type"] in predicted
        ),
    )
    finish(result, n=len(names), seconds=seconds, interval=interval)


def _stories(documents: list[dict]) -> dict[str, str]:
    """The story of each document as the pipeline finds it, from the texts alone."""
    key = "doc_id" if "doc_id" in documents[0] else "id"
    names = {f"{number:016x}": row[key] for number, row in enumerate(documents)}
    return {names[document]: cluster for document, cluster in told([row["text"] for row in documents]).items()}


def _clusters(rows: list[dict], stories: dict[str, str]) -> dict[str, str]:
    """The cluster of each mention: chains inside the document, then the stage's links between chains."""
    by_document = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["doc_id"], row["start"])):
        by_document[row["doc_id"]].append(row)
    chains: list[list[dict]] = []
    for mentions in by_document.values():
        chains += _chains(mentions)
    ids = {document: f"{number:016x}" for number, document in enumerate(sorted(stories))}
    made = ENTITIES.function(_tables(chains, stories, ids), ENTITIES.params())["chain_entities"]
    owner = {(document, chain): cluster for document, chain, cluster in made.iter_rows()}
    return {
        row["mention_id"]: owner[ids[row["doc_id"]], number] for number, chain in enumerate(chains) for row in chain
    }


def _tables(chains: list[list[dict]], stories: dict[str, str], ids: dict[str, str]) -> dict[str, pl.DataFrame]:
    """What the stage reads: a chain for each, with a mention for each of its names."""
    rows = [_chain(number, chain, ids) for number, chain in enumerate(chains)]
    names = [
        {"document_id": ids[row["doc_id"]], "chain": number, "mention": number}
        for number, chain in enumerate(chains)
        for row in chain
    ]
    told = [{"document_id": ids[document], "cluster": story} for document, story in stories.items()]
    return {
        "chains": pl.DataFrame(rows, schema=Chains.polars_schema()),
        "names": pl.DataFrame(names, schema=Names.polars_schema()),
        "stories": pl.DataFrame(told, schema=Stories.polars_schema()),
    }


def _chains(mentions: list[dict]) -> list[list[dict]]:
    texts = [row["text"] for row in mentions]
    person = mentions[0]["type"] == "PERSON"
    keys = person_keys([(text, "") for text in texts]) if person else organisation_keys(texts)
    chains = defaultdict(list)
    for row, key in zip(mentions, keys, strict=True):
        chains[key].append(row)
    return list(chains.values())


def _chain(number: int, chain: list[dict], ids: dict[str, str]) -> dict:
    forms = list(dict.fromkeys(row["text"] for row in chain))
    name = max(forms, key=lambda form: len(form.split()))
    other = "; ".join(form for form in forms if form != name)
    return {
        "document_id": ids[chain[0]["doc_id"]], "chain": number, "name": name, "entity_type": chain[0]["type"],
        "aliases": other or None, "basis": "model",
    }  # fmt: skip


def _sets(cluster_of: dict[str, str]) -> list[set[str]]:
    members = defaultdict(set)
    for mention, cluster in cluster_of.items():
        members[cluster].add(mention)
    return list(members.values())


def _interval(gold: list[set[str]], predicted: list[set[str]]) -> list[float]:
    """95 % interval of the persons' B3 over resampled mentions."""
    right, made = ({member: members for members in clusters for member in members} for clusters in (gold, predicted))
    shares = [(len(right[m] & made[m]) / len(made[m]), len(right[m] & made[m]) / len(right[m])) for m in sorted(right)]
    return bootstrap(shares, lambda rows: f1(*(sum(side) / len(rows) for side in zip(*rows, strict=True))))


if __name__ == "__main__":
    main()
