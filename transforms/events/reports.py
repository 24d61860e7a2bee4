"""The stage `reports`: events as single sentences report them, with their arguments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
from spacy.tokens import Doc

from schemas.work import Chains, Fields, Names, Parses, ReportArguments, Reports, Texts
from transforms import contract
from transforms.events import arguments, assembly, contexts, dating, mentions
from transforms.events.mentions import MentionIndex
from transforms.events.report import Report
from transforms.language.parses import parse_of

Row = dict[str, Any]
LOOKUPS = (
    "predicates", "word_classes", "status_operators", "light_verbs", "speech_verbs", "irregular_verbs",
    "quantity_units", "number_words", "contexts", "event_weights", "date_words", "date_patterns",
    "agents", "trigger_groups",
)  # fmt: skip


class Params(contract.Params):
    """Parameters of `reports`.

    Attributes:
        min_confidence: reports below it are not written, 0 to 1.
        min_heard: the same for reports that the network alone makes, of words that the lexicon lacks or thinks unreal.
        faceless: event types that are written although nobody stands on either side, because news reports them so.
    """

    min_confidence: float = 0.33
    min_heard: float = 0.56
    faceless: tuple[str, ...] = ("ACCUSE", "ASSAULT", "COERCE", "PROTEST")


def code(tables: contract.Tables, params: Params) -> dict[str, pl.DataFrame]:
    """Return `reports` and `report_arguments` of the documents whose texts and parses are given."""
    names, chains = _grouped(tables["names"]), _grouped(tables["chains"])
    published = dict(tables["fields"].select("document_id", "published_on").iter_rows())
    parses = dict(tables["parses"].select("document_id", "parse").iter_rows())
    rows: list[Row] = []
    argument_rows: list[Row] = []
    for document, text in tables["texts"].select("document_id", "text").sort("document_id").iter_rows():
        if document not in parses:
            continue
        doc = parse_of(parses[document])
        index = MentionIndex(doc, mentions.mentions_of(names[document], chains[document]))
        found = code_document(doc, index, published.get(document), params)
        for number, report in enumerate(found):
            key = {"document_id": document, "report": number}
            rows.append(key | report_row(report, doc, text, published.get(document)))
            argument_rows.extend(key | row for row in argument_rows_of(report, doc, text))
    return {
        "reports": _frame(rows, Reports),
        "report_arguments": _frame(argument_rows, ReportArguments),
    }


def code_document(doc: Doc, index: MentionIndex, published_on: date | None, params: Params) -> list[Report]:
    """Return the reports of one document that the parameters let pass, by trigger."""
    if not doc.has_annotation("DEP"):
        return []
    found = assembly.reports(doc, index, published_on)
    kept = [
        report for report in found
        if report.confidence >= (params.min_heard if report.judgement.reason == "cue" else params.min_confidence)
    ]  # fmt: skip
    return [report for report in kept if report.is_sided or report.judgement.event_type in params.faceless]


def _grouped(frame: pl.DataFrame) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[row["document_id"]].append(row)
    return found


def _frame(rows: list[Row], schema: type[Reports] | type[ReportArguments]) -> pl.DataFrame:
    types = {name: column.dtype for name, column in schema.columns().items()}
    return pl.DataFrame(rows, schema=types).sort(schema.sort_by)


def report_row(report: Report, doc: Doc, text: str, published_on: date | None) -> Row:
    """Return the row of `reports` for a report, without its key; words are cut from `text`."""
    token, judgement = report.trigger.token, report.judgement
    sentence = token.sent
    start, end = sentence.start_char, sentence.end_char
    return {
        "sentence_start": start, "sentence_end": end, "sentence": text[start:end],
        "trigger_start": token.idx, "trigger_end": token.idx + len(token),
        "trigger_lemma": report.trigger.predicate.lemma,
        "event_type": judgement.event_type, "event_mode": judgement.mode,
        "contexts": contexts.contexts(sentence, report.trigger.predicate.contexts),
        "status": judgement.status, "is_quoted": report.is_quoted,
        **dating.days(token, judgement.status, report.happened, published_on), **_texts(report, text),
        "quantity": report.quantity.value if report.quantity else None,
        "quantity_unit": report.quantity.unit if report.quantity else None,
        "confidence": report.confidence,
        "rule": ":".join(part for part in (report.trigger.predicate.name, judgement.reason) if part),
        "runner_up": report.trigger.runner_up,
    }  # fmt: skip


def _texts(report: Report, text: str) -> Row:
    found: dict[str, list[str]] = {"actor": [], "recipient": [], "place": [], "attributed_to": []}
    for role, filler in report.fillers():
        start, end = arguments.phrase(filler.token)
        found[role].append(text[start:end])
    return {f"{role}_text": "; ".join(dict.fromkeys(words)) or None for role, words in found.items()}


def argument_rows_of(report: Report, doc: Doc, text: str) -> list[Row]:
    """Return the rows of `report_arguments` for a report, without their key, one a role and start."""
    spans = [
        (role, *filler.span, filler.mention.number if filler.mention else None) for role, filler in report.fillers()
    ]
    if report.happened is not None and report.happened.first is not None:
        span = doc[report.happened.start : report.happened.end]
        spans.append(("date", span.start_char, span.end_char, None))
    if report.quantity is not None:
        last = report.quantity.end
        spans.append(("quantity", report.quantity.token.idx, last.idx + len(last), None))
    return list(_unique(spans, text))


def _unique(spans: Iterable[tuple[str, int, int, int | None]], text: str) -> Iterable[Row]:
    seen = set()
    for role, start, end, mention in spans:
        if (role, start) not in seen and start < end:
            seen.add((role, start))
            yield {"role": role, "start": start, "end": end, "text": text[start:end], "mention": mention}


STAGE = contract.Stage(
    name="reports",
    kind="map",
    function=code,
    inputs=(Texts, Parses, Names, Chains, Fields),
    outputs=(Reports, ReportArguments),
    params=Params,
    resources=tuple(f"lookups/{name}.csv" for name in LOOKUPS),
    libraries=("spacy",),
)
