"""A user's own lookups are checked row by row, win over ours, and count only where they are given."""

from datetime import date

import pytest

from schemas.errors import LookupFileError
from transforms.entities.actors import code_actor
from transforms.lookups import facts, own

BODIES = "text,iso3,sector\nHarbour League,KEN,SOC\nFSB,USA,BUS\n"


def given(**files):
    return facts.with_own(facts.Own(rows={name: own.parsed(name, text, name) for name, text in files.items()}))


def test_own_rows_add_to_ours_and_win():
    before = code_actor("FSB")
    with given(organisations=BODIES):
        assert code_actor("Harbour League").sector == "SOC"
        assert (code_actor("FSB").country, code_actor("FSB").sector) == ("USA", "BUS")
        assert code_actor("the Kremlin").country == "RUS"
    assert code_actor("FSB") == before
    assert code_actor("Harbour League").country is None


def test_own_office_holders_and_places():
    with given(
        office_holders="name,office,iso3,start\nMira Oduya,President,KEN,2031-08\n",
        places="text,iso3,latitude,longitude\nPort Grey,KEN,-4.1,39.6\n",
    ):
        assert code_actor("Mira Oduya", None, date(2032, 1, 1)).sector == "GOV"
        assert facts.holder("KEN", "President", date(2032, 1, 1)) is None, "the shipped holder goes on as well"
        assert facts.place_of("Port Grey").latitude == -4.1


def test_a_spreadsheet_may_part_cells_by_semicolons():
    text = "\ufefftext;iso3;sector;basis\nHarbour League;KEN;SOC;our desk\n"
    assert own.parsed("organisations", text, "o")[0] == {
        "text": "Harbour League", "name": "Harbour League", "entity_type": "ORG", "iso3": "KEN", "sector": "SOC",
        "basis": "our desk",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("organisation", "text\nA\n", r"my\.csv: no lookup has this name.*organisations\.csv"),
        ("organisations", "name\nA\n", r"line 1: the column 'text' is missing.*not needed: name"),
        ("organisations", "text,land\nA,KEN\n", r"line 1: there is no column 'land'.*Columns: text"),
        ("organisations", "text,iso3\nA\n", r"line 2: the row has too few or too many cells"),
        ("organisations", "text,iso3\nA,KEN\nB,Kenya\n", r"line 3: iso3 cannot be 'Kenya'.*three letters"),
        ("organisations", "text,sector\nA,XXX\n", r"line 2: sector cannot be 'XXX'.*Use one of"),
        ("organisations", "text,iso3\n,KEN\n", r"line 2: text is empty"),
        ("office_holders", "name,office,start\nA,President,soon\n", r"line 2: start cannot be 'soon'.*2021-08"),
        ("places", "text,latitude,longitude\nA,95,3\n", r"line 2: latitude cannot be '95'"),
        ("agents", "", r"line 1: the column 'text' is missing"),
    ],
)
def test_a_bad_file_says_what_is_wrong_where(name, text, message):
    with pytest.raises(LookupFileError, match=rf"(?s){message}"):
        own.parsed(name, text, "my.csv")
