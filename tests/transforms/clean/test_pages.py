from datetime import date

import pytest

from transforms.clean import authors, dates, names, page
from transforms.clean.site import normal_url, registrable_domain, site_of
from transforms.clean.split import split_lines


def line(text):
    return split_lines(text)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, March 3, 2020", date(2020, 3, 3)),
        ("3 Sept. 2020, 11:00", date(2020, 9, 3)),
        ("2020-03-03T10:00:00Z", date(2020, 3, 3)),
        ("20200303", date(2020, 3, 3)),
        ("18.11.2019", date(2019, 11, 18)),
        ("11/18/2019", date(2019, 11, 18)),
        ("20/11/2019", date(2019, 11, 20)),
        ("Copyright 2020", None),
        ("February 30, 2020", None),
    ],
)
def test_days_are_read(text, day):
    assert dates.day_of(text) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/news/2022/jan/6/slug/", date(2022, 1, 6)),
        ("https://a.example/2022/01/06/slug", date(2022, 1, 6)),
        ("https://a.example/20220106/slug", date(2022, 1, 6)),
        ("https://a.example/article-123456", None),
    ],
)
def test_days_of_urls(url, day):
    assert dates.day_of_url(url) == day


def test_a_dateline_names_outlet_and_day():
    found = page.dateline_of(line("- The Harbour Post - Tuesday, March 3, 2020"))
    assert found == page.Dateline("The Harbour Post", date(2020, 3, 3))
    signed = page.dateline_of(
        line("By Lena Ort and Bo Li - The Harbour Post - Updated: 9:17 p.m. on Tuesday, March 3, 2020")
    )
    assert (signed.outlet, signed.authors) == ("The Harbour Post", ("Lena Ort", "Bo Li"))
    assert page.dateline_of(line("The vote of March 3, 2020 - the first - was close, said the mayor.")) is None


def test_header_lines():
    assert page.header_of(line(" date 2020-03-03 Bridge to close")).title == "Bridge to close"
    assert page.header_of(line("20200303")).published_on == date(2020, 3, 3)
    assert page.header_of(line("https://a.example/x")).url == "https://a.example/x"
    assert page.header_of(line("In 2020 the bridge was closed.")) is None


def test_people_of_bylines():
    assert authors.readings(line("By Lena Ort and BO LI | March 3"))[0][0] == ["Lena Ort", "Bo Li"]
    assert authors.contact_of(line("• Lena Ort can be reached at lort@x.example.")) == ["Lena Ort"]
    assert page.contributors_of(line("Bo Li and Ann Lee contributed to this report.")) == ["Bo Li", "Ann Lee"]
    assert page.owner_of(line("Copyright © 2021 The Harbour Post, LLC. Click here")) == "The Harbour Post"


def test_addresses():
    assert normal_url("HTTPS://WWW.A.example:443/x?y=1#z") == "https://www.a.example/x?y=1"
    assert normal_url("http://[bad") == "http://[bad"
    assert registrable_domain("https://news.bbc.co.uk/a") == "bbc.co.uk"
    assert registrable_domain("https://www.a.example:8080/") == "a.example"
    assert registrable_domain("http://127.0.0.1/") is None


def test_the_site_is_domain_then_outlet_then_folder():
    assert site_of("text", "https://www.a.example/x", None, "in/1.txt") == "a.example"
    assert site_of("Title\n20200303\nhttps://b.example/x\ntext", None, None, "in/1.txt") == "b.example"
    assert site_of("- The Harbour Post - Tuesday, March 3, 2020\n", None, None, "in/1.txt") == "The Harbour Post"
    assert site_of("text", None, None, "in/1.txt#4") == "in"


def test_a_capitalised_particle_is_a_first_name():
    assert names.names_of("Ben Marlow and Ana de la Cruz") == ["Ben Marlow", "Ana de la Cruz"]
