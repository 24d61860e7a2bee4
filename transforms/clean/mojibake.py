"""Text that was decoded in the wrong encoding, repaired by ftfy with its offsets kept."""

import re

import ftfy
from ftfy.badness import is_bad
from rapidfuzz.distance import Levenshtein

from transforms.clean.mapped import Edit

_PIECE = re.compile(r"[^\n]{1,2000}(?=\s|$)|[^\n]{1,2000}")
_SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[ÂÃŒœ\x80-\x9f]")


def mojibake(text: str) -> list[Edit]:
    """Return edits that undo a wrong decoding where ftfy (Speer 2019) sees one.

    Each line is judged for itself, since pages are put together from sources of several encodings; long ones in pieces
    that end at a blank. Lossy and mixed sequences are repaired as far as `ftfy.fix_encoding` does it.
    """
    edits: list[Edit] = []
    for found in _PIECE.finditer(text):
        piece = found[0]
        if not piece.isascii() and _SUSPECT.search(piece) and is_bad(piece):
            edits += changes(piece, ftfy.fix_encoding(piece).replace("\n", " "), found.start())
    return edits


def changes(old: str, new: str, start: int = 0) -> list[Edit]:
    """Return the smallest edits that make `new` of `old`, which stands at `start`; side by side they are one."""
    edits: list[Edit] = []
    for change in Levenshtein.opcodes(old, new):
        first, last = start + change.src_start, start + change.src_end
        written = new[change.dest_start : change.dest_end]
        if change.tag == "equal":
            continue
        if edits and edits[-1][1] == first:
            before = edits.pop()
            edits.append((before[0], last, before[2] + written))
        else:
            edits.append((first, last, written))
    return _widened(edits, old, start)


def _widened(edits: list[Edit], old: str, start: int) -> list[Edit]:
    """What is written between two characters takes the place of the one before it, at the very start of the first."""
    result: list[Edit] = []
    for first, last, new in edits:
        if first < last:
            result.append((first, last, new))
        elif first == start:
            result.append((first, first + 1, new + old[0]))
        elif result and result[-1][1] == first:
            result[-1] = (result[-1][0], first, result[-1][2] + new)
        else:
            result.append((first - 1, first, old[first - 1 - start] + new))
    return result
