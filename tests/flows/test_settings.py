"""Settings come from the command line, then the file, then the defaults; what does not exist is named."""

from pathlib import Path

import pytest

from flows import settings
from flows.codekey import components, difference
from schemas.errors import UsageError
from transforms.clean.lines import LinesParams
from transforms.contract import Params
from transforms.duplicates.duplicates import STAGE as DUPLICATES
from transforms.entities.entities import STAGE as ENTITIES
from transforms.entities.names import STAGE as NAMES
from transforms.events.merging import STAGE as EVENTS


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


@pytest.fixture
def ruled(stated):
    """A settings file that names a file of rules beside it, and a function that writes those."""
    stated.write_text('cleaning_rules = "cleaning.toml"\n', encoding="utf-8")
    rules = stated.parent / "cleaning.toml"
    return lambda text: rules.write_text(text, encoding="utf-8") and stated


def test_the_users_rules_stand_beside_the_settings_and_reach_the_stage(ruled):
    file = ruled('drop = ["Home*"]\n[sites."Port.example"]\nbody_after = "Story begins"\n')
    params = settings.load(file).params("lines", LinesParams)
    assert params.rules.drop == ("Home*",)
    assert params.rules.sites["port.example"].body_after == "Story begins"
    assert settings.Settings().params("lines", LinesParams) == LinesParams()


def test_one_run_knows_one_state_of_the_rules(ruled):
    found = settings.load(ruled('drop = ["Home"]'))
    ruled('drop = ["News"]')
    assert found.rules.drop == ("Home",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("drop = [", "Mend the file or name another as cleaning_rules"),
        ('dorp = ["Home"]', "dorp.*Keys: keep, drop, label, sites; of a site: .*body_after, body_before"),
        ('drop = ["/(/"]', "drop.0.*is no regular expression"),
        ('[sites."a.example"]\nkeep = ["—"]', r"sites.a.example.keep.0.*name a word"),
        ('label = "body"', "label.*no label of removed lines; use one of title"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong_where(ruled, text, message):
    with pytest.raises(UsageError, match=rf"(?s)cleaning\.toml: .*{message}") as caught:
        settings.load(ruled(text))
    assert caught.value.exit_code == 2


def test_rules_that_are_named_must_be_there(stated):
    stated.write_text('cleaning_rules = "nowhere.toml"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        settings.load(stated)


def test_own_lookups_reach_the_stages_and_their_keys(stated):
    folder = stated.parent / "mine"
    folder.mkdir()
    stated.write_text('lookups = "mine"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="there is no CSV file"):
        settings.load(stated)
    (folder / "organisations.csv").write_text("text,sector\nHarbour League,SOC\n", encoding="utf-8")
    params = settings.load(stated).params("names", NAMES.params)
    assert params.own.rows["organisations"][0]["name"] == "Harbour League"
    plain, own = (components(NAMES, given) for given in (NAMES.params(), params))
    assert difference(plain, own) == ["resources: own"]
    (folder / "organisations.csv").write_text("text,sector\nHarbour League,WHO\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"organisations\.csv, line 2: sector cannot be 'WHO'"):
        settings.load(stated)


def test_decisions_reach_the_stage_of_their_level_and_its_key(stated):
    file = stated.parent / "decisions.csv"
    stated.write_text('decisions = "decisions.csv"\n', encoding="utf-8")
    file.write_text("level,decision,left,right\nentity,same,*:org:port,*:org:the port\n", encoding="utf-8")
    found = settings.load(stated)
    assert found.params("entities", ENTITIES.params).decisions[0].right == "*:org:the port"
    keys = {
        stage.name: difference(
            components(stage, stage.params()), components(stage, found.params(stage.name, stage.params))
        )
        for stage in (DUPLICATES, ENTITIES, EVENTS)
    }
    assert keys == {"duplicates": [], "entities": ["resources: decisions"], "events": []}
    file.write_text("level,decision,left,right\nentity,same,N-1,N-2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"decisions\.csv, line 2: left cannot be 'N-1'.*annals decide"):
        settings.load(stated)
