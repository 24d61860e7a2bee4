import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.bodies import BodiesParams, clean_text
from transforms.clean.lost import are_lost, lost_apostrophes
from transforms.clean.mapped import Mapped
from transforms.clean.split import split_lines


def fix(text):
    return Mapped.of(text).edited(lost_apostrophes(text)).text


def clean(text):
    return clean_text(text, split_lines(text), BodiesParams())[0].text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Hes sure they dont care.", "He’s sure they don’t care."),
        ("Thats what she said: it wasnt him.", "That’s what she said: it wasn’t him."),
        ("Its important that the town acts.", "It’s important that the town acts."),
        (
            "Its very hard to say. Its up-and-coming rival is certainly its equal, and its under attack.",
            "It’s very hard to say. Its up-and-coming rival is certainly its equal, and it’s under attack.",
        ),
        (
            "Pakistans army and Irans allies met its very oldest friends.",
            "Pakistan’s army and Iran’s allies met its very oldest friends.",
        ),
        ("They meet at next weeks talks, just weeks after.", "They meet at next week’s talks, just weeks after."),
        ("He likes todays plan.", "He likes today’s plan."),
        ("Moscows plan failed and Russians were angry.", "Moscow’s plan failed and Russians were angry."),
        ("The mayor left. They searched the mayors house.", "The mayor left. They searched the mayor’s house."),
        ("Our ambassador spoke; the ambassadors speech hurt.", "Our ambassador spoke; the ambassador’s speech hurt."),
    ],
)
def test_lost_apostrophes_come_back(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "The town lost its bridge and its good name.",
        "All is well in the United States today.",
        "A mayor and the mayors of two towns; the mayors house rules.",
        "The mayor said the mayors meet on Monday.",
        "The mayor said the mayors met on Monday.",
        "The mayor said the mayors want to meet, and that the mayors support the plan.",
        "They searched the mayors house.",
        "A teacher joined the teachers union, and the teachers were glad.",
        "The soldier said soldiers guard the bridge.",
        "DONT WALK",
    ],
)
def test_plurals_and_the_possessive_its_stay(text):
    assert fix(text) == text


def test_a_text_with_an_apostrophe_has_lost_none():
    assert not are_lost("The town’s mayor dont care.", 1)
    assert are_lost("The towns mayor dont care.", 100)
    assert are_lost("one two three", 3)


def test_only_english_has_lost_them():
    text = "Der Bürgermeister sagte im Rathaus, dass die alte Brücke im nächsten Jahr geschlossen werde. " * 4
    assert clean(text) == text.strip()
    assert clean("They dont care, the mayor said on Monday.") == "They don’t care, the mayor said on Monday."


WORDS = [
    "the",
    "its",
    "Its",
    "mayors",
    "mayor",
    "towns",
    "house",
    "dont",
    "todays",
    "Irans",
    "plan",
    "is",
    "weeks",
    "next",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_a_text_that_has_apostrophes_keeps_every_plural_and_possessive(text):
    assert clean(f"{text} and it’s the town’s bridge") == f"{text} and it’s the town’s bridge"


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_repairing_lost_apostrophes_only_adds_apostrophes(text):
    assert fix(text).replace("’", "") == text
