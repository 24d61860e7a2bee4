"""What speaks for one event beyond parties and days, and what keeps two reports apart."""

from dataclasses import replace
from datetime import date

import pytest

from transforms.events.merging_decisions import decide
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import NOBODY, Party, Told

PARAMS = MergingParams()
DAY = date(2031, 5, 6)
RURITANIA = Party("r", "Ruritania", "GPE", "RUR", "GOV")
ZEMBLA = Party("z", "Zembla", "GPE", "ZEM", "GOV")
SYLDAVIA = Party("s", "Syldavia", "GPE", "SYL", "GOV")
LEADERS = Party("l", "leaders", "GROUP", None, "GOV")


def one(document="a", sentence="They met.", trigger="met", at=0, actor=(), recipient=(), **changes):
    start = sentence.index(trigger)
    given = {
        "document_id": document, "report": at, "sentence": sentence, "sentence_start": at,
        "trigger_start": at + start, "trigger_end": at + start + len(trigger), "lemma": "meet", "event_type": "CONSULT",
        "event_mode": None, "contexts": None, "status": "happened", "happened_from": None, "happened_to": None,
        "date_precision": "unknown", "date_basis": None, "quantity": None, "quantity_unit": None, "confidence": 0.8,
        "rule": "predicate:noun:x", "parties": (actor, recipient, *NOBODY[2:]), "stated": None, "possible": None,
        "published_on": DAY, "story": document, "original": document, "standing": False, "terms": b"",
    }  # fmt: skip
    return Told(**(given | changes))


def same(left, right):
    return decide(left, right, PARAMS).same


TALKS = one(sentence="The talks began.", trigger="talks", lemma="talk", actor=(RURITANIA,), recipient=(ZEMBLA,))


@pytest.mark.parametrize(
    ("sentence", "at", "goes_back"),
    [
        ("The tone of the conversation was grave.", 300, True),
        ("A conversation was held.", 300, False),
        ("The tone of the conversation was grave.", 9000, False),
    ],
)
def test_a_definite_noun_goes_back_to_what_was_told_shortly_before(sentence, at, goes_back):
    later = one(sentence=sentence, trigger="conversation", at=at, lemma="conversation", actor=(LEADERS,))
    assert same(TALKS, later) is goes_back


def test_two_words_of_one_sentence_are_one_act_only_among_the_same_parties():
    seizure = {"event_type": "ASSAULT", "actor": (RURITANIA,), "rule": "predicate:verb:x"}
    sentence = "Troops seized the island, annexing it, before seizing a bridge."
    seized = one(sentence=sentence, trigger="seized", lemma="seize", recipient=(ZEMBLA,), **seizure)
    annexed = one(sentence=sentence, trigger="annexing", lemma="annex", **seizure)
    assert same(seized, annexed)
    elsewhere = one(sentence=sentence, trigger="annexing", lemma="annex", recipient=(SYLDAVIA,), **seizure)
    assert not same(seized, elsewhere)
    again = one(sentence=sentence, trigger="seizing", lemma="seize", **seizure)
    assert decide(seized, again, PARAMS).rule == "told_side_by_side"


def test_who_acts_is_no_recipient_of_the_act():
    seizure = {"event_type": "ASSAULT", "lemma": "seize", "stated": (date(2014, 1, 1), date(2014, 12, 31))}
    odd = one("b", actor=(RURITANIA,), recipient=(RURITANIA,), **seizure)
    assert same(one(actor=(RURITANIA,), recipient=(ZEMBLA,), **seizure), odd)


def test_one_party_says_little_of_a_meeting_that_the_other_report_gives_two():
    both = one("b", sentence="Ministers held talks.", trigger="talks", lemma="talk", actor=(ZEMBLA, RURITANIA))
    assert same(TALKS, both)
    assert not same(TALKS, replace(both, parties=((RURITANIA,), *NOBODY[1:])))


def test_a_threat_that_holds_is_told_for_months_and_is_not_the_one_of_a_day():
    threat = {"event_type": "THREATEN", "status": "threatened", "actor": (RURITANIA,), "recipient": (ZEMBLA,)}
    holds, still = (
        one(doc, lemma="threat", standing=True, possible=(date(2031, month, 1), date(2031, month, 9)), **threat)
        for doc, month in (("a", 3), ("b", 5))
    )
    made = one("c", lemma="threaten", stated=(DAY, DAY), possible=(DAY, DAY), **threat)
    assert same(holds, still)
    assert decide(still, made, PARAMS).rule == "one_threat_of_many"
