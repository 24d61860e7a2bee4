import pytest
import spacy
from spacy.tokens import Doc

from transforms.language import dependencies

VOCAB = spacy.blank("en").vocab


def rewritten(lines):
    """Parse "word POS TAG lemma head label" lines, heads counted from 1, 0 the root, and rewrite them."""
    rows = [line.split() for line in lines.strip().split("\n")]
    heads = [int(row[4]) - 1 if row[4] != "0" else number for number, row in enumerate(rows)]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        lemmas=[row[3] for row in rows],
        heads=heads,
        deps=[row[5] for row in rows],
    )
    return {token.text: (token.head.text, token.dep_) for token in dependencies.universal(doc)}


def test_passive_with_agent_and_place():
    tree = rewritten("""
        Mills NOUN NNS mill 3 nsubjpass
        were AUX VBD be 3 auxpass
        closed VERB VBN close 0 ROOT
        by ADP IN by 3 agent
        guards NOUN NNS guard 4 pobj
        in ADP IN in 5 prep
        Lyra PROPN NNP Lyra 6 pobj
        on ADP IN on 3 prep
        Monday PROPN NNP Monday 8 pobj
    """)
    assert tree["Mills"] == ("closed", "nsubj:pass")
    assert tree["were"] == ("closed", "aux:pass")
    assert tree["guards"] == ("closed", "obl:agent")
    assert tree["by"] == ("guards", "case")
    assert tree["Lyra"] == ("guards", "nmod")
    assert tree["Monday"] == ("closed", "obl")
    assert tree["on"] == ("Monday", "case")


def test_copula_gives_way_to_its_predicate():
    tree = rewritten("""
        Lyra PROPN NNP Lyra 4 nsubj
        will AUX MD will 4 aux
        not PART RB not 4 neg
        be AUX VB be 0 ROOT
        neutral ADJ JJ neutral 4 acomp
    """)
    assert tree["neutral"] == ("neutral", "ROOT")
    assert tree["be"] == ("neutral", "cop")
    assert tree["Lyra"] == ("neutral", "nsubj")
    assert tree["will"] == ("neutral", "aux")
    assert tree["not"] == ("neutral", "advmod")


def test_there_is_keeps_its_verb():
    tree = rewritten("""
        There PRON EX there 2 expl
        is VERB VBZ be 0 ROOT
        hope NOUN NN hope 2 attr
    """)
    assert tree["hope"] == ("is", "nsubj")
    assert tree["is"] == ("is", "ROOT")


def test_predicate_of_another_verb_is_open():
    tree = rewritten("""
        Talks NOUN NNS talk 2 nsubj
        remain VERB VBP remain 0 ROOT
        tense ADJ JJ tense 2 acomp
    """)
    assert tree["tense"] == ("remain", "xcomp")


def test_conjuncts_hang_on_the_first():
    tree = rewritten("""
        Arda PROPN NNP Arda 5 nsubj
        Bree PROPN NNP Bree 1 conj
        and CCONJ CC and 2 cc
        Cern PROPN NNP Cern 2 conj
        met VERB VBD meet 0 ROOT
    """)
    assert tree["Bree"] == ("Arda", "conj")
    assert tree["Cern"] == ("Arda", "conj")
    assert tree["and"] == ("Cern", "cc")


def test_clause_behind_a_preposition():
    tree = rewritten("""
        She PRON PRP she 2 nsubj
        won VERB VBD win 0 ROOT
        by ADP IN by 2 prep
        waiting VERB VBG wait 3 pcomp
    """)
    assert tree["waiting"] == ("won", "advcl")
    assert tree["by"] == ("waiting", "mark")


def test_two_prepositions_in_a_row():
    tree = rewritten("""
        Troops NOUN NNS troop 2 nsubj
        came VERB VBD come 0 ROOT
        out ADP IN out 2 prep
        of ADP IN of 3 prep
        Lyra PROPN NNP Lyra 4 pobj
    """)
    assert tree["Lyra"] == ("came", "obl")
    assert tree["out"] == ("Lyra", "case")
    assert tree["of"] == ("Lyra", "case")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("dobj", "obj"), ("relcl", "acl:relcl"), ("prt", "compound:prt"), ("poss", "nmod:poss"), ("dative", "iobj"),
        ("csubjpass", "csubj:pass"), ("oprd", "xcomp"), ("npadvmod", "obl:unmarked"), ("nsubj", "nsubj"),
    ],
)  # fmt: skip
def test_plain_labels(label, expected):
    tree = rewritten(f"gave VERB VBD give 0 ROOT\nit NOUN NN it 1 {label}")
    assert tree["it"] == ("gave", expected)


def test_infinitive_marker():
    tree = rewritten("plans VERB VBZ plan 0 ROOT\nto PART TO to 3 aux\nmeet VERB VB meet 1 xcomp")
    assert tree["to"] == ("meet", "mark")


def test_labels_tell_the_scheme():
    assert dependencies.is_clearnlp(["nsubj", "dobj", "pobj"])
    assert not dependencies.is_clearnlp(["nsubj", "obj", "obl"])
