"""Which language a text is written in."""

import re

from resiliparse.parse.lang import detect_fast

from transforms.clean import lookup

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, english_share: float, sample: int = 20_000) -> str:
    """Return an ISO 639-1 code: "en" by the share of English function words, else what resiliparse detects."""
    words = [word.lower() for word in _WORD.findall(text[:sample])]
    known = lookup.column("function_words")
    if not words or sum(word in known for word in words) >= english_share * len(words):
        return "en"
    return str(detect_fast(text[:sample])[0])
