"""Spellings of one word: British and American, and the ways in which other alphabets are written in ours."""

import re

from transforms.lookups import facts


@facts.cached
def replacements(kind: str) -> dict[str, str]:
    """Return what stands for what in names of a kind (person, organisation: patterns; given: whole words), in order."""
    return {row["text"]: row["name"] for row in facts.rows("name_spellings") if row["kind"] == kind}


@facts.cached
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(text), name) for text, name in replacements(kind).items())


@facts.cached
def standard(word: str, kind: str) -> str:
    """Return a folded word of a name in the one spelling that stands for all; equal spellings are one name's."""
    for pattern, name in _patterns(kind):
        word = pattern.sub(name, word)
    return word
