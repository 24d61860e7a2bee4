"""What makes a stage stale, and what does not."""

import importlib
import sys
from pathlib import Path

import dataframely as dy
import pytest

from flows import codekey, graph
from schemas.table import Table, key
from schemas.work import Raw, Sites, Texts
from transforms.contract import Params, Stage

ROOT = Path(__file__).parents[2]
CODE = '''
"""A module."""
from sample_package import helper

WORDS = ("a", "b")


class Kind:
    """A class."""

    size = 1


def work(tables, params):
    """Do the work."""
    # Why it is so.
    return helper.help(tables, WORDS)
'''
HELPER = '"""A helper."""\n\n\ndef help(tables, words):\n    return {}\n'


class Sample(Params):
    share: float = 0.5


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules that counts as first party."""
    folder = tmp_path / "sample_package"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "stage.py").write_text(CODE)
    (folder / "helper.py").write_text(HELPER)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(codekey, "FIRST_PARTY", ("schemas", "transforms", "sample_package"))
    forget()
    yield folder
    for name in [name for name in sys.modules if name.startswith("sample_package")]:
        del sys.modules[name]
    forget()


def forget():
    for function in vars(codekey).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def stage(**changes):
    function = importlib.import_module("sample_package.stage").work
    facts = {"name": "sample", "kind": "map", "function": function, "inputs": (Raw,), "outputs": (Texts,)}
    return Stage(**{**facts, "params": Sample, **changes})


def parts(**changes):
    forget()
    return codekey.components(stage(**changes), Sample())


def edited(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return parts()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Why it is so.", "# Why it is otherwise."),
        ('"""Do the work."""', '"""Do it."""\n    # And more.'),
        ('"""A class."""\n\n', ""),
        ('"""A module."""\n', '"""Another word."""\n\n\n'),
        ("help(tables, WORDS)", "help(\n        tables,  # all of them\n        WORDS,\n    )"),
    ],
    ids=["comment", "docstring", "docstring removed", "module docstring", "layout"],
)
def test_comments_docstrings_and_layout_do_not_count(package, old, new):
    before = parts()
    assert codekey.key_of(edited(package / "stage.py", old, new)) == codekey.key_of(before)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("stage.py", '("a", "b")', '("a", "c")'),
        ("stage.py", "size = 1", "size = 2"),
        ("helper.py", "return {}", "return {**tables}"),
    ],
)
def test_code_counts_that_of_imported_modules_too(package, name, old, new):
    before = parts()
    after = edited(package / name, old, new)
    module = f"sample_package.{name.removesuffix('.py')}"
    assert codekey.difference(before, after) == [f"code: {module}"]
    assert codekey.key_of(before) != codekey.key_of(after)


def test_a_module_that_is_not_imported_does_not_count(package):
    (package / "other.py").write_text("X = 1\n")
    before = parts()
    (package / "other.py").write_text("X = 2\n")
    assert parts() == before


def test_a_parameter_counts_and_is_named_with_its_values(package):
    before, after = codekey.components(stage(), Sample()), codekey.components(stage(), Sample(share=0.75))
    assert codekey.difference(before, after) == ["params: share 0.5 -> 0.75"]


def test_the_schemas_of_its_own_tables_count_and_no_others(package):
    assert set(parts()["schemas"]) == {"raw", "texts"}
    assert codekey.difference(parts(), parts(outputs=(Texts, Sites))) == ["schemas: sites"]

    class Narrower(Table):
        table = "texts"
        sort_by = ("document_id",)
        document_id = key(dy.String())
        text = dy.String(regex="x")
        language = dy.String()

    assert codekey.difference(parts(), parts(outputs=(Narrower,))) == ["schemas: texts"]


def test_a_description_of_a_column_does_not_count(package):
    def kind(description):
        members = {"table": "texts", "sort_by": ("text",), "text": dy.String(description=description)}
        return type("Described", (Table,), members)

    assert parts(outputs=(kind("old words"),)) == parts(outputs=(kind("new words"),))


def test_a_resource_counts_by_its_content(package, tmp_path, monkeypatch):
    lookups = tmp_path / "resources" / "lookups"
    lookups.mkdir(parents=True)
    (lookups / "words.csv").write_text("word,basis\n")
    monkeypatch.setattr(codekey, "files", lambda _: tmp_path / "resources")
    before = parts(resources=("lookups/words.csv",))
    assert parts(resources=("lookups/words.csv",)) == before
    (lookups / "words.csv").write_text("word,basis\nnew,here\n")
    assert codekey.difference(before, parts(resources=("lookups/words.csv",))) == ["resources: lookups/words.csv"]


def test_a_folder_has_the_hash_of_its_files_wherever_it_lies(tmp_path):
    for place in ("here", "there"):
        folder = tmp_path / place / "model"
        (folder / "__pycache__").mkdir(parents=True)
        (folder / "weights").write_bytes(b"123")
        (folder / "__pycache__" / "x.pyc").write_text(place)
    here, there = (codekey.folder_hash(tmp_path / place / "model") for place in ("here", "there"))
    assert here == there
    forget()
    (tmp_path / "there" / "model" / "weights").rename(tmp_path / "there" / "model" / "other")
    assert codekey.folder_hash(tmp_path / "there" / "model") != here


def test_a_version_of_a_library_counts(package, monkeypatch):
    before = parts(libraries=("polars",))
    monkeypatch.setattr(codekey.importlib.metadata, "version", lambda _: "99.0")
    (difference,) = codekey.difference(before, parts(libraries=("polars",)))
    assert difference.startswith("libraries: polars ") and difference.endswith(" -> 99.0")


def test_stages_state_every_lookup_that_they_read(small_copy):
    """A lookup that is read but not stated would leave old rows in place when it is edited."""
    lookups, opened, lost = ROOT / "transforms" / "lookups", set(), set()
    small_copy.again()  # Code keys read all lookups, once.
    sys.addaudithook(lambda event, facts: opened.add(str(facts[0])) if event == "open" else None)
    for name in set(graph.ORDER) - {"parses"}:
        forget_lookups()
        opened.clear()
        small_copy.again(refresh=[name])
        read = {f"lookups/{path.name}" for path in lookups.iterdir() if str(path) in opened}
        lost |= {(name, lookup) for lookup in read - set(graph.stage(name).resources)}
    assert lost - {("publish", "lookups/attributions.csv")} == set()


def forget_lookups():
    modules = [module for name, module in sys.modules.items() if name.startswith("transforms.")]
    for module in modules:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear") and module.__name__ != "transforms.language.pipeline":
                value.cache_clear()


def test_stages_state_only_resources_that_are_there():
    for name in graph.ORDER:
        for resource in set(graph.stage(name).resources) - {"model", *codekey.USERS}:
            assert (ROOT / "transforms" / resource).exists(), (name, resource)


def test_the_users_rules_are_a_resource_told_by_their_hash():
    stage = graph.stage("lines")
    keys = {
        codekey.key_of(codekey.components(stage, stage.params(**given)))
        for given in ({}, {"rules": {"drop": ["Home"]}}, {"rules": {"keep": ["Home"]}})
    }
    plain, own = (codekey.components(stage, stage.params(**given)) for given in ({}, {"rules": {"drop": ["Home"]}}))
    assert len(keys) == 3
    assert codekey.difference(plain, own) == ["resources: rules"]
