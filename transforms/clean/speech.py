"""Which language a text is written in."""

from resiliparse.parse.lang import detect_fast

from transforms.clean import lookup
from transforms.contract import Params

ENGLISH = "en"
UNKNOWN = "und"


class SpeechParams(Params):
    """Numbers of telling languages.

    Attributes:
        sample: characters from the start of a text that are looked at.
        english_share: share of English function words from which on a text is English.
    """

    sample: int = 4000
    english_share: float = 0.2


def language_of(text: str, params: SpeechParams) -> str:
    """Return an ISO 639-1 code: "en" by the share of English function words, else what resiliparse detects."""
    words = text[: params.sample].lower().split()
    known = lookup.column("function_words")
    if not words or len([word for word in words if word in known]) >= params.english_share * len(words):
        return ENGLISH
    return str(detect_fast(text[: params.sample])[0])
