"""The user's own rules decide before every other, on the lines that they name and on no others."""

import pytest
from pydantic import ValidationError

from transforms.clean.labels import Label
from transforms.clean.lines import LinesParams, label_page
from transforms.clean.rules import Rules, overruled, rule_labels
from transforms.clean.split import split_lines

PAGE = split_lines(
    """Port Journal
By Ann Lee
Fog closed the harbour for the third time in a week, the master of the port said on Monday.
Sign up for tide tables in your inbox
“Nobody has seen the lighthouse since Friday”
• Photo: the old pier in 1911
Two ferries turned back at the mouth of the river and lay at anchor until noon the next day.
More from the coast
A whale came ashore near the village of Ness and was pulled back to sea by two boats."""
)


def ruled(site="port.example", **rules):
    return {n: (label.label, label.reason) for n, label in rule_labels(PAGE, site, Rules(**rules)).items()}


@pytest.mark.parametrize(
    "phrase",
    [
        "Sign up for tide tables in your inbox",
        "  sign UP for   tide tables in your inbox!",
        "Sign up*",
        "*tide tables*",
        "sign * inbox",
        "/tide (tables|times)/",
        "/^SIGN up/",
    ],
)
def test_a_phrase_is_a_whole_line_or_says_with_a_star_or_strokes_that_it_is_not(phrase):
    assert ruled(drop=[phrase]) == {4: ("other", "rule:drop:1")}


@pytest.mark.parametrize("phrase", ["tide tables", "Sign up", "sign.up.*", "/^inbox/"])
def test_a_part_of_a_line_alone_is_no_match(phrase):
    assert ruled(drop=[phrase]) == {}


def test_quotes_bullets_and_marks_around_a_line_do_not_count():
    assert set(ruled(keep=['"Nobody has seen the lighthouse since Friday"', "Photo: the old pier in 1911."])) == {5, 6}


def test_the_first_phrase_that_matches_is_named_and_keeping_comes_before_dropping():
    rules = {"drop": ["Nowhere", "*harbour*", "*Monday*", "By Ann Lee", "*tide*"], "keep": ["*tide tables*"]}
    assert ruled(label="advertisement", **rules) == {
        2: ("advertisement", "rule:drop:4"),
        3: ("advertisement", "rule:drop:2"),
        4: ("body", "rule:keep"),
    }


def test_a_site_has_rules_of_its_own_that_come_before_those_of_all():
    rules = {"drop": ["By Ann Lee", "Port Journal"], "sites": {"Port.Example": {"keep": ["By*"], "label": "teaser"}}}
    assert ruled(**rules) == {1: ("other", "rule:drop:2"), 2: ("body", "rule:site:keep")}
    assert ruled(site="other.example", **rules)[2] == ("other", "rule:drop:1")
    assert ruled(site=None, **rules)[2] == ("other", "rule:drop:1")


def test_the_body_of_a_site_has_bounds_where_their_phrases_stand():
    site = {"body_after": "By *", "body_before": "More from*", "label": "teaser"}
    found = ruled(sites={"port.example": site})
    assert found == {
        **dict.fromkeys((1, 2), ("teaser", "rule:site:body_after")),
        **dict.fromkeys((8, 9), ("teaser", "rule:site:body_before")),
    }
    assert ruled(sites={"port.example": {"body_after": "Nowhere", "body_before": "Port Journal"}}) == {
        n: ("other", "rule:site:body_before") for n in range(1, 10)
    }


def test_bounds_take_body_lines_and_leave_what_else_is_known():
    outside = {1: Label("other", "rule:site:body_after", 1.0), 2: Label("other", "rule:site:body_after", 1.0)}
    found = {1: Label("byline", "page:byline", 0.9), 2: Label("body", "span:inside", 0.9)}
    assert overruled(found, outside) == {1: found[1], 2: outside[2]}


def test_the_page_follows_the_rules():
    def kept(**rules):
        known = label_page(PAGE, set(), LinesParams(), ruled=rule_labels(PAGE, "port.example", Rules(**rules)))
        return {number for number, label in known.items() if label.label == "body"}

    assert 7 in kept()
    assert 1 in kept(keep=["Port Journal"]) and 7 not in kept(drop=["Two ferries*"])
    assert kept(sites={"port.example": {"body_after": "More from*"}}) <= {9}
    assert kept(drop=["No such line"]) == kept()


def test_rules_can_be_hundreds_without_words_in_common():
    phrases = [f"line number {number} of many" for number in range(500)]
    assert ruled(drop=[*phrases, "By Ann Lee"]) == {2: ("other", "rule:drop:501")}


@pytest.mark.parametrize(
    "rules",
    [{"drop": ["*"]}, {"drop": ["* * *"]}, {"keep": [" "]}, {"keep": ["/x*/"]}, {"drop": ["/[/"]}, {"label": "blank"}],
)
def test_rules_that_say_nothing_are_refused(rules):
    with pytest.raises(ValidationError):
        Rules(**rules)
