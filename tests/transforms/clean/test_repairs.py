from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.bodies import BodiesParams, clean_text, places
from transforms.clean.lost import are_lost, lost_apostrophes
from transforms.clean.mapped import Mapped
from transforms.clean.repairs import repaired
from transforms.clean.split import split_lines

AWKWARD = "ab Zé's‘’'“`\u00a0\u00ad\u200b\u200f\t.,\r\n•-#â€™Ã©Â dontHesUkrainesits "


def fix(text):
    return repaired(Mapped.of(text, 0)).text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the town‘s bridge", "the town’s bridge"),
        ("the allies‘ plan", "the allies’ plan"),
        ("“We agree,’’ she said", "“We agree,” she said"),
        ("an\u00a0old  bridge", "an old bridge"),
        ("the old\u00ad bri\u200bdge", "the old bridge"),
        ("the townâ€™s bridge", "the town’s bridge"),
        ("a ‘small’ bridge", "a ‘small’ bridge"),
    ],
)
def test_characters_are_repaired(raw, clean):
    assert fix(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Hes sure they dont care.", "He’s sure they don’t care."),
        ("Its important that the town acts.", "It’s important that the town acts."),
        (
            "Its very hard to say. Its up-and-coming rival is certainly its equal, and its under attack.",
            "It’s very hard to say. Its up-and-coming rival is certainly its equal, and it’s under attack.",
        ),
        (
            "Pakistans army and Irans allies met its very oldest friends.",
            "Pakistan’s army and Iran’s allies met its very oldest friends.",
        ),
        ("The town lost its bridge and its good name.", "The town lost its bridge and its good name."),
        ("They meet at next weeks talks, just weeks after.", "They meet at next week’s talks, just weeks after."),
        ("He likes todays plan.", "He likes today’s plan."),
        ("Moscows plan failed and Russians were angry.", "Moscow’s plan failed and Russians were angry."),
        ("All is well in the United States today.", "All is well in the United States today."),
    ],
)
def test_lost_apostrophes_come_back_and_plurals_stay(raw, clean):
    assert Mapped.of(raw, 0).edited(lost_apostrophes(raw)).text == clean


def test_a_text_with_an_apostrophe_has_lost_none():
    assert not are_lost("The town’s mayor dont care.", 1)
    assert are_lost("The towns mayor dont care.", 100)


def test_every_repair_is_a_run_of_its_own():
    text = Mapped.of("The Towns bridge", 10).edited([(8, 9, "’s")])
    assert text.text == "The Town’s bridge"
    assert text.runs == ((0, 8, 10, 18), (8, 10, 18, 19), (10, 17, 19, 26))


def test_a_deletion_is_a_gap_in_the_raw_text():
    text = Mapped.of("a\u00adb").edited([(1, 2, "")])
    assert (text.text, text.runs) == ("ab", ((0, 1, 0, 1), (1, 2, 2, 3)))


def test_an_edit_inside_a_repair_is_one_run_with_the_rest_of_it():
    text = Mapped.of("a&quot;b").edited([(1, 7, "''")]).edited([(1, 2, "“")])
    assert (text.text, text.runs) == ("a“'b", ((0, 1, 0, 1), (1, 3, 1, 7), (3, 4, 7, 8)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*AWKWARD, "Moscows plan", "dont", "’’", "â€™", "word word "])).map("".join))
def test_segments_map_every_clean_character_to_raw_ones_in_order(raw):
    kept = [line for line in split_lines(raw) if line.bare]
    body, _ = clean_text(raw, kept, BodiesParams())
    found = body.runs
    assert [run[0] for run in found] == [0, *(run[1] for run in found[:-1])][: len(found)]
    assert (found[-1][1] if found else 0) == len(body.text)
    assert all(left[3] <= right[2] for left, right in pairwise(found))
    assert all(0 <= start <= end <= len(raw) for *_, start, end in found)
    assert all(body.text[start:end].strip() for _, start, end in places(body, kept))
