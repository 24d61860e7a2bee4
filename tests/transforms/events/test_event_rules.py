import pytest
from event_trees import doc_of, index_of

from transforms.events import assembly
from transforms.events.report import Report

Told = tuple[str, str, str | None, str | None]


def told(name: str) -> list[Told]:
    doc = doc_of(name)
    found = assembly.reports(doc, index_of(doc), None)
    return [
        (
            report.judgement.event_type,
            report.judgement.status,
            "; ".join(filler.token.text for filler in report.actors) or None,
            "; ".join(filler.token.text for filler in report.recipients) or None,
        )
        for report in found
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("active", ("ACCUSE", "happened", "Norway", "Chad")),
        ("passive", ("COERCE", "happened", "police", "miners")),
        ("passive_no_agent", ("ASSAULT", "happened", None, "sailors")),
        ("faces_charges", ("ACCUSE", "happened", None, "minister")),
        ("passive_coordination", ("COERCE", "happened", None, "Students")),
        ("actor_coordination", ("ACCUSE", "happened", "Norway; Chad", "Malta")),
        ("control_agree", ("AGREE", "happened", "Norway", "Chad")),
        ("control_refuse", ("REJECT", "happened", "Norway", "Chad")),
        ("control_threaten", ("THREATEN", "threatened", "Norway", "Chad")),
        ("adj_willing", ("AGREE", "happened", "Norway", "Chad")),
        ("ask_not_to", ("REQUEST", "happened", "Norway", "Chad")),
        ("call_on", ("REQUEST", "happened", "Norway", "Chad")),
        ("possessive_noun", ("ASSAULT", "happened", "Norway", "Malta")),
        ("between", ("CONSULT", "happened", "Norway", "Chad")),
        ("attack_on", ("ASSAULT", "happened", "rebels", "Malta")),
        ("light_verb", ("CONSULT", "happened", "Norway", "Chad")),
        ("launch", ("ASSAULT", "happened", "Norway", "Chad")),
        ("phrasal", ("REJECT", "happened", "Norway", "Chad")),
        ("sanctions", ("SANCTION", "happened", "Norway", "Chad")),
        ("lift", ("RETREAT", "happened", "Norway", "Chad")),
        ("joint", ("COOPERATE", "happened", "Norway", "Chad")),
        ("exercise", ("MOBILIZE", "happened", "Norway", None)),
        ("their_pronoun", ("MOBILIZE", "happened", "Norway", "Chad")),
        ("withdraw", ("RETREAT", "happened", "Norway", "Malta")),
        ("protest", ("PROTEST", "happened", "Students", "minister")),
        ("money", ("AID", "happened", "Norway", "Malta")),
    ],
)
def test_who_did_what_to_whom(name, expected):
    assert told(name) == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ongoing", ("ASSAULT", "ongoing", "Norway", "Malta")),
        ("future_meeting", ("CONSULT", "planned", "Norway", "Chad")),
        ("future_force", ("THREATEN", "threatened", "Norway", "Chad")),
        ("negation_future", ("REJECT", "happened", "Norway", "prisoners")),
        ("renounce", ("CONCEDE", "happened", "Norway", "Chad")),
        ("condition", ("THREATEN", "threatened", "Chad", "Norway")),
        ("plan_denied", ("REJECT", "denied", "Norway", "Malta")),
        ("vow_force", ("THREATEN", "threatened", "Norway", "Chad")),
        ("vow_help", ("AGREE", "happened", "Norway", "Chad")),
        ("warn", ("THREATEN", "threatened", "Norway", "Chad")),
        ("face", ("THREATEN", "threatened", None, "Chad")),
        ("deontic", ("REQUEST", "happened", "minister", "Chad")),
        ("purpose", ("CONSULT", "happened", "minister", "Malta")),
    ],
)
def test_status_follows_the_words_around(name, expected):
    assert told(name) == [expected]


@pytest.mark.parametrize(
    "name",
    ["negation_past", "whether", "maybe", "kept_from", "question", "said_only", "accident", "compound"],
)
def test_nothing_is_coded(name):
    assert told(name) == []


def test_a_threat_of_an_invasion_is_a_threat_at_most():
    assert [kind for kind, *_ in told("threat_of")] == ["THREATEN"]


def test_relative_and_reduced_relative_clauses_reach_their_noun():
    assert ("SANCTION", "happened", "Norway", "envoys") in told("relative")
    assert ("RETREAT", "happened", "troops", "hostages") in told("reduced_relative")


@pytest.mark.parametrize("name", ["disaster", "appeal_to_anyone", "injured_knee"])
def test_what_nature_sport_or_the_public_does_is_no_event(name):
    assert told(name) == []


def test_coordinated_verbs_share_subject_and_object():
    assert told("verb_coordination") == [
        ("COERCE", "happened", "Police", "student"),
        ("ASSAULT", "happened", "Police", "student"),
    ]


def test_a_possible_invasion_is_talked_about_but_no_assault():
    assert [kind for kind, *_ in told("hypothetical_noun")] == ["CONSULT"]


def test_the_maker_of_a_letter_rejects():
    assert told("letter") == [("REJECT", "happened", "Norway", "demands")]


def one(name: str) -> Report:
    doc = doc_of(name)
    return assembly.reports(doc, index_of(doc), None)[0]


@pytest.mark.parametrize("name", ["reported", "according", "quoted"])
def test_who_says_so(name):
    speaker = one(name).speaker
    assert speaker is not None
    assert speaker.token.text == "minister"


def test_we_in_quotation_marks_is_the_speaker():
    report = one("quoted")
    assert report.is_quoted
    assert [filler.token.text for filler in report.actors] == ["minister"]
    assert not one("reported").is_quoted


def test_a_group_that_somebody_owns_is_his():
    doc = doc_of("their_pronoun")
    token = next(token for token in doc if token.text == "troops")
    mention = index_of(doc).actor(token)
    assert mention is not None
    assert mention.sector == "MIL"


@pytest.mark.parametrize(("name", "value", "unit"), [("alert", 500.0, "troops"), ("money", 5e9, "USD")])
def test_quantities(name, value, unit):
    quantity = one(name).quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (value, unit)


def test_the_runner_up_has_another_type():
    report = one("lift")
    assert report.trigger.runner_up != report.judgement.event_type


def test_confidence_grows_with_what_is_found():
    assert one("active").confidence > one("passive_no_agent").confidence > one("riot_faceless").confidence
