"""What several tests share: a tiny corpus of invented pages, and runs of the whole pipeline that are made once."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import intake
from flows.reading.inputs import parse_input
from flows.run import RunResult, execute
from flows.runner import Options
from flows.settings import Model, Settings
from flows.store.archive import Archive
from flows.store.dataset import Dataset

TESTS = Path(__file__).parent
MODEL = os.environ.get("ANNALS_TEST_MODEL", "en_annals")


@dataclass(frozen=True)
class Run:
    """A dataset and the run that made its latest version."""

    settings: Settings
    inputs: Path
    result: RunResult

    @property
    def dataset(self) -> Dataset:
        return Dataset(self.settings.output)

    @property
    def latest(self) -> Path:
        return self.settings.output / "latest"

    def again(self, *inputs: Path | str, settings: Settings | None = None, **options) -> RunResult:
        """Run on the same dataset: on these inputs, or on what the archive holds."""
        return execute(settings or self.settings, Options.of(map(str, inputs), **options))

    def with_stages(self, **stages) -> Settings:
        """The same settings with other parameters of stages."""
        return self.settings.model_copy(update={"stages": stages})


def settings_for(output: Path, **given) -> Settings:
    return Settings(**{"output": output, "workers": 1, "batch_documents": 2, "model": Model(name=MODEL), **given})


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Four invented pages of four invented sites, with the lines around the article that pages have."""
    return TESTS / "corpus"


@pytest.fixture(scope="session")
def settings_at() -> Callable[..., Settings]:
    return settings_for


@pytest.fixture(scope="session")
def small_run(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The pipeline run once on the tiny corpus; for reading only."""
    settings = settings_for(tmp_path_factory.mktemp("small") / "output")
    return Run(settings, corpus, execute(settings, Options.of([str(corpus)])))


@pytest.fixture(scope="session")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The pipeline run once on seeds/; for reading only."""
    seeds = TESTS.parent / "seeds"
    settings = settings_for(tmp_path_factory.mktemp("seeds") / "output")
    return Run(settings, seeds, execute(settings, Options.of([str(seeds)])))


@pytest.fixture
def small_copy(small_run: Run, tmp_path: Path) -> Run:
    """A copy of the small run's dataset and inputs, to do anything with."""
    output, inputs = tmp_path / "output", tmp_path / small_run.inputs.name
    shutil.copytree(small_run.settings.output, output, symlinks=True)
    shutil.copytree(small_run.inputs, inputs)
    return Run(settings_for(output), inputs, small_run.result)


@pytest.fixture
def outcomes() -> Callable[[RunResult], dict[str, tuple[int, int]]]:
    """Function that returns what each stage of a run computed and reused."""
    return lambda result: {o.stage: (o.computed, o.reused) for o in result.outcomes}


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
def reads(tmp_path, settings_at):
    """Function that reads inputs into an archive and returns the reading."""
    archive, settings = Archive(tmp_path / "archive"), settings_at(tmp_path / "output", max_document_mb=1)

    def read(*texts):
        reading = intake.Reading()
        list(intake.read([parse_input(str(text)) for text in texts], archive, settings, reading))
        return reading

    return read
