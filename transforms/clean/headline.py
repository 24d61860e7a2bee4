"""The headline of a page: lines around the top of the body that may be it, and what speaks for each."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from math import log2

from transforms.clean.around import WORD, Around
from transforms.clean.choice import Candidate, share, top
from transforms.clean.field_words import any_of
from transforms.clean.split import RawLine, folded

_LONGEST = 400
_SEPARATOR = re.compile(r"(?<!\s)\s++(?:[-–—|•·»:~]++|>)\s+|(?:(?<!\s)\s++)?\|\s*")
_ENDS = re.compile(r"[.:,;…]$")


@cache
def _signed() -> re.Pattern[str]:
    """What marks the line under a headline: who wrote it, or a year."""
    return re.compile(rf"^\W*(?:{any_of('signed')} |by\b|author)|\b(?:19|20)\d\d\b", re.IGNORECASE)


def candidates(around: Around, barred: Collection[int], window: int = 40) -> list[Candidate[str]]:
    """Return the lines, whole or without what follows a separator, that may be the headline.

    Args:
        around: the page.
        barred: numbers of lines that are known to be something else.
        window: lines before the body in which the headline may stand; a title element may open the page besides.
    """
    here = {0, 1, *range(max(0, around.top - window), around.top + 8)}
    places = [at for at in sorted(here) if at < len(around.lines) and _may_be(around.lines[at], barred, around.topic)]
    return [candidate for at in places for candidate in readings(around, at)]


def _may_be(line: RawLine, barred: Collection[int], topic: frozenset[str]) -> bool:
    """Whether the line has the length of a headline and a word of the address or of the body's opening."""
    if len(line.bare) > _LONGEST or not 2 <= line.words <= 32 or line.is_bullet or line.number in barred:
        return False
    return not topic.isdisjoint(line.bare.lower().split())


def readings(around: Around, at: int) -> list[Candidate[str]]:
    """Return what the line at a place says if it is the headline: the whole, or a beginning."""
    line, context = around.lines[at], _context(around, at)
    return [Candidate(line.number, text, context | _form(text, cut, around)) for text, cut in _variants(line.bare)]


def text_of(line: RawLine, around: Around) -> str:
    """Return the part of the headline's line that is the headline: without the site's name and the like."""
    if not _SEPARATOR.search(line.bare):
        return line.bare
    return top("title", readings(around, around.place(line.number))).value


def _variants(text: str) -> Iterator[tuple[str, str]]:
    """The line and its beginnings before separators, each with what is cut off."""
    yield text, ""
    for hit in _SEPARATOR.finditer(text) if len(text) <= _LONGEST else ():
        if hit.start() and WORD.search(text, hit.end()):
            yield text[: hit.start()], text[hit.end() :]


def _context(around: Around, at: int) -> dict[str, float]:
    """What the place of the line says, the same for all beginnings of the line."""
    line, after, place = around.lines[at], around.lines[at + 1 : at + 5], around.top
    signed = next((near for near, other in enumerate(after) if other.words <= 20 and _signed().search(other.bare)), 9)
    return {
        "above": log2(1 + max(0, place - at)),
        "just_above": float(1 <= place - at <= 6),
        "inside": float(at >= place),
        "deep_inside": float(at >= place + 3),
        "opens_page": float(at == 0),
        "heading": float(line.is_heading),
        "indented": float(line.indent > 0),
        "twice": float(around.times[line.bare] == 2),
        "often": float(around.times[line.bare] > 2),
        "signed_next": float(signed == 0),
        "signed_near": float(signed < 4),
        "is_signed": float(_signed().search(line.bare) is not None),
    }


def _form(text: str, cut: str, around: Around) -> dict[str, float]:
    """What the words of the candidate say."""
    words = WORD.findall(text)
    lower = [word.lower() for word in words]
    spelled, covered = share(lower, around.slug), share(around.slug, set(lower))
    long = [word for word in lower if len(word) > 3]
    site = bool(around.host) and folded(cut or text[-40:]).find(around.host) >= 0
    return {
        "bias": 1.0,
        "no_address": float(not around.slug),
        "words": min(len(words), 8) / 8,
        "many_words": max(0, len(words) - 16) / 8,
        "few_words": float(len(words) <= 3),
        "one_word": float(len(words) <= 1),
        "slug": spelled * covered,
        "slug_precision": spelled if len(words) > 1 else 0.0,
        "slug_recall": covered,
        "body": share(long, around.opening),
        "capital": sum(word[0].isupper() for word in words) / max(len(words), 1),
        "shouts": float(text.isupper()),
        "lower_start": float(text[:1].islower()),
        "ends": float(_ENDS.search(text) is not None),
        "asks": float(text.endswith(("?", "!"))),
        "cut": float(bool(cut)),
        "cut_site": float(bool(cut) and site),
        "cut_words": min(len(WORD.findall(cut)), 8) / 8,
        "keeps_site": float(not cut and site),
        "keeps_separator": float(_SEPARATOR.search(text) is not None),
        "repeats_line": float(bool(cut) and around.times[text] > 0),
    }
