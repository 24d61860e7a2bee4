import time

import pytest

from transforms.clean import authors, headline, lookup, page
from transforms.clean.around import Around
from transforms.clean.hyphens import joint
from transforms.clean.lost import lost_apostrophes
from transforms.clean.mapped import Mapped
from transforms.clean.markup import article_lines
from transforms.clean.names import author_of, names_of, signed_of
from transforms.clean.repairs import repaired
from transforms.clean.rules import Rules, rule_labels
from transforms.clean.split import split_lines

SECONDS = 3.0
PIECES = (" ", "a", "| ", "-", "!")
TEMPLATES = ("x{}x", "{}x", "by{}!", "Port Ellery Post{}bar")


def _of_line(read):
    return lambda text: read(split_lines(text)[0])


def _headline(text):
    lines = split_lines(f"{text}\nThe council bridge was closed on Monday.")
    around = Around(lines, 2, 2, "https://a.example/council-bridge-x-repairs")
    headline.candidates(around, ())
    headline.text_of(lines[0], around)


def _authors(text):
    lines = split_lines(f"{text}\nThe council bridge was closed on Monday.")
    authors.candidates(Around(lines, 2, 2, None), {})


def _rules(text):
    rule_labels(split_lines(text), None, Rules(drop=("Sign up here", "Read more*", "*in our app")))


READERS = {
    "dateline": _of_line(page.dateline_of),
    "header": _of_line(page.header_of),
    "contributors": _of_line(page.contributors_of),
    "owner": _of_line(page.owner_of),
    "phrase": _of_line(lookup.phrase_of),
    "contact": _of_line(authors.contact_of),
    "byline": _of_line(authors.readings),
    "authors": _authors,
    "headline": _headline,
    "names": names_of,
    "signed": signed_of,
    "author": author_of,
    "hyphens": lambda text: joint(text, "and so on", frozenset),
    "rules": _rules,
    "lost": lost_apostrophes,
    "repairs": lambda text: repaired(Mapped.of(text)),
}


def _takes(read, text):
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_one_piece_is_read_in_time_that_grows_with_its_length(reader, piece):
    READERS[reader]("x")
    for template in TEMPLATES:
        assert _takes(READERS[reader], template.format(piece * 20_000)) < SECONDS


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("headline", "Council bridge " + "| " * 5_000 + "repairs"),
        ("contributors", "!" + " " * 3_000 + "x contributed"),
        ("rules", "a " + "-" * 20_000 + " b"),
        ("lost", "The mayor went home. Its the mayors house. " * 1_000),
    ],
)
def test_lines_that_took_long_are_read_at_once(reader, text):
    READERS[reader]("x")
    assert _takes(READERS[reader], text) < SECONDS


def test_short_lines_are_looked_for_near_the_last_line_found_alone():
    lines = split_lines("Share this\n" * 2_000 + "The council met on Monday")
    article = "word " * 40_000 + "The council met on Monday"
    assert _takes(lambda text: article_lines(lines, text, (2001, 2001)), article) < SECONDS


def test_a_doubled_mark_inside_a_word_opens_no_quote():
    assert repaired(Mapped.of("They don``t, ``he'' said.")).text == "They don``t, “he” said."


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("- Port Ellery Post - Tuesday, March 3, 2020", "Port Ellery Post"),
        ("Port Ellery Post" + " " * 600 + "bar", None),
    ],
)
def test_a_dateline_is_a_line_of_ordinary_length(text, outlet):
    found = page.dateline_of(split_lines(text)[0])
    assert (found.outlet if found else None) == outlet
