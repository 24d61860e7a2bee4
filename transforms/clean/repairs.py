"""Repairs of the characters of kept text: each returns edits, so that offsets are kept."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ftfy.chardata import LIGATURES, WIDTH_MAP
from ftfy.fixes import unescape_html

from transforms.clean.mapped import Edit, Mapped
from transforms.clean.mojibake import mojibake

_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});|&nbsp(?![\w=])")
_ESCAPE = r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)"
_INVISIBLE = re.compile(
    _ESCAPE + r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc"
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+"
)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_EDGES = re.compile(r"\A[\n ]+|[\n ]+\Z| *\n[\n ]*")
_LEFT = re.compile(r"[‘‛](?<=[^\W\d_].)(?=[^\W\d_]|\s|[,.;:!?)]|\Z)")
_ACCENT = re.compile(r"[`´′ʼ](?<=[^\W\d_].)(?=[^\W\d_])")
_QUESTION = re.compile(r"[?\ufffd](?<=[a-z].)(?=(?:s|t|re|ve|ll|d|m)(?:[\s,.;:!)”]|\Z))")
_DOUBLED = ((re.compile(r"’’|''(?=[\s,.;:!?)]|\Z)"), "”"), (re.compile(r"‘‘|``|(?<!\S)''(?=\S)"), "“"))
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE = {code: new for code, new in WIDTH_MAP.items() if new.isascii() and new.isalnum()}
_PLAIN = bytes(code for code in range(0x20, 0x7F) if chr(code) not in "&'`?") + b"\n"
_ROUNDS = 4


def entities(text: str) -> list[Edit]:
    """Return edits that decode HTML entities left in the text, those escaped several times too."""
    edits = []
    for found in _ENTITY.finditer(text):
        name = found[1] or "nbsp"
        new = unescape_html(f"&{name};")
        if new != f"&{name};":
            edits.append((found.start(), found.end(), " " if new.isspace() else new))
    return edits


def invisible(text: str) -> list[Edit]:
    """Return edits that delete what nobody sees.

    These are soft hyphens, zero-width characters, direction marks, control characters and the codes of terminals.
    """
    return [(found.start(), found.end(), "") for found in _INVISIBLE.finditer(text)]


def spaces(text: str) -> list[Edit]:
    """Return edits that make one plain space of every run of blanks, no-break spaces, tabs and line separators."""
    return [(found.start(), found.end(), " ") for found in _SPACES.finditer(text)]


def apostrophes(text: str) -> list[Edit]:
    """Return edits that make an apostrophe of what stands for one: a left quote or an accent after a letter.

    A question mark or the replacement character inside "don?t" is one too. In a text with low quotes (‚so‘) a left
    quote closes and stays.
    """
    patterns = (_ACCENT, _QUESTION) if "‚" in text else (_LEFT, _ACCENT, _QUESTION)
    return sorted((found.start(), found.end(), "’") for pattern in patterns for found in pattern.finditer(text))


def doubled_quotes(text: str) -> list[Edit]:
    """Return edits that make one double quote of two single ones."""
    return sorted((hit.start(), hit.end(), new) for pattern, new in _DOUBLED for hit in pattern.finditer(text))


def ligatures(text: str) -> list[Edit]:
    """Return edits that take ligatures of Latin letters apart."""
    return [(place, place + 1, LIGATURES[code]) for place, code in _codes(text) if code in LIGATURES]


def wide_letters(text: str) -> list[Edit]:
    """Return edits that make plain letters and digits of full-width ones, in a text without East Asian letters."""
    if _IDEOGRAPHIC.search(text):
        return []
    return [(place, place + 1, _WIDE[code]) for place, code in _codes(text) if code in _WIDE]


def _codes(text: str) -> Sequence[tuple[int, int]]:
    return [(found.start(), ord(found[0])) for found in re.finditer(r"[^\x00-\x7f]", text)]


@dataclass(frozen=True)
class Repair:
    """A repair, and the characters without which a text has nothing for it."""

    edits: Callable[[str], list[Edit]]
    signs: re.Pattern[str]


CHARACTERS = (
    Repair(entities, re.compile("&")),
    Repair(mojibake, re.compile(r"[^\x00-\x7f]")),
    Repair(invisible, _INVISIBLE),
    Repair(wide_letters, re.compile("[Ａ-Ｚａ-ｚ０-９]")),
    Repair(ligatures, re.compile(f"[{''.join(map(chr, LIGATURES))}]")),
    Repair(apostrophes, re.compile("[‘‛`´′ʼ?\ufffd]")),
    Repair(doubled_quotes, re.compile("['’`‘]")),
    Repair(spaces, re.compile(r"[^\S\n]")),
)


def repaired(mapped: Mapped, separator: str = "\n\n") -> Mapped:
    """Return the text with all repairs of characters made until nothing is left to repair.

    Lines stand between separators; blanks at their ends and lines of which nothing is left go.
    """
    for _ in range(_ROUNDS):
        before = mapped
        signs = _signs(mapped.text)
        for repair in CHARACTERS:
            if repair.signs.search(signs):
                mapped = mapped.edited(repair.edits(mapped.text))
        mapped = mapped.edited(_edges(mapped.text, separator))
        if mapped is before:
            break
    return mapped


def _signs(text: str) -> str:
    """The characters of a text that a repair may ask for: all but plain ones, and a blank if two stand together."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return rest.decode("utf-8", "surrogatepass") + " " * ("  " in text)


def _edges(text: str, separator: str) -> list[Edit]:
    """Edits that trim lines, and drop the separators of lines of which nothing is left."""
    if text == text.strip() and not any(sign in text for sign in (" \n", "\n ", 2 * separator)):
        return []
    edits = []
    for found in _EDGES.finditer(text):
        is_outer = found.start() == 0 or found.end() == len(text)
        new = "" if is_outer else separator
        if found[0] != new:
            edits.append((found.start(), found.end(), new))
    return edits
