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
Span = tuple[int, int]


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


@dataclass(frozen=True)
class Phrases:
    """Labels of the lines that a phrase decides anywhere and of those that count outside the body, and sets of lines.

    `heads` open sections that are no body, `ends` are those that open comments; `inside` are removed but often stand
    between paragraphs of a body; `closing` stand at the end of an article.
    """

    anywhere: Labels
    edge: Labels
    heads: frozenset[int]
    ends: frozenset[int]
    inside: frozenset[int]
    closing: frozenset[int]


def phrase_labels(lines: Sequence[RawLine]) -> Phrases:
    """Return what the phrases of lookups/phrases.csv say about the lines."""
    scopes: dict[str, Labels] = {"any": {}, "close": {}, "inside": {}, "edge": {}, "head": {}}
    for line in lines:
        phrase = lookup.phrase_of(line) if line.bare else None
        if phrase is None:
            continue
        scopes[phrase.scope][line.number] = Label(phrase.label, phrase.reason, 0.9)
    inside, heads = frozenset(scopes["inside"]), frozenset(scopes["head"])
    ends = frozenset(number for number, label in scopes["head"].items() if label.label == "comments")
    return Phrases(
        scopes["any"] | scopes["close"] | scopes["inside"],
        scopes["edge"] | scopes["head"],
        heads,
        ends,
        inside,
        frozenset(scopes["close"]),
    )


def find_span(lines: Sequence[RawLine], decided: Mapping[int, Label], phrases: Phrases, params: SpanParams) -> Span:
    """Return first and last line number of the body's span, (0, -1) where there is no running text."""
    groups = units(lines, frozenset(decided) | phrases.heads)
    values = [_value(group, decided, phrases, params) for group in groups]
    first, last = best_span(values, _breaks(groups, values, phrases, params))
    return (groups[first][0].number, groups[last - 1][-1].number) if last else (0, -1)


def _value(unit: Sequence[RawLine], decided: Mapping[int, Label], phrases: Phrases, params: SpanParams) -> float:
    number = unit[0].number
    if number in phrases.inside:
        return -params.inside_cost
    if number in decided:
        return -params.phrase_cost
    return -params.gap_cost if number in phrases.heads else worth(unit, params)


def _breaks(
    groups: Sequence[Sequence[RawLine]], values: Sequence[float], phrases: Phrases, params: SpanParams
) -> frozenset[int]:
    """Positions of the heads after a share of all running text, but for those after which the body goes on."""
    least = params.head_after * sum(value for value in values if value > 0)
    found, before = set(), 0.0
    for position, (group, value) in enumerate(zip(groups, values, strict=True)):
        number = group[0].number
        if (number in phrases.heads or number in phrases.closing) and before >= least:
            resumed = number not in phrases.ends and _resumes(groups[position + 1 :], values[position + 1 :], params)
            found |= set() if resumed else {position}
        before += max(value, 0.0)
    return frozenset(found)


def _resumes(groups: Sequence[Sequence[RawLine]], values: Sequence[float], params: SpanParams) -> bool:
    """Whether paragraphs follow one another soon: a box inside the article, not the list of teasers at its end.

    List items and what is indented below them are no paragraphs.
    """
    row, indent = 0, None
    for group, value in zip(groups[: params.resume_within], values, strict=False):
        line = group[0]
        indent = line.indent if line.is_bullet else indent
        listed = line.is_bullet or (indent is not None and line.indent > indent)
        row = row + 1 if value >= params.resume_words and not listed else 0
        if row >= params.resume_paragraphs:
            return True
    return False


def outside_label(line: RawLine, *, after: bool, before: RawLine | None) -> Label:
    """Return the label of a line outside the body's span that no other rule knows."""
    if before is not None and before.is_bullet and line.indent > before.indent and not line.is_bullet:
        return Label("continuation", "span:continues_item", 0.7)
    if line.ends_sentence and line.words >= 6:
        return Label("teaser" if after else "other", "span:outside", 0.6)
    if line.is_bullet or line.words <= 6:
        return Label("teaser" if after and line.words > 4 else "navigation", "span:outside", 0.7)
    return Label("teaser" if after else "other", "span:outside", 0.6)
