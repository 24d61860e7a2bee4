"""A user's own lookups: CSV files with the names and the columns of ours, checked row by row."""

import csv
import difflib
from collections.abc import Callable, Mapping

from schemas import ontology
from schemas.errors import LookupFileError
from transforms.lookups import facts
from transforms.lookups.files import Row
from transforms.lookups.holders import day

KNOWN = tuple(name for name in facts.NAMES if name != "towns")
BASIS = "user"
SAME = "*"
"""As a default: what the column `text` says."""
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "organisations": {"name": SAME, "entity_type": "ORG", "iso3": "", "sector": ""},
    "office_holders": {"aliases": "", "iso3": "", "sector": "GOV", "start": "", "end": ""},
    "places": {"name": SAME, "iso3": "", "kind": "city"},
    "titles": {"sector": ""},
    "ambiguous_names": {"other_name": SAME, "other_iso3": ""},
}


def parsed(name: str, text: str, where: str) -> tuple[Row, ...]:
    """Return the rows of a user's own lookup file, columns that may be left out filled in.

    Args:
        name: the lookup that the rows add to, such as "organisations".
        text: the file's text; cells are parted by commas or by semicolons.
        where: the file, for messages.

    Raises:
        LookupFileError: the lookup does not exist, or a column or row cannot be used; file, line and remedy.
    """
    if name not in KNOWN:
        near = difflib.get_close_matches(name, KNOWN, n=1) or KNOWN
        raise LookupFileError("no lookup has this name", where=where, remedy=f"Name the file {', '.join(near)}.csv.")
    lines = text.removeprefix("\ufeff").splitlines()
    first = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=";" if ";" in first and "," not in first else ",", strict=True)
    _check_columns(name, tuple(reader.fieldnames or ()), where)
    rows = []
    try:
        for cells in reader:
            rows.append(_row(name, cells, f"{where}, line {reader.line_num}"))
    except csv.Error as error:
        raise LookupFileError(str(error), where=f"{where}, line {reader.line_num}", remedy="Mend the row.") from error
    return tuple(rows)


def _columns(name: str) -> tuple[str, ...]:
    return tuple(facts.rows(name)[0])


def _check_columns(name: str, given: tuple[str, ...], where: str) -> None:
    columns, left_out = _columns(name), {"basis", *DEFAULTS.get(name, {})}
    missing = [column for column in columns if column not in given and column not in left_out]
    wrong = [column for column in given if column not in columns]
    if missing or wrong:
        what = f"there is no column {wrong[0]!r}" if wrong else f"the column {missing[0]!r} is missing"
        optional = ", ".join(column for column in columns if column in left_out)
        raise LookupFileError(
            what, where=f"{where}, line 1", remedy=f"Columns: {', '.join(columns)}; not needed: {optional}."
        )


def _row(name: str, cells: Mapping[str | None, str | None], where: str) -> Row:
    if None in cells or None in cells.values():
        raise LookupFileError("the row has too few or too many cells", where=where, remedy="Mend the row.")
    given = {str(column): (value or "").strip() for column, value in cells.items() if value}
    defaults = {**DEFAULTS.get(name, {}), "basis": BASIS}
    row = {column: given.get(column) or defaults.get(column, "") for column in _columns(name)}
    row = {column: row["text"] if value == SAME else value for column, value in row.items()}
    for column, value in row.items():
        _check(column, value, empty=column in defaults, where=where)
    return row


def _check(column: str, value: str, *, empty: bool, where: str) -> None:
    if not value:
        if not empty:
            raise LookupFileError(f"{column} is empty", where=where, remedy="Fill it in.")
        return
    test, remedy = TESTS.get(column, (lambda value: True, ""))
    if not test(value):
        raise LookupFileError(f"{column} cannot be {value!r}", where=where, remedy=remedy)


def _is_country(value: str) -> bool:
    return any(row["iso3"] == value for row in facts.rows("country_names"))


def _is_sector(value: str) -> bool:
    return value in ontology.SECTORS


def _is_day(value: str) -> bool:
    try:
        return bool(day(value))
    except ValueError:
        return False


def _degrees(limit: float) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            return abs(float(value)) <= limit
        except ValueError:
            return False

    return fits


COUNTRY = (_is_country, "Use the three letters of ISO 3166-1, such as KEN.")
DATE = (_is_day, "Write a day, month or year as 2021-08-15, 2021-08 or 2021, or leave it empty.")
TESTS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "iso3": COUNTRY,
    "other_iso3": COUNTRY,
    "sector": (_is_sector, f"Use one of {', '.join(ontology.SECTORS)}."),
    "start": DATE,
    "end": DATE,
    "latitude": (_degrees(90), "Write degrees from -90 to 90, such as -1.29."),
    "longitude": (_degrees(180), "Write degrees from -180 to 180, such as 36.82."),
}
