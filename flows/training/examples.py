"""Training examples: windows of following sentences as numbers, with the annotation that their source has.

One network learns all tasks, so a window may lack tasks: a treebank that nobody marked names in, or the other way
round. What is missing is MISSING, and no loss is taken there.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

import numpy as np
from spacy.tokens import Doc, Span

from transforms.language import wordpieces
from transforms.language.analyser import MAX_PIECES
from transforms.language.decoding import Ints

MISSING = -100
MIN_COUNT = 2
TASKS = ("tag", "morph", "dep", "name")
SENTENCES = 12
SHORTEST_WINDOW = 24
MIXED = 8
SMALL_WORD = 3


@dataclass
class Sentence:
    """Words and, where known, one label a word and task; `heads` are places in the sentence, a root its own head."""

    words: list[str]
    shapes: list[str]
    labels: dict[str, list[str]] = field(default_factory=dict)
    heads: list[int] | None = None


Marked = tuple[str, Sentence]


@dataclass(frozen=True)
class Labels:
    """The labels of every task, in the order of the network's outputs."""

    of: dict[str, list[str]]

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        return {task: {label: number for number, label in enumerate(some)} for task, some in self.of.items()}

    def ids(self, task: str, labels: Iterable[str]) -> list[int]:
        """Return the numbers of labels; one that is not among the task's labels is MISSING."""
        known = self._numbers[task]
        return [known.get(label, MISSING) for label in labels]


@dataclass(frozen=True)
class Noise:
    """How often a sentence is made to look like scraped text."""

    upper: float = 0.04
    title: float = 0.04
    lower: float = 0.015
    bare_end: float = 0.05
    other_quote: float = 0.1
    lost_apostrophe: float = 0.05


def of_tree(sentence: Span) -> Sentence:
    """Return a sentence of a treebank."""
    words = [token.text for token in sentence]
    labels = {
        "tag": [token.tag_ for token in sentence],
        "morph": [f"{token.pos_}|{token.morph}" for token in sentence],
        "dep": [token.dep_ for token in sentence],
    }
    heads = [token.head.i - sentence.start for token in sentence]
    return Sentence(words, [wordpieces.shape_of(word) for word in words], labels, heads)


def of_names(words: Span | Doc) -> Sentence:
    """Return words with their names as labels: B- and I- with the type, or O."""
    texts = [token.text for token in words]
    names = [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in words]
    return Sentence(texts, [wordpieces.shape_of(text) for text in texts], {"name": names})


def with_names(trees: list[list[Sentence]], names: Iterable[Marked]) -> list[Marked]:
    """Give sentences of treebanks the names that another source marks in the same text; return the names left over."""
    by_text: dict[str, list[Sentence]] = defaultdict(list)
    for document in trees:
        for sentence in document:
            by_text["".join(sentence.words)].append(sentence)
    left = []
    for source, one in names:
        same = by_text.get("".join(one.words), [])
        for sentence in same:
            sentence.labels["name"] = _moved(one, sentence.words)
        if not same:
            left.append((source, one))
    return left


def _moved(one: Sentence, words: list[str]) -> list[str]:
    """Return the labels of names for the same text cut into other words."""
    owner = [place for place, word in enumerate(one.words) for _ in word]
    labels, at, before = [], 0, -1
    for word in words:
        label = one.labels["name"][owner[at]]
        continued = label.startswith("B-") and owner[at] == before
        labels.append(f"I-{label[2:]}" if continued else label)
        before = owner[at]
        at += len(word)
    return labels


def labels_of(documents: Iterable[list[Sentence]]) -> Labels:
    """Return the labels that occur often enough to be learned, by task; names keep all of theirs."""
    counts: dict[str, Counter[str]] = {task: Counter() for task in TASKS}
    for sentence in (sentence for document in documents for sentence in document):
        for task, labels in sentence.labels.items():
            counts[task].update(labels)
    frequent = {task: sorted(label for label, n in counts[task].items() if n >= MIN_COUNT) for task in TASKS}
    kinds = sorted({label[2:] for label in counts["name"] if label != "O"})
    return Labels({**frequent, "name": ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]})


def noisy(sentence: Sentence, noise: Noise, rng: random.Random) -> Sentence:
    """Return the sentence, now and then in capitals, as a headline, without full stop or apostrophes, oddly quoted."""
    draw = rng.random()
    shapes = list(sentence.shapes)
    if draw < noise.upper:
        shapes = ["upper" if shape in ("lower", "title", "mixed") else shape for shape in shapes]
    elif draw < noise.upper + noise.title:
        shapes = [
            "title" if s == "lower" and len(w) > SMALL_WORD else s for s, w in zip(shapes, sentence.words, strict=True)
        ]
    elif draw < noise.upper + noise.title + noise.lower:
        shapes = ["lower" if shape in ("title", "upper", "mixed", "letter") else shape for shape in shapes]
    quote = rng.choice(("''", "'", "``")) if rng.random() < noise.other_quote else '"'
    words = [quote if word == '"' else word for word in sentence.words]
    changed = replace(sentence, words=words, shapes=shapes)
    if rng.random() < noise.lost_apostrophe:
        changed = _without_apostrophes(changed)
    return _without_end(changed) if rng.random() < noise.bare_end else changed


def _without_apostrophes(sentence: Sentence) -> Sentence:
    """Return the sentence with "nt" for "n't" and "s" for "'s"."""
    return replace(sentence, words=[word.replace("'", "") if word.strip("'") else word for word in sentence.words])


def _without_end(sentence: Sentence) -> Sentence:
    last = len(sentence.words) - 1
    is_leaf = sentence.heads is None or last not in sentence.heads
    if last < 2 or sentence.words[last] not in ".!" or not is_leaf:
        return sentence
    labels = {task: values[:-1] for task, values in sentence.labels.items()}
    heads = None if sentence.heads is None else sentence.heads[:-1]
    return Sentence(sentence.words[:-1], sentence.shapes[:-1], labels, heads)


@dataclass(frozen=True)
class Window:
    """Following sentences as numbers: pieces, one label a word and task, heads inside the window, sentence starts."""

    pieces: wordpieces.Pieces
    labels: dict[str, list[int]]
    heads: list[int]
    starts: list[int]

    def __len__(self) -> int:
        return len(self.pieces.ids)


def windows(
    documents: Iterable[list[Sentence]], vocabulary: wordpieces.Vocabulary, labels: Labels, rng: random.Random,
    *, longest: int = MAX_PIECES, shortest: int = SHORTEST_WINDOW, noise: Noise | None = None,
) -> Iterator[Window]:  # fmt: skip
    """Yield documents cut into windows of whole sentences, each of a random length up to the longest (in pieces).

    A sentence that is longer by itself is left out.
    """
    for document in documents:
        group: list[Sentence] = []
        size, limit = 0, rng.randint(shortest, longest)
        for sentence in document:
            one = noisy(sentence, noise, rng) if noise else sentence
            pieces = sum(len(vocabulary.of_word(word)) for word in one.words)
            if group and size + pieces > limit:
                yield _window(group, vocabulary, labels)
                group, size, limit = [], 0, rng.randint(shortest, longest)
            if pieces <= longest:
                group.append(one)
                size += pieces
        if group:
            yield _window(group, vocabulary, labels)


def _window(group: list[Sentence], vocabulary: wordpieces.Vocabulary, labels: Labels) -> Window:
    words = [word for sentence in group for word in sentence.words]
    shapes = [shape for sentence in group for shape in sentence.shapes]
    found: dict[str, list[int]] = {}
    for task in TASKS:
        found[task] = []
        for sentence in group:
            given = sentence.labels.get(task)
            found[task] += labels.ids(task, given) if given else [MISSING] * len(sentence.words)
    heads: list[int] = []
    starts: list[int] = []
    for sentence in group:
        base, is_tree = len(heads), sentence.heads is not None
        heads += [base + head for head in sentence.heads] if sentence.heads else [MISSING] * len(sentence.words)
        starts += [int(i == 0) if is_tree else MISSING for i in range(len(sentence.words))]
    return Window(vocabulary.encode(words, shapes), found, heads, starts)


def batches(some: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Return the windows in batches of at most `size` pieces, padding counted, windows of like length together."""
    order = sorted(some, key=lambda window: len(window) + rng.uniform(-MIXED, MIXED))
    found: list[list[Window]] = [[]]
    longest = 0
    for window in order:
        longest = max(longest, len(window))
        if found[-1] and longest * (len(found[-1]) + 1) > size:
            found.append([])
            longest = len(window)
        found[-1].append(window)
    rng.shuffle(found)
    return found


def padded(rows: Sequence[Sequence[int] | Ints], filler: int) -> Ints:
    """Return rows of different lengths as one array, filled up at the end."""
    width = max(map(len, rows))
    table = np.full((len(rows), width), filler, dtype=np.int64)
    for row, values in zip(table, rows, strict=True):
        row[: len(values)] = values
    return table


def documents_of(docs: Iterable[Doc]) -> list[list[Sentence]]:
    """Return treebank documents as lists of sentences."""
    return [[of_tree(sentence) for sentence in doc.sents] for doc in docs]


def grouped(sentences: Iterable[Marked], size: int = SENTENCES) -> list[list[Sentence]]:
    """Return following sentences of one source as documents of at most `size`."""
    found = []
    for _, rows in groupby(sentences, key=lambda pair: pair[0]):
        some = [sentence for _, sentence in rows]
        found += [some[at : at + size] for at in range(0, len(some), size)]
    return found
