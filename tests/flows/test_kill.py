"""kill -9 at every point of a run: people read the old version or the new one, and the next run completes."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import polars as pl
import pytest

from flows import graph
from flows.observer import Observer
from flows.run import execute
from flows.runner import Options
from flows.store.dataset import Dataset
from flows.store.files import ASIDE
from flows.store.hashing import rows_hash
from schemas.errors import DatasetError
from schemas.published import TABLES
from transforms.checks import check

SCRIPT = Path(__file__).parent / "killed_run.py"
KILLED = -signal.SIGKILL
SEED = 20220126
PAGES = {
    "fiji.txt": "Fiji Post\nShare\nFiji thanked Samoa on Monday for sending doctors to its capital.\nMarch 20, 2023\n",
    "ghana.txt": "Accra Wire\nGhana and Togo signed a trade agreement on Friday, ministers said.\nMarch 21, 2023\n",
}


class Runs:
    """A process that forks runs on a dataset, and gives each the order to kill itself."""

    def __init__(self, settings, inputs):
        self.settings, self.inputs = settings, inputs
        self.log = settings.output.with_name(f"{settings.output.name}-points.log")
        self.process = None

    def __enter__(self):
        root = str(SCRIPT.parents[2])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
        command = [sys.executable, str(SCRIPT), self.settings.model.name]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, env=environment, **pipes)
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    def run(self, output, **kill):
        """Order a run; return its exit code and the points that it reached."""
        self.log.unlink(missing_ok=True)
        settings = self.settings.model_copy(update={"output": output}).model_dump(mode="json")
        order = {"settings": settings, "inputs": [str(self.inputs)], "log": str(self.log), **kill}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return code, self.log.read_text().split() if self.log.exists() else []


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def runs(small_run, settings_at, place):
    inputs = place / small_run.inputs.name
    shutil.copytree(small_run.inputs, inputs)
    for name, text in PAGES.items():
        (inputs / name).write_text(text)
    page = inputs / "island_herald.txt"
    page.write_text(page.read_text().replace("expelled two", "expelled three"))
    with Runs(settings_at(place / "none", catalogue=False, batch_documents=3), inputs) as made:
        yield made


@pytest.fixture(scope="module")
def published(runs, small_run, place):
    """A dataset with the version that `small_run` made, and with parses of all the texts that are still to come."""
    output = place / "published"
    copied(small_run.settings.output, output)
    execute(runs.settings.model_copy(update={"output": output}), Options.of([str(runs.inputs)], last="parses"))
    for name in ("pending", "raw", "site_lines", "lines", "bodies"):
        shutil.rmtree(output / "work" / name)
        if name != "pending":
            copied(small_run.settings.output / "work" / name, output / "work" / name)
    return output


@pytest.fixture(scope="module")
def empty(published, place):
    """A dataset with nothing but those parses."""
    output = place / "empty"
    copied(published / "work" / "parses", output / "work" / "parses")
    return output


def copied(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def undisturbed(runs, dataset, output):
    """Return the tables of a run that nobody kills."""
    copied(dataset, output)
    execute(runs.settings.model_copy(update={"output": output}), Options.of([str(runs.inputs)]))
    return files(output)


def files(output):
    """Return the bytes of all tables but the two that number versions."""
    apart = {"versions", "identity_changes"}
    return {path.stem: path.read_bytes() for path in (output / "latest").glob("*.parquet") if path.stem not in apart}


def complete(output):
    """Return the number of the version that people read, after looking whether all of it is there and holds."""
    versions = Dataset(output).versions
    latest = versions.latest()
    if latest is None:
        return None
    recorded = {name: record.data_version for name, record in versions.manifest(latest).tables.items()}
    tables = {schema.table: pl.read_parquet(output / "latest" / f"{schema.table}.parquet") for schema in TABLES}
    assert {name: rows_hash(rows) for name, rows in tables.items()} == recorded
    assert [finding for finding in check(tables) if finding.severity == "error"] == []
    return latest


def test_a_kill_at_every_point_of_a_first_run(runs, empty, tmp_path):
    """Each run goes on from what the one before left, and dies at the first point that none has come to."""
    output, at, points = tmp_path / "output", 0, []
    copied(empty, output)
    while not points or points[-1] != "publish:latest":
        code, reached = runs.run(output, at=at)
        assert code == KILLED
        assert (complete(output) is None) == (reached[-1] != "publish:latest")
        points.append(reached[-1])
        at += 0 if reached[-1].split(":")[-1].isdecimal() else 1
    assert [point for point in points if ":" not in point] == ["read", *graph.ORDER[:-1]]
    assert points[-4:] == ["publish:tables", "publish:manifest", "publish:folder", "publish:latest"]
    assert len(points) >= 25, "batches too"
    code, _ = runs.run(output)
    assert code == 0
    assert files(output) == undisturbed(runs, empty, tmp_path / "undisturbed")
    assert list(output.rglob(f"{ASIDE}*")) == []


def test_kills_of_an_increment_leave_the_old_version_or_the_new_one(runs, published, tmp_path):
    random_, output, kills = random.Random(SEED), tmp_path / "output", 0
    expected, old = undisturbed(runs, published, tmp_path / "undisturbed"), files(published)
    assert expected != old
    copied(published, output)
    for _ in range(14):
        code, _ = runs.run(output, at=random_.choice(range(16)))
        kills += code == KILLED
        assert files(output) == (old if complete(output) == 1 else expected)
        if code == 0:
            copied(published, output)
    assert kills >= 7
    assert runs.run(output)[0] == 0
    assert files(output) == expected


def test_kills_at_any_moment(runs, published, tmp_path):
    random_, output = random.Random(SEED), tmp_path / "output"
    copied(published, output)
    began = time.perf_counter()
    expected = undisturbed(runs, published, tmp_path / "undisturbed")
    seconds, old = time.perf_counter() - began, files(published)
    for _ in range(6):
        runs.run(output, seconds=random_.uniform(0, seconds))
        assert files(output) == (old if complete(output) == 1 else expected)
    assert runs.run(output)[0] == 0
    assert files(output) == expected


def test_two_runs_at_once_fail_clearly_or_wait(small_copy):
    held, done = threading.Event(), threading.Event()

    class Holder(Observer):
        def reached(self, point):
            held.set()
            assert done.wait(60)

    holder = threading.Thread(target=lambda: execute(small_copy.settings, Options.of(), Holder()))
    holder.start()
    assert held.wait(60)
    with pytest.raises(DatasetError, match=r"another run is writing.*--wait SECONDS"):
        execute(small_copy.settings, Options.of())
    threading.Timer(0.2, done.set).start()
    assert execute(small_copy.settings, Options.of(), wait_seconds=60).latest == 1
    holder.join()
