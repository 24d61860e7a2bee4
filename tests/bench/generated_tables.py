"""The work tables of generated news: texts, fields, names, chains, reports and report_arguments."""

from dataclasses import dataclass
from datetime import date

import generated_news as news
import numpy as np
import polars as pl
from generated_world import FORMS, Numbers, Shares, World, world

from schemas import work
from schemas.table import Table
from transforms.lookups import facts

FIRST_DAY, DAILY, MONTH = date(2020, 1, 1), 200, 30
SLOTS = ("actor", "recipient", "place")
NAMED_AS = np.cumsum([0.68, 0.05, 0.05, 0.17, 0.05])
STATUSES = np.array(["happened"] * 17 + ["planned", "threatened", "ongoing"])
UNITS = np.array(["people", "USD", "troops", "percent", "ships"])
STATED, PUBLISHED, COUNTED = 0.22, 0.4, 0.1
PRONOUNS, SHORTENED = 0.15, 0.6


@dataclass(frozen=True)
class Mentions:
    """Who is named in the sentences, in order: row * 3 + slot, entity, chain, text, kind."""

    frame: pl.DataFrame
    chains: pl.DataFrame


def generate(count: int, seed: int = 7, *, dense: bool = False) -> dict[str, pl.DataFrame]:
    """Return the tables of so many documents.

    Args:
        count: number of documents, by day.
        seed: all that is random follows from it and from the count.
        dense: put all documents into one month; otherwise every day has as many, whatever the count.
    """
    known, dice = world(seed), np.random.default_rng([seed, count])
    told = news.stories(known, count, MONTH if dense else max(1, count // DAILY), dice)
    documents = news.documents(known, told, seed, dice)
    sentences = news.sentences(known, told, documents, dice)
    mentions = _mentions(known, documents, sentences)
    lines = _lines(known, sentences, mentions)
    tables = _documents(documents, lines) | _named(known, documents, mentions, lines)
    return tables | _reported(known, told, documents, sentences, lines, mentions)


def chance(*keys: Numbers) -> Shares:
    """Return a number from 0 to 1 for each row of keys, always the same for the same keys (splitmix64, Steele 2014)."""
    mixed = np.zeros(len(keys[0]), dtype=np.uint64)
    for key in keys:
        mixed = (mixed ^ key.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)) / float(1 << 53)


def _mentions(known: World, by: news.Documents, told: news.Sentences) -> Mentions:
    entities = told.entities.ravel()
    places = np.flatnonzero(entities != news.NOBODY)
    entity, row = entities[places], places // len(SLOTS)
    document = told.document[row]
    _, first, group = np.unique(document * known.entities.height + entity, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    begins = np.searchsorted(document[first[order]], np.arange(len(by.story)))
    is_first = np.zeros(len(places), dtype=bool)
    is_first[first] = True
    luck = chance(told.key[row], places % len(SLOTS))
    form = _form(known, by.source[document], entity)
    pronoun = ~is_first & (luck < PRONOUNS)
    form = np.where(~is_first & ~pronoun & (luck < SHORTENED), FORMS.index("short"), form)
    forms = known.entities.select(pl.concat_list(FORMS).alias("form")).explode("form")["form"]
    frame = pl.DataFrame(
        {
            "place": places, "document": document, "entity": entity,
            "chain": rank[group] - begins[document], "form": form, "text": forms[entity * len(FORMS) + form],
            "pronoun": pronoun,
        }
    ).with_columns(text=pl.when("pronoun").then(pl.lit("it")).otherwise("text"))  # fmt: skip
    chains = frame[np.sort(first)].select("document", "entity", "chain", "form", name="text")
    return Mentions(frame, chains)


def _form(known: World, source: Numbers, entity: Numbers) -> Numbers:
    """How a document names an entity first: what no lookup knows also longer, shorter, with a title or misspelt."""
    form = np.searchsorted(NAMED_AS, chance(source, entity))
    kinds = [known.kinds[kind] for kind in ("person", "company")]
    free = np.any([(entity >= first) & (entity < end) for first, end in kinds], axis=0)
    return np.where(free, np.minimum(form, len(FORMS) - 1), 0)


def _lines(known: World, told: news.Sentences, mentions: Mentions) -> pl.DataFrame:
    """A row a sentence: its text, where it starts in its document, where its slots and its verb start in it."""
    said = pl.DataFrame({"place": np.arange(told.entities.size)}).join(
        mentions.frame.select("place", "text"), on="place", how="left", maintain_order="left"
    )["text"]
    slots = [said.gather_every(len(SLOTS), place).alias(slot) for place, slot in enumerate(SLOTS)]
    verb = pl.Series("verb", known.predicates["lemma"][told.predicate])
    words = pl.DataFrame([known.words[told.words[:, place]].alias(f"w{place}") for place in range(news.WORDS)])
    frame = pl.DataFrame([pl.Series("document", told.document), *slots, verb]).with_columns(
        words=words.select(text=pl.concat_str(pl.all(), separator=" "))["text"]
    )
    pieces = {
        "actor": pl.col("actor") + " ", "verb": pl.col("verb") + " ", "recipient": pl.col("recipient") + " ",
        "place": "in " + pl.col("place") + " ", "words": pl.col("words") + ".\n",
    }  # fmt: skip
    frame = frame.with_columns(**{f"{name}_piece": piece.fill_null("") for name, piece in pieces.items()})
    lengths = [pl.col(f"{name}_piece").str.len_chars().cast(pl.Int64) for name in pieces]
    starts = dict(zip([f"{name}_start" for name in pieces], np.cumsum([0 * lengths[0], *lengths[:-1]]), strict=True))
    return frame.with_columns(sentence=pl.concat_str([f"{name}_piece" for name in pieces]), **starts).with_columns(
        pl.col("place_start") + len("in "),
        start=pl.col("sentence").str.len_chars().cast(pl.Int64).cum_sum().shift(1, fill_value=0).over("document"),
    )


def _documents(by: news.Documents, lines: pl.DataFrame) -> dict[str, pl.DataFrame]:
    texts = lines.group_by("document", maintain_order=True).agg(
        text=pl.col("sentence").str.join(""),
        title=pl.concat_str("actor", "verb", "recipient", "words", separator=" ", ignore_nulls=True).first(),
    )
    outlets = facts.rows("outlets")
    numbers = pl.Series((chance(np.arange(len(by.story))) ** 2 * len(outlets)).astype(np.int64))
    frame = texts.with_columns(
        document_id=by.ids,
        language=pl.lit("en"),
        outlet=pl.Series([row["outlet"] for row in outlets])[numbers],
        published_on=pl.lit(FIRST_DAY) + pl.duration(days=pl.Series(by.day)),
        published_on_basis=pl.lit("metadata"),
    )
    return {"texts": work.Texts.arrange(frame), "fields": _arranged(work.Fields, frame)}


def _arranged(schema: type[Table], frame: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in schema.polars_schema() if name not in frame.columns]
    return schema.arrange(frame.with_columns(pl.lit(None).alias(name) for name in missing))


def _named(known: World, by: news.Documents, mentions: Mentions, lines: pl.DataFrame) -> dict[str, pl.DataFrame]:
    described = known.entities.with_row_index("entity").drop("name").with_columns(pl.col("entity").cast(pl.Int64))
    ids = pl.DataFrame({"document": np.arange(len(by.story)), "document_id": by.ids})
    chains = (
        mentions.chains.join(described, on="entity")
        .join(ids, on="document")
        .with_columns(aliases=pl.when(pl.col("short") != pl.col("name")).then("short"))
    )
    names = _placed(mentions, lines).join(ids, on="document").join(described, on="entity")
    kinds = pl.when("pronoun").then(pl.lit("pronoun")).when(pl.col("entity_type") == "GROUP").then(pl.lit("nominal"))
    return {
        "chains": work.Chains.arrange(chains),
        "names": work.Names.arrange(names.with_columns(mention_kind=kinds.otherwise(pl.lit("name")))),
    }


def _placed(mentions: Mentions, lines: pl.DataFrame) -> pl.DataFrame:
    """The mentions with their number and place in the document."""
    place = mentions.frame["place"].to_numpy()
    starts = lines.select(f"{slot}_start" for slot in SLOTS).to_numpy().ravel() + np.repeat(lines["start"], len(SLOTS))
    return mentions.frame.with_columns(
        start=pl.Series(starts[place]),
        mention=pl.int_range(pl.len()).over("document"),
    ).with_columns(end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64))


def _reported(
    known: World, told: news.Stories, by: news.Documents, given: news.Sentences, lines: pl.DataFrame, mentions: Mentions
) -> dict[str, pl.DataFrame]:
    rows = np.flatnonzero(given.happening != news.NOTHING)
    happening, key, predicate = given.happening[rows], given.key[rows], given.predicate[rows]
    published = by.day[given.document[rows]]
    frame = lines[rows].with_columns(
        known.predicates[predicate].rename({"mode": "event_mode"}).drop("lemma"),
        document_id=by.ids[given.document[rows]],
        row=pl.Series(rows),
        report=pl.int_range(pl.len()).over("document"),
        trigger_lemma=pl.col("verb"),
        status=pl.Series(STATUSES[(chance(happening) * len(STATUSES)).astype(np.int64)]),
        contexts=pl.Series(np.where(chance(happening, happening) < 0.3, "military", "")).replace("", None),
        confidence=pl.Series((0.5 + 0.45 * chance(key, happening)).round(2)),
        is_quoted=pl.lit(False),
        rule=pl.lit("generated"),
        actor_text="actor", recipient_text="recipient", place_text="place",
        sentence=pl.col("sentence").str.strip_chars_end("\n"),
        sentence_start="start",
        sentence_end=pl.col("start") + pl.col("sentence").str.len_chars() - 1,
        trigger_start=pl.col("start") + pl.col("verb_start"),
    ).with_columns(
        *_dates(told.happened[happening], published, chance(key)),
        *_quantities(happening),
        trigger_end=pl.col("trigger_start") + pl.col("verb").str.len_chars(),
    )  # fmt: skip
    return {
        "reports": _arranged(work.Reports, frame),
        "report_arguments": work.ReportArguments.arrange(_arguments(frame, _placed(mentions, lines))),
    }


def _dates(happened: Numbers, published: Numbers, luck: Shares) -> list[pl.Series]:
    """Some reports state the day, the others of them that are dated stand for the day of publication."""
    stated, dated = luck < STATED, luck < PUBLISHED
    numbers = pl.Series(np.where(stated, happened, published))
    days = pl.select(pl.when(pl.Series(dated)).then(pl.lit(FIRST_DAY) + pl.duration(days=numbers))).to_series()
    basis = np.where(stated, "text:Monday", np.where(dated, "published", ""))
    return [
        days.alias("happened_from"),
        days.alias("happened_to"),
        pl.Series("date_precision", np.where(dated, "day", "unknown")),
        pl.Series("date_basis", basis).replace("", None),
    ]


def _quantities(happening: Numbers) -> list[pl.Series]:
    counted = pl.Series(chance(happening + 1) < COUNTED)
    values = pl.Series("quantity", np.exp(8 * chance(happening + 2)).round())
    units = pl.Series("quantity_unit", UNITS[(chance(happening + 3) * len(UNITS)).astype(np.int64)])
    return pl.select(pl.when(counted).then(values), pl.when(counted).then(units)).get_columns()


def _arguments(reports: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    slots = pl.DataFrame({"slot": np.arange(len(SLOTS)), "role": SLOTS})
    number, slot = pl.col("place") // len(SLOTS), pl.col("place") % len(SLOTS)
    placed = names.select("start", "end", "text", "mention", row=number, slot=slot).join(slots, on="slot")
    return reports.select("document_id", "report", "row").join(placed, on="row")
