"""What characters and words of many texts look like."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean import characters
from transforms.clean.characters import CLASSES, of_class

TEXTS = st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=8)


def test_counts_first_and_last_are_of_each_text() -> None:
    found = characters.read(["Tides rise, 12 cm.", "“Go!”", "•"])
    assert found.words.tolist() == [4, 1, 0]
    assert found.capitals.tolist() == [1, 1, 0]
    assert found.counts[0, of_class("digit")] == 2
    assert found.counts[0, of_class("blank")] == 3
    assert [CLASSES[kind] for kind in found.first] == ["upper", "double_quote", "bullet"]
    assert [CLASSES[kind] for kind in found.last] == ["terminal", "terminal", "bullet"]


def test_hashes_fold_case_and_digits_and_keep_apostrophes_inside() -> None:
    one, two = characters.read(["Don't wait 1999"]), characters.read(["DON'T WAIT 2024"])
    assert one.hashes.tolist() == two.hashes.tolist()
    assert len(one.hashes) == 3
    assert len(set(characters.read(["wait tide tides edit"]).hashes.tolist())) == 4


def test_function_words_are_known_by_their_hashes() -> None:
    found = characters.read(["the harbour of Ellery"])
    assert characters.are_function_words(found.hashes).tolist() == [True, False, True, False]


@given(TEXTS)
def test_a_text_is_read_the_same_whatever_stands_beside_it(texts: list[str]) -> None:
    together = characters.read(texts)
    for place, text in enumerate(texts):
        alone = characters.read([text])
        assert np.array_equal(together.counts[place], alone.counts[0])
        assert together.words[place] == alone.words[0]
        assert together.hashes[together.owner == place].tolist() == alone.hashes.tolist()


@given(TEXTS)
def test_each_character_is_counted_once(texts: list[str]) -> None:
    found = characters.read(texts)
    assert found.counts.sum(axis=1).tolist() == [len(text) for text in texts]
