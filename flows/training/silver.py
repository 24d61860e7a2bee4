"""Labelling news texts with a first model and the lookups, so that the second one is trained on news too.

Open corpora of names hold little news. Texts whose own annotation has unclear terms are labelled by the model trained
on the others (self-training); what the country lookups know, and what the model says of the same words elsewhere,
outvotes what it says of one place.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

KINDS = {"name": "GPE", "capital": "GPE", "adjective": "NORP", "demonym": "NORP"}
LONGEST = 5
FEWEST_VOTES = 4
MAJORITY = 0.7


def labelled(nlp: Language, docs: Iterable[Doc]) -> list[Doc]:
    """Return the documents with the names that the model finds, corrected by lookups and by vote."""
    found = list(nlp.pipe(doc.text for doc in docs))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for doc in found:
        for entity in doc.ents:
            votes[entity.text][entity.label_] += 1
    for doc in found:
        spans = [Span(doc, one.start, one.end, label=_label(one, votes[one.text])) for one in doc.ents]
        doc.ents = filter_spans([*spans, *_missed(doc)])
    return found


def _label(entity: Span, votes: Counter[str]) -> str:
    if entity.text in _known():
        return _known()[entity.text]
    top, count = votes.most_common(1)[0]
    is_clear = votes.total() >= FEWEST_VOTES and count / votes.total() >= MAJORITY
    return top if is_clear else str(entity.label_)


def _missed(doc: Doc) -> list[Span]:
    """Return the country names and peoples of the lookups that stand where the model found no name."""
    taken = {token.i for entity in doc.ents for token in entity}
    found, start = [], 0
    while start < len(doc):
        ends = range(min(start + LONGEST, len(doc)), start, -1)
        end = next((end for end in ends if doc[start:end].text in _known()), start)
        if end > start and not taken.intersection(range(start, end)):
            found.append(Span(doc, start, end, label=_known()[doc[start:end].text]))
        start = max(end, start + 1)
    return found


@cache
def _known() -> dict[str, str]:
    text = (files("transforms") / "lookups" / "country_names.csv").read_text("utf-8")
    known: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["kind"] in KINDS and row["text"][0].isupper():
            known.setdefault(row["text"], KINDS[row["kind"]])
    return known
