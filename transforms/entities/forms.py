"""Chains with what they are compared by: the key that a lookup gives them, and the form of their name that counts."""

import polars as pl

from schemas.memory import NameForms
from transforms.contract import Tables
from transforms.entities import organisations, persons
from transforms.entities.reading import group_name

FIXED = ("lookup:country_names", "lookup:organisations", "lookup:office_holders", "lookup:places")
BODIES = ("PERSON", "ORG")
SEPARATOR = "; "


def compared(tables: Tables, memory: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the chains, all their forms, and the memory for the next run.

    The chains, sorted by document and number, get row (their position), id ("document_id:chain"), story, key (null
    where only names can tell), form (the spelling that is compared), and of that form words, standard, brief and short
    as in `name_forms`. The forms have row, document_id and standard of each spelling of an organisation.

    Args:
        tables: chains and stories.
        memory: rows of `name_forms` that an earlier run worked out.
    """
    chains = (
        tables["chains"]
        .sort("document_id", "chain")
        .with_row_index("row")
        .join(tables["stories"].rename({"cluster": "story"}), on="document_id", how="left", maintain_order="left")
        .with_columns(id=pl.format("{}:{}", "document_id", "chain"), story=pl.coalesce("story", "document_id"))
        .with_columns(person=pl.col("entity_type") == "PERSON", fixed=pl.col("basis").is_in(FIXED))
    )
    spellings = _spellings(chains)
    known = spelled(spellings.select("person", "text").unique(), memory)
    spellings = spellings.join(known, on=["person", "text"], maintain_order="left")
    keyed = chains.join(_chosen(spellings), on="row", how="left", maintain_order="left")
    bodies = spellings.filter(pl.col("entity_type") == "ORG").select("row", "document_id", "standard").unique()
    return keyed.with_columns(key=_key(keyed)), bodies, known


def _spellings(chains: pl.DataFrame) -> pl.DataFrame:
    """The name of each chain, and the other full names of a person or names of an organisation that is no entry."""
    columns = ["row", "document_id", "entity_type", "person", "fixed"]
    named = chains.filter(pl.col("entity_type") != "GROUP").select(*columns, text="name", alias=pl.lit(value=False))
    others = (
        chains.filter(pl.col("entity_type").is_in(BODIES) & pl.col("aliases").is_not_null())
        .select(*columns, text=pl.col("aliases").str.split(SEPARATOR), alias=pl.lit(value=True))
        .explode("text")
        .filter(~pl.col("person") | pl.col("text").str.contains(" ", literal=True))
    )
    return pl.concat([named, others])


def spelled(texts: pl.DataFrame, memory: pl.DataFrame) -> pl.DataFrame:
    """Return the row of `name_forms` for each text; only those that memory lacks are worked out.

    Args:
        texts: columns person and text, each row once.
        memory: rows of `name_forms`.
    """
    known = texts.join(memory, on=["person", "text"])
    new = texts.join(memory, on=["person", "text"], how="anti")
    rows = [_forms(person, text) for person, text in new.iter_rows()]
    return NameForms.arrange(pl.concat([known, pl.DataFrame(rows, schema=known.schema, orient="row")]))


def _forms(person: bool, text: str) -> tuple[bool, str, str, str, str, bool]:
    if person:
        words = persons.parts(text)
        standard, brief = persons.standard(words), persons.standard(persons.brief(text))
        return person, text, " ".join(words), "".join(standard), "".join(brief), persons.is_short(words)
    words = organisations.parts(text)
    standard = organisations.standard(words)
    return person, text, " ".join(words), "".join(standard), "".join(standard), len(words) < 2


def _chosen(spellings: pl.DataFrame) -> pl.DataFrame:
    """The form of each chain: its name; of a person the full name of fewest words that ends alike.

    The longest form may have taken in words around it ("defensive tackle Jamal Williams"), the name that a document
    writes more briefly too is rather the one that others write.
    """
    names = spellings.filter(~pl.col("alias"))
    full = ~pl.col("short") & ~pl.col("words").str.contains("^. ")
    last = pl.col("words").str.extract("([^ ]+)$")
    other = spellings.filter(pl.col("alias") & pl.col("person") & ~pl.col("fixed") & full)
    ending = names.select("row", name_last=last)
    fit = other.join(ending, on="row").filter(last == pl.col("name_last")).drop("name_last")
    told = pl.concat([names.join(fit, on="row", how="semi"), fit])
    ranked = told.sort("row", ~full, pl.col("words").str.count_matches(" ", literal=True), "alias", "text")
    briefest = ranked.unique("row", keep="first", maintain_order=True)
    chosen = pl.concat([names.join(fit, on="row", how="anti"), briefest])
    return chosen.select("row", "words", "standard", "brief", "short", form="text")


def _key(chains: pl.DataFrame) -> pl.Series:
    """What makes two chains one entity wherever they stand, or null where only their names can tell."""
    groups = chains.filter(pl.col("entity_type") == "GROUP").select("name", "country", "sector").unique()
    real = [name for name, country, sector in groups.iter_rows() if name == group_name(country, sector or "")]
    unnamed = pl.col("entity_type") == "GROUP"
    entry = pl.format("{}:{}:{}", pl.col("basis").str.strip_prefix("lookup:"), "entity_type", "name")
    return chains.select(
        key=pl.when(unnamed & pl.col("name").is_in(real) & pl.col("country").is_not_null())
        .then(pl.format("group:{}", "name"))
        .when(~unnamed & pl.col("fixed"))
        .then(entry)
        .when(~unnamed & ~pl.col("entity_type").is_in(BODIES) & (pl.col("words") != ""))
        .then(pl.format("name:{}:{}", "entity_type", "words"))
    )["key"]
