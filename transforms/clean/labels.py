"""Labels of the lines of one page that rules know, and names for what is no article and no rule knows."""

from collections.abc import Sequence
from typing import NamedTuple

from transforms.clean import page
from transforms.clean.lookup import Phrase
from transforms.clean.split import RawLine, folded


class Label(NamedTuple):
    """What a line is, which rule says so, and how sure that rule is."""

    label: str
    reason: str
    confidence: float


Labels = dict[int, Label]


def header_labels(lines: Sequence[RawLine], title: str | None, head_lines: int) -> Labels:
    """Return labels of dateline, metadata header and the title that stands with it, among the first lines."""
    head = [line for line in lines if line.bare][:head_lines]
    labels: Labels = {}
    for line in head:
        if page.dateline_of(line):
            labels[line.number] = Label("dateline", "page:dateline", 0.99)
        elif page.header_of(line):
            labels[line.number] = Label("metadata_header", "page:header", 0.95)
    stated = [n for n, label in labels.items() if label.label == "metadata_header"]
    first = head[0] if head else None
    if first and not title and stated and first.number < min(stated) <= first.number + 3 and first.words <= 40:
        labels[first.number] = Label("title", "page:header", 0.9)
    return labels


def title_labels(lines: Sequence[RawLine], title: str | None) -> Labels:
    """Return the label of each line that repeats the title that the container states."""
    wanted = folded(title or "")
    if not wanted:
        return {}
    return {line.number: Label("title", "stated:title", 0.95) for line in lines if folded(line.bare) == wanted}


def leads(lines: Sequence[RawLine], known: Labels, first: int, words: int) -> Labels:
    """Return labels of the sentences between dateline or metadata header and the article that begins with line `first`.

    Only blank lines and sentences of so many words stand between them, or none of these is a lead.
    """
    found: Labels = {}
    for line in reversed(lines[: max(first - 1, 0)]):
        label = known.get(line.number)
        if label:
            return found if label.label in {"dateline", "metadata_header"} else {}
        if line.bare:
            if not line.ends_sentence or line.words < words:
                return {}
            found[line.number] = Label("body", "page:below_header", 0.9)
    return {}


def phrase_label(phrase: Phrase) -> Label:
    """Return the label of a line that holds a phrase."""
    return Label(phrase.label, phrase.reason, 0.9)


def outside_label(line: RawLine, reason: str, confidence: float, *, after: bool, before: RawLine | None) -> Label:
    """Return the label of a line that is no article and that no rule knows, by how it looks.

    Args:
        line: the line.
        reason: what decided that it is no article.
        confidence: how sure that is.
        after: whether the article stands before it.
        before: the last list item before it.
    """
    if before is not None and before.is_bullet and line.indent > before.indent and not line.is_bullet:
        return Label("continuation", reason, confidence)
    if line.is_bullet or line.words <= 6:
        return Label("teaser" if after and line.words > 4 else "navigation", reason, confidence)
    return Label("teaser" if after else "other", reason, confidence)
