"""Stage `names`: mentions of entities and the chains that they form inside their document."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from schemas.work import Chains, Fields, NameJudgements, Names, Parses, Texts
from transforms import contract
from transforms.entities import anaphora, merges, nominals, offices, persons, pronouns, rows, spans, titles
from transforms.entities import chains as chaining
from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading
from transforms.language.parses import parse_of
from transforms.lookups import facts

Row = dict[str, Any]


class NamesParams(contract.Params):
    """Parameters of `names`.

    Attributes:
        resolve_pronouns: whether pronouns with a clear antecedent are mentions.
        gazetteer: whether the names that the lookups know are found too, and win over the model's of the same words.
        vote: whether a name has one type in a document, the one that most of its mentions have.
        own: the user's own rows of lookups.
    """

    resolve_pronouns: bool = True
    gazetteer: bool = True
    vote: bool = True
    own: facts.Own = facts.Own()


def names(tables: contract.Tables, params: NamesParams) -> dict[str, pl.DataFrame]:
    """Return `names`, a row a mention, `chains`, a row a chain, and `name_judgements` of the documents with a parse."""
    with facts.with_own(params.own):
        return _tables(tables, params)


def _tables(tables: contract.Tables, params: NamesParams) -> dict[str, pl.DataFrame]:
    fields = {row["document_id"]: row for row in tables["fields"].iter_rows(named=True)}
    parses = dict(tables["parses"].select("document_id", "parse").iter_rows())
    mention_rows: list[Row] = []
    chain_rows: list[Row] = []
    judgements: list[Row] = []
    for row in tables["texts"].sort("document_id").iter_rows(named=True):
        if row["document_id"] not in parses:
            continue
        known = fields.get(row["document_id"], {})
        doc = parse_of(parses[row["document_id"]])
        reading = Reading(doc, row["text"], known.get("published_on"), params.gazetteer)
        found = read(reading, writers_of(known), params)
        mention_rows += rows.mention_rows(row["document_id"], reading, found)
        chain_rows += rows.chain_rows(row["document_id"], reading, found)
        judgements += merges.judgement_rows(row["document_id"], reading, found)
    return {
        "names": Names.arrange(pl.DataFrame(mention_rows, schema=Names.polars_schema())),
        "chains": Chains.arrange(pl.DataFrame(chain_rows, schema=Chains.polars_schema())),
        "name_judgements": NameJudgements.arrange(
            pl.DataFrame(judgements, schema=NameJudgements.polars_schema()).unique(["left_id", "right_id", "rule"])
        ),
    }


def writers_of(fields: Row) -> list[str]:
    """Return the names of those who wrote or contributed to an article, from its row of `fields`."""
    stated = [fields.get("authors"), fields.get("contributors")]
    return [name.strip() for value in stated if value for name in value.split(";") if name.strip()]


def read(reading: Reading, writers: Sequence[str], params: NamesParams) -> list[Chain]:
    """Return the chains of a document in the order of their first mention; its own writers are none of them."""
    named = _without_writers(reading, spans.name_mentions(reading, vote=params.vote), writers)
    titles.give_roles(reading, named)
    chaining.set_keys(reading, named)
    known = chaining.build(reading, named)
    country_of = {key: chain.country for key, chain in known.items()}
    nouns = nominals.nominal_mentions(reading, named, country_of)
    offices.resolve(nouns, named, reading.on, country_of)
    anaphora.resolve(reading, named, nouns)
    again = anaphora.countries(reading, named)
    inside = {token for mention in again for token in range(mention.first, mention.last)}
    found = [*again, *(mention for mention in (*named, *nouns) if mention.first not in inside)]
    if params.resolve_pronouns:
        found += pronouns.pronoun_mentions(reading, found, known)
    return _merged(chaining.build(reading, found))


def _without_writers(reading: Reading, named: list[Mention], writers: Sequence[str]) -> list[Mention]:
    known = {persons.parts(writer) for writer in writers}
    return [m for m in named if m.entity_type != "PERSON" or persons.parts(reading.cut(m.first, m.last)) not in known]


def _merged(chains: dict[str, Chain]) -> list[Chain]:
    """Chains of one type and name are one, whatever led to them."""
    found: dict[tuple[str, str], Chain] = {}
    for chain in chains.values():
        key = (chain.entity_type, facts.fold(chain.name))
        if key in found:
            found[key].mentions += chain.mentions
            for attribute in ("country", "sector", "description"):
                setattr(found[key], attribute, getattr(found[key], attribute) or getattr(chain, attribute))
        else:
            found[key] = chain
    return sorted(found.values(), key=lambda chain: min((m.first, m.last) for m in chain.mentions))


STAGE = contract.Stage(
    name="names",
    kind="map",
    function=names,
    inputs=(Texts, Parses, Fields),
    outputs=(Names, Chains, NameJudgements),
    params=NamesParams,
    resources=(*facts.FILES, "own"),
    libraries=("spacy", "rapidfuzz"),
)
