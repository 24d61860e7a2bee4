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

    The chains, sorted by document and number, get id ("document_id:chain"), story, key (null where only names can
    tell), form (the spelling that is compared), and of that form words, standard, brief and short as in `name_forms`. The
    forms have a row for each spelling that a chain of an organisation has: id, document_id and standard.

    Args:
        tables: chains and stories.
        memory: rows of `name_forms` that an earlier run worked out.
    """
    chains = (
        tables["chains"]
        .sort("document_id", "chain")
        .join(tables["stories"].rename({"cluster": "story"}), on="document_id", how="left", maintain_order="left")
        .with_columns(id=pl.format("{}:{}", "document_id", "chain"), story=pl.coalesce("story", "document_id"))
        .with_columns(person=pl.col("entity_type") == "PERSON", fixed=pl.col("basis").is_in(FIXED))
    )
    spellings = _spellings(chains)
    known = spelled(spellings.select("person", "text").unique(), memory)
    spellings = spellings.join(known, on=["person", "text"], maintain_order="left")
    keyed = chains.join(_chosen(spellings), on="id", how="left", maintain_order="left")
    bodies = spellings.filter(pl.col("entity_type") == "ORG").select("id", "document_id", "standard").unique()
    return keyed.with_columns(key=_key(keyed)), bodies, known


def _spellings(chains: pl.DataFrame) -> pl.DataFrame:
    """The name of each chain, and the other full names of a person or names of an organisation that is no entry."""
    columns = ["id", "document_id", "entity_type", "person", "fixed"]
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
    last = pl.col("words").str.split(" ").list.last()
    ranked = spellings.with_columns(
        size=pl.col("words").str.count_matches(" ", literal=True),
        initial=pl.col("words").str.contains("^. "),
        name_last=last.filter(~pl.col("alias")).first().over("id"),
    )
    brief = ~pl.col("fixed") & ~pl.col("short") & ~pl.col("initial") & (last == pl.col("name_last"))
    fit = ranked.filter(~pl.col("alias") | (pl.col("person") & brief))
    ranked = fit.sort("id", pl.col("short") | pl.col("initial"), "size", "alias", "text")
    columns = ["id", "text", "words", "standard", "brief", "short"]
    return ranked.unique("id", keep="first", maintain_order=True).select(columns).rename({"text": "form"})


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
        .when(~unnamed & ~pl.col("entity_type").is_in(BODIES))
        .then(pl.format("name:{}:{}", "entity_type", "words"))
    )["key"]
