"""Which two words can name one act."""

import pytest

from transforms.events.merging_params import MergingParams
from transforms.events.merging_triggers import related, same_trigger

PARAMS = MergingParams()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("arrest", "arrest", True),
        ("arrest", "detention", True),
        ("fire", "blaze", True),
        ("fire", "dismiss", True),
        ("blaze", "dismiss", False),
        ("annex", "annexation", True),
        ("meet", "arrest", False),
    ],
)
def test_synonyms_share_one_of_their_senses(left, right, same):
    assert same_trigger(left, right, PARAMS) is same
    assert same_trigger(right, left, PARAMS) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("decide", "decision", True), ("play", "playoff", False), ("record", "recognize", False)],
)
def test_a_like_beginning_needs_an_ending_that_makes_words(left, right, same):
    assert related(left, right, PARAMS.stem_share, PARAMS.stem_length) is same
