"""Why chains are one entity and documents copies of one another is told in words."""

import json

import pytest
from click.testing import CliRunner

from flows.cli import annals
from flows.evidence.members import words_of
from flows.looking import rows


@pytest.fixture
def explain(small_run):
    """Function that runs `annals explain` and returns what it prints."""

    def run(*words):
        given = ["explain", *words, "--output", str(small_run.settings.output)]
        return CliRunner().invoke(annals, given, catch_exceptions=False).output

    return run


def test_an_entity_is_told_with_its_documents_and_what_joined_them(explain, small_run):
    name = rows(small_run.dataset, "entities", condition="name = 'Norway'")["entity_id"][0]
    text = " ".join(explain(name).split())
    assert text.startswith(f"Norway ({name}: GPE, NOR") and "in 2 documents" in text
    assert "one entry of the lookup country_names" in text
    assert '"norway" in harbour_gazette.txt and "norway" in northern_courier.txt' in text
    found = json.loads(explain(name, "--json"))
    assert found["reasons"][0]["decision"] == "same" and len(found["documents"]) == 2


def test_a_document_is_told_with_those_of_its_story(explain, small_run):
    text = " ".join(explain("harbour_gazette.txt").split())
    story = rows(small_run.dataset, "documents", condition="source_uri = 'harbour_gazette.txt'")["story_id"][0]
    assert f"story {story}" in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("key:places", "one entry of the lookup places"),
        ("story:same_name", "in one story: same name"),
        ("near_copy:original_is_earlier", "nearly the same text; original is earlier"),
        ("own:different", "you decided so"),
        ("brand_new", "brand new"),
    ],
)
def test_rules_are_told_in_words(rule, words):
    assert words_of(rule) == words
