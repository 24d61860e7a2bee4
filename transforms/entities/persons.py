"""Names of persons: which forms can mean the same person."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from transforms.entities import nouns, spelling
from transforms.lookups import facts

SAME_SPELLING = 88.0
Words = tuple[str, ...]
_NICKNAME = re.compile(r"""\s["'(“][^"')”]+["')”](?=\s)""")
_GLUED = re.compile(r"\.(?=[^\W\d_]{2})")


@facts.cached
def parts(name: str) -> Words:
    """Return the words of a person's name in the form in which they are compared, without titles and endings.

    "President Joseph R. Biden Jr.'s" gives ("joseph", "r", "biden").
    """
    folded = _GLUED.sub(". ", facts.fold(name).removesuffix("'s").removesuffix("'"))
    words = _without_degrees(folded).split()
    while len(words) > 1 and (title := _leading_title(words)):
        words = words[title:]
    endings = facts.words("name_endings", "text", "entity_type")
    while len(words) > 1 and endings.get(words[-1]) == "PERSON":
        words = words[:-1]
    return tuple(_bare(word) for word in words if _bare(word))


def _without_degrees(name: str) -> str:
    """The name without what letters after a comma add to it: "Ana Duarte, M. D., M. P. H."."""
    first, *rest = name.split(",")
    return " ".join([first, *(part for part in rest if any(len(word.strip(".")) > 1 for word in part.split()))])


def _leading_title(words: Sequence[str]) -> int:
    for last in range(min(len(words) - 1, nouns.LONGEST), 0, -1):
        if " ".join(words[:last]) in facts.titles():
            return last
    return 0


def _bare(word: str) -> str:
    word = word.strip("('\"“")
    for article in ("al-", "el-"):
        word = word.removeprefix(article)
    return word.strip(".'\"”()")


def brief(name: str) -> Words:
    """Return the words of a name as most write it: without initials and nicknames, if that leaves two words."""
    said = tuple(word for word in parts(_NICKNAME.sub(" ", facts.plain(name))) if len(word) > 1)
    return said if len(said) > 1 else parts(name)


def is_short(words: Words) -> bool:
    """Return whether words are no full name: one word, or a surname with its particles such as "de la Cruz"."""
    return len(words) < 2 or all(word in facts.words("name_particles") for word in words[:-1])


def has_given(words: Words) -> bool:
    """Return whether a full name has a given name that is more than an initial."""
    return not is_short(words) and len(words[0]) > 1


@facts.cached
def standard(words: Words) -> Words:
    """Return the words as one transliteration spells them: Sergey Lavrovskiy and Sergei Lavrovsky are the same.

    A given name that is known has no spellings but those listed: Tony is not Toni.
    """
    first, *others = (word.replace("-", "") for word in words or ("",))
    return (_standard_given(first) if others else _spelled(first), *map(_spelled, others))


@facts.cached
def _standard_given(word: str) -> str:
    listed = spelling.replacements("given")
    if word in listed or word in listed.values() or word in facts.words("given_names"):
        return listed.get(word, word)
    return listed.get(_spelled(word), _spelled(word))


def _spelled(word: str) -> str:
    return spelling.standard(word, "person")


@facts.cached
def _formal(word: str) -> frozenset[str]:
    return frozenset(row["name"] for row in facts.rows("nicknames") if row["text"] == word) | {word}


def same_given(left: str, right: str) -> bool:
    """Return whether two given names can be one person's: equal, an initial, a short form, or a spelling variant.

    Two names that are both known are no variants of each other: Christian and Christina.
    """
    if left == right or _formal(left) & _formal(right):
        return True
    if len(left) == 1 or len(right) == 1:
        return left[:1] == right[:1]
    if _spelled(left) == _spelled(right):
        return True
    known = facts.words("given_names")
    return not (left in known and right in known) and _alike(left, right, least=4)


def same_surname(left: str, right: str) -> bool:
    """Return whether two surnames are equal but for spelling."""
    return left == right or _alike(left, right, least=5)


def _alike(left: str, right: str, least: int) -> bool:
    return min(len(left), len(right)) >= least and fuzz.ratio(left, right) >= SAME_SPELLING


def same_full(left: Words, right: Words) -> bool:
    """Return whether two names of two words or more can be one person's."""
    surname = same_surname(left[-1], right[-1]) or (left[0] == right[0] and _alike(left[-1], right[-1], least=4))
    if surname and same_given(left[0], right[0]):
        return _same_middle(left[1:-1], right[1:-1])
    short, long = sorted((left, right), key=len)
    return short != long and len(short) > 1 and short == tuple(word for word in long if word in short)


def contradicts(left: Words, right: Words) -> bool:
    """Return whether full names that begin and end alike have other middle names: Ana Maria, Ana Lucia Duarte."""
    ends = same_given(left[0], right[0]) and same_surname(left[-1], right[-1])
    return ends and not _same_middle(left[1:-1], right[1:-1])


def _same_middle(left: Words, right: Words) -> bool:
    """Whether middle names agree; one that only one side has is no contradiction, another initial is."""
    return not left or not right or any(a[0] == b[0] for a in left for b in right)


def shortens(single: str, full: Words) -> str | None:
    """Return how one word can stand for a full name: "surname", "lost apostrophe", "given" or None."""
    if same_surname(single, full[-1]):
        return "surname"
    if single == f"{full[-1]}s":
        return "lost apostrophe"
    if single in full[:1]:
        return "given"
    return "surname" if len(full) > 2 and single in full[1:] else None
