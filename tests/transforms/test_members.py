"""Member keys name chains and reports by what stays when they are numbered anew."""

import polars as pl

from transforms import members


def test_equal_keys_are_numbered():
    frame = pl.DataFrame({"document_id": ["a", "a", "b"], "report": [4, 2, 0], "member": ["a:m", "a:m", "b:m"]})
    made = members.numbered(frame, "report")
    assert made.rows() == [("a", 2, "a:m"), ("a", 4, "a:m:2"), ("b", 0, "b:m")]


def test_a_chain_is_named_by_document_type_and_folded_name():
    chains = pl.DataFrame(
        {"document_id": ["a", "a"], "chain": [0, 1], "name": ["Mira  O’Duya", "Port"], "entity_type": ["PERSON", "GPE"]}
    )
    names = pl.DataFrame({"document_id": ["a"], "chain": [0]})
    assert members.of_chains({"names": names, "chains": chains}).rows() == [("a", 0, "a:person:mira o duya")]
