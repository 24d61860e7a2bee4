"""A stage that read a lookup without naming it would stay fresh when the lookup is edited."""

import json
import subprocess
import sys

import pytest

from flows import graph

STAGES = [name for name in graph.ORDER if name != graph.PUBLISH]
# In a process of its own, since an audit hook stays; lookups are kept once they are read, so each stage forgets them.
READ = """
import json, sys
from pathlib import Path

opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
from flows import graph
from flows.runner import Options, Runner
from flows.settings import Settings
from flows.store.dataset import Dataset

root, model, *names = sys.argv[1:]
runner = Runner(Dataset(Path(root)), Settings(output=root, workers=1, model={"name": model}), Options())
found = {}
for name in names:
    stage, params, _ = runner.prepared(name)
    memory = {schema.table: schema.create_empty() for schema in stage.memory}
    inputs = runner._inputs(stage, runner.wanted(stage)["document_id"].to_list()) | memory
    for module in [module for key, module in sys.modules.items() if key.startswith(("transforms", "schemas"))]:
        for value in list(vars(module).values()):
            getattr(value, "cache_clear", lambda: None)()
    opened.clear()
    stage.function(inputs, params)
    found[name] = sorted(Path(path).name for path in opened if "transforms/lookups" in path)
    runner.run(name)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def read_by(small_run):
    """What each stage reads of the lookups when it works on the tiny corpus."""
    settings = small_run.settings
    command = [sys.executable, "-c", READ, str(settings.output), settings.model.name, *STAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_names_every_lookup_that_it_reads(read_by, name):
    named = {resource.removeprefix("lookups/") for resource in graph.stage(name).resources}
    assert set(read_by[name]) - named == set()


def test_lookups_are_read_anew_by_each_stage(read_by):
    assert "country_names.csv" in read_by["names"]
    assert "predicates.csv" in read_by["reports"]
