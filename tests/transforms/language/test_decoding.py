from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transforms.language import decoding

SCORES = st.floats(-10, 10, width=32)


def is_tree(heads):
    roots = [word for word, head in enumerate(heads) if word == head]
    if len(roots) != 1:
        return False
    for word in range(len(heads)):
        at = word
        for _ in heads:
            at = heads[at]
        if at != roots[0]:
            return False
    return True


def test_sentences_begin_where_the_score_says_so_and_at_the_first_word():
    assert decoding.sentences(np.array([-3, -1, 2, -1, 4], dtype=np.float32)) == [(0, 2), (2, 4), (4, 5)]


@settings(deadline=None)
@given(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, n), elements=SCORES)))
def test_heads_are_always_a_tree(arcs):
    assert is_tree(decoding.heads(arcs))


@settings(deadline=None)
@given(arrays(np.float32, (4, 4), elements=SCORES))
def test_of_trees_with_the_roots_wanted_the_best_is_found(arcs):
    wanted = [word for word in range(4) if arcs[word].argmax() == word] or [int(arcs.diagonal().argmax())]
    trees = [
        tree for tree in product(range(4), repeat=4) if is_tree(tree) and any(tree[root] == root for root in wanted)
    ]
    best = max(sum(arcs[word, head] for word, head in enumerate(tree)) for tree in trees)
    found = decoding.heads(arcs)
    assert sum(arcs[word, head] for word, head in enumerate(found)) == pytest.approx(best, abs=1e-3)


@settings(deadline=None)
@given(arrays(np.float32, (4, 3), elements=SCORES), arrays(np.float32, (3, 3), elements=SCORES))
def test_chain_finds_the_best_sequence(scores, moves):
    begin = np.array([0, 1, -1], dtype=np.float32)

    def total(labels):
        single = sum(scores[word, label] for word, label in enumerate(labels))
        return begin[labels[0]] + single + sum(moves[pair] for pair in pairwise(labels))

    best = max(total(labels) for labels in product(range(3), repeat=4))
    assert total(tuple(decoding.chain(scores, moves, begin))) == pytest.approx(best, abs=1e-3)


def test_a_name_continues_only_what_began():
    moves, begin = decoding.allowed(["O", "B-ORG", "I-ORG", "B-GPE", "I-GPE"])
    assert (moves == decoding.NEVER).tolist() == [
        [False, False, True, False, True],
        [False, False, False, False, True],
        [False, False, False, False, True],
        [False, False, True, False, False],
        [False, False, True, False, False],
    ]
    assert (begin == decoding.NEVER).tolist() == [False, False, True, False, True]


def test_names_as_spans():
    labels = ["B-ORG", "I-ORG", "O", "B-GPE", "B-GPE", "I-GPE"]
    assert list(decoding.names(labels)) == [(0, 2, "ORG"), (3, 4, "GPE"), (4, 6, "GPE")]
