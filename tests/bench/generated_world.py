"""What generated news is about: words, entities with the forms of their names, and how often each is spoken of.

Words, countries, offices, organisations, places, titles and triggers are those of the lookups; persons, companies and
the rest of the vocabulary are made of syllables. The same seed gives the same world.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.duplicates.stories import word_weights
from transforms.entities.reading import group_name
from transforms.lookups import facts

Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
CONSONANTS, VOWELS = (*"bcdfghklmnprstvwz", "br", "dr", "kr", "st", "tr", "sh"), (*"aeiouaeio", "ai", "ou")
ENDINGS = ("", "", "n", "r", "s", "l", "nd", "rt", "m", "k")
SURNAMES, PERSONS, COMPANIES, MADE_WORDS = 12_000, 40_000, 20_000, 30_000
BODIES = ("Group", "Council", "Institute", "Bank", "Party", "Energy", "Airlines", "Foundation", "Union", "Agency")
TITLES = ("Mr.", "President", "Minister", "Senator", "Judge", "Colonel", "Mayor", "Dr.")
HEAVY = 4.0
# How a name is written: in full, longer, with a title or article, short, misspelt.
FORMS = ("name", "longer", "titled", "short", "misspelt")
DESCRIBED = ("kind", "entity_type", "country", "sector", "basis", "description")


@dataclass(frozen=True)
class World:
    """All that generated news can speak of.

    Attributes:
        words: the vocabulary.
        word_shares: how often each word is drawn.
        heavy: numbers of the rare words, which tell stories apart.
        entities: a row an entity: `DESCRIBED`, then `FORMS`, by kind, the most spoken of first.
        kinds: first and last row of each kind, end exclusive.
        predicates: lemma, event_type and mode, the most frequent first.
    """

    words: pl.Series
    word_shares: Shares
    heavy: Numbers
    entities: pl.DataFrame
    kinds: dict[str, tuple[int, int]]
    predicates: pl.DataFrame


def drawn(dice: np.random.Generator, count: int, size: int | tuple[int, ...], exponent: float = 1.0) -> Numbers:
    """Return numbers below `count`, by Zipf's law."""
    shares = 1 / np.arange(1, count + 1) ** exponent
    return np.minimum(np.searchsorted(np.cumsum(shares / shares.sum()), dice.random(size)), count - 1)


@cache
def world(seed: int) -> World:
    """Return the world of a seed."""
    dice = np.random.default_rng(seed)
    listed = {word: weight for word, weight in sorted(word_weights().items()) if word.isalpha()}
    words = pl.Series([*listed, *made(dice, MADE_WORDS, 3).str.to_lowercase()])
    shares = np.exp(-np.array([*listed.values(), *[12.0] * MADE_WORDS]))
    heavy = np.flatnonzero(np.array([*listed.values(), *[12.0] * MADE_WORDS]) >= HEAVY)
    frames = [_countries(dice), _groups(dice), _places(), _known_bodies(dice), _companies(dice)]
    frames += [_holders(dice), _persons(dice)]
    entities = pl.concat(frame.select(*DESCRIBED, *FORMS) for frame in frames)
    ends = np.cumsum([frame.height for frame in frames]).tolist()
    kinds = {frame["kind"][0]: (end - frame.height, end) for frame, end in zip(frames, ends, strict=True)}
    return World(words, shares / shares.sum(), heavy, entities, kinds, _predicates(dice))


def made(dice: np.random.Generator, count: int, syllables: int) -> pl.Series:
    """Return words that can be pronounced, of so many syllables or one less."""
    parts = [np.char.add(dice.choice(CONSONANTS, count), dice.choice(VOWELS, count)) for _ in range(syllables)]
    parts[-1] = np.where(dice.random(count) < 0.5, parts[-1], "")
    parts.append(dice.choice(ENDINGS, count))
    frame = pl.DataFrame({str(place): part for place, part in enumerate(parts)})
    return frame.select(word=pl.concat_str(pl.all()).str.to_titlecase())["word"]


def _lookup(name: str) -> pl.DataFrame:
    return pl.DataFrame(facts.rows(name))


def _shuffled(frame: pl.DataFrame, dice: np.random.Generator) -> pl.DataFrame:
    return frame[dice.permutation(frame.height)]


def _described(frame: pl.DataFrame, **columns: Any) -> pl.DataFrame:
    """Fill what a kind does not say: no country, sector or description, all forms of the name alike."""
    given = frame.with_columns(**{name: pl.lit(value) for name, value in columns.items()})
    empty = {name: pl.lit(None, pl.String) for name in ("country", "sector", "description")} | {
        form: pl.col("name") for form in FORMS
    }
    return given.with_columns(**{name: value for name, value in empty.items() if name not in given.columns}).select(
        pl.col(*DESCRIBED, *FORMS).replace("", None)
    )


def _countries(dice: np.random.Generator) -> pl.DataFrame:
    """The countries, one of them far ahead of the others."""
    rows = _lookup("country_names")
    named = rows.filter(pl.col("kind") == "name").unique("iso3", keep="first", maintain_order=True)
    forms = {
        column: rows.filter(pl.col("kind") == kind)
        .unique("iso3", keep="first")
        .select("iso3", pl.col("text").alias(column))
        for column, kind in (("longer", "capital"), ("titled", "demonym"), ("short", "adjective"))
    }
    for column, form in forms.items():
        named = named.join(form, on="iso3", how="left", maintain_order="left").with_columns(
            pl.col(column).fill_null(pl.col("text"))
        )
    first = named["iso3"] == "USA"
    ordered = pl.concat([named.filter(first), _shuffled(named.filter(~first), dice)])
    return _described(
        ordered.drop("basis", "kind").rename({"text": "name", "iso3": "country"}),
        kind="country", entity_type="GPE", sector="GOV", basis="lookup:country_names",
    )  # fmt: skip


def _groups(dice: np.random.Generator) -> pl.DataFrame:
    """Unnamed groups: of a country ("Chilean military"), and plain ones ("farmers")."""
    sectors = facts.words("group_names", "sector", "name")
    countries = facts.country_names().values()
    named = [
        {"name": group_name(iso3, sector), "country": iso3, "sector": sector, "description": noun}
        for iso3 in sorted({country.iso3 for country in countries})
        for sector, noun in sectors.items()
    ]
    plain = [
        {"name": noun, "country": None, "sector": sector, "description": noun}
        for noun, sector in facts.agents().items()
    ]
    both = pl.DataFrame([*named, *plain[: len(named)]], schema={name: pl.String for name in named[0]})
    return _described(_shuffled(both, dice), kind="group", entity_type="GROUP", basis="lookup:agents")


def _places() -> pl.DataFrame:
    rows = _lookup("places").unique("name", keep="first", maintain_order=True).select("name", country="iso3")
    return _described(rows, kind="place", entity_type="GPE", basis="lookup:places")


def _known_bodies(dice: np.random.Generator) -> pl.DataFrame:
    rows = _lookup("organisations").filter(pl.col("entity_type") == "ORG")
    rows = rows.group_by("name", maintain_order=True).agg(
        country=pl.col("iso3").first(), sector=pl.col("sector").first(), short=pl.col("text").last()
    )
    return _described(_shuffled(rows, dice), kind="body", entity_type="ORG", basis="lookup:organisations")


def _companies(dice: np.random.Generator) -> pl.DataFrame:
    """Organisations that no lookup knows, with acronym and short form."""
    first, second = made(dice, COMPANIES, 3), made(dice, COMPANIES, 2)
    frame = pl.DataFrame({"first": first, "second": second, "body": dice.choice(BODIES, COMPANIES)}).with_columns(
        name=pl.concat_str("first", "second", "body", separator=" "),
        short=pl.concat_str(*(pl.col(part).str.head(1) for part in ("first", "second", "body"))).str.to_uppercase(),
        longer=pl.col("first"),
    )
    return _described(
        frame.with_columns(titled="the " + pl.col("name"), misspelt=_misspelt("name")),
        kind="company", entity_type="ORG", basis="model",
    )  # fmt: skip


def _holders(dice: np.random.Generator) -> pl.DataFrame:
    rows = _lookup("office_holders").unique("name", keep="first", maintain_order=True)
    known = rows.select(
        "name", "sector", country="iso3", description="office", short=pl.col("name").str.split(" ").list.last()
    )
    return _described(_shuffled(known, dice), kind="holder", entity_type="PERSON", basis="lookup:office_holders")


def _persons(dice: np.random.Generator) -> pl.DataFrame:
    """Persons that no lookup knows; names are frequent and rare as they are among people, so some have namesakes."""
    given = _lookup("given_names")["text"].str.to_titlecase()
    surnames = made(dice, SURNAMES, 3)
    frame = pl.DataFrame(
        {
            "given": given[drawn(dice, given.len(), PERSONS, 0.6)],
            "surname": surnames[drawn(dice, SURNAMES, PERSONS, 0.6)],
            "initial": dice.choice(list("ABCDEFGHJKLMNPRSTW"), PERSONS),
            "title": dice.choice(TITLES, PERSONS),
        }
    ).with_columns(name=pl.concat_str("given", "surname", separator=" "), short="surname")
    return _described(
        frame.with_columns(
            longer=pl.concat_str("given", pl.lit(" "), "initial", pl.lit(". "), "surname"),
            titled=pl.concat_str("title", "name", separator=" "),
            misspelt=pl.concat_str("given", pl.lit(" "), _misspelt("surname")),
        ),
        kind="person", entity_type="PERSON", basis="model",
    )  # fmt: skip


def _misspelt(column: str) -> pl.Expr:
    """The text with its third letter doubled."""
    text = pl.col(column)
    return pl.concat_str(text.str.slice(0, 3), text.str.slice(2))


def _predicates(dice: np.random.Generator) -> pl.DataFrame:
    rows = _lookup("predicates").filter(pl.col("event_type") != "").unique(["lemma", "event_type"], maintain_order=True)
    return _shuffled(rows.select("lemma", "event_type", mode=pl.col("mode").replace("", None)), dice)
