"""The manifest comes back from its file as it went in, and its findings read as one line."""

from schemas.manifest import Finding, Manifest, StageRecord, TableRecord


def test_a_manifest_comes_back_from_its_json():
    manifest = Manifest(
        version=2,
        parent=1,
        published_at="2022-01-26T12:00:00+00:00",
        annals="0.1.0",
        schema_version="1.0.0",
        inputs=["news", "--retract-missing"],
        model={"name": "en_annals", "hash": "0" * 16},
        publish_key="k",
        stages={"raw": StageRecord(code_key="c", components={"params": {"n": 1}}, data_versions={"raw": "v"})},
        tables={"events": TableRecord(rows=3, data_version="h", unchanged=True)},
        findings=[Finding(severity="warning", table="documents", rule="no text", rows=1, examples=["a"])],
    )
    assert Manifest.model_validate_json(manifest.model_dump_json(indent=1)) == manifest


def test_a_finding_names_table_rule_and_rows():
    finding = Finding(severity="error", table="events", rule="no evidence", rows=7, examples=["E-1", "E-2"])
    assert str(finding) == "error: events: no evidence: 7 rows, such as E-1; E-2"
