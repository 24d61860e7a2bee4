"""Rows that were made are found again by document and input, and by nothing else."""

import polars as pl
import pytest

from flows.store.files import ASIDE
from flows.store.work import Work
from schemas.work import EventClusters, Lines, Parses, Rejects, SiteLines, Sites

A, B, C = "a" * 16, "b" * 16, "c" * 16


def wanted(**hashes):
    return pl.DataFrame({"document_id": list(hashes), "input_hash": list(hashes.values())})


def sites(**names):
    return Sites.arrange(pl.DataFrame({"document_id": list(names), "site": list(names.values())}))


def work_of(tmp_path, *outputs, key="key", **kind):
    return Work(tmp_path, "stage", key, outputs, **kind)


def test_what_was_kept_is_found_and_what_was_not_is_not(tmp_path):
    work = work_of(tmp_path, Sites, SiteLines)
    work.keep(wanted(**{A: "1", B: "2"}), {"sites": sites(**{A: "a.org", B: "b.org"})})
    found = work.found(wanted(**{A: "1", B: "changed", C: "3"}))
    assert found.entries["document_id"].to_list() == [A]
    assert found.load(Sites).rows() == [(A, "a.org")]
    assert found.load(SiteLines).is_empty() and found.load(SiteLines).schema == SiteLines.polars_schema()
    assert (found.rows("sites"), found.rows("site_lines")) == (1, 0)


def test_two_states_of_a_document_lie_side_by_side(tmp_path):
    work = work_of(tmp_path, Sites)
    work.keep(wanted(**{A: "old", B: "2"}), {"sites": sites(**{A: "old.org", B: "b.org"})})
    work.keep(wanted(**{A: "new"}), {"sites": sites(**{A: "new.org"})})
    old, new = (work.found(wanted(**{A: state, B: "2"})) for state in ("old", "new"))
    assert [frame.load(Sites)["site"].to_list() for frame in (old, new)] == [["old.org", "b.org"], ["new.org", "b.org"]]
    assert old.version("sites") != new.version("sites")


def test_a_version_depends_on_rows_and_not_on_batches(tmp_path):
    together, apart = work_of(tmp_path, Sites, key="one"), work_of(tmp_path, Sites, key="two")
    both = wanted(**{A: "1", B: "2"})
    together.keep(both, {"sites": sites(**{A: "a.org", B: "b.org"})})
    apart.keep(wanted(**{B: "2"}), {"sites": sites(**{B: "b.org"})})
    apart.keep(wanted(**{A: "1"}), {"sites": sites(**{A: "a.org"})})
    assert together.found(both).version("sites") == apart.found(both).version("sites")
    assert together.found(both).load(Sites).equals(apart.found(both).load(Sites))


def test_a_document_without_rows_is_found(tmp_path):
    work = work_of(tmp_path, SiteLines)
    rows = pl.DataFrame({"document_id": [A], "line_number": [3], "documents": [3]}, schema=SiteLines.polars_schema())
    work.keep(wanted(**{A: "1", B: "2"}), {"site_lines": rows})
    found = work.found(wanted(**{A: "1", B: "2"}))
    assert found.entries.height == 2
    assert found.load(SiteLines, [B]).is_empty()
    assert found.load(SiteLines, [A, B]).height == 1


def test_rows_are_loaded_sorted_and_by_document(tmp_path):
    work = work_of(tmp_path, SiteLines)
    for document in (B, A):
        rows = {"document_id": [document] * 2, "line_number": [1, 2], "documents": [3, 10]}
        work.keep(wanted(**{document: "1"}), {"site_lines": pl.DataFrame(rows, schema=SiteLines.polars_schema())})
    found = work.found(wanted(**{A: "1", B: "1"}))
    assert found.load(SiteLines).rows() == [(A, 1, 3), (A, 2, 10), (B, 1, 3), (B, 2, 10)]
    assert found.load(SiteLines, [B]).rows() == [(B, 1, 3), (B, 2, 10)]


def test_equal_content_is_kept_once_and_found_for_every_document(tmp_path):
    work = work_of(tmp_path, Parses, content_keyed=True)
    parse = pl.DataFrame({"document_id": [A], "parse": [b"doc"]}, schema=Parses.polars_schema())
    refused = {"stage": "stage", "source_uri": None, "document_id": A, "reason": "long", "detail": "too long"}
    rejects = pl.DataFrame([refused], schema=Rejects.polars_schema())
    work.keep(wanted(**{A: "text"}), {"parses": parse, "rejects": rejects})
    found = work.found(wanted(**{B: "text", C: "text"}))
    assert found.load(Parses).rows() == [(B, b"doc"), (C, b"doc")]
    assert found.load(Rejects)["document_id"].to_list() == [B, C]


def test_tables_of_the_corpus_need_no_document(tmp_path):
    work = work_of(tmp_path, EventClusters, Sites)
    row = dict.fromkeys(EventClusters.column_names()) | {"cluster": "x", "confidence": 1.0}
    clusters = pl.DataFrame([row], schema=EventClusters.polars_schema())
    whole = wanted(**{"": "all", A: "all"})
    work.keep(whole, {"event_clusters": clusters, "sites": sites(**{A: "a.org"})})
    found = work.found(whole)
    assert found.load(EventClusters).equals(clusters)
    assert found.load(Sites).height == 1
    assert work.found(wanted(**{"": "other", A: "other"})).load(EventClusters).is_empty()


def test_another_code_key_finds_nothing_and_forgetting_is_whole(tmp_path):
    work = work_of(tmp_path, Sites)
    work.keep(wanted(**{A: "1"}), {"sites": sites(**{A: "a.org"})})
    assert work_of(tmp_path, Sites, key="other").found(wanted(**{A: "1"})).entries.is_empty()
    work.forget()
    assert work.found(wanted(**{A: "1"})).entries.is_empty()
    assert not work.folder.exists()


def test_a_batch_that_fails_is_not_there(tmp_path):
    work = work_of(tmp_path, Sites, Lines)
    with pytest.raises(AttributeError):
        work.keep(wanted(**{A: "1"}), {"sites": sites(**{A: "a.org"}), "lines": None})
    assert work.found(wanted(**{A: "1"})).entries.is_empty()


def test_a_batch_that_is_being_written_is_not_found(tmp_path):
    work = work_of(tmp_path, Sites)
    batch = work.keep(wanted(**{A: "1"}), {"sites": sites(**{A: "a.org"})})
    (work.folder / batch).rename(work.folder / f"{ASIDE}77-{batch}")
    assert work.found(wanted(**{A: "1"})).entries.is_empty()


def test_of_a_corpus_the_newest_states_are_kept(tmp_path):
    work = work_of(tmp_path, Sites, whole=True)
    states = [wanted(**{"": f"state {number}", A: f"state {number}"}) for number in range(5)]
    for number, state in enumerate(states):
        work.keep(state, {"sites": sites(**{A: f"{number}.org"})})
    found = [work.found(state).load(Sites)["site"].to_list() for state in states]
    assert found == [[], [], ["2.org"], ["3.org"], ["4.org"]]


def test_memory_is_what_was_remembered_last_and_no_state(tmp_path):
    work = work_of(tmp_path, Sites, whole=True)
    assert work.remembered((Sites,))["sites"].schema == Sites.polars_schema()
    for name in ("a.org", "b.org"):
        work.remember({"sites": sites(**{A: name})})
    assert work.remembered((Sites,))["sites"].rows() == [(A, "b.org")]
    assert work.found(wanted(**{"": "1", A: "1"})).entries.is_empty()
    assert work_of(tmp_path, Sites, key="other").remembered((Sites,))["sites"].is_empty()


def test_rejects_of_the_corpus_need_no_document(tmp_path):
    work = work_of(tmp_path, Sites, whole=True)
    stated = [{"stage": "s", "document_id": None, "reason": "none"}, {"stage": "s", "document_id": A, "reason": "one"}]
    rows = [{**row, "source_uri": None, "detail": ""} for row in stated]
    rejects = Rejects.arrange(pl.DataFrame(rows, schema=Rejects.polars_schema()))
    work.keep(wanted(**{"": "1", A: "1"}), {"rejects": rejects})
    found = work.found(wanted(**{"": "1", A: "1"}))
    assert found.load(Rejects).equals(rejects) and found.rows("rejects") == 2


def test_memory_outlives_new_decisions_but_no_other_code(tmp_path):
    rows = Sites.arrange(pl.DataFrame({"document_id": [A], "site": ["a.org"]}))

    def work(key, **resources):
        made = work_of(tmp_path, key=key)
        made.describe({"code": {}, "resources": resources})
        return made

    work("old", decisions="1").remember({"sites": rows})
    assert work("new", decisions="2").remembered([Sites])["sites"].equals(rows)
    assert work("other", decisions="1", lookups="2").remembered([Sites])["sites"].is_empty()
