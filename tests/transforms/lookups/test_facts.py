import re
from datetime import date

import pytest

from schemas import ontology
from schemas.errors import LookupFileError
from transforms.lookups import facts, holders

KEYS = {
    "agents": ("text",),
    "ambiguous_names": ("text",),
    "collective_nouns": ("text",),
    "country_names": ("text",),
    "group_names": ("sector",),
    "law_nouns": ("text",),
    "name_endings": ("text",),
    "nicknames": ("text", "name"),
    "office_holders": ("name", "iso3", "office", "start"),
    "entity_words": ("text", "kind"),
    "name_spellings": ("kind", "text"),
    "given_names": ("text",),
    "name_particles": ("text",),
    "offices": ("text",),
    "organisations": ("text",),
    "place_prepositions": ("text",),
    "places": ("text",),
    "pronouns": ("text",),
    "relational_nouns": ("text",),
    "role_adjectives": ("text",),
    "role_modifiers": ("text",),
    "speech_verbs": ("lemma",),
    "surname_first": ("iso3",),
    "titles": ("text",),
    "towns": ("text", "iso3", "latitude", "longitude"),
}


@pytest.mark.parametrize("name", KEYS)
def test_rows_have_a_basis_and_no_twin(name):
    rows = facts.rows(name)
    keys = [tuple(row[column] for column in KEYS[name]) for row in rows]
    assert rows and len(keys) == len(set(keys))


def test_every_file_is_named_as_a_resource():
    assert {f"lookups/{name}.csv" for name in KEYS} == set(facts.FILES)


@pytest.mark.parametrize("name", ["agents", "group_names", "office_holders", "organisations", "titles"])
def test_sectors_are_plover_codes(name):
    assert {row["sector"] for row in facts.rows(name)} - {""} <= set(ontology.SECTORS)


@pytest.mark.parametrize("name", ["country_names", "office_holders", "organisations", "places"])
def test_countries_are_alpha_3(name):
    known = {row["iso3"] for row in facts.rows("country_names")}
    assert all(not row["iso3"] or row["iso3"] in known for row in facts.rows(name))
    assert all(re.fullmatch("[A-Z]{3}", code) for code in known)


def test_countries_have_a_name_and_kinds_are_known():
    rows = facts.rows("country_names")
    assert {row["kind"] for row in rows} == {"name", "adjective", "demonym", "capital", "metonym"}
    assert {row["iso3"] for row in rows} == {row["iso3"] for row in rows if row["kind"] == "name"}
    assert len({row["iso3"] for row in rows}) >= 249


def test_places_lie_on_earth():
    assert all(abs(place.latitude) <= 90 and abs(place.longitude) <= 180 for place in facts.places().values())


def test_terms_end_after_they_start():
    assert all(term.end is None or term.start < term.end for term in facts.terms())
    assert len(facts.terms()) >= 250


def test_country_and_adjective():
    assert facts.country("RUS") == "Russia"
    assert facts.adjective("FRA") == "French"
    assert facts.country("USA") == "United States"


@pytest.mark.parametrize(
    ("text", "office"),
    [("French Premier", "Prime Minister"), ("deputy foreign minister", None), ("baker", None), ("Pontiff", "Pope")],
)
def test_office_of(text, office):
    assert facts.office_of(text) == office


def test_holder_changes_with_the_day():
    assert facts.holder("FRA", "President", date(2010, 5, 1)).name == "Nicolas Sarkozy"
    assert facts.holder("FRA", "President", date(2020, 5, 1)).name == "Emmanuel Macron"
    assert facts.holder("FRA", "President", date(1900, 5, 1)) is None


def test_a_bad_row_says_where(monkeypatch):
    monkeypatch.setattr(holders, "rows", lambda name: ({"name": "A", "start": "soon", "end": "", "aliases": ""},))
    with pytest.raises(LookupFileError, match=r"office_holders\.csv, line 2"):
        holders.terms.__wrapped__()
