"""Words that the lexicon must take as a whole, or not at all, and whose deed it is that they name."""

import pytest
from event_trees import VOCABULARY, index_of
from spacy.tokens import Doc

from transforms.events import assembly, syntax
from transforms.language import cues

BUILD_UP = (
    "Norway/PROPN/nsubj/1 watched/VERB/ROOT/1 the/DET/det/5 build/NOUN/compound/5 -/PUNCT/punct/3 up/NOUN/obj/1 "
    "of/ADP/case/7 troops/NOUN/nmod/5"
)
NOT_ASKING = (
    "Norway/PROPN/nsubj/3 was/AUX/aux/3 {0}/PART/advmod/3 asking/VERB/ROOT/3 Chad/PROPN/obj/3 to/PART/mark/6 "
    "leave/VERB/xcomp/3"
)
SENT_BACK = "Norway/PROPN/nsubj/1 sent/VERB/ROOT/1 back/ADV/advmod/1 the/DET/det/4 package/NOUN/obj/1"
DECLINED = (
    "Norway/PROPN/nsubj/1 declined/VERB/ROOT/1 to/PART/mark/3 {0}/VERB/xcomp/1 whether/SCONJ/mark/6 "
    "Chad/PROPN/nsubj/6 agreed/VERB/ccomp/3"
)


def doc_of(tree: str) -> Doc:
    rows = [word.rsplit("/", 3) for word in tree.split(" ")]
    return Doc(
        VOCABULARY, words=[row[0] for row in rows], pos=[row[1] for row in rows], deps=[row[2] for row in rows],
        tags=["VBD" if row[1] == "VERB" else "" for row in rows], heads=[int(row[3]) for row in rows],
        spaces=[not (row[0] == "-" or after[0] == "-") for row, after in zip(rows, [*rows[1:], rows[0]], strict=True)],
    )  # fmt: skip


def types(tree: str, *read: tuple) -> list[str]:
    doc = doc_of(tree)
    if read:
        doc.user_data[cues.KEY] = list(read)
    return [report.judgement.event_type for report in assembly.reports(doc, index_of(doc), None)]


def test_a_hyphenated_noun_is_one_word():
    doc = doc_of(BUILD_UP)
    assert syntax.lemmas(doc[5])[0] == "build-up"
    assert types(BUILD_UP) == ["MOBILIZE"]


@pytest.mark.parametrize(("word", "expected"), [("now", ["REQUEST"]), ("not", [])])
def test_what_is_negated_is_not_read_by_the_network_either(word, expected):
    cue = (3, [("REQUEST", 0.95)], [], [("ongoing", 0.9)], [], [])
    assert types(NOT_ASKING.format(word), cue) == expected


def test_what_is_sent_back_is_no_aid():
    assert types(SENT_BACK) == []
    assert types(SENT_BACK.replace("back/ADV", "off/ADV")) == ["AID"]


@pytest.mark.parametrize(("verb", "expected"), [("disclose", []), ("join", ["REJECT"])])
def test_to_keep_silent_is_no_refusal(verb, expected):
    assert [kind for kind in types(DECLINED.format(verb)) if kind == "REJECT"] == expected


def test_a_reading_that_is_no_event_is_not_read_by_the_network_either():
    cue = (1, [("AID", 0.95)], [], [("happened", 0.9)], [], [])
    assert types(SENT_BACK, cue) == []


TOLD = (
    "Norway/PROPN/nsubj/1 said/VERB/ROOT/1 that/SCONJ/mark/6 six/NUM/nummod/4 sailors/NOUN/nsubj:pass/6 "
    "were/AUX/aux:pass/6 killed/VERB/ccomp/1"
)


def test_who_tells_of_a_deed_has_not_done_it():
    doc = doc_of(TOLD)
    doc.user_data[cues.KEY] = [(6, [("ASSAULT", 0.95)], [], [("happened", 0.9)], [(0, 0.95)], [(4, 0.95)])]
    (report,) = assembly.reports(doc, index_of(doc), None)
    assert report.speaker is not None and report.speaker.token.text == "Norway"
    assert not report.actors


SEIZED = (
    "Norway/PROPN/nsubj/1 seized/VERB/ROOT/1 Malta/PROPN/obj/1 ,/PUNCT/punct/4 annexing/VERB/parataxis/1 it/PRON/obj/4"
)


def test_a_clause_set_beside_another_has_its_subject_and_not_its_object():
    doc = doc_of(SEIZED)
    assert [token.text for token in syntax.agents(doc[4])] == ["Norway"]
