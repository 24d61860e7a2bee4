"""The README says what the program does: its commands exist, its table reference is the schemas'.

Write the reference anew with `python -m tests.test_readme`.
"""

import re
import shlex
from pathlib import Path

import pytest

from flows import graph
from flows.cli import annals
from schemas.dictionary import markdown
from schemas.published import TABLES

README = Path(__file__).parents[1] / "README.md"
SECTION = re.compile(r"(<!-- tables -->\n).*(<!-- /tables -->)", re.DOTALL)


def commands() -> list[list[str]]:
    lines = re.findall(r"^\$ (?:\.venv/bin/)?(annals .*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    parts = [part for line in lines for part in line.removeprefix("annals ").split("; annals ")]
    return [shlex.split(part, comments=True) for part in parts]


def reference() -> str:
    """The dictionary as a section of the README: each heading one level deeper."""
    return re.sub(r"^## ", "### ", markdown(TABLES).removeprefix("# Dictionary\n\n"), flags=re.MULTILINE)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_exists_with_its_options(words):
    command = annals.commands[words[0]]
    command.make_context(words[0], words[1:], resilient_parsing=True)


def test_every_stage_is_named_with_what_it_makes():
    text = README.read_text(encoding="utf-8")
    assert all(f"| `{name}` | {graph.SUMMARIES[name]} |" in text for name in graph.ORDER)


def test_the_table_reference_is_that_of_the_schemas():
    found = SECTION.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found[0] == f"{found[1]}{reference()}{found[2]}"


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(SECTION.sub(lambda found: found[1] + reference() + found[2], text), encoding="utf-8")
