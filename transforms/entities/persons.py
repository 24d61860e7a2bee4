"""Names of persons: which forms can mean the same person."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from transforms.entities import nouns
from transforms.lookups import facts

SAME_SPELLING = 88.0


@facts.cached
def parts(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in the form in which they are compared, without titles and endings.

    "President Joseph R. Biden Jr.'s" gives ("joseph", "r", "biden").
    """
    folded = facts.fold(name).removesuffix("'s").removesuffix("'").replace(",", " ")
    words = folded.split()
    while len(words) > 1 and (title := _leading_title(words)):
        words = words[title:]
    endings = facts.words("name_endings", "text", "entity_type")
    while len(words) > 1 and endings.get(words[-1]) == "PERSON":
        words = words[:-1]
    return tuple(_bare(word) for word in words if _bare(word))


def _leading_title(words: Sequence[str]) -> int:
    for last in range(min(len(words) - 1, nouns.LONGEST), 0, -1):
        if " ".join(words[:last]) in facts.titles():
            return last
    return 0


def _bare(word: str) -> str:
    for article in ("al-", "el-"):
        word = word.removeprefix(article)
    return word.strip(".'\"")


@facts.cached
def _formal(word: str) -> frozenset[str]:
    return frozenset(row["name"] for row in facts.rows("nicknames") if row["text"] == word) | {word}


def same_given(left: str, right: str) -> bool:
    """Return whether two given names can be one person's: equal, an initial, a short form, or a spelling variant."""
    if left == right or _formal(left) & _formal(right):
        return True
    if len(left) == 1 or len(right) == 1:
        return left[:1] == right[:1]
    return len(left) > 3 and len(right) > 3 and fuzz.ratio(left, right) >= SAME_SPELLING


def same_surname(left: str, right: str) -> bool:
    """Return whether two surnames are equal but for spelling."""
    return left == right or (len(left) > 4 and len(right) > 4 and fuzz.ratio(left, right) >= SAME_SPELLING)


def same_full(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether two names of two words or more can be one person's."""
    if same_surname(left[-1], right[-1]) and same_given(left[0], right[0]):
        return _same_middle(left[1:-1], right[1:-1])
    short, long = sorted((left, right), key=len)
    return short != long and len(short) > 1 and short == tuple(word for word in long if word in short)


def _same_middle(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether middle names agree; one that only one side has is no contradiction, another initial is."""
    return not left or not right or any(a[0] == b[0] for a in left for b in right)


def shortens(single: str, full: tuple[str, ...]) -> str | None:
    """Return how one word can stand for a full name: "surname", "lost apostrophe", "given" or None."""
    if same_surname(single, full[-1]):
        return "surname"
    if single == f"{full[-1]}s":
        return "lost apostrophe"
    if single in full[:1]:
        return "given"
    return "surname" if len(full) > 2 and single in full[1:] else None
