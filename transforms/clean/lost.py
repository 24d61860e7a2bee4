"""Apostrophes that a scraper deleted: contractions and possessives of a text that has none left."""

import re
from collections.abc import Iterator
from functools import cache

from transforms.clean import lookup
from transforms.clean.mapped import Edit

_APOSTROPHE = re.compile(r"[’'](?<=[^\W\d_].)[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" ([^\W\d_]+)")
_NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-z][^\W\d_]{2,}")
_PERIOD_BEFORE = frozenset({"next", "last", "this"})


def are_lost(text: str, min_words: int) -> bool:
    """Whether an English text has lost its apostrophes: it has none inside a word, and words that need one or is long.

    Args:
        text: the text.
        min_words: words from which on an English text has an apostrophe.
    """
    if _APOSTROPHE.search(text):
        return False
    words = text.split()
    return len(words) >= min_words or any(found[0].lower() in _forms() for found in _WORD.finditer(text))


def lost_apostrophes(text: str) -> list[Edit]:
    """Return edits that put back the apostrophes of a text that has lost them.

    Contractions come from lookups/contractions.csv; `its` is `it’s` before the words of lookups/its_followers.csv;
    a possessive is a name that also stands without its s, or a country, before a word that can begin a noun phrase;
    "next weeks" and "todays" are possessives of time; "the mayors house" is one where the text speaks of one mayor and
    of mayors in no other way. Plurals and the possessive "its" stay.
    """
    names, words = _names(text), frozenset(text.lower().split())
    owners: dict[str, bool] = {}
    edits = []
    for found in _WORD.finditer(text):
        word = found[0]
        if word[-1] in "sS":
            new = _contraction(word) or _its(found, text) or _time(found, text)
            new = new or _possessive(found, text, names) or _owner(found, text, words, owners)
        else:
            new = _contraction(word)
        if new:
            edits.append(_smallest(found.start(), word, new))
    return edits


def _smallest(start: int, old: str, new: str) -> Edit:
    """The edit of the last letters only, from where old and new differ."""
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old) - 1)
    return start + same, start + len(old), new[same:]


def _contraction(word: str) -> str | None:
    new = _forms().get(word.lower())
    if new is None or (word.isupper() and len(word) > 1):
        return None
    return new[0].upper() + new[1:] if word[0].isupper() else new


@cache
def _forms() -> dict[str, str]:
    return {row["lost"]: row["repaired"] for row in lookup.rows("contractions")}


@cache
def _needs() -> dict[str, str]:
    return {row["text"]: row["needs"] for row in lookup.rows("its_followers")}


def _its(found: re.Match[str], text: str) -> str | None:
    """`it’s` before what no possessive stands before: "its under attack", "its very hard to", "its important that"."""
    if found[0] not in {"its", "Its"} or _before(found, text) in lookup.column(
        "unfinished_endings", kind="preposition"
    ):
        return None
    following = [*_following(text, found.end(), 2), "", ""][:2]
    met = {
        "nothing": True,
        "degree": _needs().get(following[1]) == "clause",
        "clause": not following[1] or following[1].lower() in lookup.column("function_words"),
    }
    return found[0][:2] + "’s" if met.get(_needs().get(following[0], ""), False) else None


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
    if not word.endswith("s") or not word[0].isupper() or len(stem) < 3 or not stem[1:].islower() or stem.endswith("s"):
        return None
    if word in _places() or _is_people(stem, word) or _is_verb(text, found.end()):
        return None
    known = stem in names or stem in _places() or _is_country(stem, "metonym")
    return f"{stem}’s" if known and _begins_noun(text, found.end()) else None


def _owner(found: re.Match[str], text: str, words: frozenset[str], owners: dict[str, bool]) -> str | None:
    """One person whom the text names by what he is: "the mayors house" in a text that has "mayor".

    The text is searched once a word; `owners` keeps what it told.
    """
    word = found[0]
    stem = word[:-1]
    if stem not in words or stem not in lookup.column("agents") or _before(found, text) not in _determiners():
        return None
    if word.lower() not in owners:
        elsewhere = re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
        places = (hit.end() for hit in elsewhere.finditer(text))
        owners[word.lower()] = all(_begins_noun(text, place) and not _is_verb(text, place) for place in places)
    return f"{stem}’s" if owners[word.lower()] else None


@cache
def _determiners() -> frozenset[str]:
    return lookup.column("unfinished_endings", kind="determiner")


def _before(found: re.Match[str], text: str) -> str:
    """The word right before, in lower case, if a space alone parts them."""
    words = text[max(0, found.start() - 12) : found.start()].lower().split(" ")
    return words[-2] if len(words) > 1 and not words[-1] else ""


@cache
def _places() -> frozenset[str]:
    return lookup.column("country_names", kind="name") | lookup.column("country_names", kind="capital")


def _is_country(word: str, *kinds: str) -> bool:
    return any(word in lookup.column("country_names", kind=kind) for kind in kinds)


def _is_people(stem: str, word: str) -> bool:
    """Words for people form plurals: Russians, Democrats, Europeans."""
    if any(_is_country(form, "adjective", "demonym") for form in (stem, word)):
        return True
    return not _is_country(stem, "name") and stem.endswith(_people_endings())


@cache
def _people_endings() -> tuple[str, ...]:
    return tuple(row["text"] for row in lookup.rows("people_endings"))


def _begins_noun(text: str, place: int) -> bool:
    """Whether a word follows that can begin or be a noun phrase: not a function word, not a verb in -ed."""
    found = _NEXT.match(text, place)
    if found is None:
        return False
    word = found[1]
    return word.lower() not in lookup.column("function_words") and not word.endswith("ed")


def _is_verb(text: str, place: int) -> bool:
    """Whether a form of a known verb follows, one in -ing, or a word with an object: "want to", "support the plan"."""
    word, after = [*_following(text, place, 2), "", ""][:2]
    if word.endswith("ing") or word in _verbs() or after == "to":
        return True
    return any(after in lookup.column("unfinished_endings", kind=kind) for kind in ("determiner", "relative"))


@cache
def _verbs() -> frozenset[str]:
    irregular = (lookup.column("irregular_verbs", form) for form in ("lemma", "past", "participle"))
    return lookup.column("speech_verbs", "lemma").union(*irregular)


def _names(text: str) -> frozenset[str]:
    """Capitalised words that stand somewhere inside a sentence, and nowhere in lower case."""
    words = frozenset(_WORD.findall(text))
    return frozenset(name for name in _NAME.findall(text) if name[0].isupper() and name.lower() not in words)
