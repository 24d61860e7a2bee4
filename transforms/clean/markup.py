"""Which rendered lines of a page stand in the article that its markup sets apart."""

from collections.abc import Sequence

from transforms.clean.split import RawLine, folded


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
    texts = {line.number: folded(line.bare) for line in page}
    for number, wanted in texts.items():
        end = len(whole) if len(wanted) >= 40 else position + 400 + len(wanted)
        place = whole.find(wanted, max(0, position - 2000), end) if wanted else -1
        if place >= 0:
            position = place + len(wanted)
            found.add(number)
    covered = sum(len(texts[number]) for number in found)
    spanned = sum(len(wanted) for number, wanted in texts.items() if span[0] <= number <= span[1])
    return frozenset(found) if covered >= least * len(whole) and len(whole) >= 0.3 * spanned else None
