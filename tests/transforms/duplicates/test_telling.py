"""Stories in the order of publication, by terms made up for the test."""

from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.memory import StoryPairs
from transforms.duplicates.comparing import Comparisons
from transforms.duplicates.neighbours import Pairs
from transforms.duplicates.stories import StoryParams
from transforms.duplicates.telling import HEAVIEST, UNKNOWN, WEIGHT_BITS, candidates, compare, published, stories
from transforms.rulings import Rulings

PARAMS = StoryParams(block_terms=3, story_window=2, story_similarity=0.5)


def terms(*numbers):
    """Terms of equal weight, in a vector of length 1."""
    weight = round(HEAVIEST / len(numbers) ** 0.5) if numbers else 0
    return np.array([number << WEIGHT_BITS | weight for number in numbers], dtype=np.uint64)


def found(documents, days, params=PARAMS, copied=()):
    days, hashed = np.array(days, dtype=np.int64), pl.Series([own.tobytes() for own in documents], dtype=pl.Binary)
    comparisons = Comparisons.of(partial(compare, terms=documents), hashed, StoryPairs.create_empty())
    return stories(documents, days, published(documents, days), comparisons, params, copied, Rulings())


def test_the_cosine_is_the_share_of_equal_terms_in_common():
    documents = [terms(1, 2, 3, 4), terms(1, 2, 5, 6), terms(7), terms()]
    pairs = Pairs(np.array([0, 0, 0, 2]), np.array([1, 0, 2, 3]), np.zeros(4, dtype=np.int64))
    assert compare(pairs, documents)[:, 0].tolist() == pytest.approx([0.5, 1.0, 0.0, 0.0], abs=1e-4)


def test_candidates_share_two_heavy_terms_within_some_days():
    documents = [terms(1, 2, 3), terms(2, 3, 4), terms(3, 4, 5), terms(1, 2, 3)]
    days = np.array([0, 1, 2, 9])
    pairs = candidates(documents, days, published(documents, days), PARAMS)
    assert sorted(pairs.rows()) == [(0, 1), (1, 2)]


def test_unknown_days_come_first_and_are_near_all_days():
    documents, days = [terms(1, 2, 3), terms(1, 2, 3), terms(1, 2, 3)], [50, UNKNOWN, 0]
    assert published(documents, np.array(days)).tolist() == [2, 0, 1]
    assert found(documents, days).roots == [0, 1, 1]


def test_a_document_between_two_stories_goes_on_with_the_nearer_and_leaves_them_two():
    documents, days = [terms(1, 2, 3, 4), terms(5, 6, 7), terms(4, 5, 6, 7)], [0, 0, 1]
    result = found(documents, days, PARAMS.model_copy(update={"story_similarity": 0.2, "block_terms": 4}))
    assert result.roots == [0, 1, 1]
    assert result.together.rows() == [(1, 2)]


def test_it_is_told_which_other_story_was_nearest():
    documents, days = [terms(1, 2, 3, 8), terms(1, 2, 5, 6), terms(1, 5, 6, 2)], [0, 0, 1]
    result = found(documents, days, StoryParams(story_similarity=0.6, reported_story_similarity=0.4))
    assert result.roots == [0, 1, 1]
    assert result.apart.rows() == [(0, 1), (0, 2)]
    assert result.cosines.tolist() == pytest.approx([0.5, 0.5], abs=1e-4)


def test_a_story_takes_documents_for_some_days_only():
    documents = [terms(1, 2, 3)] * 5
    result = found(documents, [0, 4, 8, 12, 16], StoryParams(length=10))
    assert result.roots == [0, 0, 0, 3, 3]


def test_copies_are_one_story_whatever_their_words():
    assert found([terms(1, 2), terms(), terms(3)], [0, 0, 90], copied=[(0, 2)]).roots == [0, 1, 0]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(1, 5), min_size=1), st.integers(0, 3)), min_size=2, max_size=14))
def test_later_documents_leave_the_stories_of_earlier_ones_as_they_were(drawn):
    documents, days = [terms(*sorted(numbers)) for numbers, _ in drawn], np.cumsum([1 + gap for _, gap in drawn])
    whole = found(documents, days).roots
    for count in range(1, len(documents)):
        assert found(documents[:count], days[:count]).roots == whole[:count]
