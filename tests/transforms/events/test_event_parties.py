from datetime import date

import pytest
from event_trees import doc_of, index_of

from transforms.events import assembly
from transforms.events.report import Report

DAY = date(2021, 5, 4)
WEEK = (date(2021, 5, 10), date(2021, 5, 16))


def reports(name: str) -> list[Report]:
    doc = doc_of(name)
    return assembly.reports(doc, index_of(doc), DAY)


def parties(name: str) -> dict[str, tuple[list[str], list[str]]]:
    return {
        report.judgement.event_type: (
            [filler.mention.text for filler in report.actors if filler.mention],
            [filler.mention.text for filler in report.recipients if filler.mention],
        )
        for report in reports(name)
    }


@pytest.mark.parametrize(
    ("name", "event_type", "actors", "recipients"),
    [
        ("town", "CONSULT", ["Norway"], []),
        ("region", "MOBILIZE", ["Norway"], []),
        ("strayed_subject", "MOBILIZE", ["Norway"], ["Chad"]),
        ("charge", "COERCE", ["Chad"], ["students"]),
        ("neighbour", "MOBILIZE", ["Norway"], ["Chad"]),
        ("own_sanctions", "THREATEN", ["Norway"], ["Chad"]),
        ("those_demands", "REJECT", ["Norway"], ["Chad"]),
        ("buildup", "MOBILIZE", ["Norwegian"], ["Chad"]),
        ("received", "ACCUSE", ["Chad"], ["Norway"]),
        ("guilty", "ASSAULT", ["Police"], ["student"]),
        ("told_the_press", "ASSAULT", ["Chad"], ["Malta"]),
    ],
)
def test_parties(name, event_type, actors, recipients):
    assert parties(name)[event_type] == (actors, recipients)


def test_a_town_is_the_place_of_talks():
    [report] = reports("town")
    assert report.place is not None
    assert report.place.token.text == "Bergen"


def test_what_lies_ahead_is_planned():
    [report] = reports("next_week")
    assert report.judgement.status == "planned"
    assert report.happened is not None
    assert (report.happened.first, report.happened.last) == WEEK


def test_the_talks_are_the_meeting_told_before():
    meeting, talks = [report for report in reports("the_talks") if report.judgement.event_type == "CONSULT"]
    assert talks.judgement.status == meeting.judgement.status == "planned"
    assert talks.happened is not None
    assert talks.happened.first == WEEK[0]


def test_a_phrasal_verb_is_not_its_plain_one():
    assert reports("wound_up") == []


def test_a_buildup_goes_on():
    assert [report.judgement.status for report in reports("buildup")] == ["ongoing"]


def test_each_act_with_an_object_of_its_own_is_reported_but_not_each_word_for_one():
    assert [report.trigger.token.text for report in reports("two_acts")] == ["massed", "maneuvers"]
    assert len(reports("two_words")) == 1
