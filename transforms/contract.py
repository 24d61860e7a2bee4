"""The contract of a stage: one pure function with a declaration of all that its result depends on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from schemas.table import Table

Tables = Mapping[str, pl.DataFrame]
Kind = Literal["map", "reduce", "join"]


class Params(BaseModel):
    """Parameters of a stage; the defaults are the product."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Stage:
    """A stage and everything that decides what it makes.

    Attributes:
        name: name on the command line, in the work folder and in Prefect.
        kind: `map` works document by document, `reduce` over the corpus, `join` makes the published tables.
        function: takes the input tables by name and the parameters; returns the output tables by name. It may add a
            `rejects` table. A map stage gets the rows of some documents and must not care which share the call.
        inputs: schemas of the tables that it reads.
        outputs: schemas of the tables that it makes.
        params: class of its parameters.
        resources: what else it reads: files or folders below transforms/, such as "lookups/countries.csv"; "model" is
            the spaCy pipeline that its parameter `model` names, "rules", "own" and "decisions" the user's own files,
            whose content are its parameters of these names.
        libraries: distributions whose version decides what it makes.
        content_keyed: the rows do not speak of their document, so documents with equal input share them.
        memory: schemas of tables that a reduce stage hands to its own next run under the same code key, the user's
            decisions aside, empty where there is none: results of pure functions, each found again by a hash of what it
            was made from. They save work and change nothing: with memory, without it or with that of another corpus it
            makes the same rows.
    """

    name: str
    kind: Kind
    function: Callable[..., dict[str, pl.DataFrame]]
    inputs: tuple[type[Table], ...]
    outputs: tuple[type[Table], ...]
    params: type[Params] = Params
    resources: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    content_keyed: bool = False
    memory: tuple[type[Table], ...] = ()


def rejects(stage: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return a `rejects` table of rows with source_uri, document_id, reason and detail."""
    columns = ("stage", "source_uri", "document_id", "reason", "detail")
    return pl.DataFrame([{"stage": stage, **row} for row in rows], schema={column: pl.String for column in columns})
