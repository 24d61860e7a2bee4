"""Reading the public corpora that the language model is trained and measured on."""

import gzip
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans
from spacy.vocab import Vocab

from schemas.errors import InputError
from transforms.language.parses import STRAIGHT

LABELS = {label: label for label in ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC")} | {
    "PER": "PERSON",
    "FAC": "LOC",
}
# The terms of these sources' annotation are unclear: no weights that ship are fitted on it.
PART = "train"
UNCLEAR_TERMS = ("gmb",)
TREEBANK_FILES = (".spacy", ".conllu")
NAMES_FILES = (".jsonl", ".jsonl.gz", ".iob2", ".bio")
SENTENCES_A_DOCUMENT = 20
Words = list[dict[str, Any]]


def files_of(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """Return the files of a folder with "train" in their name and one of the endings.

    Raises:
        InputError: there is none.
    """
    found = sorted(path for path in folder.iterdir() if PART in path.name and path.name.endswith(endings))
    if not found:
        remedy = f"Put a file with '{PART}' in its name and one of these endings there: {', '.join(endings)}"
        raise InputError(f"no {PART} corpus", where=str(folder), remedy=remedy)
    return found


def treebank(path: Path, vocab: Vocab) -> list[Doc]:
    """Return the documents of a treebank with straight quotes: a spaCy DocBin (.spacy) or CoNLL-U."""
    if path.suffix == ".spacy":
        return [_straight(doc) for doc in DocBin().from_disk(path).get_docs(vocab)]
    return [_straight(_tree_doc(sentences, vocab)) for sentences in _documents(path.read_text("utf-8"))]


def _straight(doc: Doc) -> Doc:
    return Doc(
        doc.vocab,
        words=[token.text.translate(STRAIGHT) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_.translate(STRAIGHT) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )


def _documents(text: str) -> Iterator[list[Words]]:
    document: list[Words] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = block.split("\n")
        if document and ("# newdoc" in block or len(document) == SENTENCES_A_DOCUMENT):
            yield document
            document = []
        words = _words([line.split("\t") for line in lines if line and not line.startswith("#")])
        if words:
            document.append(words)
    if document:
        yield document


def _words(rows: list[list[str]]) -> Words:
    """Return the syntactic words of a sentence; between the words of a multiword token stands no blank."""
    words: Words = []
    inside_until, space_behind = 0, True
    for row in rows:
        space = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            inside_until, space_behind = int(row[0].split("-")[1]), space
        elif "." not in row[0]:
            if int(row[0]) <= inside_until:
                space = int(row[0]) == inside_until and space_behind
            words.append({
                "word": row[1], "lemma": row[2], "pos": row[3], "tag": row[4], "morph": "" if row[5] == "_" else row[5],
                "head": int(row[6]) - 1, "dep": row[7], "space": space,
            })  # fmt: skip
    return words


def _tree_doc(sentences: list[Words], vocab: Vocab) -> Doc:
    heads: list[int] = []
    words: Words = []
    for sentence in sentences:
        base = len(words)
        heads += [base + (word["head"] if word["head"] >= 0 else number) for number, word in enumerate(sentence)]
        words += sentence
    columns = {name: [word[name] for word in words] for name in words[0]}
    deps = ["ROOT" if dep == "root" else dep for dep in columns["dep"]]
    return Doc(
        vocab, words=columns["word"], spaces=columns["space"], tags=columns["tag"], pos=columns["pos"],
        morphs=columns["morph"], lemmas=columns["lemma"], heads=heads, deps=deps,
    )  # fmt: skip


def names(path: Path, nlp: Language, *, unclear: bool = False) -> Iterator[Doc]:
    """Yield texts, mostly sentences, with their names as entities and their source in `user_data`.

    Labels that are not in LABELS are dropped.

    Args:
        path: JSON lines with text, spans and source; two columns with IOB tags; or lines with names in brackets (.txt).
        nlp: a pipeline with the tokeniser.
        unclear: yield only the texts whose annotation has unclear terms, without it, instead of only the others.
    """
    readers = {".txt": _bracketed_rows, ".iob2": _tagged_rows, ".bio": _tagged_rows}
    for row in readers.get(path.suffix, _json_rows)(path):
        if (row.get("source") in UNCLEAR_TERMS) == unclear:
            yield _names_doc({**row, "spans": []} if unclear else row, nlp)


def _bracketed_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file with names in brackets, "[PERSON Ana Duarte] left."; # begins a comment."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, spans = "", []
            for part in re.split(r"(\[[A-Z]+ [^\]]+\])", line.strip()):
                label, _, name = part[1:-1].partition(" ")
                if part.startswith("[") and label in LABELS:
                    spans.append([len(text), len(text) + len(name), label])
                    text += name
                else:
                    text += part
            yield {"text": text, "spans": spans, "source": path.stem}


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")
    return (json.loads(line) for line in text.split("\n") if line.strip())


def _tagged_rows(path: Path) -> Iterator[dict[str, Any]]:
    for block in path.read_text("utf-8").replace("\r\n", "\n").split("\n\n"):
        pairs = [_word_and_tag(line.split()) for line in block.split("\n") if line.strip() and line[0] != "#"]
        if pairs:
            yield {"text": " ".join(word for word, _ in pairs), "spans": _spans(pairs), "source": path.stem}


def _word_and_tag(columns: list[str]) -> tuple[str, str]:
    """Return the first column that can be an IOB tag, and the column before it."""
    for word, tag in pairwise(columns):
        if tag == "O" or tag[:2] in ("B-", "I-"):
            return word, tag
    return columns[0], "O"


def _spans(pairs: list[tuple[str, str]]) -> list[list[Any]]:
    spans: list[list[Any]] = []
    at = 0
    for word, tag in pairs:
        label = tag[2:]
        if tag.startswith("I-") and spans and spans[-1][2] == label and spans[-1][1] == at - 1:
            spans[-1][1] = at + len(word)
        elif tag != "O":
            spans.append([at, at + len(word), label])
        at += len(word) + 1
    return spans


def _names_doc(row: dict[str, Any], nlp: Language) -> Doc:
    doc = nlp.make_doc(row["text"].translate(STRAIGHT))
    spans = [(start, end, LABELS[label]) for start, end, label in row["spans"] if label in LABELS]
    found = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in spans]
    doc.ents = filter_spans(span for span in found if span is not None)
    doc.user_data["source"] = row.get("source", "")
    return doc
