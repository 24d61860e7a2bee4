"""What makes members one entity, one document with its copies, one story: the judgements in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import polars as pl

from flows.deciding.ledger import Ledger
from flows.deciding.listing import Listed, about
from flows.evidence import words
from flows.evidence.version import SIDES, Row, Version
from schemas import published
from transforms.lookups.decisions import Decision, Level

LISTED = 10
RULES: Mapping[str, str] = {
    "key:group": "unnamed people of one country and kind",
    "key:name": "a name that means one thing everywhere",
    "own:same": "you decided so",
    "own:different": "you decided so",
    "leads_differ": "they share much, but begin differently",
}
"""Rules in words that need more than their parts."""
PARTS: Mapping[str, str] = {
    "key": "one entry of the lookup",
    "story": "in one story:",
    "corpus": "in all documents:",
    "exact_copy": "the same text word for word;",
    "near_copy": "nearly the same text;",
}


@dataclass(frozen=True)
class Because:
    """Judgements of one rule: what was decided, why in words, and how often; some of the pairs."""

    decision: str
    rule: str
    words: str
    count: int
    pairs: list[Row]


@dataclass(frozen=True)
class Members:
    """An entity, or a document with its copies and its story.

    Attributes:
        version: number of the version explained.
        level: entity or document.
        row: the row of `entities` or `documents`, of the latter without its text.
        documents: those that name the entity, or the copies and the story of the document; `said` tells what each is.
        reasons: why they are one, then what kept others apart.
        decisions: the user's own that name it.
        names: what the ids and keys in the judgements stand for, in words.
    """

    version: int
    level: Level
    row: Row
    documents: list[Row]
    reasons: list[Because]
    decisions: list[Listed]
    names: dict[str, str]

    def as_dict(self) -> Row:
        """Return the same as dicts and lists."""
        return asdict(self)


def entity(version: Version, row: Row, decisions: tuple[Decision, ...]) -> Members:
    """Return why the chains of an entity are one, and what kept others apart."""
    ledger = Ledger(version)
    keys = ledger.members("entity", row["entity_id"])["member"].to_list()
    found = version.rows(published.Mentions, entity_id=row["entity_id"])
    counted = found.group_by("document_id", "text").len().sort("len", "text", descending=[True, False])
    forms = counted.group_by("document_id", maintain_order=True).agg(
        said=pl.format('"{}" x{}', "text", "len").str.join(", "), mentions=pl.col("len").sum()
    )
    documents = _documents(version, forms.sort("mentions", "document_id", descending=[True, False]))
    own = about(ledger, decisions, "entity", row["entity_id"])
    reasons = _because(version, "entity", keys)
    return Members(version.number, "entity", row, documents, reasons, own, _chains(ledger, reasons, row["entity_id"]))


def document(version: Version, row: Row, decisions: tuple[Decision, ...]) -> Members:
    """Return of which document this one is a copy, which are its copies, which tell its story, and why."""
    ledger, all_ = Ledger(version), version.rows(published.Documents)
    original = row["duplicate_of"] or row["document_id"]
    near = all_.filter((pl.col("document_id") != row["document_id"]) & _near(row, original))
    said = (
        pl.when(pl.col("document_id") == original)
        .then(pl.lit("the original"))
        .otherwise(
            pl.when(pl.col("duplicate_of") == original).then(pl.lit("a copy")).otherwise(pl.lit("of the same story"))
        )
    )
    documents = near.select("document_id", said=said).sort("said", "document_id", descending=[True, False])
    reasons = _because(version, "document", [row["document_id"]])
    own = about(ledger, decisions, "document", row["document_id"])
    names = {one["document_id"]: words.document(one) for one in all_.iter_rows(named=True)}
    named = {side: names[side] for side in _sides(reasons) if side in names}
    return Members(version.number, "document", row, _documents(version, documents), reasons, own, named)


def _sides(reasons: list[Because]) -> list[str]:
    return sorted({row[side] for because in reasons for row in because.pairs for side in SIDES})


def _chains(ledger: Ledger, reasons: list[Because], own: str) -> dict[str, str]:
    """Keys of chains in words: the name, the document, and the entity if that is another one."""
    uris = dict(ledger.version.rows(published.Documents).select("document_id", "source_uri").iter_rows())
    entities = dict(ledger.version.rows(published.Entities).select("entity_id", "name").iter_rows())
    found = {}
    for key in _sides(reasons):
        document, *_, name = key.split(":")[:3]
        ids = [id_ for id_ in ledger.ids("entity", key) if id_ != own]
        other = "".join(f", now {entities[id_]} ({id_})" for id_ in ids if id_ in entities)
        found[key] = f'"{name}" in {uris.get(document, document)}{other}'
    return found


def _near(row: Row, original: str) -> pl.Expr:
    copies = (pl.col("document_id") == original) | (pl.col("duplicate_of") == original)
    near: pl.Expr = copies | (pl.col("story_id") == row["story_id"])
    return near


def _documents(version: Version, said: pl.DataFrame) -> list[Row]:
    shown = ["document_id", "source_uri", "outlet", "site", "title", "published_on"]
    known = version.rows(published.Documents).select(shown)
    return said.join(known, on="document_id", maintain_order="left").to_dicts()


def _because(version: Version, level: Level, names: list[str]) -> list[Because]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in version.judged(level, names):
        found.setdefault((row["decision"], row["rule"]), []).append(row)
    ordered = sorted(found.items(), key=lambda item: (item[0][0] != "same", not item[0][1].startswith("own:")))
    return [Because(decision, rule, words_of(rule), len(rows), rows[:LISTED]) for (decision, rule), rows in ordered]


def words_of(rule: str) -> str:
    """Return a rule of documents or entities in words; one that is not known stays readable."""
    if rule in RULES:
        return RULES[rule]
    where, _, what = rule.rpartition(":")
    return " ".join(filter(None, (PARTS.get(where, where), what if where == "key" else what.replace("_", " "))))
