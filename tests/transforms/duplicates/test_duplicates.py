"""Copies, originals and stories of invented documents."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import work
from transforms.components import Components
from transforms.duplicates.copies import CopyParams
from transforms.duplicates.duplicates import STAGE, DuplicatesParams, duplicates
from transforms.duplicates.prints import STAGE as PRINTS
from transforms.duplicates.prints import PrintsParams, prints
from transforms.duplicates.stories import StoryParams
from transforms.lookups.decisions import Decision

FLOOD = (
    "The river Zembra burst its banks on Tuesday and flooded four villages in the south of Ruritania. Rescue crews "
    "with boats took two hundred people from their roofs, the governor Otto Brandt said. The army sent helicopters "
    "from Strelsau. Meteorologists expect more rain until Friday, and schools in the province stay closed. "
)
STRIKE = (
    "Dock workers in the port of Elphberg walked out on Monday over pay. Their union said that eleven ships could not "
    "be unloaded and that talks with the harbour company had failed. The company called the strike unlawful. "
)
BACKGROUND = (
    "Ruritania has been a kingdom since the year 1721 and lies between two larger neighbours in the hills. " * 2
)


def tables(*rows):
    texts = [{"document_id": id_ * 16, "text": text, "language": "en"} for id_, text, _ in rows]
    fields = [{"document_id": id_ * 16, "published_on": day, "published_on_basis": "header"} for id_, _, day in rows]
    return {
        "texts": pl.DataFrame(texts, schema=work.Texts.polars_schema()),
        "fields": pl.DataFrame(
            [{name: row.get(name) for name in work.Fields.polars_schema()} for row in fields],
            schema=work.Fields.polars_schema(),
        ),
    }


def printed(*rows):
    result = prints(tables(*rows), PrintsParams())
    PRINTS.outputs[0].validate(result["prints"])
    return result


def made(*rows, decisions=(), memory=()):
    params = DuplicatesParams(decisions=tuple(Decision(level="document", **each) for each in decisions))
    result = duplicates({**printed(*rows), **dict(memory)}, params)
    for schema in (*STAGE.outputs, *STAGE.memory):
        schema.validate(result[schema.table])
    return result


def remembered(result):
    return {schema.table: result[schema.table] for schema in STAGE.memory}


def test_no_documents_give_empty_tables():
    assert all(frame.is_empty() for frame in made().values())


def test_equal_words_are_an_exact_copy_of_the_earliest():
    result = made(("a", FLOOD.upper(), date(2022, 1, 6)), ("b", FLOOD, date(2022, 1, 5)), ("c", STRIKE, None))
    assert result["duplicates"].rows() == [("a" * 16, "b" * 16, "exact", 1.0)]
    rule = result["document_judgements"].filter(pl.col("decision") == "same")["rule"].to_list()
    assert rule == ["exact_copy:original_is_earlier"]


def test_a_cut_copy_is_near_and_the_longest_is_the_original():
    cut = FLOOD[: int(len(FLOOD) * 0.6)]
    row = made(("a", cut, None), ("b", FLOOD, None))["duplicates"].row(0, named=True)
    assert (row["duplicate_of"], row["duplicate_kind"]) == ("b" * 16, "near")
    assert 0.4 < row["similarity"] < 0.8


def test_a_shared_background_makes_no_copy():
    assert made(("a", FLOOD + BACKGROUND, None), ("b", STRIKE + BACKGROUND, None))["duplicates"].is_empty()


def test_two_articles_on_one_happening_are_a_story_but_no_copies():
    other = (
        "Four villages stand under water after the Zembra burst its banks. Governor Otto Brandt thanked the crews, who "
        "brought people from their roofs to Strelsau by helicopters while rain went on in Ruritania. "
    )
    result = made(("a", FLOOD, date(2022, 1, 5)), ("b", other, date(2022, 1, 6)), ("c", STRIKE, date(2022, 1, 5)))
    assert result["duplicates"].is_empty()
    assert result["stories"]["cluster"].to_list() == ["a" * 16, "a" * 16, "c" * 16]
    late = made(("a", FLOOD, date(2022, 1, 5)), ("b", other, date(2022, 3, 6)))
    assert late["stories"]["cluster"].n_unique() == 2


def test_a_new_document_leaves_old_clusters_alone():
    old = [("a", FLOOD, None), ("b", FLOOD + "The end.", None)]
    alone, more = made(*old), made(*old, ("c", STRIKE, None))
    assert alone["duplicates"].equals(more["duplicates"])


def test_text_around_a_copy_makes_no_difference():
    framed = f"Share this article with friends. {FLOOD} Sign up for the letter of the editors. Read more on our site."
    row = made(("a", framed, None), ("b", FLOOD, None))["duplicates"].row(0, named=True)
    assert (row["document_id"], row["duplicate_of"]) == ("b" * 16, "a" * 16)


def test_a_text_that_ends_with_the_lead_of_another_is_no_copy_of_it():
    assert made(("a", FLOOD * 2 + STRIKE, None), ("b", STRIKE, None))["duplicates"].is_empty()


def test_texts_without_words_copy_nothing():
    assert made(("a", "", None), ("b", "...", None), ("c", "", None))["duplicates"].is_empty()


def test_a_story_is_named_by_its_earliest_document():
    result = made(("a", FLOOD, date(2022, 1, 6)), ("b", FLOOD, date(2022, 1, 5)))
    assert result["stories"]["cluster"].to_list() == ["b" * 16, "b" * 16]


def test_what_the_user_says_is_the_same_is_a_copy():
    result = made(("a", FLOOD, None), ("b", STRIKE, None), decisions=[same("a", "b")])
    assert result["duplicates"]["document_id"].to_list() == ["b" * 16]
    assert result["stories"]["cluster"].n_unique() == 1
    assert "own:same" in result["document_judgements"]["rule"].to_list()


def test_what_the_user_says_is_different_is_neither_copy_nor_story():
    rows = [("a", FLOOD, None), ("b", FLOOD, None), ("c", FLOOD + "The end.", None), ("d", STRIKE, None)]
    result = made(*rows, decisions=[{**same("a", "b"), "decision": "different"}])
    clusters = dict(result["stories"].rows())
    assert clusters["a" * 16] != clusters["b" * 16]
    assert {frozenset(pair) for pair in result["duplicates"].select("document_id", "duplicate_of").rows()} == {
        frozenset(("a" * 16, "c" * 16))
    }
    assert result["duplicates"].row(0, named=True)["duplicate_kind"] == "near"


def same(left, right):
    return {"decision": "same", "left": left * 16, "right": right * 16}


def test_a_decision_about_documents_that_are_not_there_waits():
    assert made(("a", FLOOD, None), decisions=[same("a", "z")])["document_judgements"].is_empty()


@settings(max_examples=15, deadline=None)
@given(before=st.sets(st.sampled_from("abcdef01")), now=st.sets(st.sampled_from("abcdef01"), min_size=1))
def test_memory_of_any_corpus_changes_nothing(before, now):
    texts = [
        FLOOD,
        FLOOD + "The end.",
        FLOOD[:200],
        STRIKE,
        STRIKE + BACKGROUND,
        FLOOD + BACKGROUND,
        FLOOD + STRIKE,
        "",
    ]
    named = zip("abcdef01", texts, strict=True)
    rows = {name: (name, text, date(2022, 1, 1 + place)) for place, (name, text) in enumerate(named)}
    fresh = made(*(rows[name] for name in sorted(now)))
    memory = remembered(made(*(rows[name] for name in sorted(before))))
    again = made(*(rows[name] for name in sorted(now)), memory=memory)
    assert all(fresh[schema.table].equals(again[schema.table]) for schema in STAGE.outputs)


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(8)), names=st.permutations("abcdef01"))
def test_later_documents_part_no_old_copies_and_no_old_story(order, names):
    texts = [FLOOD, FLOOD, FLOOD + "The end.", FLOOD[:300], STRIKE, STRIKE + FLOOD, FLOOD + STRIKE, FLOOD + BACKGROUND]
    arriving = enumerate(zip(names, order, strict=True))
    rows = [(name, texts[place], date(2022, 1, 1 + day)) for day, (name, place) in arriving]
    copies, stories = CopyParams(window=1), StoryParams(story_window=1)
    params = DuplicatesParams(copies=copies, stories=stories)
    results = [duplicates(printed(*rows[:count]), params) for count in (3, 5, 7, 8)]
    for before, after in pairwise(results):
        for partition in (_stories, _originals):
            old, new = partition(before), partition(after)
            assert all(new[one] == new[other] for one in old for other in old if old[one] == old[other])


def _stories(result):
    return dict(result["stories"].rows())


def _originals(result):
    copied = dict(result["duplicates"].select("document_id", "duplicate_of").rows())
    return {document: copied.get(document, document) for document in result["stories"]["document_id"]}


def test_what_is_remembered_is_not_compared_again(monkeypatch):
    rows = [("a", FLOOD, None), ("b", FLOOD + "The end.", None), ("c", FLOOD + STRIKE, None)]
    memory = remembered(made(*rows))
    monkeypatch.setattr("transforms.duplicates.copies.compare", lambda *_, **__: pytest.fail("compared again"))
    monkeypatch.setattr("transforms.duplicates.telling.compare", lambda *_, **__: pytest.fail("compared again"))
    made(*rows, memory=memory)


def test_prints_do_not_depend_on_which_documents_share_a_call():
    rows = [("a", FLOOD, None), ("b", "", None), ("c", STRIKE, date(2022, 1, 5))]
    together = printed(*rows)["prints"]
    assert together.equals(pl.concat([printed(row)["prints"] for row in rows]))


def test_components_take_the_smallest_root():
    components = Components(4)
    components.join(3, 1)
    components.join(3, 2)
    assert components.roots() == [0, 1, 1, 1]
