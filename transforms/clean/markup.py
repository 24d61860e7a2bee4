"""Which rendered lines of a page stand in the article that its markup sets apart."""

from collections.abc import Sequence

from transforms.clean.labels import folded
from transforms.clean.split import RawLine


def article_lines(
    page: Sequence[RawLine], article: str | None, span: tuple[int, int], least: float = 0.5
) -> frozenset[int] | None:
    """Return the numbers of the lines found in the article, or None where the markup helps nothing.

    Line and article are compared by letters and digits. None: there is no article, or less than `least` of the
    characters of the span and of the article are in one another, so that the markup is not to be believed.
    """
    whole = folded(article or "")
    if not whole:
        return None
    found: set[int] = set()
    position = 0
    for line in page:
        wanted = folded(line.bare)
        if not wanted:
            continue
        place = whole.find(wanted, max(0, position - 2000))
        if place < 0 or (len(wanted) < 40 and place > position + 400):
            continue
        position = place + len(wanted)
        found.add(line.number)
    covered = sum(len(folded(line.bare)) for line in page if line.number in found)
    spanned = sum(len(folded(line.bare)) for line in page if span[0] <= line.number <= span[1])
    return frozenset(found) if covered >= least * len(whole) and len(whole) >= 0.3 * spanned else None
