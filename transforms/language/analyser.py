"""The component that annotates everything at once: one network, then decoders for sentences, trees and names."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList

from transforms.inference import session
from transforms.language import cues, decoding
from transforms.language.decoding import Floats
from transforms.language.lemmas import Lemmatizer, Table
from transforms.language.wordpieces import Vocabulary

FACTORY = "annals_analyser"
ASSIGNS = (
    "token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start",
    "doc.ents",
)  # fmt: skip
MAX_PIECES = 128
HIDDEN_NAMES = ("MISC",)
EVENTS = "events.onnx"
COLUMNS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
BEGINS, INSIDE, OUTSIDE = 3, 1, 2


@Language.factory(FACTORY, assigns=list(ASSIGNS))
def create(nlp: Language, name: str) -> "Analyser":
    """Return an analyser without weights, to be read from disk."""
    return Analyser(nlp, name)


@dataclass(frozen=True)
class Weights:
    """What training gives and a folder holds.

    Attributes:
        network: an ONNX model from words to scores, as `flows.training.export` makes it.
        events: the rest of that model, which reads cues of events; may be empty. The bytes of both, joined, are one
            model, as messages of protobuf merge when they are concatenated.
        relations: another one, from words and their heads to relations.
        pieces: the vocabulary.
        labels: the labels of each task, in the order of its outputs.
        decoder: "moves" and "begin" of the chain of names.
        lemmas: rules by tag and ending.
    """

    network: bytes
    relations: bytes
    pieces: list[str]
    labels: dict[str, list[str]]
    decoder: dict[str, Any]
    lemmas: Table
    events: bytes = b""

    @classmethod
    def read(cls, folder: Path) -> "Weights":
        """Return the weights in a folder."""
        pieces = (folder / "vocabulary.txt").read_text("utf-8").split("\n")[:-1]
        labels, table = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("labels", "lemmas"))
        network, relations = ((folder / f"{name}.onnx").read_bytes() for name in ("network", "relations"))
        events = (folder / EVENTS).read_bytes() if (folder / EVENTS).exists() else b""
        with np.load(folder / "decoder.npz") as decoder:
            return cls(network, relations, pieces, labels, dict(decoder), table, events)

    def write(self, folder: Path) -> None:
        """Write the weights to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "network.onnx").write_bytes(self.network)
        (folder / "relations.onnx").write_bytes(self.relations)
        if self.events:
            (folder / EVENTS).write_bytes(self.events)
        (folder / "vocabulary.txt").write_text("\n".join(self.pieces) + "\n", "utf-8")
        for name, value in (("labels", self.labels), ("lemmas", self.lemmas)):
            (folder / f"{name}.json").write_text(json.dumps(value, indent=0, ensure_ascii=False) + "\n", "utf-8")
        np.savez(folder / "decoder.npz", **self.decoder)


class Analyser:
    """A spaCy component that sets tags, morphology, lemmas, Universal Dependencies, sentences and names.

    Texts go through the network one by one, on one thread, so that what a text gets depends on that text alone: in
    windows of at most MAX_PIECES pieces, cut before a sentence where there is one to cut before.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.vocab = nlp.vocab

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place and return it; where it says that a sentence starts, one does."""
        if not len(doc):
            return doc
        words = [token.text for token in doc]
        rows: Any = np.zeros((len(words), len(COLUMNS)), dtype=np.uint64)
        begins = np.array([token.is_sent_start is True for token in doc])
        found: list[tuple[Any, ...]] = []
        for start, end, scores in self._windows(words, begins):
            self._fill(rows[start:end], words[start:end], scores)
            found.extend(self._cues(scores, start, end))
        doc.from_array(COLUMNS, rows)
        if self.weights.events:
            doc.user_data[cues.KEY] = found
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Yield documents annotated one by one; no batches, since their padding would touch the results."""
        return map(self, stream)

    def _windows(self, words: list[str], begins: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Yield runs of whole sentences with their scores; a sentence longer than a window is cut.

        Args:
            words: of the document.
            begins: for each word whether a sentence must begin there.
        """
        lengths = [len(self.pieces.of_word(word)) for word in words]
        start = 0
        while start < len(words):
            end, size = start, 0
            while end < len(words) and (size := size + lengths[end]) <= MAX_PIECES:
                end += 1
            scores = self._scores(words[start:end])
            scores["start"] = np.where(begins[start:end], np.inf, scores["start"])
            if end < len(words):
                last = decoding.sentences(scores["start"])[-1][0]
                end = start + last if last else end
            yield start, end, scores
            start = end

    def _scores(self, words: list[str]) -> dict[str, Any]:
        pieces = self.pieces.encode(words)
        given = {"ids": pieces.ids, "shapes": pieces.shapes, "first": pieces.first, "last": pieces.last}
        return dict(zip(self._outputs, self._session.run(self._outputs, given), strict=True))

    def _fill(self, rows: Any, words: list[str], scores: dict[str, Any]) -> None:
        count = len(words)
        labels, add = self.weights.labels, self.vocab.strings.add
        tags = [labels["tag"][number] for number in scores["tag"][:count]]
        rows[:, COLUMNS.index(TAG)] = self._tags[scores["tag"][:count]]
        rows[:, [COLUMNS.index(POS), COLUMNS.index(MORPH)]] = self._morphs[scores["morph"][:count]]
        rows[:, COLUMNS.index(LEMMA)] = [
            add(self._lemmatizer.lemma(word, tag)) for word, tag in zip(words, tags, strict=True)
        ]
        heads = np.zeros(count, dtype=np.int64)
        rows[:, COLUMNS.index(ENT_IOB)] = OUTSIDE
        for first, end in decoding.sentences(scores["start"][:count]):
            heads[first:end] = decoding.heads(scores["arc"][first:end, first:end]) + first
            self._fill_names(rows[first:end], scores["name"][first:end])
        rows[:, COLUMNS.index(HEAD)] = (heads - np.arange(count)).view(np.uint64)
        given = {"dep_word": scores["dep_word"][:count], "dep_head": scores["dep_head"][:count], "heads": heads}
        dep = self._relations.run(None, given)[0]
        rows[:, COLUMNS.index(DEP)] = self._deps[np.where(heads == np.arange(count), self._root, dep)]

    def _fill_names(self, rows: Any, scores: Floats) -> None:
        labels = decoding.chain(scores, self._moves, self._begin)
        for first, end, kind in decoding.names([self.weights.labels["name"][number] for number in labels]):
            if kind not in HIDDEN_NAMES:
                rows[first:end, COLUMNS.index(ENT_IOB)] = INSIDE
                rows[first, COLUMNS.index(ENT_IOB)] = BEGINS
                rows[first:end, COLUMNS.index(ENT_TYPE)] = self.vocab.strings.add(kind)

    def _cues(self, scores: dict[str, Any], start: int, end: int) -> Iterator[tuple[Any, ...]]:
        if not self.weights.events:
            return
        for first, last in decoding.sentences(scores["start"][: end - start]):
            places = range(start + first, start + last)
            yield from (cues.moved(cue, places) for cue in cues.read(scores, self.weights.labels, first, last))

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Write the weights to a folder."""
        self.weights.write(Path(path))

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> "Analyser":
        """Read what `to_disk` wrote.

        Raises:
            ValueError: the weights do not belong together or are damaged.
        """
        try:
            self.equip(Weights.read(Path(path)))
        except (KeyError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as error:
            raise ValueError(f"damaged weights: {error}") from error
        return self

    def equip(self, weights: Weights) -> None:
        """Take over the weights."""
        self.weights = weights
        self._session, self._relations = session(weights.network + weights.events), session(weights.relations)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self.pieces = Vocabulary(weights.pieces)
        self._lemmatizer = Lemmatizer(weights.lemmas)
        forbidden = decoding.allowed(weights.labels["name"])
        self._moves, self._begin = weights.decoder["moves"] + forbidden[0], weights.decoder["begin"] + forbidden[1]
        self._index_labels(weights.labels)

    def _index_labels(self, labels: dict[str, list[str]]) -> None:
        add = self.vocab.strings.add
        self._tags = np.array([add(tag) for tag in labels["tag"]], dtype=np.uint64)
        pairs = [label.split("|", 1) for label in labels["morph"]]
        self._morphs = np.array([(add(pos), self.vocab.morphology.add(morph)) for pos, morph in pairs], dtype=np.uint64)
        self._deps = np.array([add(dep) for dep in labels["dep"]], dtype=np.uint64)
        self._root = labels["dep"].index("ROOT")
