"""The file of decisions: a row added, and whatever stood there before left as it was."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from flows.settings import decisions_in
from flows.store.files import new_file
from schemas.errors import UsageError
from transforms.lookups.decisions import COLUMNS, Decision, parsed, separator


@dataclass(frozen=True)
class Written:
    """The row of a decision, and whether it stood there before."""

    decision: Decision
    is_new: bool


def add(path: Path, decision: Decision) -> Written:
    """Add a decision to a file, which is made if it is not there.

    Raises:
        UsageError: the file cannot be read, or says the contrary of these two.
    """
    known = decisions_in(path) if path.exists() else ()
    pair = {decision.left, decision.right}
    for row in known:
        if row.level == decision.level and {row.left, row.right} == pair:
            if row.decision == decision.decision:
                return Written(row, is_new=False)
            remedy = f"Delete that line first if it is wrong: {row.left},{row.right}"
            raise UsageError(f"they are {row.decision} there", where=f"{path}, line {row.line}", remedy=remedy)
    text = path.read_bytes().decode("utf-8") if path.exists() else f"{','.join(COLUMNS)}\n"
    text = _with_row(text, decision)
    with new_file(path) as aside:
        aside.write_bytes(text.encode("utf-8"))
    return Written(parsed(text, str(path))[-1], is_new=True)


def _with_row(text: str, decision: Decision) -> str:
    """Add a row in the manner of the file: its columns, its separator, its ends of lines."""
    head = text.removeprefix("\ufeff").splitlines()[0]
    ending = "\r\n" if "\r\n" in text else "\n"
    columns = next(csv.reader([head], delimiter=separator(head)))
    row = io.StringIO()
    cells = {**decision.model_dump(include=set(COLUMNS)), "note": " ".join(decision.note.split())}
    csv.DictWriter(row, columns, delimiter=separator(head), lineterminator=ending, extrasaction="ignore").writerow(
        cells
    )
    return f"{text.rstrip()}{ending}{row.getvalue()}"
