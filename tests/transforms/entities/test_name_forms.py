import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.entities import organisations, persons
from transforms.entities.chains import organisation_keys, person_keys


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("President Ana R. Duarte Jr.'s", ("ana", "r", "duarte")),
        ("Mr. Okello", ("okello",)),
        ("Omar al-Masri", ("omar", "masri")),
        ("José Núñez", ("jose", "nunez")),
    ],
)
def test_parts_of_a_persons_name(name, parts):
    assert persons.parts(name) == parts


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Joe Marsh", "Joseph Marsh", True),
        ("J. Marsh", "Joe Marsh", True),
        ("Joe Marsh", "Jill Marsh", False),
        ("Ana Duarte", "Ana Maria Duarte", True),
        ("Paul A. Reed", "Paul B. Reed", False),
        ("Sergei Volkov", "Sergey Volkov", True),
        ("Ana Duarte", "Ana Okello", False),
    ],
)
def test_same_full_name(left, right, same):
    assert persons.same_full(persons.parts(left), persons.parts(right)) is same


def test_surnames_join_full_names_before_and_after():
    names = ["Duarte", "Ana Duarte", "Okello", "Ana", "Peter Okello", "Duartes"]
    assert person_keys([(name, "") for name in names]) == [1, 1, 4, 1, 4, 1]


def test_namesakes_stay_apart_and_honorifics_decide():
    names = [("Joe Marsh", "mr."), ("Jill Marsh", "mrs."), ("Marsh", "mr."), ("Marsh", "mrs."), ("Marsh", "")]
    assert person_keys(names) == [0, 1, 0, 1, 1]


def test_organisations_by_acronym_legal_form_and_article():
    names = ["Northern Fishing Council", "NFC", "the Northern Fishing Council", "Acme Corp.", "Acme", "Harbour Union"]
    assert organisation_keys(names) == [0, 0, 0, 3, 3, 5]


@given(st.text(max_size=40))
def test_any_text_has_parts(text):
    assert isinstance(persons.parts(text), tuple)
    assert isinstance(organisations.parts(text), tuple)


@given(st.lists(st.text(alphabet="abc AB.", max_size=12), max_size=8))
def test_keys_point_to_members(names):
    for keys in (person_keys([(name, "") for name in names]), organisation_keys(names)):
        assert all(keys[key] == key for key in keys)
