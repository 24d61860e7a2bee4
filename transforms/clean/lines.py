"""Stage `lines`: every raw line with its label. The article is found first, then cleaned inside."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from schemas.work import Lines, Raw, SiteLines, Sites
from transforms.clean import head, labels, line_model, lookup
from transforms.clean.fronts import FrontParams, without_teasers
from transforms.clean.labels import Label, Labels, outside_label, phrase_label
from transforms.clean.line_model import ModelParams, Reading
from transforms.clean.lookup import Phrase
from transforms.clean.markup import article_lines
from transforms.clean.rules import KEPT, Rules, overruled, rule_labels
from transforms.clean.split import RawLine, split_lines
from transforms.contract import Params, Stage, Tables

_BLANK = Label("blank", "blank", 1.0)
_MARKED = Label("body", "markup:article", 0.95)


class LinesParams(Params):
    """Numbers of the line rules.

    Attributes:
        reading: how the line model's answers are read.
        deciding: scopes of the phrases that make a line chrome wherever it stands; others do outside the article.
        head_lines: non-blank lines in which a metadata header or dateline may stand.
        lead_words: words of a sentence below a dateline or metadata header that is a lead.
        front: what tells the front of a section from an article.
        rules: the user's own rules, which decide before all others.
    """

    reading: ModelParams = ModelParams()
    deciding: tuple[str, ...] = ("any", "close", "inside")
    head_lines: int = 6
    lead_words: int = 7
    front: FrontParams = FrontParams()
    rules: Rules = Rules()


def lines(tables: Tables, params: LinesParams) -> dict[str, pl.DataFrame]:
    """Return `lines`: one row a raw line, blank ones included, with label, reason, confidence (0 to 1) and offsets."""
    repeated: dict[str, set[int]] = {}
    for document, number in tables["site_lines"].select("document_id", "line_number").iter_rows():
        repeated.setdefault(document, set()).add(number)
    sites = dict(tables["sites"].select("document_id", "site").iter_rows())
    columns: dict[str, list[Any]] = {name: [] for name in Lines.column_names()}
    for row in tables["raw"].sort("document_id").iter_rows(named=True):
        document = row["document_id"]
        split = split_lines(row["raw_text"])
        stated = {"stated_title": row["title"], "article": row["article_text"], "url": row["url"]}
        ruled = rule_labels(split, sites.get(document), params.rules)
        known = label_page(split, repeated.get(document, set()), params, ruled=ruled, **stated)
        _add(columns, document, split, known)
    return {"lines": Lines.arrange(pl.DataFrame(columns, schema=Lines.polars_schema()))}


def _add(columns: dict[str, list[Any]], document: str, page: Sequence[RawLine], known: Labels) -> None:
    """Columns take a fraction of the time of a dict a line."""
    found = [known[line.number] for line in page]
    columns["document_id"] += [document] * len(page)
    columns["line_number"] += [line.number for line in page]
    columns["text"] += [line.text for line in page]
    columns["label"] += [label.label for label in found]
    columns["reason"] += [label.reason for label in found]
    columns["confidence"] += [label.confidence for label in found]
    columns["kept"] += [label.label == KEPT for label in found]
    columns["raw_start"] += [line.start for line in page]
    columns["raw_end"] += [line.end for line in page]


def label_page(
    page: Sequence[RawLine],
    repeated: set[int],
    params: LinesParams,
    *,
    ruled: Labels | None = None,
    url: str | None = None,
    article: str | None = None,
    stated_title: str | None = None,
) -> Labels:
    """Return the label of every line of a page by its number; for what is given see `article_labels`."""
    known = article_labels(page, repeated, params, ruled=ruled, url=url, article=article, stated_title=stated_title)
    return settled_labels(page, known, params, ruled=ruled, url=url, article=article)


def settled_labels(
    page: Sequence[RawLine],
    known: Labels,
    params: LinesParams,
    *,
    ruled: Labels | None = None,
    url: str | None = None,
    article: str | None = None,
) -> Labels:
    """Return what `article_labels` gave, with lines that state fields as such, and no body on the front of a section.

    For what else is given see there.
    """
    stating = known | head.head_labels(page, known, url)
    found = overruled(stating | head.title_again(page, stating), ruled or {})
    # What the markup sets apart as an article is one.
    return found if article else without_teasers(page, found, params.front)


def article_labels(
    page: Sequence[RawLine],
    repeated: set[int],
    params: LinesParams,
    *,
    ruled: Labels | None = None,
    stated_title: str | None = None,
    article: str | None = None,
    url: str | None = None,
) -> Labels:
    """Return the label of every line by its number, before it is known which lines state fields.

    Args:
        page: all lines.
        repeated: numbers of the lines that repeat on the document's site.
        params: numbers of the rules.
        ruled: labels of the lines on which the user's rules decide.
        stated_title: headline that the container states.
        article: text that the markup sets apart as the article, for HTML.
        url: address of the page, whose last part often spells the headline.
    """
    phrases = lookup.phrases_of(page)
    reading = line_model.read_page(page, phrases, url=url, params=params.reading)
    marked = article_lines(page, article, (reading.first, reading.last))
    dropped = {number: label for number, label in (ruled or {}).items() if label.label != KEPT}
    known = {
        **{number: Label("navigation", "site:repeated", 0.9) for number in repeated},
        **{number: phrase_label(phrase) for number, phrase in phrases.items() if phrase.scope in params.deciding},
        **dropped,
        **labels.title_labels(page, stated_title),
        **labels.header_labels(page, stated_title, params.head_lines),
    }
    if marked is None:
        known |= labels.leads(page, known, reading.first, params.lead_words)
    return _fill(page, known, phrases, reading, marked)


def _fill(
    page: Sequence[RawLine],
    known: Labels,
    phrases: Mapping[int, Phrase],
    reading: Reading,
    marked: frozenset[int] | None,
) -> Labels:
    result: Labels = {}
    item: RawLine | None = None
    last = reading.last if marked is None else max(marked, default=0)
    for line in page:
        if not line.bare:
            label = _BLANK
        elif line.number in known:
            label = known[line.number]
        elif marked is not None and line.number in marked:
            label = _MARKED
        elif marked is None and line.number in reading.body:
            label = Label("body", "model:article", reading.probabilities[line.number])
        elif line.number in phrases:
            label = phrase_label(phrases[line.number])
        else:
            reason, sure = "markup:outside", 0.9
            if marked is None:
                inside = reading.first <= line.number <= reading.last
                reason = "model:inside" if inside else "model:outside"
                sure = round(1 - reading.probabilities[line.number], 3)
            label = outside_label(line, reason, sure, after=0 < last < line.number, before=item)
        result[line.number] = label
        item = line if line.is_bullet else item
    return result


STAGE = Stage(
    name="lines",
    kind="map",
    function=lines,
    inputs=(Raw, Sites, SiteLines),
    outputs=(Lines,),
    params=LinesParams,
    resources=(
        "rules",
        "clean/weights/lines.json",
        "clean/weights/lines.onnx",
        "lookups/phrases.csv",
        "lookups/day_first.csv",
        "lookups/field_weights.csv",
        "lookups/field_words.csv",
        "lookups/given_names.csv",
        "lookups/months.csv",
        "lookups/not_names.csv",
        "lookups/name_particles.csv",
        "lookups/function_words.csv",
        "lookups/unfinished_endings.csv",
    ),
    libraries=("numpy", "onnxruntime"),
)
