"""Which rows of a lookup speak of somebody, so that an explanation can name file and line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from transforms.events.evidence import HEADER, LookupRow
from transforms.events.inflection import noun_lemmas
from transforms.lookups import files
from transforms.lookups.files import NONE, Own
from transforms.lookups.text import fold

Row = dict[str, str]
LOOKUP = "lookup:"
FORMS = ("text", "name", "aliases")


def cited(basis: str, forms: Iterable[str], country: str | None, on: date | None, own: Own = NONE) -> list[LookupRow]:
    """Return the rows that a basis such as "lookup:agents" rests on: for each form the one that fits best.

    Args:
        basis: of a chain; one that is no lookup rests on no row.
        forms: its name and the words of its mentions.
        country: its country; rows of another one are left out.
        on: day of publication, which a term of office should cover.
        own: the user's own rows, which come before those that ship.
    """
    if not basis.startswith(LOOKUP):
        return []
    file = basis.removeprefix(LOOKUP)
    known = [*_rows(f"own {file}.csv", own.rows.get(file, ())), *_rows(f"{file}.csv", files.rows(file))]
    fitting = [row for row in known if not country or row.cells.get("iso3", country) == country]
    best = [min(_ranked(fitting, fold(form), on), default=None) for form in forms]
    return [fitting[place] for place in dict.fromkeys(found[-1] for found in best if found)]


def _rows(file: str, rows: Sequence[Row]) -> Iterator[LookupRow]:
    for line, row in enumerate(rows, HEADER):
        yield LookupRow(file, line, {column: value for column, value in row.items() if value})


def _ranked(rows: Sequence[LookupRow], form: str, on: date | None) -> Iterator[tuple[bool, bool, int, int]]:
    """The places of the rows that fit, behind what ranks them: the whole form, the term of office, the length."""
    for place, row in enumerate(rows):
        own = [fold(name) for column in FORMS for name in row.cells.get(column, "").split("; ")]
        inside = [len(name) for name in own if name and _holds(form, name)]
        if inside:
            yield form not in own, on is not None and not _covers(row.cells, on), -max(inside), place


def _holds(text: str, form: str) -> bool:
    """Whether the words of a form stand in a text, the last one in any number."""
    words, wanted = text.split(), form.split()
    size = len(wanted)
    runs = (words[at : at + size] for at in range(len(words) - size + 1))
    return any(run[:-1] == wanted[:-1] and wanted[-1] in (run[-1], *noun_lemmas(run[-1])) for run in runs)


def _covers(row: Row, on: date) -> bool:
    day = on.isoformat()
    return row.get("start", "") <= day and ("end" not in row or day <= row["end"] + "-99")
