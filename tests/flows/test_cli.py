"""The command line: what it prints, how it ends, how fast it helps."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows import cli, pool
from flows.cli import COMMANDS, annals
from flows.graph import ORDER

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path):
    """Function that runs a command on a dataset in this process; what it raises, it raises here too."""

    def run(dataset, *words):
        file = tmp_path / "annals.toml"
        file.write_text(f'workers = 1\n[model]\nname = "{dataset.settings.model.name}"\n')
        line = [*map(str, words), "--output", str(dataset.settings.output), "--settings", str(file)]
        return CliRunner().invoke(annals, line, catch_exceptions=False)

    return run


@pytest.fixture
def ends(monkeypatch, capsys):
    """Function that runs the whole command line in this process; it returns the exit code and all that was said."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["annals", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return run


def process(*words, **options):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    line = [sys.executable, "-m", "flows", *map(str, words)]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False, **options)


def test_help_names_every_command_and_takes_no_time():
    """What Python itself takes to start is not ours, nor is a machine that is busy: the fastest of some counts."""

    def seconds(run):
        began = time.perf_counter()
        run()
        return time.perf_counter() - began

    bare = min(seconds(lambda: subprocess.run([sys.executable, "-c", "import click"], check=True)) for _ in range(5))
    helped = process("--help")
    assert helped.returncode == 0
    assert all(f"  {command.name} " in helped.stdout for command in COMMANDS)
    least = min(seconds(lambda: process("--help")) for _ in range(7))
    assert least < max(0.2, 2 * bare)


def test_help_imports_nothing_heavy():
    code = "import sys, flows.cli; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not {"polars", "prefect", "spacy", "pydantic", "pyarrow", "duckdb", "rich"} & set(done.stdout.split())


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(annals, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.split("\n\n")[1].strip()) > 15


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("versions",), 0, ""),
        (("--version",), 0, "version"),
        (("run", "nowhere", "--plain"), 2, "nowhere: no such file or folder"),
        (("rerun", "report", "--plain"), 2, "Did you mean reports"),
        (("run", "--select", "entity+", "--dry-run"), 2, "Did you mean entities"),
        (("show", "event"), 2, "Did you mean events"),
        (("rollback", "3"), 2, "no version 3"),
        (("walk",), 2, "No such command"),
        (("run", "--settings", "none.toml", "--plain"), 2, "none.toml"),
    ],
)
def test_wrong_use_ends_with_its_code_and_a_sentence(tmp_path, ends, monkeypatch, words, code, message):
    monkeypatch.chdir(tmp_path)
    ended, said = ends(*words)
    assert ended == code
    assert message in said


def test_a_process_ends_with_the_code_and_without_a_traceback(tmp_path):
    done = process("run", "nowhere", "--plain", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("annals: nowhere: no such file or folder.") and len(done.stderr.splitlines()) == 1


def test_a_dataset_that_another_run_holds_is_a_failure(small_copy, ends):
    with small_copy.dataset.writing():
        code, said = ends("run", "--plain", "--output", small_copy.settings.output)
    assert code == 1
    assert "another run is writing to this dataset" in said


def test_a_check_that_fails_ends_with_three(small_copy, ends, monkeypatch):
    def torn(name, tables, params, real=pool.run_stage):
        made = real(name, tables, params)
        return {**made, "event_mentions": made["event_mentions"].clear()} if name == "publish" else made

    monkeypatch.setattr(pool, "run_stage", torn)
    (small_copy.inputs / "empty.txt").touch()
    file = small_copy.inputs.parent / "annals.toml"
    file.write_text(f'workers = 1\n[model]\nname = "{small_copy.settings.model.name}"\n')
    words = ["run", small_copy.inputs, "--plain", "--output", small_copy.settings.output, "--settings", file]
    code, said = ends(*words)
    assert code == 3
    assert "events: no evidence" in said


def test_a_run_prints_the_closing_table_and_where_the_tables_are(small_copy, command):
    (small_copy.inputs / "fiji.txt").write_text("Fiji thanked Samoa on Monday for sending doctors to its capital.\n")
    result = command(small_copy, "run", small_copy.inputs, "--plain")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    (head,) = [number for number, words in enumerate(lines) if words[:1] == ["stage"]]
    assert [words[0] for words in lines[head + 1 :]][: len(ORDER) + 1] == ["read", *ORDER]
    assert f"Tables in {small_copy.settings.output / 'latest'}:" in result.stdout
    assert "documents.parquet: 5 rows" in result.stdout
    assert "no publication date" in result.stderr
    again = command(small_copy, "run", small_copy.inputs, "--plain")
    assert "Nothing changed: no new version." in again.stdout


def test_plan_names_every_stage_and_dry_run_does_nothing(small_copy, command):
    lines = command(small_copy, "plan").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[name, "fresh"] for name in ORDER]
    result = command(small_copy, "run", "--refresh", "reports", "--dry-run")
    states = dict(line.split()[:2] for line in result.stdout.splitlines())
    assert (states["names"], states["reports"], states["events"]) == ("fresh", "stale", "depends")
    assert len(list((small_copy.settings.output / "runs").iterdir())) == 1


def test_rerun_says_what_was_computed_and_what_reused(small_copy, command):
    result = command(small_copy, "rerun", "events", "--plain")
    columns = {words[0]: words[1:] for words in map(str.split, result.stdout.splitlines()) if len(words) == 7}
    assert columns["events"][3:5] == ["1", "0"] and columns["reports"][3:5] == ["0", "4"]
    assert columns["publish"][3:5] == ["0", "1"]


def test_show_prints_csv_json_and_a_table(small_run, command):
    text = command(small_run, "show", "documents", "--format", "csv", "--where", "format = 'text'").stdout
    records = list(csv.DictReader(io.StringIO(text)))
    assert {record["format"] for record in records} == {"text"} and len(records) == 3
    text = command(small_run, "show", "documents", "--format", "json", "--limit", "2").stdout
    assert [json.loads(line)["document_id"] for line in text.splitlines()]
    assert len(text.splitlines()) == 2
    assert "document_id" in command(small_run, "show", "sources").stdout
    everything = command(small_run, "show", "lines", "--limit", "0", "--format", "csv").stdout
    assert (
        len(list(csv.reader(io.StringIO(everything))))
        == small_run.dataset.versions.manifest(1).tables["lines"].rows + 1
    )


def test_versions_diff_rollback_and_prune(small_copy, command):
    (small_copy.inputs / "fiji.txt").write_text("Fiji thanked Samoa on Monday for sending doctors to its capital.\n")
    small_copy.again(small_copy.inputs)
    first, second = command(small_copy, "versions").stdout.splitlines()
    assert first.startswith("     1 ") and "from nothing" in first and "4 documents" in first
    assert second.startswith("*    2 ") and "from 1" in second and "5 documents" in second
    rows = {words[0]: words[1:] for words in map(str.split, command(small_copy, "diff", 1, 2).stdout.splitlines())}
    assert rows["documents"] == ["1", "0", "0"] and rows["rejects"] == ["0", "0", "0"]
    assert "latest is version 1" in command(small_copy, "rollback", 1).stdout
    assert small_copy.dataset.versions.latest() == 1
    assert "removed versions: none" in command(small_copy, "prune", "--keep", 1).stdout
    assert command(small_copy, "rollback", 2).exit_code == 0
    assert "removed versions: 1;" in command(small_copy, "prune", "--keep", 1).stdout


def test_inspect_prints_a_document_and_writes_a_page(small_run, command, tmp_path):
    printed = command(small_run, "inspect", "harbour_gazette.txt").stdout
    assert "Norway and Portugal" in printed and "lines kept:" in printed and "model:article" in printed
    page = tmp_path / "page.html"
    assert f"written: {page}" in command(small_run, "inspect", "harbour_gazette.txt", "--html", page).stdout
    assert page.read_text().startswith("<!doctype html>")


def test_the_doctor_ends_with_one_when_something_is_wrong(small_copy, command):
    sound = command(small_copy, "doctor")
    assert sound.exit_code == 0 and "WRONG" not in sound.stdout
    next(path for path in (small_copy.settings.output / "archive").rglob("*") if path.is_file()).write_bytes(b"")
    broken = command(small_copy, "doctor")
    assert broken.exit_code == 1 and "WRONG archive" in broken.stdout


@pytest.mark.parametrize("words", [("rerun", "namez"), ("run", "no/such/folder"), ("run", "--settings", "none.toml")])
def test_wrong_use_is_answered_before_prefect_is_loaded(tmp_path, words):
    code = "import sys; from flows import cli; sys.argv = ['annals', *sys.argv[1:]]\ntry: cli.main()\n"
    code += "finally: print('prefect' in sys.modules)"
    command = [sys.executable, "-c", code, *words, "--output", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (2, "False")
    assert "Traceback" not in done.stderr
