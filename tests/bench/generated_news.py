"""Generated news as numbers: stories and what happens in them, documents that tell it, sentence by sentence.

Stories have Zipf sizes, up to a few hundredths of all documents, and a cast of their own; their happenings follow one
another, and documents tell those of their day and some of the past. Wire copies repeat a document, cut or edited.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import polars as pl
from generated_world import Numbers, World, drawn

LARGEST_STORY = 0.03
CAST = (
    "country", "country", "group", "group", "group", "group", "group", "place", "place", "person", "person", "holder",
    "company", "body",
)  # fmt: skip
SIDES, PLACES = np.array([0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13]), np.array([7, 8])
EXPONENTS = {"person": 0.7, "company": 0.7, "place": 0.7, "group": 0.8}
OWN_CAST, OWN_STORY, SAME_TRIGGER = 0.65, 0.85, 0.7
REPORTS, EXACT_COPIES, CUT_COPIES = 0.46, 0.3, 0.5
STORY_WORDS, HAPPENING_WORDS, WORDS = 12, 6, 12
NOBODY, NOTHING = -1, -1


@dataclass(frozen=True)
class Stories:
    """Stories (size, first day, length in days, cast, words), and their happenings, story by story and day by day.

    Happenings have a story, day, predicate, actor, recipient and place (numbers of `World.entities`) and words;
    those of story s are `count[s]` from `first[s]` on.
    """

    sizes: Numbers
    day: Numbers
    days: Numbers
    cast: Numbers
    words: Numbers
    first: Numbers
    count: Numbers
    happened: Numbers
    predicate: Numbers
    parties: Numbers
    terms: Numbers


@dataclass(frozen=True)
class Documents:
    """Documents by day; `source` is the document whose sentences they repeat, their own number where they copy none."""

    ids: pl.Series
    story: Numbers
    day: Numbers
    source: Numbers
    cast: Numbers


@dataclass(frozen=True)
class Sentences:
    """The sentences of all documents in order.

    Attributes:
        document: number of the document.
        key: number of the sentence before it was copied: all that is drawn for it follows from this.
        happening: what it reports, NOTHING where it reports nothing.
        predicate: the trigger of the report.
        entities: subject, object and place, NOBODY where none is named.
        words: the words at its end.
    """

    document: Numbers
    key: Numbers
    happening: Numbers
    predicate: Numbers
    entities: Numbers
    words: Numbers


def stories(world: World, documents: int, days: int, dice: np.random.Generator) -> Stories:
    """Return the stories that so many documents tell in so many days."""
    sizes = _sizes(documents, dice)
    length = np.minimum(days, 1 + (2 * np.log2(sizes)).astype(np.int64))
    count = 4 + sizes // 15
    story = np.repeat(np.arange(len(sizes)), count)
    day = (dice.random(len(sizes)) * (days - length + 1)).astype(np.int64)
    happened = np.sort(story + dice.random(len(story))) - story
    cast = _cast(world, len(sizes), dice)
    return Stories(
        sizes=sizes,
        day=day,
        days=length,
        cast=cast,
        words=world.heavy[dice.integers(len(world.heavy), size=(len(sizes), STORY_WORDS))],
        first=np.cumsum(count) - count,
        count=count,
        happened=day[story] + (happened * length[story]).astype(np.int64),
        predicate=drawn(dice, world.predicates.height, len(story)),
        parties=_parties(cast[story], dice),
        terms=world.heavy[dice.integers(len(world.heavy), size=(len(story), HAPPENING_WORDS))],
    )


def _sizes(documents: int, dice: np.random.Generator) -> Numbers:
    """Zipf: half of the stories are told once, a k-th of them by k documents or more."""
    sizes = np.minimum(1 / (1 - dice.random(documents)), max(20.0, LARGEST_STORY * documents)).astype(np.int64)
    ends = np.minimum(np.cumsum(sizes), documents)
    found: Numbers = np.diff(ends, prepend=0)
    return found[found > 0]


def _cast(world: World, rows: int, dice: np.random.Generator) -> Numbers:
    columns = []
    for kind in CAST:
        first, end = world.kinds[kind]
        columns.append(first + drawn(dice, end - first, rows, EXPONENTS.get(kind, 1.0)))
    return np.stack(columns, axis=1)


def _parties(cast: Numbers, dice: np.random.Generator) -> Numbers:
    """Actor, another recipient, and a place, from the cast of each row."""
    row = np.arange(len(cast))
    actor = dice.integers(len(SIDES), size=len(cast))
    recipient = (actor + dice.integers(1, len(SIDES), size=len(cast))) % len(SIDES)
    places = cast[row, dice.choice(PLACES, len(cast))]
    return np.stack([cast[row, SIDES[actor]], cast[row, SIDES[recipient]], places], axis=1)


def documents(world: World, told: Stories, seed: int, dice: np.random.Generator) -> Documents:
    """Return the documents that tell the stories, by day."""
    story = np.repeat(np.arange(len(told.sizes)), told.sizes)
    day = told.day[story] + (dice.beta(1, 3, len(story)) * told.days[story]).astype(np.int64)
    order = np.argsort(day + dice.random(len(story)))
    story, day = story[order], day[order]
    ids = [blake2b(f"{seed}:{number}".encode(), digest_size=8).hexdigest() for number in range(len(story))]
    own = dice.random((len(story), len(CAST))) < OWN_CAST
    cast = np.where(own, told.cast[story], _cast(world, len(story), dice))
    return Documents(pl.Series(ids), story, day, _sources(story, len(told.sizes), dice), cast)


def _sources(story: Numbers, count: int, dice: np.random.Generator) -> Numbers:
    """In some stories many documents copy the one before them, in most of them few do."""
    order = np.argsort(story, kind="stable")
    fresh = dice.random(len(story)) >= dice.beta(0.5, 2, count)[story[order]]
    fresh |= np.diff(story[order], prepend=-1) > 0
    source = np.empty_like(story)
    source[order] = order[np.maximum.accumulate(np.where(fresh, np.arange(len(story)), 0))]
    return source


def sentences(world: World, told: Stories, by: Documents, dice: np.random.Generator) -> Sentences:
    """Return the sentences of all documents, those of copies after edits."""
    return _copied(world, by, _own_sentences(world, told, by, dice), dice)


def _own_sentences(world: World, told: Stories, by: Documents, dice: np.random.Generator) -> Sentences:
    lengths = dice.integers(10, 19, len(by.story))
    document = np.repeat(np.arange(len(by.story)), lengths)
    first = np.diff(document, prepend=-1) > 0
    reports = first | (dice.random(len(document)) < REPORTS)
    happening = np.where(reports, _happenings(told, by, document, dice), NOTHING)
    sides = _parties(by.cast[document], dice)
    entities = np.where(reports[:, None], told.parties[happening], sides)
    return Sentences(
        document=document,
        key=np.arange(len(document)),
        happening=happening,
        predicate=_triggers(world, told.predicate[happening], dice),
        entities=_unsaid(entities, reports, dice),
        words=_words(world, told, by.story[document], happening, dice),
    )


def _happenings(told: Stories, by: Documents, document: Numbers, dice: np.random.Generator) -> Numbers:
    """What happened in the story around the day of the document; sometimes what is told for years in any story."""
    story = by.story[document]
    passed = (by.day[document] - told.day[story] + dice.random(len(document))) / told.days[story]
    near = (passed * told.count[story] + dice.normal(0, 1.5, len(document))).astype(np.int64)
    now = told.first[story] + np.clip(near, 0, told.count[story] - 1)
    known = dice.permutation(len(told.predicate))[drawn(dice, len(told.predicate), len(document), 0.8)]
    return np.where(dice.random(len(document)) < OWN_STORY, now, known)


def _triggers(world: World, predicate: Numbers, dice: np.random.Generator) -> Numbers:
    """The predicate itself, or another one of its event type."""
    types = world.predicates["event_type"].rank("dense").to_numpy().astype(np.int64) - 1
    order = np.argsort(types, kind="stable")
    size = np.bincount(types)
    start = np.cumsum(size) - size
    type_ = types[predicate]
    other = order[start[type_] + (dice.random(len(predicate)) * size[type_]).astype(np.int64)]
    return np.where(dice.random(len(predicate)) < SAME_TRIGGER, predicate, other)


def _unsaid(entities: Numbers, reports: npt.NDArray[np.bool_], dice: np.random.Generator) -> Numbers:
    """Reports often leave a side unsaid, and mostly the place."""
    shares = np.where(reports[:, None], [0.7, 0.75, 0.25], [1.0, 1.0, 0.8])
    return np.where(dice.random(entities.shape) < shares, entities, NOBODY)


def _words(world: World, told: Stories, story: Numbers, happening: Numbers, dice: np.random.Generator) -> Numbers:
    """Words of any text, two of the story and, in a report, two of the happening."""
    rows = np.arange(len(story))[:, None]
    general = np.searchsorted(np.cumsum(world.word_shares), dice.random((len(story), WORDS)))
    general = np.minimum(general, len(world.words) - 1)
    general[:, :2] = told.words[story[:, None], dice.integers(STORY_WORDS, size=(len(rows), 2))]
    terms = told.terms[happening[:, None], dice.integers(HAPPENING_WORDS, size=(len(rows), 2))]
    general[:, 2:4] = np.where(happening[:, None] == NOTHING, general[:, 2:4], terms)
    return general


def _copied(world: World, by: Documents, own: Sentences, dice: np.random.Generator) -> Sentences:
    """Give copies the sentences of their source: all of them, or without the last ones, some with other words."""
    length = np.bincount(own.document)
    first = np.cumsum(length) - length
    copies = by.source != np.arange(len(by.source))
    edited = copies & (dice.random(len(copies)) >= EXACT_COPIES)
    kept = np.where(edited & (dice.random(len(copies)) < CUT_COPIES), 0.5 + 0.4 * dice.random(len(copies)), 1.0)
    told = np.ceil(length[by.source] * kept).astype(np.int64)
    document = np.repeat(np.arange(len(told)), told)
    row = first[by.source][document] + np.arange(len(document)) - (np.cumsum(told) - told)[document]
    words = own.words[row]
    changed = edited[document] & (dice.random(len(document)) < 0.15)
    words[changed, -1] = dice.integers(len(world.words), size=int(changed.sum()))
    return Sentences(document, own.key[row], own.happening[row], own.predicate[row], own.entities[row], words)
