"""Which member of the parent's ledger is which member of today: by its whole key, else by what is left of it.

A key breaks where a document is edited or code changes: another type, another lemma, a sentence cut elsewhere. So a
member that is not found by its key is looked for by parts of it, surest first, inside its document. Parts that more
than one member has on either side tell nothing. Whoever is recognised is out of the game for the weaker steps.
"""

from dataclasses import dataclass

import polars as pl

PATTERNS = {
    "entity": r"^(?<document>[^:]*):(?<type>[^:]*):(?<name>[^:]*)(?::(?<number>\d+))?$",
    "event": r"^(?<document>[^:]*):(?<whole>[^:]{8})(?<start>[^:]{4})?(?<end>[^:]{4})?"
    r":(?<lemma>.*):(?<type>[A-Z_]+)(?::(?<number>\d+))?$",
}
WORDS = ("first_word", "last_word")


@dataclass(frozen=True)
class Step:
    """Parts of a key by which a member is recognised.

    Attributes:
        parts: what is equal, beside the document.
        alone: they must be the only ones of the document with these parts; else of those not recognised yet.
    """

    parts: tuple[str, ...]
    alone: bool = False


STEPS = {
    "entity": (Step(("name", "number")),),
    "event": (
        Step(("whole", "lemma", "type", "number")),
        Step(("whole", "lemma", "number")),
        Step(("whole", "type")),
        Step(("start", "lemma", "type", "number")),
        Step(("end", "lemma", "type", "number")),
        Step(("whole",), alone=True),
        Step(("lemma", "type"), alone=True),
    ),
}


def recognised(level: str, before: pl.Series, after: pl.Series) -> pl.DataFrame:
    """Return which member was which: columns before, after, and exact, true where the whole key is the same.

    Events: the same sentence and trigger (the type changed); the same sentence and type (the trigger did); the same
    start or end of the sentence, trigger and type (it was edited or cut elsewhere); the only report of its sentence;
    the only report of its document with this trigger and type. Entities: the same name (the type changed); one name
    the beginning or end of the other, and the same type. Documents: the whole key alone. Equal keys of one document
    are told apart by their numbers.

    Args:
        level: document, entity or event.
        before: keys of the ledger, their documents being those of today.
        after: keys of today.
    """
    old, new = (pl.DataFrame({"key": keys.unique()}, schema={"key": pl.String}) for keys in (before, after))
    same = old.join(new, on="key", how="semi").select(before="key", after="key", exact=pl.lit(value=True))
    if level not in STEPS or same.height in (old.height, new.height):
        return same
    old, new = _with_parts(level, old, new, same)
    pairs = same.drop("exact")
    for step in STEPS[level]:
        pairs = pl.concat([pairs, _by_parts(old, new, pairs, step)])
    if level == "entity":
        pairs = pl.concat([pairs, _by_words(_open(old, pairs, "before"), _open(new, pairs, "after"))])
    return pairs.with_columns(exact=pl.col("before") == pl.col("after"))


def _with_parts(
    level: str, old: pl.DataFrame, new: pl.DataFrame, same: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cut the keys of those documents into parts that have a member to be recognised on both sides."""
    document = pl.col("key").str.extract("^([^:]*)").alias("document")
    old, new = old.with_columns(document), new.with_columns(document)
    both = _open(old, same, "before").join(_open(new, same, "after"), on="document", how="semi").select("document")
    both = both.unique()
    parts = pl.col("key").str.extract_groups(PATTERNS[level]).alias("parts")
    cut = (side.join(both, on="document", how="semi").select("key", parts).unnest("parts") for side in (old, new))
    # The first of equal keys has no number.
    old, new = (side.with_columns(pl.col("number").fill_null("1")) for side in cut)
    return old, new


def _open(side: pl.DataFrame, pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    return side.join(pairs, left_on="key", right_on=column, how="anti")


def _by_parts(old: pl.DataFrame, new: pl.DataFrame, pairs: pl.DataFrame, step: Step) -> pl.DataFrame:
    on = ["document", *step.parts]
    sides = []
    for side, column in ((old, "before"), (new, "after")):
        rows = side if step.alone else _open(side, pairs, column)
        unique = rows.drop_nulls(on).unique(on, keep="none")
        sides.append(_open(unique, pairs, column).select(*on, pl.col("key").alias(column)))
    return sides[0].join(sides[1], on=on).select("before", "after").sort("before")


def _by_words(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Pair names of one type of which one is the beginning or the end of the other, word by word."""
    ends = {WORDS[0]: pl.col("name").str.extract(r"^(\S+)"), WORDS[1]: pl.col("name").str.extract(r"(\S+)$")}
    old, new = old.with_columns(**ends), new.with_columns(**ends)
    found = pl.concat(_within(old.join(new, on=["document", "type", word], suffix="_new")) for word in WORDS)
    pairs = found.unique()
    return pairs.filter(pl.col("before").is_unique() & pl.col("after").is_unique()).sort("before")


def _within(pairs: pl.DataFrame) -> pl.DataFrame:
    name, other = pl.col("name"), pl.col("name_new")
    inside = _ends_of(name, other) | _ends_of(other, name)
    return pairs.filter(inside).select(before="key", after="key_new")


def _ends_of(short: pl.Expr, long: pl.Expr) -> pl.Expr:
    return long.str.starts_with(short + " ") | long.str.ends_with(" " + short)
