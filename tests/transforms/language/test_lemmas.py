import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language import lemmas

WORDS = [
    *[(word, "VBD", lemma) for word, lemma in (("talked", "talk"), ("landed", "land"), ("walked", "walk"))],
    *[(word, "NNS", lemma) for word, lemma in (("cities", "city"), ("armies", "army"), ("treaties", "treaty"))],
    *[(f"{lemma}s", "NNS", lemma) for lemma in ("talk", "ship", "port", "ton", "vote", "base", "quote", "raid")],
    ("series", "NNS", "series"), ("NATO", "NNP", "NATO"), ("Paris", "NNP", "Paris"), ("went", "VBD", "go"),
]  # fmt: skip


@pytest.fixture(scope="module")
def lemmatizer():
    return lemmas.Lemmatizer(lemmas.learned(WORDS))


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("docked", "VBD", "dock"), ("Parties", "NNS", "party"), ("SHIPS", "NNS", "ship"), ("series", "NNS", "series"),
        ("Went", "VBD", "go"), ("OPEC", "NNP", "OPEC"), ("Vows", "XYZ", "vows"), ("s", "NNS", "s"),
        ("xyz", "NNS", "xyz"),
    ],
)  # fmt: skip
def test_the_longest_known_ending_decides(lemmatizer, word, tag, lemma):
    assert lemmatizer.lemma(word, tag) == lemma


def test_a_table_gives_back_the_treebank_it_was_learned_from(lemmatizer):
    assert [lemmatizer.lemma(word, tag) for word, tag, _ in WORDS] == [lemma for *_, lemma in WORDS]


def test_what_shorter_endings_say_is_left_out():
    table = lemmas.learned(WORDS)
    assert table["VBD"] == {"ed": "1 2 ", f"{lemmas.WHOLE}went": "1 4 go"}
    assert table["NNP"] == {"": "0 0 "}


@given(st.text(max_size=8), st.text(min_size=1, max_size=8))
def test_a_rule_gives_back_the_lemma_it_was_made_from(word, lemma):
    rule = lemmas.Rule.of(word, lemma)
    assert rule.apply(word) == lemma
    assert lemmas.Rule.read(str(rule)) == rule


def test_a_word_of_which_nothing_would_be_left_is_its_own_lemma():
    assert lemmas.Rule(True, 2, "").apply("Ed") == "ed"
