"""The user's own rules: lines to keep, lines to drop, and where the body of a site's pages begins and ends.

They come from one file (setting `cleaning_rules`) and decide before every rule and model of Annals.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, field_validator

from schemas.columns import LINE_LABELS
from transforms.clean.labels import Label, Labels
from transforms.clean.split import RawLine
from transforms.contract import Params

KEPT = "body"
_INNER = re.compile(r"[^\W_](?:.*[^\W_])?")
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")


def _usable(phrase: str) -> str:
    try:
        pattern = _pattern(phrase)
    except re.error as error:
        raise ValueError(f"{phrase!r} is no regular expression: {error}") from error
    if not _folded(phrase) or (pattern and pattern.search("")):
        raise ValueError(f"{phrase!r} would match lines without a word: name a word")
    return phrase


def _removing(label: str) -> str:
    labels = [name for name in LINE_LABELS if name not in {KEPT, "blank"}]
    if label not in labels:
        raise ValueError(f"{label!r} is no label of removed lines; use one of {', '.join(labels)}")
    return label


Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_usable)]
"""A whole line, case, outer marks and blanks aside; `*` stands for any words; `/.../` is a regular expression."""


class PhraseRules(Params):
    """Phrases for every page.

    Attributes:
        keep: lines that are body wherever they stand.
        drop: lines that are no body wherever they stand.
        label: label of the lines dropped.
    """

    keep: tuple[Phrase, ...] = ()
    drop: tuple[Phrase, ...] = ()
    label: Annotated[str, AfterValidator(_removing)] = "other"


class SiteRules(PhraseRules):
    """Phrases for the pages of one site.

    Attributes:
        body_after: the body begins after the first line that matches, where one does.
        body_before: the body ends before the first line that matches below that, where one does.
    """

    body_after: Phrase | None = None
    body_before: Phrase | None = None


class Rules(PhraseRules):
    """The user's rules: for every page, and by site as the table `sites` names it."""

    sites: dict[str, SiteRules] = {}

    @field_validator("sites")
    @classmethod
    def _folded_names(cls, sites: dict[str, SiteRules]) -> dict[str, SiteRules]:
        return {name.casefold(): rules for name, rules in sites.items()}


def rule_labels(lines: Sequence[RawLine], site: str | None, rules: Rules) -> Labels:
    """Return the lines on which the rules decide, with reasons such as `rule:keep`, `rule:site:drop:2`; confidence 1.

    A site's phrases come before those for every page, keeping before dropping. Numbers count a list's phrases from 1.
    """
    own = rules.sites.get((site or "").casefold())
    labels = _phrase_labels(lines, rules, "rule")
    return {**labels, **_outside(lines, own), **_phrase_labels(lines, own, "rule:site")} if own else labels


def overruled(found: Labels, ruled: Labels) -> Labels:
    """Return the labels found with the ruled ones in their place.

    Outside the bounds of a site's body only body lines are labelled anew: a byline there stays one.
    """
    bounds = {"rule:site:body_after", "rule:site:body_before"}
    stays = {n for n, label in ruled.items() if label.reason in bounds and n in found and found[n].label != KEPT}
    return {**found, **{number: label for number, label in ruled.items() if number not in stays}}


def _phrase_labels(lines: Sequence[RawLine], rules: PhraseRules, reason: str) -> Labels:
    if not rules.keep and not rules.drop:
        return {}
    labels: Labels = {}
    for line in lines:
        if _first(rules.keep, line):
            labels[line.number] = Label(KEPT, f"{reason}:keep", 1.0)
        elif number := _first(rules.drop, line):
            labels[line.number] = Label(rules.label, f"{reason}:drop:{number}", 1.0)
    return labels


def _outside(lines: Sequence[RawLine], rules: SiteRules) -> Labels:
    """The lines before and after the body's bounds, the bounds among them."""
    after = next(_matching(lines, rules.body_after), 0)
    before = next((n for n in _matching(lines, rules.body_before) if n > after), len(lines) + 1)
    labels: Labels = {}
    for line in lines:
        if line.bare and not after < line.number < before:
            bound = "body_after" if line.number <= after else "body_before"
            labels[line.number] = Label(rules.label, f"rule:site:{bound}", 1.0)
    return labels


def _matching(lines: Sequence[RawLine], phrase: str | None) -> Iterator[int]:
    return (line.number for line in lines if phrase and _first((phrase,), line))


def _first(phrases: tuple[str, ...], line: RawLine) -> int:
    """Number of the first phrase that the line matches, from 1; 0 for none."""
    if not phrases or not line.bare:
        return 0
    whole, patterns = _compiled(phrases)
    found = [number for number, pattern in patterns if pattern.search(line.bare.translate(_STRAIGHT))]
    return min([*found, *filter(None, [whole.get(_folded(line.bare))])], default=0)


@lru_cache(maxsize=256)
def _compiled(phrases: tuple[str, ...]) -> tuple[dict[str, int], list[tuple[int, re.Pattern[str]]]]:
    """Phrases that are whole lines are looked up, so that a list of hundreds costs no time."""
    numbered = list(enumerate(phrases, 1))
    patterns = [(number, pattern) for number, phrase in numbered if (pattern := _pattern(phrase))]
    return {_folded(phrase): number for number, phrase in reversed(numbered) if not _pattern(phrase)}, patterns


def _pattern(phrase: str) -> re.Pattern[str] | None:
    """The pattern of a phrase that is more than a whole line."""
    if len(phrase) > 2 and phrase[0] == phrase[-1] == "/":
        return re.compile(phrase[1:-1], re.IGNORECASE)
    if "*" not in phrase:
        return None
    words = [
        re.escape(" ".join(part.translate(_STRAIGHT).split())).replace(r"\ ", r"\s+") for part in phrase.split("*")
    ]
    marks = r"\W*" if words[0] else ""
    return re.compile(rf"^{marks}{'.*'.join(words)}\W*$", re.IGNORECASE)


def _folded(text: str) -> str:
    """Case-folded, blanks single, without marks at its ends."""
    found = _INNER.search(" ".join(text.translate(_STRAIGHT).casefold().split()))
    return found[0] if found else ""
