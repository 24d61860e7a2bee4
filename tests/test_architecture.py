"""The plan of the building, as far as a machine can check it. Imports between the floors: lint-imports, run by make."""

import ast
import csv
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("schemas", "transforms", "flows")
TOP = {
    "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "requirements.lock", ".ci",
    ".gitignore", "schemas", "transforms", "flows", "output", "seeds", "tests",
}  # fmt: skip


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no git here")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_the_house_has_three_floors_and_nothing_beside_them():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"] == {"annals": "flows.cli:main"}


def test_imports_run_downwards():
    """Said again in a few lines, so that pytest alone shows a broken floor."""
    for number, floor in enumerate(FLOORS):
        above = FLOORS[number + 1 :] + (("prefect",) if floor != "flows" else ())
        for path in modules(floor):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {name.split(".")[0] for name in names} & set(above), path


def test_data_folders_and_tests_are_no_packages():
    assert [path for folder in ("tests", "output", "seeds") for path in (ROOT / folder).rglob("__init__.py")] == []


def test_test_modules_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


def test_files_are_short():
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*FLOORS, "tests")}
    assert {str(path): lines for path, lines in long.items() if lines > 305} == {}


def test_functions_fit_on_a_screen():
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in modules(*FLOORS) for f in functions(path))
    assert lengths[int(0.95 * len(lengths))] <= 45
    assert lengths[len(lengths) // 2] <= 12


def test_code_holds_no_notes_to_self():
    words = re.compile(r"\bTO" r"DO\b|\bFIX" r"ME\b")
    for path in modules(*FLOORS, "tests"):
        assert not words.search(path.read_text(encoding="utf-8")), path


def test_public_functions_say_what_comes_back():
    for path in modules("schemas", "transforms"):
        for node in functions(path):
            inner = node.col_offset and not isinstance(node, ast.Module)
            if not node.name.startswith("_") and not inner:
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_every_lookup_states_the_basis_of_each_row():
    lookups = sorted((ROOT / "transforms" / "lookups").glob("*.csv"))
    assert lookups
    # attributions.csv is itself the list of sources.
    for path in lookups:
        if path.name != "attributions.csv":
            with path.open(encoding="utf-8", newline="") as stream:
                assert all((row.get("basis") or "").strip() for row in csv.DictReader(stream)), path.name


def test_no_file_names_a_folder_of_a_machine():
    machine = re.compile(r"(?<![\w.\-/~}])/(?:home|root|Users|work|tmp|mnt|private)/\w")
    for path in tracked():
        if path.suffix in {".py", ".toml", ".md", ".cfg", ".json", ".lock", ""} and path.name != "LICENSE":
            assert not machine.search(path.read_text(encoding="utf-8", errors="ignore")), path


def test_the_lock_holds_hashes_and_no_addresses():
    text = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--index-url|--find-links|--extra-index", text)


def test_the_script_of_the_check_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_seeds_are_the_five_raw_pages():
    assert len(list((ROOT / "seeds").glob("*.txt"))) == 5
