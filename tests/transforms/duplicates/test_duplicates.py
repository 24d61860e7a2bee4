"""Copies, originals and stories of invented documents."""

from datetime import date

import polars as pl
import pytest

from schemas import work
from transforms.components import Components
from transforms.duplicates.copies import CopyParams, copies
from transforms.duplicates.duplicates import STAGE, DuplicatesParams, duplicates
from transforms.duplicates.shingles import bigrams, words

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


def made(*rows):
    result = duplicates(tables(*rows), DuplicatesParams())
    for schema in STAGE.outputs:
        schema.validate(result[schema.table])
    return result


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


@pytest.mark.parametrize("text", ["", "!!!", "word", "Ünïcode  WORDS"])
def test_any_text_has_shingles(text):
    assert len(bigrams(words(text))) == max(min(1, len(words(text))), len(words(text)) - 1)


def test_texts_without_words_copy_nothing():
    assert copies(["", "...", ""], CopyParams()).roots == [0, 1, 2]


def test_components_take_the_smallest_root():
    components = Components(4)
    components.join(3, 1)
    components.join(3, 2)
    assert components.roots() == [0, 1, 1, 1]
