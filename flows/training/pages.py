"""Pages that the line model learns from: which lines hold the article, and pages made of parts of several."""

import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median

import polars as pl
from resiliparse.parse.html import DOMNode, HTMLTree, NodeType

from schemas.errors import InputError
from transforms.clean.split import split_lines

COLUMNS = ("site", "gold_body")
FOLDS = 5
_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"^\s*[•·‣▪●*+-]\s+")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9][.!?][”\")])\s+(?=[A-Z“\"])|(?<=[a-z0-9]{2}[.!?])\s+(?=[A-Z“\"])")
Rows = list[tuple[str, float]]
"""Lines, with the share of each that is article."""

_SHINGLE = 4
_APART = 400
_AROUND = 25


@dataclass(frozen=True)
class Page:
    """A page of which it is known what is article.

    Attributes:
        site: its site; pages of one site are trained on or held out together.
        rendering: how its text was made from HTML.
        url: its address, if known.
        lines: its lines.
        shares: share of each line's words that the article holds there, 0 to 1.
        article: text of the article.
    """

    site: str
    rendering: str
    url: str | None
    lines: tuple[str, ...]
    shares: tuple[float, ...]
    article: str

    @property
    def span(self) -> tuple[int, int]:
        """First and behind the last line of the article."""
        held = [place for place, share in enumerate(self.shares) if share >= 0.5]
        return (held[0], held[-1] + 1) if held else (0, 0)


def read(paths: Iterable[Path]) -> list[Page]:
    """Return the pages of Parquet files with site, gold_body, and raw_text or html, whose text nodes are the lines.

    Raises:
        InputError: a column is missing.
    """
    pages = []
    for path in paths:
        rows = pl.read_parquet(path)
        missing = [name for name in COLUMNS if name not in rows.columns]
        if missing or not {"raw_text", "html"} & set(rows.columns):
            needed = f"{', '.join(COLUMNS)} and raw_text or html"
            raise InputError("pages to learn from lack columns", where=str(path), remedy=f"Give it {needed}")
        pages += [page for row in rows.iter_rows(named=True) if (page := _page(row)).lines]
    return pages


def _page(row: dict[str, str]) -> Page:
    text = row["raw_text"] if row.get("raw_text") is not None else "\n".join(_text_nodes(row["html"]))
    lines = tuple(line.text for line in split_lines(text))
    rendering = row.get("rendering") or "text_nodes"
    return Page(row["site"] or "", rendering, row.get("url"), lines, shares(lines, row["gold_body"]), row["gold_body"])


def _text_nodes(html: str) -> list[str]:
    """What many scrapers make of a page: one line for each text node."""
    body = HTMLTree.parse(html).body
    found: list[str] = []
    open_nodes: list[DOMNode] = [body] if body else []
    while open_nodes:
        node = open_nodes.pop()
        if node.type == NodeType.TEXT and (text := " ".join((node.value or "").split())):
            found.append(text)
        elif node.type == NodeType.ELEMENT and node.tag not in {"script", "style", "noscript", "template", "svg"}:
            open_nodes += reversed(node.child_nodes)
    return found


def fold_of(site: str) -> int:
    """Return which fifth of all sites a site is in: pages of one are trained on or held out together."""
    return int(sha256(site.encode()).hexdigest(), 16) % FOLDS


def shares(lines: Sequence[str], article: str) -> tuple[float, ...]:
    """Return which share of each line's words the article holds there.

    Words are aligned by their 4-grams, as the measure of tests/bench/cleaning.py counts them; where the page holds one
    several times, the place is taken that lies like those of the 4-grams around it.
    """
    words = [(word, number) for number, line in enumerate(lines) for word in _WORD.findall(line)]
    sizes = Counter(number for _, number in words)
    held = _held([word for word, _ in words], _WORD.findall(article))
    counted = Counter(number for (_, number), inside in zip(words, held, strict=True) if inside)
    return tuple(counted[number] / sizes[number] if sizes[number] else 0.0 for number in range(len(lines)))


def _held(words: Sequence[str], article: Sequence[str]) -> list[bool]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(words) - _SHINGLE + 1):
        places[tuple(words[place : place + _SHINGLE])].append(place)
    shingles = [tuple(article[place : place + _SHINGLE]) for place in range(len(article) - _SHINGLE + 1)]
    anchors = _anchors(shingles, places)
    held = [False] * len(words)
    taken: set[int] = set()
    for number, shingle in enumerate(shingles):
        if found := [place for place in places.get(shingle, ()) if place not in taken]:
            near = _near(anchors, number)
            place = min(found, key=lambda place: min(abs(place - number - offset) for offset in near))
            taken.add(place)
            held[place : place + _SHINGLE] = [True] * _SHINGLE
    return held


def _anchors(shingles: Sequence[tuple[str, ...]], places: dict[tuple[str, ...], list[int]]) -> list[tuple[int, int]]:
    """Number and offset of the 4-grams that stand once in article and page and do not lie far from the others."""
    times = Counter(shingles)
    once = [
        (number, places[shingle][0] - number)
        for number, shingle in enumerate(shingles)
        if times[shingle] == 1 and len(places.get(shingle, ())) == 1
    ]
    usual = [median(o for _, o in once[max(0, n - _AROUND) : n + _AROUND + 1 : 5]) for n in range(len(once))]
    return [anchor for anchor, middle in zip(once, usual, strict=True) if abs(anchor[1] - middle) < _APART]


def _near(anchors: Sequence[tuple[int, int]], number: int) -> list[int]:
    place = bisect_left(anchors, (number, 0))
    return [offset for _, offset in anchors[max(0, place - 1) : place + 1]] or [0]


@dataclass(frozen=True)
class Variety:
    """How often a page is changed before it is learned from, so that no page is learned by heart.

    Attributes:
        exchange: share of pages whose surroundings may be another page's.
        head, tail: share of those in which what stands before, or after, the article is another page's.
        crop: share of those in which but a few lines before, or after, the article are left.
        box: of those, chance of a (further) box of another page's lines in the middle of the article.
        links: share of pages whose lines are broken where links might stand.
        sentences: share of pages with a line for each sentence, as news agencies write paragraphs.
        unmarked, dense, spread: share of pages without bullets, without blank lines, with one after each line.
        markdown: share of pages with marks of headings, lists and emphasis.
    """

    exchange: float = 0.6
    head: float = 0.6
    tail: float = 0.6
    crop: float = 0.12
    box: float = 0.35
    links: float = 0.12
    sentences: float = 0.25
    unmarked: float = 0.12
    dense: float = 0.08
    spread: float = 0.06
    markdown: float = 0.12


def varied(page: Page, others: Sequence[Page], dice: random.Random, variety: Variety) -> Page:
    """Return the page, changed as `variety` says, with surroundings of one of the others."""
    first, last = page.span
    if last and dice.random() < variety.exchange:
        head, tail = _lines(page, 0, first), _lines(page, last, len(page.lines))
        if dice.random() < variety.head:
            other = dice.choice(others)
            head = _lines(other, 0, other.span[0])
        if dice.random() < variety.tail:
            other = dice.choice(others)
            tail = _lines(other, other.span[1], len(other.lines)) if other.span[1] else []
        head = head[-dice.randint(1, 12) :] if dice.random() < variety.crop else head
        tail = tail[: dice.randint(0, 12)] if dice.random() < variety.crop else tail
        rows = [*head, *_boxed(_lines(page, first, last), others, dice, variety), *tail]
    else:
        rows = _lines(page, 0, len(page.lines))
    if dice.random() < variety.links:
        rows = [(piece, share) for line, share in rows for piece in _broken(line, dice)]
    if dice.random() < variety.sentences:
        rows = [(sentence, share) for line, share in rows for sentence in _SENTENCE_END.split(line)]
    return _with(page, _reshaped(rows, dice, variety))


def _boxed(article: Rows, others: Sequence[Page], dice: random.Random, variety: Variety) -> Rows:
    """The article with boxes such as lists of related stories between its lines, if any."""
    while dice.random() < variety.box:
        other = dice.choice(others)
        around = _lines(other, 0, other.span[0]) + _lines(other, other.span[1], len(other.lines))
        start, place = dice.randrange(len(around) + 1), dice.randrange(len(article) + 1)
        box = [("", 0.0), *around[start : start + dice.randint(1, 8)], ("", 0.0)]
        article = [*article[:place], *box, *article[place:]]
    return article


def _broken(line: str, dice: random.Random) -> list[str]:
    words = line.split()
    if len(words) < 9 or dice.random() < 0.5:
        return [line]
    start = dice.randrange(1, len(words) - 4)
    end = start + dice.randint(1, 4)
    return [" ".join(words[:start]), " ".join(words[start:end]), " ".join(words[end:])]


def _reshaped(rows: Rows, dice: random.Random, variety: Variety) -> Rows:
    chance = dice.random()
    if chance < variety.unmarked:
        return [(_BULLET.sub("", line).strip(), share) for line, share in rows]
    chance -= variety.unmarked
    if chance < variety.dense:
        return [row for row in rows if row[0].strip()]
    chance -= variety.dense
    if chance < variety.spread:
        return [row for line in rows for row in (line, ("", 0.0))]
    return (
        [(_marked(line, dice), share) for line, share in rows] if chance < variety.spread + variety.markdown else rows
    )


def _marked(line: str, dice: random.Random) -> str:
    """The line as markdown might have it."""
    words = len(line.split())
    if _BULLET.match(line):
        return _BULLET.sub("  * ", line)
    if 2 < words < 14 and line[-1].isalnum() and dice.random() < 0.3:
        return f"{'#' * dice.randint(1, 4)} {line.strip()}"
    if words > 12 and dice.random() < 0.2:
        start = dice.randrange(words - 3)
        pieces = line.split()
        return " ".join([*pieces[:start], f"**{' '.join(pieces[start : start + 3])}**", *pieces[start + 3 :]])
    return f"> {line}" if words > 12 and dice.random() < 0.06 else line


def _lines(page: Page, first: int, last: int) -> Rows:
    return list(zip(page.lines[first:last], page.shares[first:last], strict=True))


def _with(page: Page, rows: Rows) -> Page:
    lines, held = zip(*rows, strict=True) if rows else ((), ())
    return Page(page.site, page.rendering, page.url, lines, held, page.article)
