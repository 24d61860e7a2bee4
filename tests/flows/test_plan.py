"""What a run would do, and why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows import graph
from flows.plan import dry_run, plan
from flows.runner import Options, Runner

ROOT = Path(__file__).parents[2]


def planned(run, settings=None, **options):
    items = plan(Runner(run.dataset, settings or run.settings, Options.of(**options)))
    assert [item.stage for item in items] == list(graph.ORDER)
    return {item.stage: (item.state, item.because) for item in items if item.state != "fresh"}


def test_after_a_run_everything_is_fresh(small_run):
    assert planned(small_run) == {}


def test_at_first_the_first_stage_is_stale_and_the_others_depend_on_it(settings_at, tmp_path, small_run):
    found = planned(type(small_run)(settings_at(tmp_path), small_run.inputs, small_run.result))
    # No documents: nothing is missing but the stages over the corpus.
    assert set(found) <= {"site_lines", "lines", "bodies", *graph.after("bodies")}


def test_a_changed_parameter_makes_its_stage_stale_and_what_follows_depend_on_it(small_run):
    field, value = changed_parameter("reports")
    found = planned(small_run, small_run.with_stages(reports={field: value}))
    assert set(found) == {"reports", "events", "publish"}
    state, because = found["reports"]
    assert state == "stale" and because.startswith(f"params: {field} ") and str(value) in because
    assert found["events"] == ("depends", "on the outcome of reports")
    assert found["publish"] == ("depends", "on the outcome of reports, events")


def changed_parameter(stage):
    params = graph.stage(stage).params()
    for name, value in params:
        if isinstance(value, float):
            return name, value / 2
        if isinstance(value, int) and not isinstance(value, bool):
            return name, value + 1
    return pytest.fail(f"{stage} has no number among its parameters")


def test_a_stage_to_be_refreshed_is_stale(small_run):
    found = planned(small_run, refresh=["names"])
    assert found["names"] == ("stale", "it is to be refreshed")
    assert {state for name, (state, _) in found.items() if name != "names"} == {"depends"}
    assert set(found) == {"names"} | graph.after("names")


def test_planning_changes_nothing_on_disk(small_run):
    def snapshot():
        return {path: path.lstat().st_mtime_ns for path in sorted(small_run.settings.output.rglob("*"))}

    before = snapshot()
    planned(small_run, small_run.with_stages(reports=dict([changed_parameter("reports")])))
    assert snapshot() == before


def test_a_dry_run_counts_the_files_to_read(small_run):
    runner = Runner(small_run.dataset, small_run.settings, Options.of([str(small_run.inputs)]))
    first, *others = dry_run(runner)
    assert (first.stage, first.because) == ("read", "4 files")
    assert {item.state for item in others} == {"fresh"}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A copy of the program to edit."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("schemas", "transforms", "flows"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def plan_of(program, run, tmp_path):
    settings = tmp_path / "annals.toml"
    settings.write_text(f'[model]\nname = "{run.settings.model.name}"\n')
    command = [sys.executable, "-m", "flows", "plan", "--output", run.settings.output, "--settings", settings]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(program), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=True)
    return {line.split()[0]: line.split(maxsplit=2)[1:] for line in done.stdout.splitlines()}


def test_an_edited_comment_makes_nothing_stale_and_edited_code_its_stage(program, small_run, tmp_path):
    module = program / "transforms" / "events" / "reports.py"
    text = module.read_text()
    module.write_text(text + "\n\n# One more thought.\n")
    assert {state for state, *_ in plan_of(program, small_run, tmp_path).values()} == {"fresh"}
    module.write_text(text + "\n\nONE_MORE = 1\n")
    found = plan_of(program, small_run, tmp_path)
    assert found["reports"] == ["stale", "code: transforms.events.reports"]
    assert {name for name, (state, *_) in found.items() if state != "fresh"} == {"reports", "events", "publish"}


def test_an_edited_lookup_makes_only_stages_stale_that_read_it(program, small_run, tmp_path):
    with (program / "transforms" / "lookups" / "predicates.csv").open("a") as stream:
        stream.write("\n")
    found = plan_of(program, small_run, tmp_path)
    assert found["reports"][0] == "stale" and "resources: lookups/predicates.csv" in found["reports"][1]
    assert {name for name, (state, *_) in found.items() if state == "fresh"} >= graph.before("reports")
