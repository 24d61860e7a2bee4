from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.mapped import Mapped

RAW = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def edit_lists(draw, length):
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [(start, end, draw(st.text("XYZ", max_size=3))) for start, end in pairwise(cuts) if draw(st.booleans())]


def test_every_edit_is_a_run_of_its_own():
    text = Mapped.of("The Towns bridge", 10).edited([(8, 9, "’s")])
    assert text.text == "The Town’s bridge"
    assert text.runs == ((0, 8, 10, 18), (8, 10, 18, 19), (10, 17, 19, 26))


def test_a_deletion_is_a_gap_in_the_raw_text():
    text = Mapped.of("a\u00adb").edited([(1, 2, "")])
    assert (text.text, text.runs) == ("ab", ((0, 1, 0, 1), (1, 2, 2, 3)))


def test_characters_are_found_in_the_raw_text():
    text = Mapped.of("The Towns bridge", 10).edited([(8, 9, "’s")])
    assert text.raw_range(0, 3) == (10, 13)
    assert text.raw_range(4, 9) == (14, 19)
    assert text.raw_range(9, 17) == (18, 26)
    assert text.raw_range(11, 17) == (20, 26)


def test_an_edit_inside_a_repair_is_one_run_with_the_rest_of_it():
    text = Mapped.of("a&quot;b").edited([(1, 7, "''")]).edited([(1, 2, "“")])
    assert (text.text, text.runs) == ("a“'b", ((0, 1, 0, 1), (1, 3, 1, 7), (3, 4, 7, 8)))


def test_positions_of_raw_characters_and_of_what_follows_those_that_are_gone():
    text = Mapped.of("0123456789").edited([(0, 2, ""), (4, 6, "xyz"), (9, 10, "")])
    assert text.text == "23xyz678"
    assert text.positions([0, 1, 2, 3, 4, 5, 6, 8, 9, 10]) == [0, 0, 0, 1, 2, 2, 5, 7, 8, 8]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_runs_stay_whole_ordered_and_apart_through_all_edits(data):
    text = Mapped.of(RAW)
    for _ in range(data.draw(st.integers(1, 4))):
        edits = data.draw(edit_lists(len(text.text)))
        expected = text.text
        for start, end, new in reversed(edits):
            expected = expected[:start] + new + expected[end:]
        text = text.edited(edits)
        assert text.text == expected
    assert [run[0] for run in text.runs] == [0, *(run[1] for run in text.runs)][: len(text.runs)]
    assert (text.runs[-1][1] if text.runs else 0) == len(text.text)
    assert all(left[3] <= right[2] for left, right in pairwise(text.runs))
    for start, end, raw_start, raw_end in text.runs:
        assert start < end and 0 <= raw_start < raw_end <= len(RAW)
        for place, char in enumerate(text.text[start:end], start):
            assert char in "XYZ" or char in RAW[raw_start:raw_end]
            exact = end - start == raw_end - raw_start and text.text[start:end].islower()
            assert not exact or char == RAW[raw_start + place - start]


@settings(deadline=None)
@given(st.data())
def test_positions_point_at_the_raw_character_itself(data):
    text = Mapped.of(RAW).edited(data.draw(edit_lists(len(RAW))))
    for raw, place in enumerate(text.positions(range(len(RAW)))):
        if RAW[raw] in text.text:
            assert text.text[place] == RAW[raw]
