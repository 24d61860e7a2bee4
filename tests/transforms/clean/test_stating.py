"""Headline, authors and day of publication are found among the lines of a page."""

from datetime import date

import pytest

from transforms.clean import authors, dates, head, headline, published
from transforms.clean.choice import Candidate, best, score, weights
from transforms.clean.labels import Label
from transforms.clean.split import split_lines

LONG = "The council of Port Ellery voted to close the old bridge for good, because repairs cost more than a new one."
PAGE = f"""Menu
Sport Results
Council votes to close the old bridge - The Harbour Post
Home
Council votes to close the old bridge
By Emma Ort | March 3, 2020
Updated March 5, 2020
{LONG}
{LONG.replace("close", "sell")}
{LONG.replace("close", "paint")}
Emma Ort is a reporter of this paper.
More stories
Ferry late again
Copyright 2021
"""
URL = "https://www.harbourpost.example/news/council-votes-to-close-old-bridge"


def labelled(text, url=URL):
    page = split_lines(text)
    known = {line.number: Label("body" if line.text.startswith("The council") else "other", "", 0.5) for line in page}
    return page, known | head.head_labels(page, known, url)


def chosen(text, url=URL):
    page, found = labelled(text, url)
    lines = [(line, found[line.number].label, found[line.number].reason) for line in page]
    around = head.around_of(page, [label for _, label, _ in lines], url)
    said = head.stated(lines)
    return (
        [headline.text_of(line, around) for line in said.get("title", [])],
        [name for line in said.get("authors", []) for name in authors.names_of_line(line, around)],
        [published.day_of_line(line, around) for line in said.get("published_on", [])],
    )


def test_a_page_states_headline_author_and_day():
    assert chosen(PAGE) == (["Council votes to close the old bridge"], ["Emma Ort"], [date(2020, 3, 3)])


def test_lines_that_state_fields_are_labelled():
    page, found = labelled(PAGE)
    by_text = {line.text: found[line.number] for line in page}
    assert by_text["By Emma Ort | March 3, 2020"].label == "byline"
    assert by_text["By Emma Ort | March 3, 2020"].reason == "states:authors+published_on"
    assert {label.label for line, label in by_text.items() if line.startswith("The council")} == {"body"}


def test_a_page_without_them_states_nothing():
    assert chosen(f"{LONG}\n{LONG}\nCopyright 2021\n", None)[1:] == ([], [])


def test_the_name_of_the_site_is_cut_off():
    page = split_lines(f"Council votes to close the old bridge | Harbourpost\n{LONG}\n")
    around = head.around_of(page, ["title", "body"], URL)
    assert headline.text_of(page[0], around) == "Council votes to close the old bridge"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Written by Emma Ort", ["Emma Ort"]),
        ("by Emma Ort and Bo Li", ["Emma Ort", "Bo Li"]),
        ("By The Harbour Team", ["The Harbour Team"]),
        ("Emma Ort Emma Ort", ["Emma Ort"]),
        ("EMMA ORT", ["Emma Ort"]),
        ("Headshot of Emma Ort", ["Emma Ort"]),
        ("Emma OrtAugust 5, 2024", ["Emma Ort"]),
        ("September 1st, 2023 By Emma Ort", ["Emma Ort"]),
        ("Emma Ort is a reporter who lives in Port Ellery.", ["Emma Ort"]),
        ("By Emma Ort 🕒 4 min", ["Emma Ort"]),
        ("By Emma Ort\ue900Share", ["Emma Ort"]),
        ("Photo by Emma Ort", None),
    ],
)
def test_names_of_a_line(text, names):
    found = authors.readings(split_lines(text)[0])
    assert (found[0][0] if found else None) == names


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("Emma OrtAugust 5, 2024", None, date(2024, 8, 5)),
        ("Jul. 11. 2025", None, date(2025, 7, 11)),
        ("4/3/20", None, date(2020, 4, 3)),
        ("4/3/2020", True, date(2020, 3, 4)),
        ("3rd of March, 2020", None, date(2020, 3, 3)),
    ],
)
def test_days_in_many_forms(text, day_first, day):
    assert [found for found, _ in dates.days_in(text, day_first=day_first)] == [day]


def test_one_impossible_month_tells_the_order_of_a_page():
    assert dates.numeric_order("4/3/2020 and 20/3/2020") is True
    assert dates.numeric_order("3/20/2020") is False
    assert dates.numeric_order("3/4/2020") is None


@pytest.mark.parametrize(
    ("text", "url", "order"),
    [
        ("3/4/2020", "https://harbourpost.example/bridge", None),
        ("3/4/2020", "https://news.harbourpost.co.uk:443/bridge", True),
        ("3/4/2020 3/20/2020", "https://harbourpost.co.uk/bridge", False),
        ("3/4/2020 20/3/2020", None, True),
    ],
)
def test_other_days_and_the_country_tell_which_number_is_the_day(text, url, order):
    assert dates.day_first(text, url) is order


def test_a_day_in_numbers_is_read_as_its_country_writes_it():
    page = PAGE.replace("March 3, 2020", "3/4/2020").replace("March 5, 2020", "")
    assert chosen(page)[2] == [date(2020, 3, 4)]
    assert chosen(page, URL.replace(".example", ".ie"))[2] == [date(2020, 4, 3)]


def test_none_of_the_candidates_is_an_answer():
    weak, strong = Candidate(1, "a", {"bias": 1.0}), Candidate(2, "b", {"bias": 1.0, "slug_recall": 1.0, "body": 1.0})
    assert best("title", [weak]) is None
    found = best("title", [weak, strong])
    assert found is None or found[0] is strong
    assert score(weights("title"), {"unknown": 1.0}) == 0.0
