"""Lines that documents of one site share, counted over the whole corpus and told document by document."""

import hashlib

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.work import Raw, SiteLines, Sites
from transforms.clean import site_lines
from transforms.clean.split import split_lines

NOTICE = "Readers who give three pounds a month keep the lights on in this newsroom, which nobody owns, number {}."
WORDS = ["tide", "harbour", "ferry", "pilot", "quay", "mast", "anchor", "storm", "cargo", "chart", "whale", "rope"]


def story(number, sentences=3):
    """An article of its own: no two numbers share a sentence."""
    pairs = [(WORDS[(number + i) % 12], WORDS[(number * 7 + i) % 11]) for i in range(sentences)]
    return [
        f"The {first}{letters(number)} was seen by the {second} near the island of Ness before the master of the port "
        f"closed it, part {letters(i)}."
        for i, (first, second) in enumerate(pairs)
    ]


def letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def raw_of(texts, urls=None):
    ids = [hashlib.sha256(f"{number}{text}".encode()).hexdigest()[:16] for number, text in enumerate(texts)]
    rows = {
        "document_id": ids,
        "source_uri": [f"in/{number}.txt" for number in range(len(texts))],
        "raw_text": texts,
        "url": urls or ["https://port.example/a"] * len(texts),
    }
    return ids, pl.DataFrame(rows, schema_overrides=Raw.polars_schema()).with_columns(
        **{name: pl.lit(None, dtype) for name, dtype in Raw.polars_schema().items() if name not in rows}
    )


def found(texts, urls=None, **params):
    """For each text the lines that repeat, with their step."""
    ids, raw = raw_of(texts, urls)
    made = site_lines.STAGE.function({"raw": raw}, site_lines.STAGE.params(**params))
    SiteLines.validate(made["site_lines"])
    Sites.validate(made["sites"])
    steps = {document: {} for document in ids}
    for document, number, step in made["site_lines"].iter_rows():
        steps[document][number] = step
    return [steps[document] for document in ids]


def page(number, *chrome):
    return "\n".join([*chrome, *story(number)])


def test_case_marks_blanks_and_numbers_do_not_tell_lines_apart():
    heads = ["• Most read: 3 of 12", "most read — 4 of 7", "  MOST  READ 5 of 1,000"]
    assert found([page(number, head) for number, head in enumerate(heads)]) == [{1: 3}] * 3


def test_two_documents_are_not_enough_and_words_must_be_the_same():
    assert found([page(1, "Most read"), page(2, "Most read"), page(3, "Most seen")]) == [{}] * 3
    assert found([page(number, "Most read", "ok") for number in range(3)]) == [{1: 3}] * 3


def test_sites_are_counted_apart():
    urls = [f"https://{name}.example/story" for name in ("a", "a", "b", "b")]
    assert found([page(number, "Most read") for number in range(4)], urls) == [{}] * 4


def test_a_step_is_reached_once_and_stays():
    texts = [page(number, "Most read", *(["Latest"] if number < 3 else [])) for number in range(12)]
    assert found(texts[:9])[0] == {1: 3, 2: 3}
    assert found(texts[:10])[0] == found(texts)[0] == {1: 10, 2: 3}


@pytest.mark.parametrize("number", [3, 8, 70])
def test_copies_of_one_article_count_once_however_many_there_are(number):
    copies = ["\n".join([f"Seen {letters(i)} times", *story(5)]) for i in range(number)]
    assert found(copies) == [{}] * number
    assert found([*copies, page(1), page(2)])[0] == {}


def test_an_edited_copy_is_a_copy():
    whole = story(5, sentences=10)
    edit = "Corrected on the {} page of the paper, as all who read it on Monday or later may know by now."
    versions = ["\n".join([*whole[:9], edit.format(word)]) for word in WORDS[:4]]
    assert found(versions) == [{}] * 4


def test_short_articles_between_long_notices_are_not_copies():
    notices = [NOTICE.format(word) for word in WORDS[:6]]
    pages = [page(number, *notices) for number in range(60)]
    assert all(set(steps) == set(range(1, 7)) for steps in found(pages))


def test_the_order_of_the_documents_changes_nothing(monkeypatch):
    texts = [page(number, "Most read", NOTICE) for number in range(12)] + [page(1, "Most read", "Again")]
    _, raw = raw_of(texts)
    params = site_lines.STAGE.params()
    made = site_lines.STAGE.function({"raw": raw}, params)
    monkeypatch.setattr(site_lines, "DOCUMENTS_AT_A_TIME", 5)
    again = site_lines.STAGE.function({"raw": raw.sample(fraction=1, shuffle=True, seed=1)}, params)
    assert all(made[name].equals(again[name]) for name in made)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Most read", "", " ", "Home", "\u2028", "Tide\ttable", "x"]), min_size=1), st.data())
def test_lines_have_the_numbers_that_the_other_stages_know(lines, data):
    breaks = [data.draw(st.sampled_from(["\n", "\r\n", "\r"])) for _ in lines]
    text = "".join(line + end for line, end in zip(lines, breaks, strict=True))
    known = {line.number for line in split_lines(text) if line.text in {"Most read", "Home", "Tide\ttable"}}
    texts = [text + f"Page {letters(number)}" for number in range(3)]
    assert found(texts) == [dict.fromkeys(known, 3)] * 3


@pytest.mark.parametrize("texts", [[], [""], ["", "\n", "..."]])
def test_nothing_repeats_where_nothing_is(texts):
    assert found(texts) == [{} for _ in texts]


def test_copies_are_found_in_scripts_without_blanks():
    fog = "港口管理局周一表示由于大雾渡轮一周内第三次停在码头直到中午才能离开港湾前往对岸的岛屿居民们只好等待"
    bridge = "市长在码头会见了港口城镇的议会并承诺在冬天来临之前修好被三月的风暴损坏的旧桥"
    assert found(["\n".join([letters(number) * 3, fog * 2, bridge * 2]) for number in range(4)]) == [{}] * 4
