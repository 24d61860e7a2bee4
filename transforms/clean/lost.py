"""Apostrophes that a scraper deleted: contractions and possessives of a text that has none left."""

import re
from collections.abc import Iterator

from transforms.clean import lookup
from transforms.clean.mapped import Edit

_APOSTROPHE = re.compile(r"[^\W\d_][’'‘][^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" ([^\W\d_]+)")
_PERIOD_BEFORE = frozenset({"next", "last", "this"})


def are_lost(text: str, min_words: int) -> bool:
    """Whether the text has lost its apostrophes: it has none inside a word, and words that need one or is long."""
    if _APOSTROPHE.search(text):
        return False
    words = [found[0].lower() for found in _WORD.finditer(text)]
    contractions = {row["lost"] for row in lookup.rows("contractions")}
    return len(words) >= min_words or any(word in contractions for word in words)


def lost_apostrophes(text: str) -> list[Edit]:
    """Return edits that put back the apostrophes of a text that has lost them.

    Contractions come from lookups/contractions.csv; `its` is `it’s` before the words of lookups/its_followers.csv;
    a possessive is a name that also stands without its s, or a country, before a word that can begin a noun phrase;
    "next weeks" and "todays" are possessives of time. Plurals and the possessive "its" stay.
    """
    names = _names(text)
    edits = []
    for found in _WORD.finditer(text):
        new = _contraction(found[0]) or _its(found, text) or _time(found, text) or _possessive(found, text, names)
        if new:
            edits.append(_smallest(found.start(), found[0], new))
    return edits


def _smallest(start: int, old: str, new: str) -> Edit:
    """The edit of the last letters only, from where old and new differ."""
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old) - 1)
    return start + same, start + len(old), new[same:]


def _contraction(word: str) -> str | None:
    forms = {row["lost"]: row["repaired"] for row in lookup.rows("contractions")}
    new = forms.get(word.lower())
    if new is None or (word.isupper() and len(word) > 1):
        return None
    return new[0].upper() + new[1:] if word[0].isupper() else new


def _its(found: re.Match[str], text: str) -> str | None:
    """`it’s` before what no possessive stands before: "its under attack", "its very hard to", "its important that"."""
    if found[0] not in {"its", "Its"}:
        return None
    following = [*_following(text, found.end(), 2), "", ""][:2]
    needs = {row["text"]: row["needs"] for row in lookup.rows("its_followers")}
    met = {
        "nothing": True,
        "degree": needs.get(following[1]) == "clause",
        "clause": not following[1] or following[1].lower() in lookup.column("function_words"),
    }
    return found[0][:2] + "’s" if met.get(needs.get(following[0], ""), False) else None


def _following(text: str, place: int, count: int) -> Iterator[str]:
    """The words that follow side by side, none of them a part of a hyphenated word."""
    for _ in range(count):
        found = _NEXT.match(text, place)
        if found is None or text[found.end() : found.end() + 1] == "-":
            return
        yield found[1]
        place = found.end()


def _time(found: re.Match[str], text: str) -> str | None:
    stem, before = found[0][:-1], _WORD.findall(text[max(0, found.start() - 12) : found.start()])
    if not found[0].endswith("s") or not _begins_noun(text, found.end()):
        return None
    if stem.lower() in lookup.column("time_nouns", kind="day"):
        return f"{stem}’s"
    period = stem.lower() in lookup.column("time_nouns", kind="period")
    return f"{stem}’s" if period and before and before[-1].lower() in _PERIOD_BEFORE else None


def _possessive(found: re.Match[str], text: str, names: frozenset[str]) -> str | None:
    word = found[0]
    stem = word[:-1]
    if not word.endswith("s") or not word[0].isupper() or word.isupper() or len(stem) < 3 or stem.endswith("s"):
        return None
    countries = lookup.column("country_names", kind="name") | lookup.column("country_names", kind="capital")
    known = stem in countries or stem in lookup.column("country_names", kind="metonym") or stem in names
    if not known or word in countries or _is_people(stem, word) or not _begins_noun(text, found.end()):
        return None
    return f"{stem}’s"


def _is_people(stem: str, word: str) -> bool:
    """Words for people form plurals: Russians, Democrats, Europeans."""
    adjectives = lookup.column("country_names", kind="adjective") | lookup.column("country_names", kind="demonym")
    country = stem in lookup.column("country_names", kind="name")
    ending = not country and any(stem.endswith(row["text"]) for row in lookup.rows("people_endings"))
    return stem in adjectives or word in adjectives or ending


def _begins_noun(text: str, place: int) -> bool:
    """Whether a word follows that can begin or be a noun phrase: not a function word, not a verb in -ed."""
    found = _NEXT.match(text, place)
    if found is None:
        return False
    word = found[1]
    return word.lower() not in lookup.column("function_words") and not word.endswith("ed")


def _names(text: str) -> frozenset[str]:
    """Capitalised words that stand somewhere inside a sentence."""
    return frozenset(found[1] for found in re.finditer(r"(?<=[\w,] )([^\W\d_]{3,})", text) if found[1][0].isupper())
