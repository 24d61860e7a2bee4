"""Score the parser on a treebank: tags, heads, lemmas, verb arguments on gold tokens; sentences on raw text."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import common
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from transforms.language import parses, pipeline

ARGUMENTS = {"nsubj", "nsubj:pass", "obj"}
SENTENCES_A_DOCUMENT = 20


def gold_docs(path: Path, vocab: Vocab) -> list[Doc]:
    """Return the documents of a .spacy or .conllu file."""
    if path.suffix == ".spacy":
        return list(DocBin().from_disk(path).get_docs(vocab))
    return [conllu_doc(sentences, vocab) for sentences in conllu_documents(path.read_text("utf-8"))]


def conllu_documents(text: str) -> Iterator[list[list[dict[str, Any]]]]:
    document: list[list[dict[str, Any]]] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        starts = "# newdoc" in block or len(document) == SENTENCES_A_DOCUMENT
        words = conllu_words([line.split("\t") for line in block.split("\n") if line and not line.startswith("#")])
        if starts and document:
            yield document
            document = []
        if words:
            document.append(words)
    if document:
        yield document


def conllu_words(lines: list[list[str]]) -> list[dict[str, Any]]:
    """Return the syntactic words of a sentence; inside a multiword token no blank follows."""
    words: list[dict[str, Any]] = []
    inside: tuple[int, bool] = (0, True)
    for line in lines:
        space = "SpaceAfter=No" not in line[9]
        if "-" in line[0]:
            inside = (int(line[0].split("-")[1]), space)
        elif "." not in line[0]:
            number = int(line[0])
            if number <= inside[0]:
                space = number == inside[0] and inside[1]
            words.append({
                "text": line[1], "lemma": line[2], "pos": line[3], "tag": line[4],
                "head": int(line[6]) - 1, "dep": line[7], "space": space,
            })  # fmt: skip
    return words


def conllu_doc(sentences: list[list[dict[str, Any]]], vocab: Vocab) -> Doc:
    words, heads = [], []
    for sentence in sentences:
        base = len(words)
        heads += [base + (word["head"] if word["head"] >= 0 else number) for number, word in enumerate(sentence)]
        words += sentence
    columns = {name: [word[name] for word in words] for name in ("text", "space", "tag", "pos", "lemma", "dep")}
    return Doc(
        vocab, words=columns["text"], spaces=columns["space"], tags=columns["tag"], pos=columns["pos"],
        lemmas=columns["lemma"], heads=heads, deps=columns["dep"],
    )  # fmt: skip


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
    gold = [doc for path in options.file for doc in gold_docs(path, nlp.vocab)]
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
