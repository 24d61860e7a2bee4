"""Nouns and pronouns that go back to a person: the president, he."""

from test_names_stage import chains_of, parsed, run

PRESIDENTS = """
French ADJ JJ amod 1
President PROPN NNP nmod:desc 2
Marc PROPN NNP nsubj 9
Dupont PROPN NNP flat 2
and CCONJ CC cc 7
Chilean ADJ JJ amod 6
President PROPN NNP nmod:desc 7
Ana PROPN NNP conj 2
Duarte PROPN NNP flat 7
spoke VERB VBD root 9
. PUNCT . punct 9
---
Mr. PROPN NNP nmod:desc 1
Dupont PROPN NNP nsubj 2
left VERB VBD root 2
. PUNCT . punct 2
---
The DET DT det 1
president NOUN NN nsubj 2
smiled VERB VBD root 2
. PUNCT . punct 2
"""
APPOSED = """
The DET DT det 1
ruler NOUN NN nsubj 6
, PUNCT , punct 3
Marc PROPN NNP appos 1
Dupont PROPN NNP flat 3
, PUNCT , punct 3
left VERB VBD root 6
. PUNCT . punct 6
---
He PRON PRP nsubj 1
smiled VERB VBD root 1
. PUNCT . punct 1
"""


def test_the_president_is_the_one_named_last_though_without_the_office():
    chains = chains_of(
        run(parsed(PRESIDENTS, {"Marc Dupont": "PERSON", "Ana Duarte": "PERSON", "Mr. Dupont": "PERSON"}))
    )
    assert "president" in chains["Marc Dupont"]["mentions"]


def test_he_is_who_stands_in_apposition_to_the_subject():
    chains = chains_of(run(parsed(APPOSED, {"Marc Dupont": "PERSON"})))
    assert chains["Marc Dupont"]["mentions"] == ["Marc Dupont", "He"]
