import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.bodies import BodiesParams, clean_text, places
from transforms.clean.hyphens import joint, words_of
from transforms.clean.joining import joined
from transforms.clean.split import split_lines
from transforms.clean.wrapping import WrappingParams

TEXT = (
    "The council of Port Ellery voted on Tuesday to close the old bridge for good, after an international report found "
    "that two of its piers had moved. Co-operation with the coast guard will go on, the long-term plan says."
)


def clean(raw, *without):
    kept = [line for line in split_lines(raw) if line.bare and line.number not in without]
    return joined(raw, kept, "\n\n", WrappingParams())


@pytest.mark.parametrize(
    ("before", "line", "elsewhere", "sign"),
    [
        ("an inter-", "national report", "", ""),
        ("an inter-", "national report", "An inter-national one", "-"),
        ("their co-", "operation goes on", "co-operation", "-"),
        ("their co-", "operation goes on", "cooperation", ""),
        ("a long-", "term plan", "", "-"),
        ("a long-", "term plan", "longterm", ""),
        ("President Brück-", "Ort said", "", "-"),
        ("Mayor Zelk-", "ovsky said", "", ""),
        ("two-", "and three-year terms", "", None),
        ("an out-", "of-pocket cost", "", "-"),
        ("an inter\u00ad", "national report", "inter-national", ""),
        ("he said -", "no more", "", None),
        ("in 2020-", "21", "", None),
    ],
)
def test_halves_of_a_word_are_joined_as_the_text_writes_it(before, line, elsewhere, sign):
    assert joint(before, line, lambda: words_of(elsewhere)) == sign


@pytest.mark.parametrize("width", [44, 52, 60, 72])
def test_a_text_wrapped_with_hyphens_is_whole_again(width):
    raw = textwrap.fill(TEXT, width, break_on_hyphens=False).replace("inter", "inter-\n", 1)
    assert clean(textwrap.fill(TEXT, width, break_on_hyphens=False)).text == TEXT
    assert "international report" in clean(raw).text


def test_a_joined_word_maps_to_both_its_halves():
    raw = "The council of the old town near the inter-\nnational border\nhas voted to close the bridge."
    body = clean(raw)
    assert body.text == "The council of the old town near the international border has voted to close the bridge."
    start, end = body.text.index("national"), body.text.index("national") + len("national")
    assert [raw[run[2] + start - run[0] :][:8] for run in body.runs if run[0] <= start and end <= run[1]] == [
        "national"
    ]
    assert "-" not in {raw[a:b] for *_, a, b in body.runs}


def test_paragraphs_stand_apart_and_what_begins_with_a_comma_without_a_blank():
    raw = "The mayor of Port Ellery\n, who is new, told the\nHarbour Post\nno.\nA second paragraph of the same page."
    assert clean(raw).text == (
        "The mayor of Port Ellery, who is new, told the Harbour Post no.\n\nA second paragraph of the same page."
    )


def test_lines_between_which_one_was_removed_are_not_joined():
    raw = "The mayor of the old town told\nSEE ALSO: Ferries\nthe council that she had not known it."
    assert clean(raw, 2).text.count("\n\n") == 1


def test_a_separator_maps_to_all_that_stood_between_its_lines():
    raw = "  • One sentence here.\n\n\nNavigation\n# Another one there."
    body = clean(raw, 4)
    assert body.text == "One sentence here.\n\nAnother one there."
    assert [raw[a:b] for start, _, a, b in body.runs if body.text[start] == "\n"] == ["\n\n\nNavigation\n# "]


PIECES = [
    "The mayors house", "dont", "Its the towns bridge", "it’s", "’’", "''", "â€™s", "Ã©", "the town‘s", "Moscows plan",
    "an inter-\nnational", "co-\noperation", "soft\u00ad\nly", "\u00ad", "\u200b", "\u00a0", "  ", "\t", "&amp;",
    "&#8217;s", "&nbsp;", "\x1b[0m", "\u2028", "\x85", "ﬁne", "Ａ１", "\n", "\n\n", "\r\n", "• ", "# ", ", and", "the",
    "word ", "A sentence ends here. ", "\ufffd", "?s", "Paris", "naïve", "“so”", ".", "-",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sets(st.integers(1, 12), max_size=3))
def test_segments_map_the_clean_text_to_the_raw_one_through_all_repairs(raw, removed):
    kept = [line for line in split_lines(raw) if line.bare and line.number not in removed]
    body, _ = clean_text(raw, kept, BodiesParams())
    runs = body.runs
    assert [run[0] for run in runs] == [0, *(run[1] for run in runs)][: len(runs)]
    assert (runs[-1][1] if runs else 0) == len(body.text)
    assert all(left[3] <= right[2] for left, right in pairwise(runs))
    for start, end, raw_start, raw_end in runs:
        assert start < end and 0 <= raw_start < raw_end <= len(raw)
        if end - start == raw_end - raw_start > 3:
            assert body.text[start:end] == raw[raw_start:raw_end]
    found = places(body, kept)
    assert all(body.text[start:end].strip() for _, start, end in found)
    assert all(left[2] <= right[1] for left, right in pairwise(found))
    assert body.text == body.text.strip() and "  " not in body.text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_cleaning_a_clean_text_changes_nothing(raw):
    params = BodiesParams()
    once, _ = clean_text(raw, [line for line in split_lines(raw) if line.bare], params)
    lines = split_lines(once.text)
    if all(line.text == line.bare for line in lines):
        assert clean_text(once.text, [line for line in lines if line.bare], params)[0].text == once.text
