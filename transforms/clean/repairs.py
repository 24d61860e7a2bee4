"""Repairs of the characters of kept text: each returns edits, so that offsets are kept."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import ftfy

from transforms.clean.mapped import Edit, Mapped

_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+"
)
_LEFT_FOR_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[‘‛`´](?=[^\W\d_]|\s|[,.;:!?)]|$)")
_DOUBLED = ((re.compile(r"’’|''(?=[\s,.;:!?)]|$)"), "”"), (re.compile(r"‘‘|``|(?<!\S)''(?=\S)"), "“"))
_MOJIBAKE = re.compile(r"[ÂÃâ][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def spaces(text: str) -> list[Edit]:
    """Return edits that make one plain space of every run of blanks, no-break spaces and tabs."""
    return [(found.start(), found.end(), " ") for found in _SPACES.finditer(text)]


def invisible(text: str) -> list[Edit]:
    """Return edits that delete soft hyphens, zero-width characters, direction marks and control characters."""
    return [(found.start(), found.end(), "") for found in _INVISIBLE.finditer(text)]


def apostrophes(text: str) -> list[Edit]:
    """Return edits that make an apostrophe of a left single quote or accent that follows a letter."""
    return [(found.start(), found.end(), "’") for found in _LEFT_FOR_APOSTROPHE.finditer(text)]


def doubled_quotes(text: str) -> list[Edit]:
    """Return edits that make one double quote of two single ones."""
    found = [(hit.start(), hit.end(), new) for pattern, new in _DOUBLED for hit in pattern.finditer(text)]
    return sorted(found)


def mojibake(text: str) -> list[Edit]:
    """Return edits that undo a wrong decoding where ftfy (Speer 2019) knows one."""
    if not _MOJIBAKE.search(text):
        return []
    fixed = ftfy.fix_encoding(text)
    if len(text) > 20_000 or fixed == text:
        return []
    codes = SequenceMatcher(None, text, fixed, autojunk=False).get_opcodes()
    return [(a, b, fixed[c:d]) for code, a, b, c, d in codes if code in {"replace", "delete"}] if _safe(codes) else []


def _safe(codes: Sequence[tuple[str, int, int, int, int]]) -> bool:
    return all(code != "insert" for code, *_ in codes)


CHARACTERS: tuple[Callable[[str], list[Edit]], ...] = (mojibake, invisible, spaces, apostrophes, doubled_quotes)


def repaired(mapped: Mapped) -> Mapped:
    """Return the text with all repairs of characters made, one kind after the other."""
    for repair in CHARACTERS:
        mapped = mapped.edited(repair(mapped.text))
    return mapped
