"""Stage `lines`: every raw line with its label. The body's span is found first, then cleaned inside."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from schemas.work import Lines, Raw, SiteLines, Sites
from transforms.clean import head, labels
from transforms.clean.fronts import FrontParams, without_teasers
from transforms.clean.labels import Label, Labels
from transforms.clean.markup import article_lines
from transforms.clean.rules import KEPT, Rules, overruled, rule_labels
from transforms.clean.span import SpanParams
from transforms.clean.split import RawLine, split_lines
from transforms.contract import Params, Stage, Tables


class LinesParams(Params):
    """Numbers of the line rules.

    Attributes:
        span: weights of the span search.
        head_lines: non-blank lines in which a metadata header or dateline may stand.
        front: what tells the front of a section from an article.
        rules: the user's own rules, which decide before all others.
    """

    span: SpanParams = SpanParams()
    head_lines: int = 6
    front: FrontParams = FrontParams()
    rules: Rules = Rules()


def lines(tables: Tables, params: LinesParams) -> dict[str, pl.DataFrame]:
    """Return `lines`: one row a raw line, blank ones included, with label, reason, confidence (0 to 1) and offsets."""
    repeated: dict[str, set[int]] = {}
    for document, number in tables["site_lines"].select("document_id", "line_number").iter_rows():
        repeated.setdefault(document, set()).add(number)
    sites = dict(tables["sites"].select("document_id", "site").iter_rows())
    rows: list[dict[str, Any]] = []
    for row in tables["raw"].sort("document_id").iter_rows(named=True):
        document = row["document_id"]
        split = split_lines(row["raw_text"])
        stated = {"stated_title": row["title"], "article": row["article_text"], "url": row["url"]}
        ruled = rule_labels(split, sites.get(document), params.rules)
        known = label_page(split, repeated.get(document, set()), params, ruled=ruled, **stated)
        # What the markup sets apart as an article is one.
        known = known if row["article_text"] else without_teasers(split, known, params.front)
        rows += [_row(document, line, known[line.number]) for line in split]
    return {"lines": Lines.arrange(pl.DataFrame(rows, schema=Lines.polars_schema()))}


def label_page(
    page: Sequence[RawLine],
    repeated: set[int],
    params: LinesParams,
    *,
    ruled: Labels | None = None,
    stated_title: str | None = None,
    article: str | None = None,
    url: str | None = None,
) -> Labels:
    """Return the label of every line of a page by its number.

    Args:
        page: all lines.
        repeated: numbers of the lines that repeat on the document's site.
        params: numbers of the rules.
        ruled: labels of the lines on which the user's rules decide.
        stated_title: headline that the container states.
        article: text that the markup sets apart as the article, for HTML.
        url: address of the page, whose last part often spells the headline.
    """
    phrases = labels.phrase_labels(page)
    known = labels.header_labels(page, stated_title, params.head_lines)
    ruled = ruled or {}
    dropped = {number: label for number, label in ruled.items() if label.label != KEPT}
    for rule in (labels.title_labels(page, stated_title), dropped, phrases.anywhere, _site_labels(repeated)):
        known = {**rule, **known}
    first, last = labels.find_span(page, known, phrases, params.span)
    marked = article_lines(page, article, (first, last))
    filled = _fill(page, known, phrases, (first, last), marked)
    return overruled(filled | head.head_labels(page, filled, url), ruled)


def _site_labels(repeated: set[int]) -> Labels:
    return {number: Label("navigation", "site:repeated", 0.9) for number in repeated}


def _fill(
    page: Sequence[RawLine], known: Labels, phrases: labels.Phrases, span: labels.Span, marked: frozenset[int] | None
) -> Labels:
    result: Labels = {}
    item: RawLine | None = None
    boxed = False
    for line in page:
        inside = span[0] <= line.number <= span[1]
        boxed = line.number in phrases.heads or (boxed and not _is_paragraph(line))
        if not line.bare:
            label = Label("blank", "blank", 1.0)
        elif line.number in known:
            label = known[line.number]
        elif marked is not None and line.number in marked:
            label = Label("body", "markup:article", 0.95)
        elif inside and marked is None and boxed:
            label = phrases.edge.get(line.number, Label("teaser", "span:boxed", 0.7))
        elif inside and marked is None:
            label = Label("body", "span:inside", 0.9 if line.ends_sentence else 0.7)
        else:
            found = labels.outside_label(line, after=line.number > span[1], before=item)
            label = phrases.edge.get(line.number, found)
        result[line.number] = label
        item = line if line.is_bullet else item
    return result


def _is_paragraph(line: RawLine, words: int = 12) -> bool:
    """What ends a box of teasers inside the body."""
    return not line.is_bullet and (line.words >= words or (line.ends_sentence and line.words >= words // 2))


def _row(document: str, line: RawLine, label: Label) -> dict[str, Any]:
    return {
        "document_id": document,
        "line_number": line.number,
        "text": line.text,
        "label": label.label,
        "reason": label.reason,
        "confidence": label.confidence,
        "kept": label.label == "body",
        "raw_start": line.start,
        "raw_end": line.end,
    }


STAGE = Stage(
    name="lines",
    kind="map",
    function=lines,
    inputs=(Raw, Sites, SiteLines),
    outputs=(Lines,),
    params=LinesParams,
    resources=(
        "rules",
        "lookups/phrases.csv",
        "lookups/field_weights.csv",
        "lookups/given_names.csv",
        "lookups/months.csv",
        "lookups/not_names.csv",
        "lookups/name_particles.csv",
        "lookups/unfinished_endings.csv",
    ),
)
