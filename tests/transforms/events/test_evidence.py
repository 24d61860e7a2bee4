import pytest
from event_trees import doc_of, index_of

from transforms.events import assembly
from transforms.events.evidence import evidence_of


def evidence(name, kind):
    doc = doc_of(name)
    index = index_of(doc)
    (report,) = (one for one in assembly.reports(doc, index, None) if one.judgement.event_type == kind)
    return evidence_of(report, index)


def arcs(found):
    words = {node.index: node.word for node in found.tree}
    return {(node.word, node.relation, words.get(node.head)): node.parts for node in found.tree}


def test_the_row_that_decided_is_named_by_its_file_and_line():
    found = evidence("active", "ACCUSE")
    assert (found.row.file, found.row.cells["lemma"]) == ("predicates.csv", "condemn")
    assert found.row.line >= 2
    assert "" not in found.row.cells.values()


def test_the_tree_holds_trigger_and_arguments_and_hangs_on_the_main_verb():
    assert arcs(evidence("active", "ACCUSE")) == {
        ("Norway", "nsubj", "condemned"): ("actor",),
        ("condemned", "ROOT", None): ("trigger",),
        ("Chad", "obj", "condemned"): ("recipient",),
    }
    found = arcs(evidence("light_verb", "CONSULT"))
    assert found["held", "ROOT", None] == ("light verb",)
    assert found["Chad", "nmod with", "talks"] == ("recipient",)


def test_whom_an_argument_stands_for_is_in_the_tree_too():
    found = arcs(evidence("letter", "REJECT"))
    assert "recipient" in found["demands", "obj", "rejecting"]


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("future_meeting", "CONSULT", 'modal of "meet": will'),
        ("renounce", "CONCEDE", '"attack" is negated'),
        ("renounce", "CONCEDE", "ASSAULT becomes CONCEDE"),
        ("light_verb", "CONSULT", 'light verb "held"'),
        ("own_sanctions", "THREATEN", "the row itself states threatened"),
        ("deontic", "REQUEST", "deontic"),
    ],
)
def test_what_made_the_status_is_said(name, kind, says):
    reasons = [reason.says for reason in evidence(name, kind).reasons]
    assert any(says in reason for reason in reasons), reasons


def test_the_light_verb_is_cited_with_its_line():
    (row,) = (reason.row for reason in evidence("light_verb", "CONSULT").reasons if reason.row)
    assert (row.file, row.cells["lemma"]) == ("light_verbs.csv", "hold")


def test_a_rule_without_lexicon_cites_no_row():
    assert evidence("deontic", "REQUEST").row is None


def test_what_another_sentence_gives_is_said():
    doc = doc_of("those_demands")
    index = index_of(doc)
    rejected = next(one for one in assembly.reports(doc, index, None) if one.judgement.event_type == "REJECT")
    assert evidence_of(rejected, index).elsewhere == ("recipient: Chad",)
