"""Which rows of a lookup speak of somebody, so that an explanation can name file and line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from transforms.events.evidence import HEADER, LookupRow
from transforms.events.inflection import noun_lemmas
from transforms.lookups import files
from transforms.lookups.text import fold

Row = dict[str, str]
LOOKUP = "lookup:"
FORMS = ("text", "name", "aliases")


def cited(basis: str, forms: Iterable[str], country: str | None, on: date | None) -> list[LookupRow]:
    """Return the rows that a basis such as "lookup:agents" rests on: for each form the one that fits best.

    Args:
        basis: of a chain; one that is no lookup rests on no row.
        forms: its name and the words of its mentions.
        country: its country; rows of another one are left out.
        on: day of publication, which a term of office should cover.
    """
    if not basis.startswith(LOOKUP):
        return []
    file = basis.removeprefix(LOOKUP)
    rows = [
        (number, row)
        for number, row in enumerate(files.rows(file))
        if not (country and row.get("iso3")) or row["iso3"] == country
    ]
    best = [min(_fitting(rows, fold(form), on), default=None) for form in forms]
    numbers = dict.fromkeys(found[-1] for found in best if found)
    return [LookupRow(f"{file}.csv", n + HEADER, {k: v for k, v in files.rows(file)[n].items() if v}) for n in numbers]


def _fitting(rows: Sequence[tuple[int, Row]], form: str, on: date | None) -> Iterator[tuple[int, int, int, int]]:
    """The numbers of the rows that fit, behind what ranks them: the whole form, the term of office, the length."""
    for number, row in rows:
        own = [fold(name) for column in FORMS for name in row.get(column, "").split("; ") if name]
        inside = [len(name) for name in own if _holds(form, name)]
        if inside:
            yield int(form not in own), int(on is not None and not _covers(row, on)), -max(inside), number


def _holds(text: str, form: str) -> bool:
    """Whether the words of a form stand in a text, the last one in any number."""
    words, wanted = text.split(), form.split()
    size = len(wanted)
    runs = (words[at : at + size] for at in range(len(words) - size + 1))
    return any(run[:-1] == wanted[:-1] and wanted[-1] in (run[-1], *noun_lemmas(run[-1])) for run in runs)


def _covers(row: Row, on: date) -> bool:
    day = on.isoformat()
    return row.get("start", "") <= day and (not row.get("end") or day <= row["end"] + "-99")
