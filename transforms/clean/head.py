"""Which lines name headline, authors and day of publication, once it is known where the body stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.clean import authors, headline, published
from transforms.clean.around import Around
from transforms.clean.choice import Candidate, best
from transforms.clean.labels import Label, Labels
from transforms.clean.page import header_of
from transforms.clean.split import RawLine, folded

STATES = "states:"
"""What the reason of a line begins with that states fields of the document; their names follow."""

_NO_HEADLINE = frozenset(
    {"byline", "caption", "contact", "cookie", "copyright", "comment_policy", "dateline", "legal", "metadata_header",
     "newsletter", "share"}
)  # fmt: skip
_SURE_TITLE = 0.9
_SURE = frozenset({"contact", "dateline", "metadata_header"})


def around_of(page: Sequence[RawLine], labels: Sequence[str], url: str | None) -> Around:
    """Return the page as headline, authors and day are looked for in it; without a body it ends where the page does."""
    body = [line.number for line, label in zip(page, labels, strict=True) if label == "body"]
    end = page[-1].number + 1 if page else 1
    return Around(page, body[0] if body else end, body[-1] if body else end, url)


def head_labels(page: Sequence[RawLine], known: Labels, url: str | None) -> Labels:
    """Return new labels of the lines that state a field: `title` or `byline`, with a reason that names the fields.

    A line of the body stays one where it is a paragraph that names somebody; only its reason changes.

    Args:
        page: all lines.
        known: the label of every line.
        url: address of the page, if known.
    """
    around = around_of(page, [known[line.number].label for line in page], url)
    title = next((line.number for line in around.lines if _is_title(line, known[line.number].label)), None)
    found: dict[int, dict[str, float]] = {}
    if title is None:
        title = _note(found, "title", headline.candidates(around, no_headlines(known)))
    zones = around.zones(title)
    _note(found, "authors", authors.candidates(around, zones))
    _note(found, "published_on", published.candidates(around, zones))
    by_number = {line.number: line for line in page if line.number in found}
    return {number: _label(by_number[number], known[number], fields) for number, fields in found.items()}


def no_headlines(known: Labels) -> set[int]:
    """Return the numbers of lines that are known to be something else than a headline."""
    return {n for n, label in known.items() if label.label in _NO_HEADLINE}


def _is_title(line: RawLine, label: str) -> bool:
    if label != "metadata_header":
        return label == "title"
    header = header_of(line)
    return header is not None and header.title is not None


def _note(found: dict[int, dict[str, float]], field: str, candidates: Sequence[Candidate[Any]]) -> int | None:
    chosen = best(field, candidates)
    if chosen is None or chosen[0].line == published.ADDRESS:
        return None
    found.setdefault(chosen[0].line, {})[field] = chosen[1]
    return chosen[0].line


def _label(line: RawLine, label: Label, fields: Mapping[str, float]) -> Label:
    """A line that says more than a headline or a byline does keeps its label, and one that is read as what it is."""
    reason = STATES + "+".join(fields)
    if label.label in _SURE:
        return label
    sure = fields.get("title", 0.0) >= _SURE_TITLE
    paragraph = line.words > 25 or (line.ends_sentence and line.words > 8 and not sure)
    if label.label == "body" and (paragraph or label.confidence > max(fields.values())):
        return label._replace(reason=reason)
    return Label("title" if "title" in fields else "byline", reason, round(max(fields.values()), 2))


def title_again(page: Sequence[RawLine], known: Labels) -> Labels:
    """Return labels of the other lines that say what the headline does, letter by letter, but for whole paragraphs."""
    title = next((line for line in page if known[line.number].label == "title"), None)
    said = folded(title.bare) if title and title.words > 2 else ""
    if title is None or not said or title.words >= 25:
        return {}
    alike = (line for line in page if line.words == title.words and line is not title)
    return {line.number: Label("title", "page:title_again", 0.8) for line in alike if folded(line.bare) == said}


def stated(lines: Sequence[tuple[RawLine, str, str]]) -> dict[str, list[RawLine]]:
    """Return field -> the lines whose reason says that they state it."""
    found: dict[str, list[RawLine]] = {}
    for line, _, reason in lines:
        if reason[: len(STATES)] == STATES:
            for field in reason.removeprefix(STATES).split("+"):
                found.setdefault(field, []).append(line)
    return found
