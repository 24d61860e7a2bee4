"""Links between chains of different documents: lookup keys, then names inside a story, then full names anywhere.

No score of two names alone tells Joe Biden / Mr. Biden from Joe Biden / Jill Biden, so a short form is resolved where
its full form is near: in the document, else in the story, and never across stories.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from transforms import contract
from transforms.components import Components
from transforms.entities import organisations, persons
from transforms.entities.reading import group_name
from transforms.lookups import facts

NEARBY = 0.9
FIXED = ("lookup:country_names", "lookup:organisations", "lookup:office_holders", "lookup:places")


class MatchParams(contract.Params):
    """When two names are one entity's.

    Attributes:
        full_name: least rapidfuzz ratio (0 to 100) of two full names across stories.
        block_prefix: letters of the last word that names must share to be compared.
    """

    full_name: float = 92.0
    block_prefix: int = 4


@dataclass(frozen=True)
class Item:
    """A chain as matching sees it."""

    document: str
    story: str
    name: str
    aliases: tuple[str, ...]
    entity_type: str
    country: str | None
    sector: str | None
    basis: str


@dataclass(frozen=True)
class Link:
    """A decision about two items, given by number: same or different, with its rule and a score from 0 to 1."""

    left: int
    right: int
    rule: str
    score: float
    decision: str = "same"


@dataclass(frozen=True)
class Decided:
    """The links in order, and for each item the number of the first item of its cluster."""

    links: list[Link]
    roots: list[int]


def decided(items: Sequence[Item], params: MatchParams) -> Decided:
    """Return the clusters of items and the links behind them.

    A link that would put two lookup entries into one cluster, through whatever came between, is refused and kept as a
    judgement that the two are different.
    """
    components = Components(len(items))
    known = {number: key for number, item in enumerate(items) if item.basis in FIXED and (key := _key(item))}
    found = []
    for link in _links(items, params):
        keys = [known.get(components.root(number)) for number in (link.left, link.right)]
        if keys[0] and keys[1] and keys[0] != keys[1]:
            found.append(replace(link, decision="different"))
            continue
        components.join(link.left, link.right)
        if keys[0] or keys[1]:
            known[components.root(link.left)] = keys[0] or keys[1] or ""
        found.append(link)
    return Decided(found, components.roots())


def _links(items: Sequence[Item], params: MatchParams) -> Iterator[Link]:
    """The links in the order in which they are decided: the surest first."""
    fixed = {number for number, item in enumerate(items) if item.basis in FIXED or item.entity_type == "GROUP"}
    yield from _by_key(items)
    for story in _grouped(items, "story").values():
        yield from _people(items, [number for number in story if items[number].entity_type == "PERSON"], fixed)
        yield from _bodies(items, [number for number in story if items[number].entity_type == "ORG"], fixed)
    yield from _across(items, fixed, params)


def _by_key(items: Sequence[Item]) -> Iterator[Link]:
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        key = _key(item)
        if key is None:
            continue
        if key in first:
            yield Link(first[key], number, f"key:{key.split(':')[0]}", 1.0)
        first.setdefault(key, number)


def _key(item: Item) -> str | None:
    """What makes two chains one entity wherever they stand, or None where only their names can tell."""
    if item.entity_type == "GROUP":
        return f"group:{item.name}" if item.name == group_name(item.country, item.sector or "") else None
    if item.basis in FIXED:
        return f"{item.basis.split(':')[1]}:{item.entity_type}:{item.name}"
    if item.entity_type not in ("PERSON", "ORG"):
        return f"name:{item.entity_type}:{' '.join(organisations.parts(item.name))}"
    return None


def _grouped(items: Sequence[Item], attribute: str) -> dict[str, list[int]]:
    groups = defaultdict(list)
    for number, item in enumerate(items):
        groups[getattr(item, attribute)].append(number)
    return groups


def _people(items: Sequence[Item], people: list[int], fixed: set[int]) -> Iterator[Link]:
    """Inside a story: full names that agree, then single names to the one person whom they can shorten."""
    first: dict[tuple[str, ...], int] = {}
    for number in people:
        known = first.setdefault(persons.parts(items[number].name), number)
        if known != number:
            yield Link(known, number, "story:same_name", NEARBY)
    full = [words for words in first if len(words) > 1]
    for position, words in enumerate(full):
        other = next((other for other in full[:position] if persons.same_full(other, words)), None)
        if other is not None and not {first[other], first[words]} <= fixed:
            score = _ratio(items[first[other]].name, items[first[words]].name)
            yield Link(first[other], first[words], "story:full_name", score)
    for words, number in first.items():
        found = _shortened(words[0], full) if len(words) == 1 else None
        if found is not None:
            yield Link(*_ordered(first[found[1]], number), f"story:{found[0]}", NEARBY)


def _shortened(single: str, full: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]] | None:
    """How a single name shortens the full names of a story, and the first of these, if they are one person's."""
    for how in ("surname", "given"):
        fitting = [words for words in full if persons.shortens(single, words) == how]
        if fitting:
            return (how, fitting[0]) if all(persons.same_full(fitting[0], words) for words in fitting[1:]) else None
    return None


def _ordered(left: int, right: int) -> tuple[int, int]:
    return min(left, right), max(left, right)


def _bodies(items: Sequence[Item], bodies: list[int], fixed: set[int]) -> Iterator[Link]:
    """Inside a story: organisations by name, acronym or short form."""
    first: dict[str, int] = {}
    for number in bodies:
        name = items[number].name
        other = first.get(name)
        if other is None:
            near = (known for known in first if organisations.same_nearby(known, name))
            known = next((k for k in near if not {first[k], number} <= fixed), None)
            first[name] = number
            other = first[known] if known is not None else None
        if other is not None and other != number:
            yield Link(other, number, "story:organisation", _ratio(items[other].name, name))


def _across(items: Sequence[Item], fixed: set[int], params: MatchParams) -> Iterator[Link]:
    """Across stories: full names of persons and names of organisations that are equal but for spelling."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, item in enumerate(items):
        words = _words(item)
        if len(words) < 2 and not (item.entity_type == "ORG" and words):
            continue
        first = seen.setdefault((item.entity_type, words), number)
        if first != number:
            if not (first in fixed and number in fixed):
                yield Link(first, number, "corpus:same_name", 1.0)
            continue
        block = blocks[item.entity_type, words[-1][: params.block_prefix]]
        for other in block:
            score = _similar(words, _words(items[other]), item.entity_type)
            if score * 100 >= params.full_name and not (other in fixed and number in fixed):
                yield Link(other, number, "corpus:similar_name", score)
                break
        block.append(number)


def _words(item: Item) -> tuple[str, ...]:
    if item.entity_type == "PERSON":
        return persons.parts(item.name)
    return organisations.parts(item.name) if item.entity_type == "ORG" else ()


def _similar(left: tuple[str, ...], right: tuple[str, ...], entity_type: str) -> float:
    if entity_type == "PERSON":
        return fuzz.ratio(" ".join(left), " ".join(right)) / 100 if persons.same_full(left, right) else 0.0
    return fuzz.ratio(" ".join(left), " ".join(right)) / 100 if min(map(len, (left, right))) > 1 else 0.0


def _ratio(left: str, right: str) -> float:
    return round(fuzz.token_set_ratio(facts.fold(left), facts.fold(right)) / 100, 4)
