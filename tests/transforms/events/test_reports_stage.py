from datetime import date

import polars as pl
import pytest
from event_trees import KNOWN, TREES, doc_of

from schemas import work
from schemas.table import Table
from transforms.events import reports
from transforms.language.parses import bytes_of

DAY = date(2021, 5, 4)


def frame(schema: type[Table], rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: column.dtype for name, column in schema.columns().items()})


def tables(*names: str) -> dict[str, pl.DataFrame]:
    texts, parses, fields, mentions, chains = [], [], [], [], []
    for number, name in enumerate(names):
        doc, key = doc_of(name), f"{number:016x}"
        texts.append({"document_id": key, "text": doc.text, "language": "en"})
        parses.append({"document_id": key, "parse": bytes_of(doc)})
        fields.append({"document_id": key, "published_on": DAY, "published_on_basis": "dateline"})
        for i, token in enumerate(token for token in doc if token.text in KNOWN):
            kind, country, sector = KNOWN[token.text]
            end = token.idx + len(token)
            mentions.append({"document_id": key, "mention": i, "chain": i, "start": token.idx, "end": end,
                             "text": token.text, "entity_type": kind, "mention_kind": "name"})  # fmt: skip
            chains.append({"document_id": key, "chain": i, "name": token.text, "entity_type": kind,
                           "country": country, "sector": sector, "basis": "test"})  # fmt: skip
    return {
        "texts": frame(work.Texts, texts), "parses": frame(work.Parses, parses), "fields": frame(work.Fields, fields),
        "names": frame(work.Names, mentions), "chains": frame(work.Chains, chains),
    }  # fmt: skip


def run(*names: str, **params) -> dict[str, pl.DataFrame]:
    return reports.STAGE.function(tables(*names), reports.Params(**params))


def test_rows_meet_their_schemas():
    found = run(*TREES)
    work.Reports.validate(found["reports"])
    work.ReportArguments.validate(found["report_arguments"])
    assert found["reports"].height > 40


def test_empty_tables_give_empty_tables():
    found = run()
    assert found["reports"].height == found["report_arguments"].height == 0
    work.Reports.validate(found["reports"])


def test_a_row_says_what_decided_and_cuts_its_words():
    row = run("active")["reports"].row(0, named=True)
    assert row["event_type"] == "ACCUSE"
    assert row["event_mode"] == "disapprove"
    assert row["rule"] == "predicate:verb:condemn"
    assert row["actor_text"] == "Norway"
    assert row["sentence"][row["trigger_start"] : row["trigger_end"]] == "condemned"


def test_a_past_verb_without_a_date_speaks_of_the_day_of_publication():
    row = run("active")["reports"].row(0, named=True)
    assert (row["happened_from"], row["date_basis"]) == (DAY, "published")
    assert run("possessive_noun")["reports"]["happened_from"].to_list() == [None]


def test_arguments_name_their_mentions():
    rows = run("active")["report_arguments"].rows(named=True)
    assert [(row["role"], row["text"], row["mention"]) for row in rows] == [
        ("actor", "Norway", 0), ("recipient", "Chad", 1),
    ]  # fmt: skip


def test_documents_do_not_depend_on_their_company():
    alone = run("passive")["reports"].drop("document_id")
    together = run("active", "passive")["reports"].filter(pl.col("document_id") == f"{1:016x}").drop("document_id")
    assert alone.equals(together)


@pytest.mark.parametrize(("name", "count"), [("riot_faceless", 1), ("talks_faceless", 0)])
def test_only_some_types_need_nobody(name, count):
    assert run(name)["reports"].height == count


def test_thresholds_are_parameters():
    assert run("riot_faceless", faceless=())["reports"].height == 0
    assert run("active", min_confidence=1.0)["reports"].height == 0


def test_a_parse_without_a_tree_has_no_reports():
    given = tables("active")
    doc = doc_of("active")
    bare = type(doc)(doc.vocab, words=[token.text for token in doc])
    given["parses"] = given["parses"].with_columns(parse=pl.lit(bytes_of(bare)))
    assert reports.STAGE.function(given, reports.Params())["reports"].height == 0
