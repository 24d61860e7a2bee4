from collections import Counter

import pytest

from schemas import ontology
from transforms.events import lexicon, tables

ROWS = tables.rows("predicates")
SLOTS = {
    "subject", "object", "object.possessor", "complement", "iobj", "possessor", "adjective", "support", "self", "by",
    "of", "from", "to", "with", "on", "against", "for", "at", "in", "into", "about", "over", "between", "near",
    "along", "around", "and", "owner", "receiver", "force", "speaker", "alongside", "through", "behind", "outside",
    "upon",
}  # fmt: skip


def test_there_are_400_words_over_all_types():
    assert len({row["lemma"] for row in ROWS}) >= 400
    assert {row["event_type"] for row in ROWS} == {"", *ontology.EVENT_TYPES}


@pytest.mark.parametrize("pos", ["verb", "noun"])
def test_verbs_and_nouns_stand_for_every_kind_of_conflict(pos):
    assert {row["event_type"] for row in ROWS if row["pos"] == pos} >= lexicon.CONFLICT


def test_rows_are_distinct():
    keys = Counter(tuple(value for name, value in row.items() if name in (
        "lemma", "pos", "particle", "subject", "object", "preposition", "complement", "modifier", "tense"
    )) for row in ROWS)  # fmt: skip
    assert [key for key, count in keys.items() if count > 1] == []


def test_values_come_from_the_ontology():
    for row in ROWS:
        assert row["pos"] in ("verb", "noun", "adj"), row
        assert not row["mode"] or row["mode"] in ontology.modes(row["event_type"]), row
        assert set(filter(None, row["contexts"].split("; "))) <= set(ontology.CONTEXTS), row
        assert row["status"] in ("", "threatened", "denied", "ongoing"), row
        assert row["tense"] in ("", "future"), row


def test_slots_are_known():
    for row in ROWS:
        assert set(filter(None, f"{row['actor']}|{row['recipient']}".split("|"))) <= SLOTS, row


def test_classes_exist():
    for row in ROWS:
        stated = [row["subject"], row["object"], row["modifier"], row["preposition"].partition(":")[2]]
        for word in "|".join(stated).split("|"):
            if word.startswith("@"):
                assert tables.word_class(word[1:]), row


@pytest.mark.parametrize(
    "name",
    ["predicates", "word_classes", "status_operators", "light_verbs", "speech_verbs", "irregular_verbs",
     "quantity_units", "number_words", "contexts"],
)  # fmt: skip
def test_every_row_states_its_basis(name):
    assert all(row["basis"] for row in tables.rows(name))


def test_contexts_are_plovers():
    assert {row["context"] for row in tables.rows("contexts")} <= set(ontology.CONTEXTS)
