"""A user's own decisions: which documents, entities and events are the same, and which are not, whatever we think."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

import polars as pl
from pydantic import Field

from schemas.errors import LookupFileError
from transforms import members
from transforms.contract import Params

Level = Literal["document", "entity", "event"]
Verdict = Literal["same", "different"]
COLUMNS = ("level", "decision", "left", "right", "note")
ANYWHERE = "*"
"""Stands for every document in the key of an entity or event."""
PARTS: Mapping[str, int] = {"document": 1, "entity": 3, "event": 4}
KEYS: Mapping[str, tuple[str, str]] = {
    "document": (r"[^:*]+", "a document_id"),
    "entity": (r"[^:]+:[^:]+:.+", "DOCUMENT:TYPE:NAME, or *:TYPE:NAME for the name in all documents"),
    "event": (r"[^:]+:[^:]+:[^:]+:.+", "DOCUMENT:DIGEST:TRIGGER:TYPE as in the table identity"),
}


class Decision(Params):
    """A row of the file `decisions`.

    Attributes:
        level: what it speaks of. Documents that are the same are copies of one another; different ones are neither
            copies nor one story.
        decision: whether both sides are one.
        left: key of a member, as in the table `identity`; entities and events may have `*` for the document, and then
            stand for their members in all documents.
        right: likewise.
        note: why; no stage reads it.
        line: where it stands in the file.
    """

    level: Level
    decision: Verdict
    left: str
    right: str
    note: str = Field("", exclude=True)
    line: int = 0

    @property
    def words(self) -> str:
        """The decision as a person would write it."""
        return f"line {self.line}: {self.level} {self.decision}, {self.left} and {self.right}"


def of(decisions: Iterable[Decision], level: Level) -> tuple[Decision, ...]:
    """Return the decisions that speak of a level, in the order of the file."""
    return tuple(decision for decision in decisions if decision.level == level)


def moved(decisions: Iterable[Decision], successors: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the decisions with documents that were replaced exchanged for those that stand in their place.

    Args:
        decisions: in the order of the file, which stays.
        successors: which document replaced which.
    """

    def now(key: str) -> str:
        document, colon, rest = key.partition(":")
        return f"{successors.get(document, document)}{colon}{rest}"

    return tuple(one.model_copy(update={"left": now(one.left), "right": now(one.right)}) for one in decisions)


def parsed(text: str, where: str) -> tuple[Decision, ...]:
    """Return the decisions of a file, keys of entities folded as those of `identity` are.

    Args:
        text: the file's text with the columns level, decision, left, right and, if wanted, note; cells are parted by
            commas or by semicolons.
        where: the file, for messages.

    Raises:
        LookupFileError: a column or row cannot be used, or two rows contradict each other; file, line and remedy.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=separator(first), strict=True)
    _check_columns(tuple(reader.fieldnames or ()), where)
    found: list[Decision] = []
    try:
        for cells in reader:
            found.append(_decision(cells, reader.line_num, f"{where}, line {reader.line_num}"))
    except csv.Error as error:
        raise LookupFileError(str(error), where=f"{where}, line {reader.line_num}", remedy="Mend the row.") from error
    _check_pairs(found, where)
    return tuple(found)


def separator(head: str) -> str:
    """Return what parts the cells of a file with this first line."""
    return ";" if ";" in head and "," not in head else ","


def _check_columns(given: Sequence[str], where: str) -> None:
    missing = [column for column in COLUMNS[:-1] if column not in given]
    wrong = [column for column in given if column not in COLUMNS]
    if missing or wrong:
        what = f"there is no column {wrong[0]!r}" if wrong else f"the column {missing[0]!r} is missing"
        raise LookupFileError(what, where=f"{where}, line 1", remedy=f"Columns: {', '.join(COLUMNS)}.")


def _decision(cells: Mapping[str | None, str | None], line: int, where: str) -> Decision:
    if None in cells or None in cells.values():
        raise LookupFileError("the row has too few or too many cells", where=where, remedy="Mend the row.")
    row = {str(column): (value or "").strip() for column, value in cells.items()}
    level = _one_of("level", row["level"], get_args(Level), where)
    decision = _one_of("decision", row["decision"], get_args(Verdict), where)
    left, right = (_key(level, side, row[side], where) for side in ("left", "right"))
    if left == right:
        raise LookupFileError("left and right are the same", where=where, remedy="Name two that differ.")
    return Decision.model_validate(
        {**row, "level": level, "decision": decision, "left": left, "right": right, "line": line}
    )


def _one_of(column: str, value: str, allowed: Sequence[str], where: str) -> str:
    if value.lower() not in allowed:
        what = f"{column} cannot be {value!r}" if value else f"{column} is empty"
        raise LookupFileError(what, where=where, remedy=f"Use one of {', '.join(allowed)}.")
    return value.lower()


def _key(level: str, side: str, value: str, where: str) -> str:
    pattern, shape = KEYS[level]
    if not re.fullmatch(pattern, value):
        what = f"{side} cannot be {value!r}" if value else f"{side} is empty"
        raise LookupFileError(what, where=where, remedy=f"Write {shape}; `annals decide` writes the keys for ids.")
    return _folded(*value.split(":", 2)) if level == "entity" else value


def _folded(document: str, kind: str, name: str) -> str:
    """Fold the name of an entity, not the number that tells equal names of one document apart."""
    head, _, number = name.rpartition(":")
    name, ending = (head, f":{number}") if head and number.isdecimal() else (name, "")
    plain: str = pl.select(members.folded(pl.lit(name))).item()
    return f"{document}:{kind.lower()}:{plain}{ending}"


def _check_pairs(found: Iterable[Decision], where: str) -> None:
    stated: dict[tuple[str, frozenset[str]], Decision] = {}
    for one in found:
        earlier = stated.setdefault((one.level, frozenset((one.left, one.right))), one)
        if earlier.decision != one.decision:
            raise LookupFileError(
                f"the two are {one.decision} here and {earlier.decision} in line {earlier.line}",
                where=f"{where}, line {one.line}",
                remedy="Delete one of the rows.",
            )
