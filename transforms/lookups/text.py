"""The forms in which names are compared."""

import unicodedata
from functools import lru_cache

KEPT = 200_000
QUOTES = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-"})


def plain(text: str) -> str:
    """Return the text with straight quotes and hyphens and single spaces; case and accents stay."""
    return " ".join(text.translate(QUOTES).split())


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Return the text in lower case without accents, with straight quotes: the form that names are compared in."""
    if text.isascii():
        return " ".join(text.split()).lower()
    decomposed = unicodedata.normalize("NFKD", plain(text))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
