"""Places with coordinates: our own list, and behind it the towns of GeoNames."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from transforms.lookups.files import cached, rows
from transforms.lookups.text import fold

PLAIN = 3.0
"""So many times larger than its namesakes in other countries a town must be to be meant without a country."""


@dataclass(frozen=True)
class Place:
    """A form of a place's name; latitude and longitude in degrees, WGS 84."""

    text: str
    name: str
    iso3: str | None
    kind: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class _Town:
    place: Place
    people: int


@cached
def places() -> dict[str, Place]:
    """Return the places of our own list by the form of their name."""
    return {
        row["text"]: Place(
            row["text"], row["name"], row["iso3"] or None, row["kind"], float(row["latitude"]), float(row["longitude"])
        )
        for row in rows("places")
    }


@cached
def _folded() -> dict[str, Place]:
    return {fold(text): place for text, place in reversed(places().items())}


@cached
def _towns() -> dict[str, tuple[_Town, ...]]:
    """The towns by folded form of their name, the largest first."""
    found: dict[str, list[_Town]] = defaultdict(list)
    for row in rows("towns"):
        place = Place(row["text"], row["text"], row["iso3"], "city", float(row["latitude"]), float(row["longitude"]))
        for form in {fold(form) for form in (row["text"], *row["aliases"].split("; ")) if form}:
            found[form].append(_Town(place, int(row["thousands"])))
    return {form: tuple(sorted(towns, key=lambda town: -town.people)) for form, towns in found.items()}


def town(name: str, countries: Collection[str] = ()) -> Place | None:
    """Return the town of that name: the largest in one of the countries, else the one that outgrows its namesakes.

    Args:
        name: the name; case and accents do not matter.
        countries: ISO3 codes of the countries that the text speaks of.
    """
    known = _towns().get(fold(name), ())
    near = [town for town in known if town.place.iso3 in countries]
    if near:
        return near[0].place
    rivals = [town.people for town in known if town.place.iso3 != known[0].place.iso3]
    return known[0].place if known and known[0].people >= PLAIN * max(rivals, default=0) else None


def place_of(name: str, country: str | None = None, countries: Collection[str] = ()) -> Place | None:
    """Return where a name lies, or None where nothing or too much bears it.

    Args:
        name: the name; case and accents do not matter.
        country: ISO3 code of its country, where it is known: places elsewhere are then out of the question.
        countries: other countries that the text speaks of.
    """
    place = places().get(name) or _folded().get(fold(name))
    if place is not None and (country is None or place.iso3 in (None, country)):
        return place
    found = town(name, (country,) if country else countries)
    return found if found is None or country in (None, found.iso3) else None
