"""Settings come from the command line, then the file, then the defaults; what does not exist is named."""

from pathlib import Path

import pytest

from flows import settings
from schemas.errors import UsageError
from transforms.contract import Params


class Sample(Params):
    share: float = 0.5
    model: str = "none"


@pytest.fixture
def stated(tmp_path):
    file = tmp_path / "annals.toml"
    file.write_text(
        'output = "tables"\nworkers = 3\n[model]\nname = "xx_other"\n[stages.raw]\nmax_lines = 10\n', encoding="utf-8"
    )
    return file


def test_defaults_are_the_product(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = settings.load()
    assert (found.output, found.model.name, found.catalogue) == (Path("output"), "en_annals", True)
    assert 1 <= found.workers <= 4


def test_annals_toml_of_the_current_folder_counts(stated, monkeypatch):
    monkeypatch.chdir(stated.parent)
    assert settings.load().workers == 3
    assert settings.load().output == Path("tables")


def test_what_is_given_comes_before_the_file_and_nothing_given_does_not(stated):
    found = settings.load(stated, workers=1, output=None)
    assert (found.workers, found.output) == (1, Path("tables"))


def test_the_model_reaches_the_stage_unless_the_stage_names_another(stated):
    assert settings.load(stated).params("parses", Sample).model == "xx_other"
    own = settings.Settings(stages={"parses": {"model": "xx_own", "share": 0.25}})
    assert own.params("parses", Sample) == Sample(model="xx_own", share=0.25)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrokers = 2", "wrokers.*Settings: output, workers"),
        ("workers = 0", "workers: .*greater than or equal to 1"),
        ("[stages.report]\nx = 1", "Did you mean reports"),
        ("workers = ", "Mend the file"),
        ("[model]\nnmae = 'x'", "model.nmae"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_where(tmp_path, text, message):
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=rf"(?s){message}") as caught:
        settings.load(file)
    assert "wrong.toml" in str(caught.value) or "stage" in str(caught.value)


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml"):
        settings.load(tmp_path / "none.toml")


def test_a_wrong_parameter_names_the_stage_and_its_parameters():
    with pytest.raises(UsageError, match=r"\[stages.raw\]: shrae.*Parameters: share, model"):
        settings.Settings(stages={"raw": {"shrae": 1}}).params("raw", Sample)
    with pytest.raises(UsageError, match="share"):
        settings.Settings(stages={"raw": {"share": "much"}}).params("raw", Sample)
