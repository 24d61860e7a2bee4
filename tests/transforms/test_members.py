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


def test_a_sentence_is_digested_whole_and_by_its_ends():
    told = ["Chile, on Monday, expelled two diplomats.", "Chile on Monday expelled three diplomats.", "It rained."]
    first, second, other = (members.digest(text, folded(text)) for text in told)
    assert first[:8] != second[:8] and len(first) == len(other) == 16
    assert first[8:12] == second[8:12] != other[8:12]
    assert first[12:] != second[12:]


def folded(text):
    return pl.select(members.folded(pl.lit(text))).item()
