"""Rules of judgements are told in words that a person understands."""

from datetime import date

from flows.evidence.pairs import Told
from flows.evidence.reasons import EVIDENCE, OBSTACLES, reasons


def told(sentence, trigger, document="a", on=None, **parties):
    start = sentence.index(trigger)
    span = {"sentence_start": 0, "trigger_start": start, "trigger_end": start + len(trigger), "event_mode": None}
    row = {"sentence": sentence, **span, "happened_from": on, "happened_to": on}
    return Told(row, {"document_id": document, "published_on": date(2023, 3, 1), "story_id": "S-1"}, parties)


LEFT = told("Chile expelled two.", "expelled", on=date(2023, 3, 16), actor={"N-1": "Chile"})
RIGHT = told("The expulsion by Chile's army.", "expulsion", "b", actor={"N-1": "Chile", "N-2": "army"})


def test_evidence_names_words_parties_days_and_documents():
    assert reasons("related_lemma+actor+same_day+story", LEFT, RIGHT) == [
        'words for one act: "expelled" and "expulsion"',
        "same actor: Chile",
        "same day: 2023-03-16; no date, published 2023-03-01",
        "documents of one story (S-1)",
    ]


def test_parties_that_stand_for_each_other_are_named_on_either_side():
    other = told("The army expelled one.", "expelled", "b", actor={"N-2": "army"})
    assert reasons("same_lemma+actor", LEFT, other)[1] == "actor of one country: Chile; army"


def test_what_forbids_it_is_told_of_two_reports_or_of_all():
    assert reasons("dates_differ", LEFT, RIGHT)[0].startswith("the days do not fit: 2023-03-16; no date")
    assert reasons("cluster_dates_differ", LEFT, RIGHT) == [
        "with all that the other reports of both say, the days do not fit"
    ]
    ahead, *others = reasons("carried_out:same_lemma", LEFT, LEFT)
    assert "carries out the other" in ahead and others == ['same word: "expelled" and "expelled"']


def test_a_rule_without_words_stays_readable_and_all_others_have_some():
    assert reasons("new_kind+story", LEFT, LEFT) == ["new kind", "one document tells both"]
    assert all(said(LEFT, RIGHT) for said in (*EVIDENCE.values(), *OBSTACLES.values()))
