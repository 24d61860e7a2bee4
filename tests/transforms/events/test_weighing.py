import pytest
from event_trees import doc_of, index_of

from transforms.events import assembly, weighing
from transforms.events.report import Report
from transforms.language import cues
from transforms.language.cues import NOBODY

HAPPENED = [("happened", 1.0)]
NOBODY_NAMED = [(NOBODY, 1.0)]


def heard(name: str, *read: tuple) -> list[Report]:
    """Reports of a tree whose network reads these cues; the word is given by its text."""
    doc = doc_of(name)
    places = {token.text: token.i for token in doc}
    doc.user_data[cues.KEY] = [(places[word], *rest) for word, *rest in read]
    return assembly.reports(doc, index_of(doc), None)


def cue(word: str, kinds, modes=(), statuses=HAPPENED, actors=(), recipients=()) -> tuple:
    return (word, list(kinds), list(modes), list(statuses), list(actors), list(recipients))


def told(reports: list[Report]) -> list[str]:
    return [report.judgement.event_type for report in reports]


def test_without_a_network_the_rules_decide():
    doc = doc_of("active")
    assert told(assembly.reports(doc, index_of(doc), None)) == ["ACCUSE"]


def test_agreement_raises_confidence_and_silence_lowers_it():
    (agreed,) = heard("active", cue("condemned", [("ACCUSE", 0.98)]))
    (unheard,) = heard("active")
    assert agreed.confidence > 0.7 > unheard.confidence
    assert agreed.judgement.event_type == unheard.judgement.event_type == "ACCUSE"


def test_a_sure_network_changes_the_type_and_names_what_the_rules_said(monkeypatch):
    weights = dict.fromkeys(weighing.FEATURES, 0.0) | {"rule": 1.0, "cue": 1.0}
    monkeypatch.setattr(weighing, "_weights", lambda: weights)
    (report,) = heard("active", cue("condemned", [("SANCTION", 0.99)], [("SANCTION.convict", 0.9)]))
    assert report.judgement.event_type == "SANCTION"
    assert report.judgement.mode == "convict"
    assert report.judgement.reason == "cue"
    assert report.trigger.runner_up == "ACCUSE"


def test_words_that_the_lexicon_passes_over_are_read_by_the_network():
    doc = doc_of("active")
    other = next(token for token in doc if token.pos_ == "PROPN")
    reports = heard("active", cue("condemned", [("ACCUSE", 0.9)]), cue(other.text, [("PROTEST", 0.9)]))
    read = next(report for report in reports if report.trigger.token.text == other.text)
    assert read.judgement.event_type == "PROTEST"
    assert read.trigger.predicate.number == -1
    assert read.judgement.reason == "cue"


def test_a_sure_network_changes_the_status():
    (report,) = heard("active", cue("condemned", [("ACCUSE", 0.9)], statuses=[("planned", 0.95)]))
    assert report.judgement.status == "planned"


@pytest.mark.parametrize("recipients", [NOBODY_NAMED, [(0, 1.0)]])
def test_a_side_that_names_somebody_stays(recipients):
    (report,) = heard("active", cue("condemned", [("ACCUSE", 0.9)], recipients=recipients))
    assert [filler.token.text for filler in report.recipients] == ["Chad"]


@pytest.mark.parametrize(("share", "expected"), [(0.6, ["sailors"]), (1.0, [])])
def test_words_that_name_nobody_go_only_when_the_network_is_sure(share, expected):
    verb = next(token for token in doc_of("passive_no_agent") if token.text == "sailors").head.text
    (report,) = heard("passive_no_agent", cue(verb, [("ASSAULT", 0.9)], recipients=[(NOBODY, share)]))
    assert [filler.token.text for filler in report.recipients] == expected


def test_a_side_that_the_rules_leave_open_is_filled():
    doc = doc_of("passive_no_agent")
    victim = next(token for token in doc if token.text == "sailors")
    reports = heard("passive_no_agent", cue(victim.head.text, [("ASSAULT", 0.9)], actors=[(5, 0.9), (NOBODY, 0.1)]))
    assert [filler.token.i for filler in reports[0].actors] == [5]


def test_whom_the_rules_name_on_one_side_is_not_moved_to_the_other():
    doc = doc_of("passive_no_agent")
    sailors = next(token for token in doc if token.text == "sailors")
    (report,) = heard("passive_no_agent", cue(sailors.head.text, [("ASSAULT", 0.9)], actors=[(sailors.i, 1.0)]))
    assert report.actors == ()
    assert [filler.token.text for filler in report.recipients] == ["sailors"]


def test_one_event_has_one_cue():
    """The noun of a light verb is what the network reads; the verb's row is the lexicon's: one event."""
    doc = doc_of("light_verb")
    noun = next(token for token in doc if token.dep_ == "obj")
    verb = noun.head
    reports = heard("light_verb", cue(noun.text, [("CONSULT", 0.9)]), cue(verb.text, [("CONSULT", 0.06)]))
    assert told([report for report in reports if report.confidence >= 0.4]) == ["CONSULT"]


def test_probability_is_that_of_the_weights():
    values = weighing.features("ACCUSE", None, None, doc_of("active")[1])
    assert set(values) <= set(weighing.FEATURES)
    assert 0 < weighing.probability(values) < 1
