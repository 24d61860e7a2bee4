"""Ids through the life of a dataset: a document is added, edited, taken out, put back; a version is taken back."""

import polars as pl

from schemas.published import Documents, EventMentions, Identity, IdentityChanges

HERALD, COURIER = "island_herald.txt", "northern_courier.txt"
ALSO = """Lima Gazette
March 18, 2023

LIMA (Lima Gazette), March 18, 2023

Chile expelled two Peruvian diplomats on Thursday.

Its navy was spied on, said the Chilean government.
"""


def ids(run):
    """Ids of events by the first words of the sentences and the names of the files that tell them."""
    version = run.dataset.versions.latest()
    told = run.dataset.versions.read(EventMentions, version)
    files = run.dataset.versions.read(Documents, version).select("document_id", "source_uri")
    rows = told.join(files, on="document_id").select("source_uri", "sentence", "event_type", "event_id")
    return {(uri, sentence[:9], kind): id_ for uri, sentence, kind, id_ in rows.iter_rows()}


def changes(run):
    """What became of ids in the latest version, by kind."""
    version = run.dataset.versions.latest()
    rows = run.dataset.versions.read(IdentityChanges, version).filter(version=version)
    return {kind: sorted(rows.filter(kind=kind).select("old_id", "new_id").rows()) for kind in rows["kind"].unique()}


def test_ids_through_the_life_of_a_dataset(small_copy):
    run, inputs = small_copy, small_copy.inputs
    herald, courier = inputs / HERALD, inputs / COURIER
    first = ids(run)

    (inputs / "lima.txt").write_text(ALSO)
    run.again(inputs)
    added = ids(run)
    expelled = (HERALD, "Chile exp", "SANCTION")
    assert added == first | {("lima.txt", "Chile exp", "SANCTION"): first[expelled]}
    assert changes(run) == {}

    # The crowd grows, which changes no event; three diplomats are not the two that the other paper tells of.
    text = herald.read_text().replace("Thousands", "Tens of thousands").replace("two Peruvian", "three Peruvian")
    herald.write_text(text)
    run.again(inputs)
    edited = ids(run)
    crowd = (HERALD, "Thousands", "PROTEST")
    assert edited == {
        (HERALD, "Tens of t", "PROTEST") if key == crowd else key: edited[expelled] if key == expelled else id_
        for key, id_ in added.items()
    }
    assert changes(run) == {"split": [(first[expelled], edited[expelled])]}

    page = courier.read_text()
    courier.unlink()
    run.again(inputs, retract_missing=True)
    told = {id_ for (uri, *_), id_ in first.items() if uri == COURIER}
    assert ids(run) == {key: id_ for key, id_ in edited.items() if key[0] != COURIER}
    assert changes(run).keys() == {"retired"}
    retired = {old for old, _ in changes(run)["retired"]}
    assert {id_ for id_ in retired if id_.startswith("E-")} == told
    ledger = run.dataset.versions.read(Identity, 4).filter(~pl.col("is_current"))
    assert retired <= set(ledger["id"])

    courier.write_text(page)
    run.again(inputs)
    assert ids(run) == edited
    assert changes(run) == {"restored": sorted((id_, id_) for id_ in retired)}
    assert run.dataset.versions.read(Identity, 5)["is_current"].all()

    run.dataset.roll_back(2)
    assert ids(run) == added
    assert run.again(inputs).published == 6
    assert run.dataset.versions.manifest(6).parent == 2
    assert ids(run) == edited
    assert changes(run) == {"split": [(first[expelled], edited[expelled])]}
    assert run.again(inputs).published is None
