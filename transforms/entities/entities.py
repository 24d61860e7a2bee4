"""Stage `entities`: which chains of different documents are the same entity, and what is known of it."""

import polars as pl

from schemas.memory import NameForms, StoryLinks
from schemas.table import Table
from schemas.work import ChainEntities, Chains, EntityClusters, EntityJudgements, Names, Stories
from transforms import contract, members, rulings
from transforms.entities import forms, nearby, nodes, why
from transforms.entities.described import described
from transforms.entities.matching import MatchParams
from transforms.entities.nodes import TieParams
from transforms.entities.parted import parted
from transforms.lookups import facts
from transforms.lookups.decisions import Decision, of

CHAIN = ["document_id", "chain"]


class EntitiesParams(contract.Params):
    """Parameters of `entities`.

    Attributes:
        matching: when names of a story are one entity's.
        ties: when short forms stand for a long one wherever nothing explains them.
        own: the user's own rows of lookups.
        decisions: the user's own decisions.
    """

    matching: MatchParams = MatchParams()
    ties: TieParams = TieParams()
    own: facts.Own = facts.Own()
    decisions: tuple[Decision, ...] = ()


def entities(tables: contract.Tables, params: EntitiesParams) -> dict[str, pl.DataFrame]:
    """Return the cluster of each chain, the clusters, and the judgements that made them.

    Chains meet by what a lookup says, then inside a story by compatible names, then across stories by full names;
    unnamed groups by country and sector. A cluster is named by its entry in a lookup, else by its full name, else by
    its first chain. What the user decided comes last and overrides it all.
    """
    with facts.with_own(params.own):
        return _clustered(tables, params)


def _clustered(tables: contract.Tables, params: EntitiesParams) -> dict[str, pl.DataFrame]:
    chains, bodies, spelled = forms.compared(tables, _remembered(tables, NameForms))
    links, told = nearby.linked_names(chains, _remembered(tables, StoryLinks), params.matching)
    chains = nodes.placed(chains, links)
    meant = nodes.meanings(chains, bodies, params.ties)
    chains = nodes.parted_by_story(chains, meant)
    cluster, tied = nodes.clustered(chains, nodes.ties(chains, meant))
    chains = chains.join(cluster, on="node", how="left", maintain_order="left")
    judged = why.judgements(chains, links, tied)
    ruled = _ruled(tables, chains, params)
    if ruled.verdicts:
        chains = parted(chains, ruled)
        judged = why.overruled(judged, chains, ruled)
    return {
        "chain_entities": ChainEntities.arrange(chains),
        "entity_clusters": described(chains.join(_mentions(tables), on=CHAIN, how="left")),
        "entity_judgements": EntityJudgements.arrange(judged),
        "rejects": contract.rejects("entities", rulings.reject_rows(ruled)),
        NameForms.table: spelled,
        StoryLinks.table: told,
    }


def _remembered(tables: contract.Tables, schema: type[Table]) -> pl.DataFrame:
    return tables[schema.table] if schema.table in tables else schema.create_empty()


def _mentions(tables: contract.Tables) -> pl.DataFrame:
    return tables["names"].group_by(CHAIN).agg(mentions=pl.len())


def _ruled(tables: contract.Tables, chains: pl.DataFrame, params: EntitiesParams) -> rulings.Rulings:
    """What the user decided, as positions among the chains."""
    decisions = of(params.decisions, "entity")
    if not decisions:
        return rulings.Rulings()
    keys = chains.select(CHAIN).join(members.of_chains(tables), on=CHAIN, how="left", maintain_order="left")
    return rulings.ruled(decisions, keys["member"])


STAGE = contract.Stage(
    name="entities",
    kind="reduce",
    function=entities,
    inputs=(Names, Chains, Stories),
    outputs=(ChainEntities, EntityClusters, EntityJudgements),
    params=EntitiesParams,
    resources=(*facts.FILES, "own", "decisions"),
    libraries=("polars", "rapidfuzz"),
    memory=(NameForms, StoryLinks),
)
