"""Persons' names in bylines: what can be a name, and the names of a list."""

import re
from unicodedata import category

from transforms.clean import lookup

_AND = re.compile(r"\s*(?:,\s*and\b|\band\b|[&,;|•·/–—⋅]|\s-\s)\s*")
_BLANKS = re.compile(r"\s{2,}")
_GLUED = re.compile(
    r"(?<=[a-z])(?=(?:Published|Updated|Posted|Last|Created|Modified|Reviewed|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*[\s.]*(?:\d|on|at|by|:))"
)
_ENDS_NAMES = re.compile(
    r"\s+(?:in|for|at|on|from|is|was|updated|published|posted|last)\b|\d|[@(⋅]|\s{2,}", re.IGNORECASE
)
_ICONS = frozenset({"So", "Co"})
"""Categories of characters that are icons: emoji and other signs, and what a page's own font draws."""
_GLUE = re.compile(r"[\d:]")
_SHAPE = re.compile(r"^[^\W\d_](?:[^\W\d]|[’'.-])*$")
_DEGREE = re.compile(r"^(?:[A-Z]\.?){2,5}$|^(?:Ph\.?D|Esq|Jr|Sr|III?|IV)\.?$")


def is_name(text: str) -> bool:
    """Whether the text can be a person's name: two to five capitalised words, particles aside, no digit."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(map(_SHAPE.match, words)):
        return False
    small = {word for word in words if not word[0].isupper()}
    if small - lookup.column("name_particles") or len(words) - len(small) < 2:
        return False
    return not any(word.lower().strip(".") in lookup.column("not_names") for word in words)


def names_of(text: str) -> list[str]:
    """Return the persons of a list such as "Ann Lee, Bo Li and C. D. Ray, Reporter", in order."""
    pieces = [_once(_without_month(piece.strip(" .:*_"))) for piece in _pieces(text)]
    return [piece.title() if piece.isupper() else piece for piece in pieces if is_name(piece)]


def _pieces(text: str) -> list[str]:
    """The parts of a list; runs of blanks are made one first, as the pattern takes long over them."""
    return _AND.split(_BLANKS.sub(" ", text))


def signed_of(text: str) -> list[str]:
    """Return the names that a line begins with, up to a date, place or role, or nothing."""
    return names_of(_head(text))


def _head(text: str) -> str:
    """The text up to what cannot belong to a list of names."""
    parted = _GLUED.sub("  ", text) if _GLUE.search(text) else text
    parted = parted if parted.isascii() else "".join(map(_without_icon, parted))
    end = _ENDS_NAMES.search(parted)
    return parted[: end.start()] if end else parted


def _without_icon(character: str) -> str:
    return "  " if category(character) in _ICONS else character


def author_of(text: str) -> list[str]:
    """Return whom a text behind "by" names: persons, else its first words as they are (a team, a pen name)."""
    head = _head(text).strip(" .:*_|-–—,;")
    if names := names_of(head):
        return names
    first = _once(_without_month(_pieces(head)[0].strip(" .:*_")))
    return [first] if 1 <= len(first.split()) <= 4 and len(first) > 2 and first[0].isalpha() else []


def _without_month(name: str) -> str:
    """The name without the month of the date that followed it, and without degrees."""
    words = name.split()
    while words and (words[-1].lower().strip(".") in lookup.months() or (len(words) > 2 and _DEGREE.match(words[-1]))):
        words.pop()
    return " ".join(words)


def _once(name: str) -> str:
    """A name that stands twice, as the text of a portrait and of its link, once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name
