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


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Sergey Zelenskyy", "Sergei Zelenskiy", True),
        ("Mahmood Fareed", "Mahmud Farid", True),
        ("Yevgeny Prihodko", "Evgeniy Prikhodko", True),
        ("Han Jong-un", "Han Jong Un", True),
        ("Tony Marks", "Toni Marks", False),
        ("David Lee", "David Li", False),
        ("John Smyth", "John Smith", False),
    ],
)
def test_names_in_one_transliteration(left, right, same):
    standard = ["".join(persons.standard(persons.parts(name))) for name in (left, right)]
    assert (standard[0] == standard[1]) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Defence Organisation", "the Defense Organization", True),
        ("Northern Harbours Board", "Northern Harbour Board", True),
        ("Channel 4 News", "Channel 5 News", False),
        ("North Valley University", "South Valley University", False),
        ("Northern Fisching Council", "Northern Fishing Council", True),
    ],
)
def test_same_organisation(left, right, same):
    assert organisations.same(left, right) is same


def test_short_forms_of_organisations():
    shortens = [("Red Sox", "Boston Red Sox"), ("Boston", "Boston Red Sox"), ("England", "Bank of England"),
                ("Department", "Police Department"), ("Boston Red Sox", "Red Sox")]  # fmt: skip
    parts = [tuple(map(organisations.parts, names)) for names in shortens]
    assert [organisations.shortens(*names) for names in parts] == [True, True, False, False, False]


def test_a_name_as_most_write_it():
    names = ["Ana 'La Voz' Duarte", "W. Ana Duarte", "Ana Duarte, M. D., M. P. H.", "Gov.Ana R. Duarte"]
    assert {persons.brief(name) for name in names} == {("ana", "duarte")}
