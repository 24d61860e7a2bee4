import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.split import split_lines
from transforms.clean.wrapping import continuations, wrap_width

PARAGRAPHS = (
    "The council of Port Ellery voted on Tuesday to close the old bridge for good, after a report found that two of "
    "its piers had moved by almost a foot since the floods of last spring and could no longer carry heavy lorries.",
    "Mayor Lena Brück said that the town would ask the coast guard for a ferry until a new crossing is built, which "
    "could take three years. She had opposed the plan in March, when the council first discussed what it would cost.",
    "Nobody was hurt when a lamp post fell from the bridge on Monday. The police closed one of the lanes all the same.",
)


def joined(text):
    lines = split_lines(text)
    found = continuations(lines)
    groups = []
    for line, goes_on in zip(lines, found, strict=True):
        if goes_on:
            groups[-1] += " " + line.text.strip()
        elif line.text.strip():
            groups.append(line.text.strip())
    return groups


@pytest.mark.parametrize("width", [50, 66, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n \n", "\n\n\n"])
def test_paragraphs_wrapped_at_a_width_are_whole_again(width, between):
    text = between.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert joined(text) == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [60, 72])
def test_an_indent_opens_a_paragraph(width):
    text = "\n".join(textwrap.fill(paragraph, width, initial_indent="   ") for paragraph in PARAGRAPHS)
    assert joined(text) == list(PARAGRAPHS)


def test_items_of_a_wrapped_page_stay_apart_and_keep_what_hangs_under_them():
    items = [textwrap.fill(paragraph, 70, initial_indent="  * ", subsequent_indent="    ") for paragraph in PARAGRAPHS]
    assert joined("\n".join(items)) == [f"* {paragraph}" for paragraph in PARAGRAPHS]


def test_heads_bylines_and_short_lines_of_a_wrapped_page_stay_apart():
    head = "Bridge to close for good\nBy Lena Ort\nPublished on Tuesday\n\n"
    text = head + "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert joined(text)[:3] == ["Bridge to close for good", "By Lena Ort", "Published on Tuesday"]


@pytest.mark.parametrize(
    "text",
    [
        "Bridge to close for good after council votes in late session\n"
        "Ferry prices to rise by a fifth, company tells its customers\n"
        "Snow on the way: two feet expected in the hills above Ellery\n"
        "Coast guard finds missing boat near the mouth of the harbour",
        "home\nabout\ncontact\nsign in",
        "Log in\nSubscribe\nMore\nSign up\nThe Morning Post",
        "the river took the lantern\nand the boat without a sound\nit is late, the ferry sleeps\nbelow the frozen town",
        "The river took the lantern\nAnd the boat without a sound,\nThe ferry sleeps below\nThe frozen town",
        "Ingredients\nsalt\npepper\n2 eggs",
        "# The bridge and\nthe ferry",
        "Tickets cost:\nten dollars for adults\nfive dollars for children",
        "  • Ferry prices and\n  • the bridge",
    ],
)
def test_what_is_no_wrapped_text_stays_in_lines(text):
    assert not any(continuations(split_lines(text)))


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("The mayor of\nPort Ellery\n, who is new,\nsaid no.\nA second one.", 2),
        ("The plan was first described to the\nHarbour Post\non Monday.", 1),
        ("People in the town who spoke on Monday told\nHarbour Post\nthat they had seen it.", 1),
        ("The mayor said that the ferry\n\nand the bridge will close.", 2),
        ("Ferry\n’s new captain was named.", 1),
    ],
)
def test_sentences_broken_at_a_link_are_whole_again(text, groups):
    assert len(joined(text)) == groups


def test_a_page_of_whole_paragraphs_has_no_width():
    lines = split_lines("\n".join(PARAGRAPHS))
    assert wrap_width(lines, [line.text for line in lines]) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PARAGRAPHS, "", "the", "The", "and so,", "• a b c", "# x", "\u00a0", ", no"])))
def test_every_line_has_an_answer_and_blank_ones_go_on_with_nothing(texts):
    lines = split_lines("\n".join(texts))
    found = continuations(lines)
    assert len(found) == len(lines)
    for place, goes_on in enumerate(found):
        assert not goes_on or (place and lines[place].text.strip() and lines[place - 1].text.strip())
