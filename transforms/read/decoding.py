"""Bytes to text: which character encoding a payload has, and whether it is text at all."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding that it was decoded with."""

    text: str
    encoding: str


def decode(payload: bytes, *, declared: Sequence[str] = (), sample: int = 65536) -> Decoded:
    """Return the text of a payload and its encoding.

    The order is: byte order mark, UTF-16 by the place of its zero bytes, UTF-8, the first of the declared encodings
    that the payload is valid in, UTF-8 with a few damaged bytes, Windows-1252 or what charset-normalizer finds in the
    first `sample` bytes. Every code point that a text file cannot hold (NUL, lone surrogates) becomes U+FFFD, so that
    lengths stay as decoded. Line ends stay.
    """
    encoding = _marked(payload) or _wide(payload)
    if encoding is None:
        encoding = "utf-8" if _valid(payload, "utf-8") else _narrow(payload, declared, sample)
    text = payload.decode(encoding, errors="replace")
    return Decoded(storable(text), encoding.replace("_", "-"))


def storable(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced by U+FFFD, one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


def declared_encoding(payload: bytes, head: int = 4096) -> str | None:
    """Return the encoding that the first `head` bytes of an HTML or XML page declare, or None.

    A declaration that can be read byte by byte stands in no UTF-16 page, whatever it says (HTML standard).
    """
    found = _DECLARED.search(payload[:head])
    name = found.group(1).decode("ascii") if found else ""
    return None if name.casefold().startswith(("utf-16", "utf-32")) else name or None


def binary_share(text: str) -> float:
    """Return the share of control characters and undecodable places in the text, 0 to 1."""
    return (len(_CONTROLS.findall(text)) + text.count("\ufffd")) / max(len(text), 1)


def _marked(payload: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if payload.startswith(mark)), None)


def _wide(payload: bytes, sample: int = 4096) -> str | None:
    """UTF-16 without a mark: every second byte is one of a few, and often zero; in the other places zeros are rare."""
    head = payload[: sample - sample % 2]
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        zeros = high.count(0)
        often = zeros >= max(2, 0.02 * len(high)) and low.count(0) <= 0.05 * zeros
        if often and (zeros > 0.4 * len(high) or len(set(high)) <= 8):
            return encoding
    return None


def _valid(payload: bytes, encoding: str) -> bool:
    try:
        payload.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _narrow(payload: bytes, declared: Sequence[str], sample: int) -> str:
    stated = next((name for name in declared if _is_text_codec(name) and _valid(payload, name)), None)
    if stated:
        return _as_browsers_read(codecs.lookup(stated).name)
    if _damaged_utf8(payload):
        return "utf-8"
    if _valid(payload, "cp1252") and _western(payload[:sample]):
        return "cp1252"
    best = charset_normalizer.from_bytes(payload[:sample]).best()
    return _as_browsers_read(best.encoding) if best is not None else "cp1252"


def _is_text_codec(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def _as_browsers_read(encoding: str) -> str:
    """WHATWG Encoding: what says Latin-1 or ASCII is read as Windows-1252, whose C1 places hold quotes and dashes."""
    latin = {"iso8859-1", "latin_1", "latin-1", "ascii", "iso8859_1"}
    return "cp1252" if encoding in latin else encoding


def _damaged_utf8(payload: bytes) -> bool:
    """Sequences of two and more bytes outnumber the broken places: a truncated or flipped UTF-8 file."""
    text = payload.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - broken > broken


def _western(payload: bytes) -> bool:
    """Most bytes above 127 are the quotes, dashes and Latin letters of Western European text."""
    high = [byte for byte in payload if byte > 127]
    usual = sum(0x91 <= byte <= 0x97 or byte in (0x80, 0x85, 0xA0, 0xA3, 0xA9, 0xAE) or byte >= 0xC0 for byte in high)
    ascii_letters = sum(byte | 32 >= 65 and (byte | 32) in range(97, 123) for byte in payload)
    return usual >= 0.8 * len(high) and ascii_letters > len(high)
