import pytest

from transforms.language.wordpieces import MOST_PIECES, SHAPE_IDS, Vocabulary, shape_of

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sail", "##or", "##s", "-", "eta", "'", "s", "a", "##a"]


@pytest.fixture
def vocabulary():
    return Vocabulary(PIECES)


def named(vocabulary, word):
    return [PIECES[number] for number in vocabulary.of_word(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Sailors", ["sail", "##or", "##s"]),
        ("éta", ["eta"]),
        ("sail-eta", ["sail", "-", "eta"]),
        ("'s", ["'", "s"]),
        ("xyz", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_longest_pieces_first(vocabulary, word, pieces):
    assert named(vocabulary, word) == pieces


def test_of_a_long_word_the_ends_are_kept(vocabulary):
    assert named(vocabulary, "a" * 20) == ["a", *["##a"] * (MOST_PIECES - 1)]


def test_arrays_know_where_words_begin_and_end(vocabulary):
    found = vocabulary.encode(["Sailors", "'s"])
    assert found.ids.tolist() == [2, 4, 5, 6, 9, 10, 3]
    assert found.first.tolist() == [1, 4]
    assert found.last.tolist() == [3, 5]
    title, other = SHAPE_IDS["title"] * 2, SHAPE_IDS["lower"] * 2
    assert found.shapes.tolist() == [0, title, title + 1, title + 1, other, other + 1, 0]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"), ("Talks", "title"), ("A", "letter"), ("NATO", "upper"), ("McVell", "mixed"),
        ("U.N.", "upper"), ("2026", "digits"), ("3rd", "alphanumeric"), ("1,000", "alphanumeric"), ("--", "other"),
        ("'s", "lower"), ("北京", "lower"),
    ],
)  # fmt: skip
def test_shapes(word, shape):
    assert shape_of(word) == shape
