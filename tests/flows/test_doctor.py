"""What the doctor finds in a sound dataset and in broken ones."""

import polars as pl
import pytest

from flows.doctor import examine
from flows.settings import Model
from flows.store.files import ASIDE


def found(run, **changes):
    return {finding.subject: finding for finding in examine(run.settings.model_copy(update=changes))}


def test_a_sound_dataset_is_sound(small_run):
    findings = found(small_run)
    assert all(finding.sound for finding in findings.values()), findings
    assert findings["latest"].detail == "version 1 of 1"
    assert "4 current documents" in findings["archive"].detail
    assert "polars" in findings["environment"].detail


def test_an_empty_folder_is_sound(small_run, tmp_path):
    findings = found(small_run, output=tmp_path / "none")
    assert all(finding.sound for finding in findings.values()), findings
    assert not (tmp_path / "none").exists()


def test_a_model_that_is_not_there_is_found(small_run):
    finding = found(small_run, model=Model(name="xx_nowhere"))["model"]
    assert not finding.sound and "xx_nowhere" in finding.detail


@pytest.mark.parametrize("subject", ["tables", "archive", "latest"])
def test_what_is_broken_is_found(small_copy, subject):
    output = small_copy.settings.output
    if subject == "tables":
        events = small_copy.latest.resolve() / "events.parquet"
        pl.read_parquet(events).head(1).write_parquet(events)
    elif subject == "archive":
        next(path for path in (output / "archive").rglob("*") if path.is_file()).write_bytes(b"")
    else:
        (small_copy.latest / "manifest.json").unlink()
    broken = {name for name, finding in found(small_copy).items() if not finding.sound}
    assert subject in broken
    assert "environment" not in broken


def test_leftovers_of_a_killed_run_are_told_and_no_fault(small_copy):
    (small_copy.settings.output / f"{ASIDE}77-x").touch()
    finding = found(small_copy)["leftovers"]
    assert finding.sound and "1 left by killed runs" in finding.detail
