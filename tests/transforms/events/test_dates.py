import csv
from datetime import date
from importlib.resources import files

import pytest
import spacy
from spacy.tokens import Doc

from transforms.events import date_rules, dates, dating
from transforms.events.tenses import tense_of

VOCAB = spacy.blank("en").vocab
PATTERNS = (files("transforms") / "lookups" / "date_patterns.csv").read_text("utf-8")
NOW = date(2022, 1, 26)  # a Wednesday


@pytest.mark.parametrize(
    ("expression", "tense", "first", "last"),
    [
        ("Wednesday", "past", "2022-01-26", "2022-01-26"),
        ("Thursday", "past", "2022-01-20", "2022-01-20"),
        ("Thursday", "future", "2022-01-27", "2022-01-27"),
        ("Monday night", "past", "2022-01-24", "2022-01-24"),
        ("last Friday", "past", "2022-01-21", "2022-01-21"),
        ("next Friday", "future", "2022-01-28", "2022-01-28"),
        ("Thursday of next week", "future", "2022-02-03", "2022-02-03"),
        ("today", "past", "2022-01-26", "2022-01-26"),
        ("yesterday", "past", "2022-01-25", "2022-01-25"),
        ("the day before yesterday", "past", "2022-01-24", "2022-01-24"),
        ("tomorrow", "future", "2022-01-27", "2022-01-27"),
        ("last week", "past", "2022-01-17", "2022-01-23"),
        ("this week", "past", "2022-01-24", "2022-01-26"),
        ("this week", "future", "2022-01-24", "2022-01-30"),
        ("next month", "future", "2022-02-01", "2022-02-28"),
        ("last year", "past", "2021-01-01", "2021-12-31"),
        ("over the weekend", "past", "2022-01-22", "2022-01-23"),
        ("this weekend", "future", "2022-01-29", "2022-01-30"),
        ("Jan. 10", "past", "2022-01-10", "2022-01-10"),
        ("Feb. 10", "past", "2022-02-10", "2022-02-10"),
        ("Nov. 10", "past", "2021-11-10", "2021-11-10"),
        ("Jan. 10", "future", "2022-01-10", "2022-01-10"),
        ("this January 2022", "past", "2022-01-01", "2022-01-31"),
        ("the coming weeks", "future", "2022-01-27", "2022-02-16"),
        ("the next two years", "future", "2023-01-01", "2024-12-31"),
        ("last 24 hours", "past", "2022-01-25", "2022-01-26"),
        ("three years ago tomorrow", "past", "2019-01-27", "2019-01-27"),
        ("a decade ago", "past", "2012-01-01", "2012-12-31"),
        ("two and a half months ago", "past", "2021-11-01", "2021-11-30"),
        ("[two] years ago", "past", "2020-01-01", "2020-12-31"),
        ("this Sat.", "unknown", "2022-01-29", "2022-01-29"),
        ("Thursday, January 26", "past", "2022-01-26", "2022-01-26"),
        ("nineteen eighty-four", "past", "1984-01-01", "1984-12-31"),
        ("the third quarter of 2014", "past", "2014-07-01", "2014-09-30"),
        ("the year 71", "past", "0071-01-01", "0071-12-31"),
        ("Memorial Day", "past", "2021-05-31", "2021-05-31"),
        ("Black Friday", "past", "2021-11-26", "2021-11-26"),
        ("Ash Wednesday 1969", "past", "1969-02-19", "1969-02-19"),
        ("Feb. 10", "future", "2022-02-10", "2022-02-10"),
        ("January 10, 2021", "past", "2021-01-10", "2021-01-10"),
        ("Wednesday, January 26, 2022", "past", "2022-01-26", "2022-01-26"),
        ("26 January 2022", "past", "2022-01-26", "2022-01-26"),
        ("Jan. 10-12, 2022", "past", "2022-01-10", "2022-01-12"),
        ("2021-12-31", "past", "2021-12-31", "2021-12-31"),
        ("12/31/2021", "past", "2021-12-31", "2021-12-31"),
        ("December", "past", "2021-12-01", "2021-12-31"),
        ("March", "future", "2022-03-01", "2022-03-31"),
        ("March 2014", "past", "2014-03-01", "2014-03-31"),
        ("late September", "past", "2021-09-15", "2021-09-30"),
        ("2014", "past", "2014-01-01", "2014-12-31"),
        ("early 2014", "past", "2014-01-01", "2014-06-30"),
        ("two days ago", "past", "2022-01-24", "2022-01-24"),
        ("three months ago", "past", "2021-10-01", "2021-10-31"),
        ("eight years ago", "past", "2014-01-01", "2014-12-31"),
        ("the past two weeks", "past", "2022-01-12", "2022-01-26"),
        ("recent months", "past", "2021-10-27", "2022-01-26"),
        ("the end of the year", "future", "2022-10-01", "2022-12-31"),
        ("earlier this month", "past", "2022-01-01", "2022-01-26"),
        ("later this year", "future", "2022-01-26", "2022-12-31"),
        ("last summer", "past", "2021-06-01", "2021-08-31"),
        ("winter 2013", "past", "2013-12-01", "2014-02-28"),
        ("the 1990s", "past", "1990-01-01", "1999-12-31"),
        ("the 19th century", "past", "1800-01-01", "1899-12-31"),
        ("Thanksgiving", "past", "2021-11-25", "2021-11-25"),
    ],
)
def test_expressions(expression, tense, first, last):
    found = dates.resolve(expression, NOW, tense)
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize("row", list(csv.DictReader(PATTERNS.splitlines())))
def test_each_pattern_reads_its_example(row):
    example = row["example"]
    if example:
        (found,) = date_rules.matches_in(f"x in {example} x", ((5, 5 + len(example)),))
        assert found.end - found.start >= len(example)
        assert found.rule.name == row["reading"]


def test_relative_to_another_date():
    found = dates.resolve("a day earlier", NOW, "past", reference=date(2022, 1, 10))
    assert found.first == found.last == date(2022, 1, 9)


@pytest.mark.parametrize("expression", ["", "soon", "the committee", "February 30, 2021", "99/99/2021", "300 BC"])
def test_what_is_no_date_has_no_days(expression):
    assert dates.resolve(expression, NOW) is None


def parsed(lines):
    rows = [line.split() for line in lines.strip().split("\n")]
    heads = [int(row[3]) - 1 if row[3] != "0" else number for number, row in enumerate(rows)]
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        lemmas=[row[5] if len(row) > 5 else row[0].lower() for row in rows],
        heads=heads,
        deps=[row[4] for row in rows],
    )


PLANS = parsed("""
    Lyra PROPN NNP 2 nsubj
    said VERB VBD 0 ROOT say
    Monday PROPN NNP 2 obl:unmarked
    it PRON PRP 6 nsubj
    will AUX MD 6 aux
    close VERB VB 2 ccomp
    ports NOUN NNS 6 obj port
    on ADP IN 9 case
    Friday PROPN NNP 6 obl
""")


def test_each_verb_has_its_own_date():
    found = dates.date_expressions(PLANS, NOW)
    assert [(one.text, one.first) for one in found] == [("Monday", date(2022, 1, 24)), ("Friday", date(2022, 1, 28))]
    said, close = PLANS[1], PLANS[5]
    assert dating.date_of(said, found, NOW, "happened").basis == "text:Monday"
    assert dating.date_of(close, found, NOW, "planned").basis == "text:Friday"
    assert (tense_of(said), tense_of(close)) == ("past", "future")


def test_date_of_a_report_does_not_date_what_is_planned():
    only_monday = dates.date_expressions(PLANS, NOW)[:1]
    assert dating.date_of(PLANS[5], only_monday, NOW, "planned") is None


def test_a_threat_has_the_date_of_its_utterance():
    only_monday = dates.date_expressions(PLANS, NOW)[:1]
    assert dating.date_of(PLANS[5], only_monday, NOW, "threatened").text == "Monday"


def test_since_reaches_to_publication():
    doc = parsed("""
        Since ADP IN 2 case
        2014 NUM CD 4 obl
        they PRON PRP 4 nsubj
        fought VERB VBD 0 ROOT fight
    """)
    (found,) = dates.date_expressions(doc, NOW)
    assert (found.first, found.last, found.precision) == (date(2014, 1, 1), NOW, "unknown")


def test_without_publication_only_absolute_dates_are_resolved():
    (absolute,) = dates.date_expressions(parsed("2014 NUM CD 0 ROOT"), None)
    assert absolute.first == date(2014, 1, 1)
    (weekday,) = dates.date_expressions(parsed("Monday PROPN NNP 0 ROOT"), None)
    assert weekday.first is None
    assert weekday.precision == "unknown"


@pytest.mark.parametrize("word", ["May", "march", "mon", "fall"])
def test_words_that_only_look_like_dates(word):
    doc = parsed(f"{word} PROPN NNP 2 nsubj\nspoke VERB VBD 0 ROOT speak")
    assert dates.date_expressions(doc, NOW) == []


def test_infinitive_under_a_plan_is_future():
    doc = parsed("""
        They PRON PRP 2 nsubj
        planned VERB VBD 0 ROOT plan
        to PART TO 4 mark
        meet VERB VB 2 xcomp
    """)
    assert tense_of(doc[3]) == "future"
    assert tense_of(doc[1]) == "past"


@pytest.mark.parametrize("expression", ["laſt week", "thıs week", "mıd-2014", "ſunday"])
def test_letters_that_only_look_like_english_ones_make_no_date(expression):
    assert dates.resolve(expression, NOW) is None


def test_nor_do_they_lie_beside_another_event():
    (match,) = date_rules.matches_in("two dayſ after")
    assert match.beside(NOW) is None
