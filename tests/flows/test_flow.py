"""The Prefect flow: what a person sees in the UI of a run, and that it is the same run."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import cloudpickle
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterId,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.flows import load_flow_from_entrypoint
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from flows import deployments, graph, tasks
from schemas.errors import UsageError

STEPS = ["read", *graph.ORDER]


@pytest.fixture(scope="module")
def prefect():
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="module")
def settings_file(small_run, tmp_path_factory):
    file = tmp_path_factory.mktemp("prefect") / "annals.toml"
    file.write_text(f'workers = 1\n[model]\nname = "{small_run.settings.model.name}"\n')
    return file


@pytest.fixture
def flow_run(prefect, settings_file):
    """Function that runs the flow on a dataset and returns its state."""

    def run(dataset, **parameters):
        parameters = {"output": str(dataset.settings.output), "settings": str(settings_file), **parameters}
        return tasks.annals(return_state=True, **parameters)

    return run


@pytest.fixture(scope="module")
def first(prefect, small_run, settings_file, tmp_path_factory):
    """The state of a flow run that read one document more."""
    place = tmp_path_factory.mktemp("flow")
    output, inputs = place / "output", place / small_run.inputs.name
    shutil.copytree(small_run.settings.output, output, symlinks=True)
    shutil.copytree(small_run.inputs, inputs)
    (inputs / "fiji.txt").write_text("Fiji thanked Samoa on Monday for sending doctors to its capital.\n")
    parameters = {"inputs": [str(inputs)], "output": str(output), "settings": str(settings_file)}
    return tasks.annals(return_state=True, **parameters)


def of_run(state):
    """Return the states of task runs by name, and the artifacts of the flow run."""
    id_ = state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[id_])))
        found = client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[id_])))
    return {run.name: run.state_name for run in runs}, found


def test_each_stage_is_a_task_run_with_its_name_and_state(first):
    runs, _ = of_run(first)
    assert first.is_completed()
    assert runs == dict.fromkeys(STEPS, "Completed")


def test_the_run_leaves_its_closing_table_as_an_artifact(first):
    _, artifacts = of_run(first)
    (table,) = [artifact for artifact in artifacts if artifact.key == "annals-run"]
    assert table.type == "table" and "version 2" in table.description
    assert all(f'"{name}"' in table.data for name in STEPS)


def test_the_result_is_that_of_a_run_without_prefect(first):
    result = first.result()
    assert (result.published, result.latest) == (2, 2)
    assert [outcome.stage for outcome in result.outcomes] == STEPS


def test_what_stages_log_reaches_the_run(first):
    APILogWorker.drain_all(timeout=30)
    own = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[first.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        said = [log.message for log in client.read_logs(log_filter=own)]
    (reports,) = [message for message in said if message.startswith("reports: ")]
    assert "1 computed, 4 reused" in reports


def test_a_person_can_rerun_one_stage(flow_run, small_copy):
    state = flow_run(small_copy, refresh=["reports"])
    assert {o.stage: o.computed for o in state.result().outcomes if o.computed} == {"reports": 4}
    assert state.result().published is None


def test_a_stage_that_fails_fails_the_run_and_leaves_the_old_version(flow_run, small_copy, monkeypatch):
    def fail(*_):
        raise RuntimeError("the model is gone")

    monkeypatch.setattr("flows.pool.run_stage", fail)
    state = flow_run(small_copy, refresh=["events"])
    runs, _ = of_run(state)
    assert state.is_failed()
    assert runs["events"] == "Failed" and runs["entities"] == "Completed" and "publish" not in runs
    assert small_copy.dataset.versions.latest() == 1


def test_reading_is_tried_again_and_a_wrong_name_is_not(flow_run, small_copy, monkeypatch):
    tries = []

    def fail(_runner):
        tries.append(1)
        raise OSError("the disk is away")

    monkeypatch.setattr(tasks, "RETRY_SECONDS", 0)
    monkeypatch.setattr("flows.runner.Runner.read", fail)
    assert flow_run(small_copy).is_failed()
    assert len(tries) == 1 + tasks.RETRIED["read"]
    tries.clear()
    state = flow_run(small_copy, inputs=["nowhere"], from_stage="raww")
    assert state.is_failed() and tries == []


def test_serving_needs_a_server():
    nowhere = {PREFECT_API_URL: None}
    with temporary_settings(updates=nowhere), pytest.raises(UsageError, match="no Prefect server is set"):
        deployments.serve("0 6 * * *", {})
    away = {PREFECT_API_URL: "http://127.0.0.1:9/api"}
    with temporary_settings(updates=away), pytest.raises(UsageError, match="does not answer"):
        deployments.serve("0 6 * * *", {})


KILLED = """
import os, signal, sys
from flows.observer import Observer, watch
from flows.tasks import annals

class Killer(Observer):
    def reached(self, point):
        if point == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGKILL)

watch(Killer())
annals(output=sys.argv[2], settings=sys.argv[3], refresh=["reports"], inputs=[sys.argv[4]])
"""


@pytest.mark.parametrize("point", ["reports", "publish:manifest", "publish:folder"])
def test_a_kill_of_the_whole_flow_leaves_a_complete_version(flow_run, small_copy, settings_file, point):
    (small_copy.inputs / "empty.txt").touch()
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "PREFECT_API_URL": PREFECT_API_URL.value()}
    line = [sys.executable, "-c", KILLED, point, small_copy.settings.output, settings_file, small_copy.inputs]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert small_copy.dataset.versions.latest() == 1
    state = flow_run(small_copy)
    assert state.result().published == small_copy.dataset.versions.latest() == (3 if point == "publish:folder" else 2)
    assert small_copy.dataset.versions.manifest(state.result().latest).tables["rejects"].rows == 1


def test_the_flow_can_be_handed_to_another_process():
    """`annals serve` and workers load the flow from its file and pickle it with all that its module names."""
    flow = load_flow_from_entrypoint(f"{tasks.__file__}:annals")
    assert cloudpickle.loads(cloudpickle.dumps(flow)).name == "annals"
