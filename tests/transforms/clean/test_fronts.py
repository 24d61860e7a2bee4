"""A page where every paragraph is the teaser of another page has no body; an article has one, however short."""

import pytest

from transforms.clean.fronts import FrontParams, without_teasers
from transforms.clean.labels import Label
from transforms.clean.split import split_lines

TEASERS = [
    ("Fog closes harbour again", "Ferries stayed at the quay for the third time in a week, the port said."),
    ("Whale comes ashore", "Two boats pulled the animal back to sea before the tide turned on Monday."),
    ("Old pier to be sold", "The council hopes that a buyer will mend what the storm of March took away."),
    ("Bell rings without wind", "Nobody could tell the verger on Tuesday why the bell of Ness rang for an hour."),
    ("Cup stays in town", "The rowers of the lower town won the race over the bar by less than a length."),
]


def front(page, **reasons):
    lines = split_lines(page)
    found = {
        line.number: Label("body", reasons.get(f"n{line.number}", "span:inside"), 0.9)
        if line.bare
        else Label("blank", "blank", 1.0)
        for line in lines
    }
    made = without_teasers(lines, found, FrontParams())
    return {number: label.reason for number, label in made.items() if label != found[number]}


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_headlines_with_a_sentence_each_are_a_front(between):
    page = between.join(between.join(pair) for pair in TEASERS)
    assert set(front(page).values()) == {"page:front"}
    assert len(front(page)) == 10


def test_a_headline_that_asks_is_no_paragraph():
    asking = ["Is it true that gulls can tell the weather?", "Why fog horns fell silent"]
    assert len(front("\n".join([*("\n".join(pair) for pair in TEASERS), *asking]))) == 12


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(text for _, text in TEASERS),
        "\n".join("\n".join(pair) for pair in TEASERS) + "\nNobody in the town has seen the buyer, said its mayor.",
        "\n".join("\n".join(pair) for pair in TEASERS[:4]),
        "\n".join(f"{head}\n{text} Nobody was hurt. The port will say more." for head, text in TEASERS),
        "\n".join(f"{head}\n{text[:-1]}, and {text * 4}" for head, text in TEASERS),
        "",
        "Home\nNews",
    ],
)
def test_an_article_is_none(page):
    assert front(page) == {}


@pytest.mark.parametrize(
    "parting",
    [
        ["Advertisement"] * 5,
        ["10:30", "10:45", "11:02", "11:20", "12:00"],
        ["Why so late?", "And then?", "Who said so?", "For how long?", "What now?"],
        ["ANNA LEE OF THE POST:", "THE MASTER OF THE PORT:"] * 3,
        ["1. The vote of May", "2. The old pier", "3. The long fog", "4. The bell rings", "5. The cup"],
        ["Read more about this", "Read more about this"] * 3,
    ],
)
def test_an_article_between_notices_times_questions_speakers_or_numbers_is_none(parting):
    page = "\n".join(f"{head}\n{text}" for head, (_, text) in zip(parting, TEASERS, strict=False))
    assert front(page) == {}


def test_wrapped_paragraphs_are_read_as_one():
    long = (
        "The council of the harbour town met on Monday to hear what the master of the port had to say about the fog, "
    )
    wrapped = "\n\n".join(f"{long}\nand he said that {text.lower()[:-1]}.\n{text}" for _, text in TEASERS)
    assert front(wrapped) == {}


def test_what_the_user_keeps_is_kept():
    page = "\n".join("\n".join(pair) for pair in TEASERS)
    assert set(front(page, n2="rule:keep")) == {1, 3, 4, 5, 6, 7, 8, 9, 10}
