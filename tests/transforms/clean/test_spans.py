from transforms.clean import labels
from transforms.clean.labels import Label
from transforms.clean.lines import LinesParams, label_page
from transforms.clean.span import best_span, units
from transforms.clean.split import RawLine, split_lines

LONG = "The council of Port Ellery voted on Tuesday to close the old bridge for good."
PAGE = f"""Home
News
Sport
Bridge to close for good, council says
Lena Ort
4 min read
{LONG}
{LONG.replace("close", "sell")}
SEE ALSO: Bridge closed for a week
{LONG.replace("close", "paint")}
Recommended Stories
  • Ferry prices go up
    Tickets for the ferry will cost more than ever before, the company said on Monday.
  • Snow on the way
    Forecasters expect two feet of snow in the hills above the town by the end of the week.
Copyright © 2021 The Harbour Post
"""


def labelled(text, **stated):
    lines = split_lines(text)
    known = label_page(lines, stated.pop("repeated", set()), LinesParams(), **stated)
    return [(line.bare, known[line.number].label) for line in lines]


def test_lines_keep_their_offsets_whatever_the_line_break():
    text = "one\r\ntwo\rthree\n\nfour"
    assert [text[line.start : line.end] for line in split_lines(text)] == ["one", "two", "three", "", "four"]


def test_best_span_is_the_first_run_with_the_greatest_sum():
    assert best_span([-1, 5, -1, 5, -9, 8]) == (1, 4)
    assert best_span([5, 5], frozenset({1})) == (0, 1)
    assert best_span([-1.0, -2.0]) == (0, 0)


def test_pieces_of_a_sentence_are_one_unit():
    lines = split_lines("The mayor of\nPort Ellery\n, who is new,\nsaid no.\nA second one.")
    assert [len(unit) for unit in units(lines)] == [4, 1]


def test_a_page_keeps_its_body_and_names_the_rest():
    found = dict(labelled(PAGE))
    assert [text for text, label in labelled(PAGE) if label == "body"] == [
        LONG,
        LONG.replace("close", "sell"),
        LONG.replace("close", "paint"),
    ]
    assert found["Bridge to close for good, council says"] == "title"
    assert found["Lena Ort"] == "byline"
    assert found["SEE ALSO: Bridge closed for a week"] == "see_also"
    assert found["Recommended Stories"] == "teaser"
    assert found["Copyright © 2021 The Harbour Post"] == "copyright"


def test_text_under_a_bullet_after_the_body_is_its_continuation():
    found = labelled(PAGE)
    assert [label for text, label in found if text.startswith(("Tickets", "Forecasters"))] == ["continuation"] * 2


def test_a_metadata_header_gives_title_day_and_url():
    found = labelled(f"Bridge to close\n20200303\nhttps://harbourpost.example:443/bridge\n{LONG}\n{LONG}\n")
    assert [label for _, label in found] == ["title", "metadata_header", "metadata_header", "body", "body"]


def test_a_line_that_repeats_on_the_site_is_no_body():
    lines = (
        f"{LONG} {LONG}\nOur readers make this paper possible with their gifts of ten dollars a month.\n{LONG} {LONG}"
    )
    assert [label for _, label in labelled(lines, repeated={2})] == ["body", "navigation", "body"]


def test_markup_decides_where_it_covers_the_text():
    teaser = "Ferries will cost more from May, the company told its customers in a letter on Monday."
    found = labelled(
        f"{LONG}\n{LONG.replace('close', 'sell')}\n{teaser}", article=f"{LONG}\n{LONG.replace('close', 'sell')}"
    )
    assert [label for _, label in found] == ["body", "body", "teaser"]


def test_a_page_without_running_text_has_no_body():
    assert {label for _, label in labelled("Home\nNews\nSport\n")} == {"navigation"}


def test_section_heads_above_the_body_end_nothing():
    found = labelled(f"Most read\nFerry prices\n{LONG}\n{LONG.replace('close', 'sell')}\n{LONG.replace('for', 'to')}")
    assert [label for _, label in found] == ["teaser", "navigation", "body", "body", "body"]


def test_sentences_below_a_header_are_its_lead_where_nothing_else_stands_between():
    header = RawLine(1, 0, 10, "- The Post - Tuesday, March 3, 2020")
    known = {1: Label("dateline", "page:dateline", 0.99)}
    lead, chrome = (RawLine(2, 0, 10, text) for text in (LONG, "Listen to this article"))
    assert set(labels.leads([header, lead], known, 3, 7)) == {2}
    assert labels.leads([header, chrome], known, 3, 7) == {}
    assert labels.leads([chrome, lead], {}, 3, 7) == {}


def test_a_headline_that_stands_again_is_no_body():
    title = "Bridge to close for good in May, council of Port Ellery says"
    text = f"{title}\nLena Ort\nMarch 3, 2020\n{title.upper()}\n{LONG}\n{LONG.replace('close', 'sell')}\n{LONG} {LONG}"
    found = labelled(text)
    assert [label for line, label in found if line.casefold() == title.casefold()] == ["title", "title"]
    assert [label for _, label in found[-3:]] == ["body"] * 3
