import pytest

from transforms.events.inflection import noun_lemmas, verb_lemmas


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("drafted", "draft"), ("rejecting", "reject"), ("denied", "deny"), ("accuses", "accuse"), ("met", "meet"),
        ("withdrew", "withdraw"), ("banned", "ban"), ("clashes", "clash"), ("criticised", "criticise"), ("is", "be"),
        ("panicking", "panic"), ("attack", "attack"),
    ],
)  # fmt: skip
def test_verbs(form, lemma):
    assert lemma in verb_lemmas(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("talks", "talk"), ("clashes", "clash"), ("policemen", "policeman"), ("allies", "ally"), ("crisis", "crisis")],
)
def test_nouns(form, lemma):
    assert lemma in noun_lemmas(form)


def test_a_word_is_its_own_last_reading():
    assert noun_lemmas("talks")[0] == "talk"
    assert verb_lemmas("go") == ("go",)
