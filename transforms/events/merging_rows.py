"""From the reports of clusters to a row about the event that each tells, and to its participants.

All clusters are described at once, column by column: `reports` are the rows of `Facts` with their cluster, `parties`
those of its parties with the cluster of the report and the entity cluster as `party`.
"""

import polars as pl

from transforms.events.merging_decisions import KINDS
from transforms.lookups.places import place_of

CERTAINTY = ("happened", "ongoing", "planned", "threatened", "denied")
SIDES = ("actor", "recipient")
BELONGS = (pl.col("country").is_null(), pl.col("name"), pl.col("party"))
"""Puts who belongs to a state before bodies of states and groups of nobody knows where, then goes by name."""


def event_rows(reports: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Return a row a cluster with the columns of `event_clusters` but `follows`."""
    types = _types(reports)
    of_type = reports.join(types, on=["cluster", "event_type"], how="semi")
    parts = [
        _common(of_type, "event_mode"),
        _contexts(reports),
        _dates(reports),
        _places(parties),
        _common(reports.filter(pl.col("quantity_unit") != ""), "quantity", "quantity_unit"),
        main_parties(types, parties),
        _best(reports),
    ]
    rows = types
    for part in parts:
        rows = rows.join(part, on="cluster", how="left")
    return rows


def _first(rows: pl.DataFrame, *order: pl.Expr | str, by: tuple[str, ...] = ("cluster",)) -> pl.DataFrame:
    """The first row of each cluster in an order, nulls last."""
    return rows.sort(*order, nulls_last=True).unique(by, keep="first", maintain_order=True)


def _common(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The most frequent value, the smallest on a tie; clusters without a value have no row."""
    counts = rows.drop_nulls(columns).group_by("cluster", *columns).len("count")
    return _first(counts, -pl.col("count").cast(pl.Int64), *columns).select("cluster", *columns)


def _types(reports: pl.DataFrame) -> pl.DataFrame:
    """The type with most confidence behind it; in millionths, so that the order of a sum makes no difference."""
    millionths = (pl.col("confidence") * 1_000_000).round().cast(pl.Int64).sum()
    weights = reports.group_by("cluster", "event_type").agg(weight=millionths)
    return _first(weights, -pl.col("weight"), "event_type").select("cluster", "event_type")


def _best(reports: pl.DataFrame) -> pl.DataFrame:
    """What the surest report says, the earliest among equals."""
    return _first(reports, -pl.col("confidence"), "published_on", "number").select(
        "cluster", "confidence", headline="sentence"
    )


def _contexts(reports: pl.DataFrame) -> pl.DataFrame:
    """All contexts, the most frequent first."""
    names = reports.drop_nulls("contexts").select("cluster", pl.col("contexts").str.split("; ")).explode("contexts")
    counts = names.filter(pl.col("contexts") != "").group_by("cluster", "contexts").len("count")
    ordered = counts.sort("cluster", -pl.col("count").cast(pl.Int64), "contexts")
    return ordered.group_by("cluster", maintain_order=True).agg(pl.col("contexts").str.join("; "))


def _dates(reports: pl.DataFrame) -> pl.DataFrame:
    """Status and days of each event.

    The status is the most certain one; of what took place, what most reports say: over, or going on. The days are those
    that the text states, at their most precise, else those that publication stands for.
    """
    ongoing, happened = ((pl.col("status") == status).sum() for status in ("ongoing", "happened"))
    rank = pl.col("status").replace_strict({name: place for place, name in enumerate(CERTAINTY)})
    surest = rank.min().replace_strict(dict(enumerate(CERTAINTY)), return_dtype=pl.String)
    lasting = (ongoing > 0) & (ongoing >= happened)
    status = reports.group_by("cluster").agg(
        status=pl.when(lasting).then(pl.lit("ongoing")).otherwise(surest), earliest=pl.col("happened_from").min()
    )
    days = pl.coalesce("happened_to", "happened_from") - pl.col("happened_from")
    dated = reports.drop_nulls("happened_from")
    sharpest = _first(dated, pl.col("stated_from").is_null(), days, "happened_from", "number").select(
        "cluster", "happened_from", "happened_to", "date_precision", "date_basis"
    )
    goes_on = pl.col("status") == "ongoing"
    return status.join(sharpest, on="cluster", how="left").select(
        "cluster",
        "status",
        "date_basis",
        date_precision=pl.col("date_precision").fill_null("unknown"),
        started_on=pl.when(goes_on).then("earliest").otherwise("happened_from"),
        ended_on=pl.when(~goes_on).then("happened_to"),
    )


def _places(parties: pl.DataFrame) -> pl.DataFrame:
    """The place that most reports name, with its coordinates where it is known, by its country if the text tells it."""
    named = parties.filter(pl.col("role") == "place")
    about = named.select("party", "name", "country").unique("party")
    spoken = (
        parties.filter(pl.col("role").is_in(SIDES))
        .group_by("cluster")
        .agg(spoken=pl.col("country").drop_nulls().unique().sort().str.join(" "))
    )
    chosen = _common(named, "party").join(about, on="party").join(spoken, on="cluster", how="left")
    asked = chosen.select("name", "country", pl.col("spoken").fill_null("")).unique(maintain_order=True)
    found = [place_of(name, country, spoken.split()) for name, country, spoken in asked.iter_rows()]
    known = asked.with_columns(
        pl.Series(column, [getattr(place, column, None) for place in found], dtype=dtype)
        for column, dtype in (("iso3", pl.String), ("latitude", pl.Float64), ("longitude", pl.Float64))
    )
    return (
        chosen.with_columns(pl.col("spoken").fill_null(""))
        .join(known, on=["name", "country", "spoken"], how="left", nulls_equal=True)
        .select(
            "cluster", "latitude", "longitude", place_name="name", place_country=pl.coalesce("country", "iso3")
        )
    )  # fmt: skip


def main_parties(types: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Return the first actor and the first recipient of each cluster: actor_id and recipient_id.

    They are named by most reports, those of a state first, then by name. Among equals the two that most reports name,
    of two countries if there are two, stand in the order of states and names.

    Args:
        types: cluster and event_type.
        parties: see the module.
    """
    ranked = _ranked(types, parties)
    actor = ranked.filter((pl.col("role") == "actor") & (pl.col("rank") == 0))
    chosen = pl.concat([_two_sides(ranked, actor), _actor_and_other(ranked, actor)])
    pair = chosen.group_by("cluster").agg(
        pl.col("party").filter(pl.col("side") == side).first().alias(f"{side}_id") for side in SIDES
    )
    return pair


def _ranked(types: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """The parties of each role in order, `rank` from 0; among equals, which `equals` marks, all are actors."""
    counted = _counts(types, parties)
    order = ("cluster", "role", -pl.col("count"), *BELONGS)
    return counted.sort(order, nulls_last=True).with_columns(rank=pl.int_range(pl.len()).over("cluster", "role"))


def _counts(types: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """How many reports name which party in which role."""
    taking_part = parties.filter(pl.col("role").is_in(SIDES)).join(_equals(types, parties), on="cluster", how="left")
    equals = pl.col("equals").fill_null(value=False)
    sided = taking_part.with_columns(equals, role=pl.when(equals).then(pl.lit("actor")).otherwise("role"))
    return sided.group_by("cluster", "equals", "role", "party", "name", "country").agg(count=pl.len().cast(pl.Int64))


def _equals(types: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Where the order of the parties says nothing; an offer that all reports lay to one side is no deal.

    Nor is who was spoken with the one who spoke where no report names another party.
    """
    symmetric = types.filter(pl.col("event_type").is_in([name for name, kind in KINDS.items() if kind.symmetric]))
    lone_acts = pl.col("event_type").is_in([name for name, kind in KINDS.items() if kind.lone_acts])
    side = pl.coalesce("country", "party")
    sides = [side.filter(pl.col("role") == role).unique() for role in SIDES]
    acting = pl.col("actors").list.len()
    return (
        parties.join(symmetric.select("cluster", lone_acts=lone_acts), on="cluster")
        .group_by("cluster", "lone_acts")
        .agg(actors=sides[0], recipients=sides[1])
        .select(
            "cluster",
            equals=pl.when(acting == 0)
            .then(pl.col("lone_acts") | (pl.col("recipients").list.len() != 1))
            .otherwise((acting > 1) | (pl.col("actors").list.set_intersection("recipients").list.len() > 0)),
        )
    )


def _two_sides(ranked: pl.DataFrame, actor: pl.DataFrame) -> pl.DataFrame:
    """Among equals: the first party, and the first one of another country if there is one."""
    first = actor.filter("equals")
    others = ranked.filter(pl.col("equals") & (pl.col("rank") > 0)).join(
        first.select("cluster", home="country"), on="cluster"
    )
    second = _first(others, pl.col("country").eq_missing("home") & pl.col("country").is_not_null(), "rank")
    both = pl.concat([first, second.drop("home")]).sort("cluster", *BELONGS)
    place = pl.int_range(pl.len()).over("cluster")
    return both.select("cluster", "party", side=place.replace_strict(dict(enumerate(SIDES)), return_dtype=pl.String))


def _actor_and_other(ranked: pl.DataFrame, actor: pl.DataFrame) -> pl.DataFrame:
    """The first actor, and the first recipient who is somebody else."""
    chosen = actor.filter(~pl.col("equals")).select("cluster", "party")
    others = ranked.filter(~pl.col("equals") & (pl.col("role") == "recipient")).join(
        chosen, on=["cluster", "party"], how="anti"
    )
    sides = (chosen, _first(others, "rank").select("cluster", "party"))
    return pl.concat(rows.with_columns(side=pl.lit(side)) for rows, side in zip(sides, SIDES, strict=True))


def participant_rows(rows: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `event_participants`: every party in every role, counted by reports.

    Among equals the recipient is the one of `main_parties`; all others are actors.

    Args:
        rows: what `event_rows` returned.
        parties: see the module.
    """
    counted = _counts(rows.select("cluster", "event_type"), parties).join(
        rows.select("cluster", party="recipient_id", second=True), on=["cluster", "party"], how="left"
    )
    second = pl.col("equals") & pl.col("second").fill_null(value=False)
    sides = counted.select(
        "cluster", "party", "count", role=pl.when(second).then(pl.lit("recipient")).otherwise("role")
    )
    around = parties.filter(~pl.col("role").is_in(SIDES)).group_by("cluster", "party", "role").agg(
        count=pl.len().cast(pl.Int64)
    )  # fmt: skip
    return pl.concat([sides, around.select(sides.columns)]).rename({"party": "entity_id", "count": "mention_count"})
