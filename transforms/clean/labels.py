"""Labels of the lines of one page, rule by rule; the first rule that knows a line decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.clean import lookup, page
from transforms.clean.span import SpanParams, best_span, units, worth
from transforms.clean.split import RawLine


@dataclass(frozen=True)
class Label:
    """What a line is, which rule says so, and how sure that rule is."""

    label: str
    reason: str
    confidence: float


Labels = dict[int, Label]


def folded(text: str) -> str:
    """Return letters and digits of the text in lower case: titles that differ in quotes and blanks are equal."""
    return "".join(character for character in text.casefold() if character.isalnum())


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


def phrase_labels(lines: Sequence[RawLine]) -> tuple[Labels, frozenset[int], Labels]:
    """Return labels of lines that a phrase decides anywhere, section heads, and labels that count outside the body."""
    anywhere: Labels = {}
    edge: Labels = {}
    heads = set()
    for line in lines:
        phrase = lookup.phrase_of(line) if line.bare else None
        if phrase is None:
            continue
        label = Label(phrase.label, phrase.reason, 0.9)
        if phrase.scope == "any":
            anywhere[line.number] = label
        else:
            edge[line.number] = label
        if phrase.scope == "head":
            heads.add(line.number)
    return anywhere, frozenset(heads), edge


def find_span(
    lines: Sequence[RawLine], decided: Mapping[int, Label], heads: frozenset[int], params: SpanParams
) -> tuple[int, int]:
    """Return first and last line number of the body's span, (0, -1) where there is no running text."""
    groups = units(lines, frozenset(decided) | heads)
    values = [-params.phrase_cost if group[0].number in decided else worth(group, params) for group in groups]
    total = sum(value for value in values if value > 0)
    breaks, before = set(), 0.0
    for position, (group, value) in enumerate(zip(groups, values, strict=True)):
        if group[0].number in heads:
            values[position] = -params.gap_cost
            if before >= params.head_after * total:
                breaks.add(position)
        before += max(value, 0.0)
    first, last = best_span(values, frozenset(breaks))
    return (groups[first][0].number, groups[last - 1][-1].number) if last else (0, -1)


def outside_label(line: RawLine, *, after: bool, before: RawLine | None) -> Label:
    """Return the label of a line outside the body's span that no other rule knows."""
    if before is not None and before.is_bullet and line.indent > before.indent and not line.is_bullet:
        return Label("continuation", "span:continues_item", 0.7)
    if line.ends_sentence and line.words >= 6:
        return Label("teaser" if after else "other", "span:outside", 0.6)
    if line.is_bullet or line.words <= 6:
        return Label("teaser" if after and line.words > 4 else "navigation", "span:outside", 0.7)
    return Label("teaser" if after else "other", "span:outside", 0.6)
