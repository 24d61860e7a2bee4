"""Who held which office when."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transforms.lookups.files import bad, cached, rows, words_of
from transforms.lookups.text import fold

HEADS = ("President", "Prime Minister", "Chancellor", "Supreme leader", "Leader")
PRIVATE = ("ELI", "CRM", "BUS")


@dataclass(frozen=True)
class Term:
    """One term of a person in an office; an open end means that it goes on."""

    name: str
    aliases: tuple[str, ...]
    iso3: str | None
    sector: str
    office: str
    start: date
    end: date | None

    def covers(self, on: date) -> bool:
        """Return whether the term holds on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


def day(text: str, *, last: bool = False) -> date:
    """Return the first or the last day of a date that states a day, a month or a year: "2021", "2021-08".

    Raises:
        ValueError: the text is no such date.
    """
    year, month, number = (int(part) if part else 0 for part in [*text.split("-", 2), "", ""][:3])
    month = month or (12 if last else 1)
    return date(year, month, number or (monthrange(year, month)[1] if last else 1))


@cached
def terms() -> tuple[Term, ...]:
    """Return the terms of office holders in the order of the file. Without a start, a term has always held.

    Raises:
        LookupFileError: a date is no ISO date, month or year.
    """
    return tuple(_term(number, row) for number, row in enumerate(rows("office_holders"), start=2))


def _term(number: int, row: dict[str, str]) -> Term:
    try:
        start = day(row["start"]) if row["start"] else date.min
        end = day(row["end"], last=True) if row["end"] else None
    except ValueError as error:
        raise bad("office_holders", number, str(error)) from error
    aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
    return Term(row["name"], aliases, row["iso3"] or None, row["sector"], row["office"], start, end)


@cached
def terms_by_name() -> dict[str, tuple[Term, ...]]:
    """Return the terms of each office holder by folded name and folded alias."""
    found = defaultdict(list)
    for term in terms():
        for name in {fold(name) for name in (term.name, *term.aliases)}:
            found[name].append(term)
    return {name: tuple(held) for name, held in found.items()}


@cached
def terms_by_surname() -> dict[str, tuple[Term, ...]]:
    """Return the terms of office holders by the single word that the press calls them by."""
    found = defaultdict(list)
    for term in terms():
        words = fold(term.name).split()
        for word in {words[-1], words[-1].removeprefix("al-").removeprefix("el-"), words[0] if _eastern(term) else ""}:
            found[word].append(term)
    return {name: tuple(held) for name, held in found.items() if name}


def _eastern(term: Term) -> bool:
    return term.iso3 in {row["iso3"] for row in rows("surname_first")}


@cached
def called(surname: str, on: date | None) -> tuple[Term, ...]:
    """Return the terms of the one public person whom the press can mean by a bare surname, folded; else none.

    Args:
        surname: the single word.
        on: the day; where several have held office, those count who do on it, the heads of state and government first.
    """
    known = [term for term in terms_by_surname().get(surname, ()) if _well_known(term)]
    current = [term for term in known if on is None or term.covers(on)]
    for fitting in (known, current, [term for term in current if office_of(term.office) in HEADS]):
        if len({term.name for term in fitting}) == 1:
            return tuple(term for term in known if term.name == fitting[0].name)
    return ()


def _well_known(term: Term) -> bool:
    minor = tuple(words_of("entity_words", "minor office"))
    return term.sector not in PRIVATE and not fold(term.office).startswith(minor)


@cached
def heads_called(surname: str, on: date | None) -> tuple[Term, ...]:
    """Return the terms as head of state or government of the one whom a bare surname, folded, can mean.

    Args:
        surname: the single word that the press calls somebody by.
        on: the day; only terms that hold on it count, or all where it is None.
    """
    return tuple(t for t in called(surname, on) if office_of(t.office) in HEADS and (on is None or t.covers(on)))


@cached
def offices() -> dict[str, str]:
    """Return the office that a noun or title in lower case stands for, of those that a country has one of."""
    return {row["text"]: row["office"] for row in rows("offices")}


@cached
def office_of(text: str) -> str | None:
    """Return the office that a title or noun names, or None: "French Premier" is Prime Minister, a deputy is none."""
    lowered, known = fold(text), offices()
    if any(row["kind"] == "lower" and row["text"] in lowered.split() for row in rows("role_modifiers")):
        return known.get(lowered)
    fitting = [form for form in known if lowered == form or lowered.endswith(f" {form}")]
    return known[max(fitting, key=len)] if fitting else None


@cached
def holder(iso3: str, office: str, on: date) -> Term | None:
    """Return who holds an office of a country on a day, or None when nobody or more than one person does."""
    now = {term.name: term for term in _held(iso3, office) if term.covers(on)}
    return next(iter(now.values())) if len(now) == 1 else None


def _held(iso3: str, office: str) -> Iterable[Term]:
    return (term for term in terms() if term.iso3 == iso3 and offices().get(fold(term.office)) == office)
