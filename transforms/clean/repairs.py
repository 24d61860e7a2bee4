"""Repairs of the characters of kept text: each returns edits, so that offsets are kept."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ftfy.chardata import LIGATURES, WIDTH_MAP
from ftfy.fixes import unescape_html

from transforms.clean.mapped import Edit, Mapped
from transforms.clean.mojibake import mojibake

_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});|&nbsp(?![\w=])")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|)")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc"
    r"\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]+"
)
_BLANK = re.compile(r"[^\S\n ]")
_BLANKS = re.compile("  +")
_EDGES = re.compile(r"\A[\n ]+|[\n ]+\Z| *\n[\n ]*")
_BETWEEN = r"(?<=[^\W\d_].)(?=[^\W\d_])"
_AFTER = r"(?<=[^\W\d_].)(?=[^\W\d_]|\s|[,.;:!?)]|\Z)"
_SUFFIX = r"(?:(?<=[^\W\d_]n.)(?=t)|(?<=[^\W\d_][a-z].)(?=s|re|ve|ll|d|m))(?=[a-z]{1,2}(?:[\s,.;:!)”]|\Z))"
_APOSTROPHES = {
    **{sign: re.compile(sign + _AFTER) for sign in "‘‛"},
    **{sign: re.compile(sign + _BETWEEN) for sign in "`´′ʼ"},
    **{sign: re.compile(re.escape(sign) + _SUFFIX) for sign in "?\ufffd"},
}
_DOUBLED = ("’’", "''", "‘‘", "``")
_PAIR = re.compile(r"((?<!\w)(?:‘‘|``)|(?<!\S)''(?=\S))|’’|''(?=[\s,.;:!?)]|\Z)")
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


def terminal_codes(text: str) -> list[Edit]:
    """Return edits that delete what colours text in a terminal."""
    return [(found.start(), found.end(), "") for found in _ESCAPE.finditer(text)]


def invisible(text: str) -> list[Edit]:
    """Return edits that delete soft hyphens, zero-width characters, direction marks and control characters."""
    return [(found.start(), found.end(), "") for found in _INVISIBLE.finditer(text)]


def blanks(text: str) -> list[Edit]:
    """Return edits that make plain spaces of no-break spaces, tabs, line separators and other blanks."""
    return [(found.start(), found.end(), " ") for found in _BLANK.finditer(text)]


def doubled_blanks(text: str) -> list[Edit]:
    """Return edits that make one space of several."""
    return [(found.start(), found.end(), " ") for found in _BLANKS.finditer(text)]


def apostrophes(text: str) -> list[Edit]:
    """Return edits that make an apostrophe of what stands for one: a left quote or an accent after a letter.

    A question mark or the replacement character in "don?t" is one too. In a text with low quotes (‚so‘) a left quote
    closes and stays.
    """
    patterns = [pattern for sign, pattern in _APOSTROPHES.items() if sign in text and not (sign == "‘" and "‚" in text)]
    return sorted((found.start(), found.end(), "’") for pattern in patterns for found in pattern.finditer(text))


def doubled_quotes(text: str) -> list[Edit]:
    """Return edits that make one double quote of two single ones."""
    if not any(pair in text for pair in _DOUBLED):
        return []
    return [(found.start(), found.end(), "“" if found[1] else "”") for found in _PAIR.finditer(text)]


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
    Repair(mojibake, re.compile(r"[^\x00-\x7f‘’“”–—…•·«»€£©®™\xa0\xad]")),
    Repair(terminal_codes, re.compile("\x1b")),
    Repair(invisible, _INVISIBLE),
    Repair(wide_letters, re.compile("[Ａ-Ｚａ-ｚ０-９]")),
    Repair(ligatures, re.compile(f"[{''.join(map(chr, LIGATURES))}]")),
    Repair(blanks, _BLANK),
    Repair(doubled_blanks, re.compile(" ")),
    Repair(apostrophes, re.compile(f"[{''.join(_APOSTROPHES)}]")),
    Repair(doubled_quotes, re.compile(f"[{''.join(_DOUBLED)}]")),
)


def repaired(mapped: Mapped, separator: str = "\n\n") -> Mapped:
    """Return the text with all repairs of characters made, in at most four rounds: one may uncover what the next mends.

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
