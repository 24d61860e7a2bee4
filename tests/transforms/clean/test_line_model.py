"""The line model: what it makes of pages, and that it depends on nothing but the page."""

import textwrap

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean import line_model, lookup
from transforms.clean.line_model import Reading
from transforms.clean.split import split_lines

PARAGRAPHS = (
    "The ferry to Port Ellery will stop on Monday, said its owner, who had asked the council for money in vain.",
    "Travellers must take the bus along the coast from then on, which takes them an hour longer than before.",
    "“We have carried people across this water for ninety years,” Mrs Brück said. “Nobody wants this to end.”",
    "The council will vote on the subsidy again in May, but few of its members expect that the vote will change.",
)
PAGE = "\n".join(
    ["Home", "News", "Sport", "Log in", "", "Ferry to Port Ellery will stop", "By Lena Ort", "", *PARAGRAPHS, "",
     "Related stories", "Cup goes to the North after a long night", "Bridge closed", "Share", "© 2020 The Post"]
)  # fmt: skip


def read(text: str) -> Reading:
    lines = split_lines(text)
    return line_model.read_page(lines, lookup.phrases_of(lines))


def test_the_article_is_found_between_navigation_and_teasers() -> None:
    found = read(PAGE)
    assert found.body == {9, 10, 11, 12}
    assert (found.first, found.last) == (9, 12)
    assert found.probabilities[10] > 0.5 > found.probabilities[1]


@pytest.mark.parametrize("text", ["", "\n\n", "—"])
def test_a_page_without_words_has_an_answer(text: str) -> None:
    assert not read(text).body


def test_a_wrapped_article_is_found_as_a_whole() -> None:
    wrapped = "\n\n".join(textwrap.fill(" ".join(PARAGRAPHS[place:]), 60) for place in range(3))
    found = read(f"Home\nNews\n\n{wrapped}\n\nShare\n")
    assert found.body == {number for number, line in enumerate(wrapped.split("\n"), 4) if line}


def test_probabilities_do_not_depend_on_other_pages_read_before() -> None:
    before = read(PAGE)
    read("Quite another page.\n" * 50)
    assert read(PAGE) == before


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    lines = split_lines(text)
    found = read(text)
    assert found.body <= {line.number for line in lines if line.bare}
    assert all(0 <= p <= 1 for p in found.probabilities.values())


def test_the_shipped_kinds_of_phrase_are_those_of_the_lookup() -> None:
    known = {line_model.kind_of(phrase) for phrase in lookup.phrases()}
    assert set(line_model.shipped().kinds) == known, "phrases.csv has other kinds: train the line model anew"


def test_address_words_come_from_the_last_part_that_has_several() -> None:
    assert len(line_model.address_words("https://a.example/news/ferry-to-port-ellery?x=1")) == 3
    assert len(line_model.address_words("https://a.example/news/1234")) == 0
    assert len(line_model.address_words("https://a.example/ferry-to-port-ellery\nto-stop-soon")) == 5
    assert np.array_equal(line_model.address_words(None), line_model.address_words(""))
