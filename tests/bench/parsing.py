"""Score the parser on a treebank: tags, heads, lemmas, verb arguments on gold tokens; sentences on raw text."""

import argparse
from collections import Counter

import common
from spacy.tokens import Doc

from flows.training import corpora
from transforms.language import parses, pipeline

ARGUMENTS = {"nsubj", "nsubj:pass", "obj"}


def label(dep: str) -> str:
    return "root" if dep.lower() == "root" else dep


def arguments_of(doc: Doc) -> set[tuple[int, int, str]]:
    return {(t.head.i, t.i, t.dep_) for t in doc if t.dep_ in ARGUMENTS and t.head.pos_ == "VERB"}


def sentences_of(doc: Doc) -> set[tuple[int, int]]:
    bounds = set()
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if tokens:
            bounds.add((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
    return bounds


def counts_of(gold: Doc, found: Doc, raw: Doc) -> Counter[str]:
    counts = Counter(tokens=len(gold))
    for a, b in zip(gold, found, strict=True):
        counts["tag"] += a.tag_ == b.tag_
        counts["lemma"] += a.lemma_ == b.lemma_
        counts["uas"] += a.head.i == b.head.i
        counts["las"] += a.head.i == b.head.i and label(a.dep_) == label(b.dep_)
    for name, one, other in (
        ("arguments", arguments_of(gold), arguments_of(found)), ("sentences", sentences_of(gold), sentences_of(raw)),
    ):  # fmt: skip
        counts[f"{name}_right"] += len(one & other)
        counts[f"{name}_gold"] += len(one)
        counts[f"{name}_found"] += len(other)
    return counts


def measured(counts: Counter[str]) -> dict[str, float]:
    result = {name: counts[name] / max(counts["tokens"], 1) for name in ("tag", "uas", "las", "lemma")}
    for key, name in (("verb_argument_f1", "arguments"), ("sentence_f1", "sentences")):
        result[key] = common.counted(counts[f"{name}_right"], counts[f"{name}_found"], counts[f"{name}_gold"])[2]
    return result


def main(options: argparse.Namespace) -> None:
    nlp, params = pipeline.load(options.model), parses.Params(model=options.model)
    gold = [doc for path in options.file for doc in corpora.treebank(path, nlp.vocab)]
    clock = common.Clock()
    found = [
        nlp(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])) for doc in gold
    ]
    seconds = clock.seconds()
    raw = [parses.parse(doc.text, params) for doc in gold]
    counts = [counts_of(*docs) for docs in zip(gold, found, raw, strict=True)]
    common.write_predictions(
        options.predictions,
        (
            {"id": i, "tags": [t.tag_ for t in doc], "heads": [t.head.i for t in doc], "deps": [t.dep_ for t in doc],
             "lemmas": [t.lemma_ for t in doc], "sentences": sorted(sentences_of(text))}
            for i, (doc, text) in enumerate(zip(found, raw, strict=True))
        ),
    )  # fmt: skip
    tokens = sum(one["tokens"] for one in counts)
    interval = common.bootstrap(counts, lambda some: measured(sum(some, Counter()))["tag"])
    common.finish(measured(sum(counts, Counter())), n=tokens, seconds=seconds, interval=interval)


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default=pipeline.OWN_MODEL)
    main(parser.parse_args())
