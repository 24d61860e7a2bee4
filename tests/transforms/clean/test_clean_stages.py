import hashlib
from datetime import date

import polars as pl
import pytest

from schemas.work import Fields, KeptLines, Lines, Raw, Segments, SiteLines, Texts
from transforms.clean import bodies, lines, site_lines

SENTENCE = "The council of Port Ellery voted on Tuesday to {} the old bridge for good."
FOOT = "Copyright © 2021 The Harbour Post, LLC.\nGive to the paper that gives you the whole coast every day\n"


def article(*verbs):
    head = "- The Harbour Post - Tuesday, March 3, 2020\n\n"
    return (
        head + "\n\n".join(SENTENCE.format(verb) for verb in verbs) + "\n\n• Lena Ort can be reached at l@x.example.\n"
    )


def raw_of(*texts, **stated):
    rows = [
        {
            "document_id": hashlib.sha256(f"{number}{text}".encode()).hexdigest()[:16],
            "source_uri": f"in/{number}.txt",
            "format": "text",
            "encoding": "utf-8",
            "raw_text": text,
            **stated,
        }
        for number, text in enumerate(texts)
    ]
    return Raw.arrange(pl.DataFrame(rows, schema=Raw.polars_schema()))


def run(raw):
    tables = {"raw": raw, **site_lines.STAGE.function({"raw": raw}, site_lines.STAGE.params())}
    tables |= lines.STAGE.function(tables, lines.STAGE.params())
    return tables | bodies.STAGE.function(tables, bodies.STAGE.params())


def test_the_tables_have_their_schemas_and_offsets():
    raw = raw_of(article("close", "sell"), article("open"))
    made = run(raw)
    for name, schema in {
        "site_lines": SiteLines, "lines": Lines, "texts": Texts, "fields": Fields,
        "kept_lines": KeptLines, "segments": Segments,
    }.items():  # fmt: skip
        schema.validate(made[name])
    text = (
        made["texts"].join(made["kept_lines"], on="document_id").join(made["lines"], on=["document_id", "line_number"])
    )
    assert all(row["text"][row["start"] : row["end"]] == row["text_right"] for row in text.iter_rows(named=True))


def test_the_text_is_the_body_and_the_rest_becomes_fields():
    made = run(raw_of(article("close", "sell") + FOOT))
    assert made["texts"]["text"].to_list() == [f"{SENTENCE.format('close')}\n\n{SENTENCE.format('sell')}"]
    fields = made["fields"].row(0, named=True)
    assert fields["outlet"] == "The Harbour Post"
    assert fields["authors"] == "Lena Ort"
    assert (fields["published_on"], fields["published_on_basis"]) == (date(2020, 3, 3), "dateline")


def test_a_line_of_three_documents_of_a_site_repeats_and_copies_count_once():
    verbs = ("close", "sell", "paint")
    different = run(raw_of(*(article(verb) + FOOT for verb in verbs)))
    copies = run(raw_of(*(article("close") + FOOT + "\n" * number for number in range(3))))
    assert different["site_lines"].height == 3 * 4
    assert copies["site_lines"].height == 0


def test_the_domain_spelled_in_the_text_is_the_outlet():
    text = f"{SENTENCE.format('close')}\nMayor Brück told The Harbour Post that nobody would miss the bridge at all.\n"
    made = run(raw_of(text, url="https://www.harbourpost.example:443/2020/03/03/bridge"))
    fields = made["fields"].row(0, named=True)
    assert fields["outlet"] == "The Harbour Post"
    assert fields["url"] == "https://www.harbourpost.example/2020/03/03/bridge"
    assert fields["published_on_basis"] == "url"


def test_documents_do_not_depend_on_their_company():
    alone, together = run(raw_of(article("close"))), run(raw_of(article("close"), article("sell")))
    for name in ("lines", "texts", "segments"):
        document = alone[name]["document_id"][0]
        assert alone[name].equals(together[name].filter(pl.col("document_id") == document))


def test_a_page_without_body_is_a_reject():
    made = run(raw_of("Home\nNews\n"))
    assert made["rejects"]["reason"].to_list() == ["no_body"]
    assert made["texts"].height == 0


@pytest.mark.parametrize("text", ["", None])
def test_no_documents_make_empty_tables(text):
    made = run(raw_of())
    assert made["texts"].height == made["rejects"].height == 0


def test_language_is_english_or_what_is_detected_and_other_languages_have_a_reason():
    french = "Le président a déclaré mercredi que la ville de Port Ellery fermera son vieux pont pour toujours.\n" * 4
    made = run(raw_of(article("close"), french))
    assert made["texts"].sort("language")["language"].to_list() == ["en", "fr"]
    assert made["rejects"]["reason"].to_list() == ["not_english"]
    assert made["rejects"]["document_id"][0] in made["texts"].filter(language="fr")["document_id"].to_list()
