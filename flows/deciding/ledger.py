"""What the ledger of a version knows by which key: ids of member keys, and member keys of ids."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import polars as pl

from flows.evidence.version import Row, Version
from schemas import published
from transforms import members, rulings
from transforms.lookups.decisions import ANYWHERE, PARTS, Decision, Level, moved
from transforms.publish.identity import successors

LEVELS: tuple[Level, ...] = ("document", "entity", "event")


class Ledger:
    """The members of a version, and the rows that tell in words what they are."""

    def __init__(self, version: Version) -> None:
        self.version = version

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Level, member, id and anywhere: the key with `*` that a member falls under."""
        known = self.version.rows(published.Identity)
        known = known.filter("is_current") if "is_current" in known.columns else known
        parts = [
            known.filter(level=level).with_columns(
                anywhere=ANYWHERE + pl.col("member").str.extract(rf"^[^:]*((?::[^:]*){{{PARTS[level] - 1}}})")
            )
            for level in LEVELS
        ]
        return pl.concat(parts)

    def ids(self, level: Level, key: str) -> list[str]:
        """Return the ids that the members of a key stand under now; a document stands for itself."""
        found = self.rows.filter((pl.col("level") == level) & ((pl.col("member") == key) | (pl.col("anywhere") == key)))
        return sorted(set(found["member" if level == "document" else "id"]))

    def members(self, level: Level, id_: str) -> pl.DataFrame:
        """Return the rows of an id."""
        return self.rows.filter(level=level, id=id_)

    def named(self, decisions: Sequence[Decision]) -> Mapping[str, list[str]]:
        """Return the ids that each key of decisions of one level stands under now; documents stand for themselves."""
        rows = self.rows.filter(level=decisions[0].level)
        ids = rows["member" if decisions[0].level == "document" else "id"]
        places = rulings.positions(decisions, rows["member"])
        return {key: sorted(set(ids.gather(found))) for key, found in places.items()}

    def void(self, decisions: Sequence[Decision]) -> dict[int, str]:
        """Return, by line, what stands against those decisions of one level that cannot hold."""
        found = rulings.ruled(decisions, self.rows.filter(level=decisions[0].level)["member"])
        return {decision.line: what for decision, _, what in found.void}

    def moved(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Return the decisions with documents that were edited exchanged for what they are now."""
        return moved(decisions, dict(successors(self.version.rows(published.Sources)).iter_rows()))

    def chain_key(self, entity: Row) -> str:
        """Return the key for an entity: its name in all documents if that is nobody else's, else one of its chains.

        A noun ("troops"), and one word of which no second document tells that it names the same, may be somebody else
        in the next document, so that they stand for the chain of one.
        """
        rest = f":{entity['entity_type'].lower()}:{_folded(entity['name'])}"
        named = self.rows.filter(level="entity", anywhere=ANYWHERE + rest)
        own = named.filter(id=entity["entity_id"])
        telling = " " in _folded(entity["name"]) or own.height > 1
        if entity["entity_type"] != "GROUP" and telling and own.height == named.height > 0:
            return ANYWHERE + rest
        candidates = own if own.height else self.members("entity", entity["entity_id"])
        return str(candidates["member"].min())

    def mention_key(self, mention: Row) -> str:
        """Return the key of the chain that a row of `mentions` stands in: of the entity's, the one most like it."""
        known = self.members("entity", mention["entity_id"])["member"].to_list()
        here: list[str] = [key for key in known if key.startswith(f"{mention['document_id']}:")]
        words = set(_folded(mention["text"]).split())
        return max(here, key=lambda key: (len(words & set(key.split(":")[2].split())), key))

    def report_key(self, report: Row) -> str:
        """Return the key of a row of `event_mentions`."""
        stated = {"document_id": report["document_id"], "report": 0, "sentence": report["sentence"]}
        frame = pl.DataFrame([{**stated, "trigger_lemma": "*", "event_type": report["event_type"]}])
        start, _, end = members.of_reports({"reports": frame})["member"][0].partition(ANYWHERE)
        known = self.members("event", report["event_id"])["member"].to_list()
        here: list[str] = [key for key in known if key.startswith(start) and end in key[len(start) :]]
        trigger = report["sentence"][report["trigger_start"] - report["sentence_start"] :].lower()
        return max(here, key=lambda key: (_shared(key[len(start) :], trigger), -len(key)))


def _folded(text: str) -> str:
    folded: str = pl.select(members.folded(pl.lit(text))).item()
    return folded


def _shared(left: str, right: str) -> int:
    """Letters that two words begin with."""
    pairs = zip(left, right, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))
