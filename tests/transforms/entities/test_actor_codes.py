from datetime import date

import pytest

from transforms.entities.actors import ActorCode, code_actor

DAY = date(2016, 6, 1)


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("three Danish farmers", "DNK", "AGR"),
        ("the Bolivian navy", "BOL", "MIL"),
        ("Peru's health ministry", "PER", "GOV"),
        ("lawmakers from Estonia", "EST", "LEG"),
        ("a former Kenyan minister", "KEN", "ELI"),
        ("police in Lagos", "NGA", "COP"),
        ("Iceland", "ISL", None),
        ("Lisbon", "PRT", "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("UNICEF", None, "IGO"),
        ("NATO soldiers", None, "IGO"),
        ("a quiet afternoon", None, None),
        ("", None, None),
    ],
)
def test_noun_phrases(text, country, sector):
    code = code_actor(text, None, DAY)
    assert (code.country, code.sector) == (country, sector)


def test_context_gives_the_country_that_the_phrase_lacks():
    assert code_actor("the army", "Ghana", DAY).country == "GHA"
    assert code_actor("the Togolese army", "Ghana", DAY).country == "TGO"
    assert code_actor("the World Bank", "Ghana", DAY).country is None


def test_an_office_counts_while_it_lasts():
    assert code_actor("Angela Merkel", None, date(2015, 1, 1)).sector == "GOV"
    assert code_actor("Angela Merkel", None, date(2023, 1, 1)).sector == "ELI"
    assert code_actor("former Chancellor Angela Merkel", None, DAY).sector == "ELI"


def test_a_bare_surname_needs_one_bearer():
    assert code_actor("Merkel", None, date(2015, 1, 1)) == ActorCode(
        "DEU", "GOV", "Angela Merkel", "lookup:office_holders"
    )
    assert code_actor("Smith", None, DAY).name is None
