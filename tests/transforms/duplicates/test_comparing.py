"""Comparing pairs once."""

import numpy as np
import polars as pl
import pytest

from schemas.memory import StoryPairs
from transforms.components import Components
from transforms.duplicates import comparing
from transforms.duplicates.comparing import Comparisons
from transforms.duplicates.neighbours import Pairs

VALUES = np.array([0.0, 0.1, 0.25, 0.75, 1.0], dtype=np.float32)
ALL = [(left, right) for right in range(len(VALUES)) for left in range(right)]


def pairs(*rows):
    left, right = (np.array(side, dtype=np.int64) for side in zip(*rows, strict=True))
    return Pairs(left, right, np.zeros_like(left))


def comparisons(asked, known=None, values=VALUES):
    """Nearness of numbers; `asked` gets the pairs that are compared."""

    def nearness(some):
        asked.extend(some.rows())
        return (1 - abs(values[some.left] - values[some.right]))[:, None]

    hashed = pl.Series([value.tobytes() for value in values], dtype=pl.Binary)
    return Comparisons.of(nearness, hashed, StoryPairs.create_empty() if known is None else known)


def test_a_pair_is_the_same_whichever_side_is_left():
    first = comparisons([])
    first.all(pairs((0, 1), (2, 3)))
    asked = []
    again = comparisons(asked, first.remembered(StoryPairs))
    assert again.all(pairs((3, 2), (1, 0), (0, 2)))[:, 0].tolist() == pytest.approx([0.5, 0.9, 0.75])
    assert asked == [(0, 2)]


def test_what_has_changed_is_compared_again():
    first = comparisons([])
    first.all(pairs((0, 1), (2, 3)))
    changed, asked = VALUES.copy(), []
    changed[1] = 0.5
    assert comparisons(asked, first.remembered(StoryPairs), changed).all(pairs((0, 1)))[0, 0] == pytest.approx(0.5)
    assert asked == [(0, 1)]


def test_remembered_is_what_this_run_asked_for_each_pair_once():
    first = comparisons([])
    first.all(pairs(*ALL))
    second = comparisons([], first.remembered(StoryPairs))
    second.all(pairs((0, 1), (1, 0), (0, 2)))
    memory = second.remembered(StoryPairs)
    StoryPairs.validate(memory)
    assert memory.height == 2


def test_pairs_that_others_have_joined_are_left_out(monkeypatch):
    monkeypatch.setattr(comparing, "BATCH", 1)
    monkeypatch.setattr(comparing, "BATCHES", len(ALL))
    components, asked = Components(len(VALUES)), []
    figures = comparisons(asked).joined(pairs(*ALL), lambda some: some[:, 0] >= 0.7, components)
    assert components.roots() == [0, 0, 0, 3, 3]
    assert len(asked) < len(ALL)
    assert np.isnan(figures[:, 0]).sum() == len(ALL) - len(asked)
