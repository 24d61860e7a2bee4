"""Texts as hashed words and shingles."""

import numpy as np
import pytest

from transforms.duplicates.neighbours import neighbours
from transforms.duplicates.shingles import LEAD, MARKS, RARE, ShingleParams, shingles
from transforms.duplicates.words import listed, words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!!",
        "word",
        "\u00dcn\u00efcode  WORDS",
        "a_b c-d",
        "x\u0301y",
        "\ufb01ne \U0001f600 stra\u00dfe",
        "\ud800 a",
    ],
)
def test_words_are_those_of_the_regular_expression(text):
    found = words([text, "and more", ""])
    assert np.diff(found.starts).tolist() == [len(listed(text)), 2, 0]
    assert len(found.hashes) == len(found.numbers) == found.starts[-1]


def test_equal_words_have_equal_hashes_wherever_they_stand():
    found = words(["The \uff34\uff28\uff25 other", "other the 12th"]).hashes.tolist()
    assert found[0] == found[1] == found[4]
    assert found[2] == found[3]
    assert len(set(found)) == 3


def test_hashes_are_the_same_on_every_machine():
    assert words(["annals"]).hashes.tolist() == [952441983057520277]


def test_a_shingle_tells_whether_it_is_in_the_lead_and_rare():
    found = words(["one two three four five", "lone"])
    weights = np.array([1.0, 1.0, 1.0, 20.0, 1.0, 1.0])
    long, short = shingles(found, weights, ShingleParams(lead_share=0.5, rare_weight=20.0))
    assert (len(long), len(short)) == (3, 1)
    assert sorted((long & (LEAD | RARE)).tolist()) == [RARE, LEAD, LEAD | RARE]


def test_a_shingle_that_stands_twice_is_in_the_lead_if_one_of_them_is():
    found = words(["one two three x y z one two three"])
    (made,) = shingles(found, np.zeros(9), ShingleParams(lead_share=0.1))
    assert len(made) == len({number >> MARKS for number in made.tolist()}) == 6
    assert np.count_nonzero(made & LEAD) == 1


def test_a_document_is_paired_with_a_window_of_its_block():
    keys, owners = np.array([5, 5, 5, 7, 7, 9], dtype=np.uint32), np.array([0, 1, 2, 0, 2, 1])
    pairs = neighbours(keys, owners, np.array([0, 2, 1]), window=1)
    assert sorted(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.keys.tolist(), strict=True)) == [
        (0, 2, 2),
        (2, 1, 1),
    ]
