"""Pages that the line model learns from."""

import random
from pathlib import Path

import polars as pl
import pytest

from flows.training import pages
from flows.training.pages import Page, Variety
from schemas.errors import InputError

ARTICLE = (
    "The ferry to Port Ellery will stop on Monday, its owner said.\n\nTravellers must take the bus along the coast."
)
LINES = ("Home", "News", "The ferry to Port Ellery will stop on Monday, its owner said.", "Share", "",
         "Travellers must take the bus along the coast.", "More news", "The ferry to Port Ellery sinks")  # fmt: skip


def page(lines: tuple[str, ...] = LINES, article: str = ARTICLE, **others: str) -> Page:
    return Page("ellery.example", "text", None, lines, pages.shares(lines, article), article)


def test_shares_say_which_lines_the_article_holds_there() -> None:
    assert pages.shares(LINES, ARTICLE) == (0, 0, 1, 0, 0, 1, 0, 0)
    assert page().span == (2, 6)


def test_a_sentence_that_stands_twice_is_held_where_the_article_goes_on() -> None:
    lines = (
        "Rain fell on the old town all night.",
        "Menu",
        "Rain fell on the old town all night.",
        "Nobody was hurt there.",
    )
    assert pages.shares(lines, "Rain fell on the old town all night.\nNobody was hurt there.") == (0, 0, 1, 1)


def test_a_page_without_its_article_holds_nothing() -> None:
    assert page(article="Quite another text about something else").span == (0, 0)


def test_html_is_read_as_its_text_nodes(tmp_path: Path) -> None:
    html = (
        "<html><body><script>x()</script><ul><li>Home</ul><p>The ferry <a>to Port</a> Ellery stops.</p></body></html>"
    )
    rows = {"site": ["a.example"], "gold_body": ["The ferry to Port Ellery stops."], "html": [html]}
    pl.DataFrame(rows).write_parquet(tmp_path / "pages.parquet")
    (found,) = pages.read([tmp_path / "pages.parquet"])
    assert found.lines == ("Home", "The ferry", "to Port", "Ellery stops.")
    assert found.shares == (0, 1, 1, 1)


def test_a_file_without_articles_is_named(tmp_path: Path) -> None:
    pl.DataFrame({"site": ["a.example"], "raw_text": ["x"]}).write_parquet(tmp_path / "bare.parquet")
    with pytest.raises(InputError, match=r"bare\.parquet"):
        pages.read([tmp_path / "bare.parquet"])


@pytest.mark.parametrize("seed", range(12))
def test_a_varied_page_keeps_its_article_and_one_share_a_line(seed: int) -> None:
    dice, other = random.Random(seed), page(("Sport", "Cup", *LINES[2:6], "Imprint"))
    made = pages.varied(page(), [other], dice, Variety(exchange=1.0, crop=0.5))
    assert len(made.lines) == len(made.shares)
    held = [line for line, share in zip(made.lines, made.shares, strict=True) if share >= 0.5]
    assert " ".join(held).split() == f"{LINES[2]} {LINES[5]}".split()


def test_the_same_dice_give_the_same_page() -> None:
    one, two = (pages.varied(page(), [page()], random.Random(7), Variety()) for _ in range(2))
    assert one == two
