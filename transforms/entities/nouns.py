"""Nouns and titles that tell what somebody does: the sector of a noun phrase by its head."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.lookups import facts

LONGEST = 5
VAGUE = "UNK"
TRADES, ARMED = ("BUS", "LAB"), ("MIL", "COP", "REB", "UAF")


@dataclass(frozen=True)
class Role:
    """A noun or title that names an actor; `first` and `last` number its words, `last` exclusive."""

    first: int
    last: int
    text: str
    sector: str


@facts.cached
def singulars(word: str) -> tuple[str, ...]:
    """Return the word in lower case and the forms that it may be the plural of."""
    word = facts.fold(word)
    forms = [word]
    for ending, singular in (("ies", "y"), ("men", "man"), ("ves", "f"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            forms.append(word[: -len(ending)] + singular)
    return tuple(forms)


def ending_at(words: Sequence[str], last: int) -> Role | None:
    """Return the longest known noun that ends before word number `last`, plural or not."""
    agents = facts.agents()
    for first in range(max(0, last - LONGEST), last):
        before = facts.fold(" ".join(words[first : last - 1]))
        forms = [form for head in singulars(words[last - 1]) if (form := f"{before} {head}".strip()) in agents]
        if forms:
            same = [form for form in forms if agents[form] == agents[forms[0]]]
            return Role(first, last, same[-1], agents[same[-1]])
    return None


def narrowed(words: Sequence[str], role: Role) -> Role:
    """Return a role that tells little with the sector of what stands before it: "military source", "army clerk"."""
    end = role.first - (words[role.first - 1 : role.first] in (["'"], ["'s"]))
    before = qualified(words, end) or ending_at(words, end)
    vague = role.sector == VAGUE or role.text in facts.words_of("entity_words", "vague")
    if before is None or before.sector == VAGUE or not (vague or (role.sector in TRADES and before.sector in ARMED)):
        return role
    return replace(role, sector=before.sector)


def qualified(words: Sequence[str], last: int) -> Role | None:
    """Return the adjective of a role that ends before word number `last`: "military", "human rights"."""
    sectors = facts.words("role_adjectives", "text", "sector")
    for first in range(max(0, last - 2), last):
        form = facts.fold(" ".join(words[first:last]))
        if form in sectors:
            return Role(first, last, form, sectors[form])
    return None


def with_of(words: Sequence[str], first: int) -> Role | None:
    """Return the known noun that starts at word number `first` and goes on with "of": "secretary of state"."""
    if words[first + 1 : first + 2] != ["of"]:
        return None
    for head in singulars(words[first]):
        form = facts.fold(" ".join([head, *words[first + 1 : first + 3]]))
        if form in facts.agents():
            return Role(first, first + 3, form, facts.agents()[form])
    return None


def title_before(words: Sequence[str], last: int) -> Role | None:
    """Return the longest known title that ends before word number `last`."""
    titles = facts.titles()
    for first in range(max(0, last - LONGEST), last):
        form = facts.fold(" ".join(words[first:last]))
        if form in titles:
            return Role(first, last, form, titles[form])
    return None


def is_past(words: Sequence[str]) -> bool:
    """Return whether a word says that the role is over: "former", "ex-minister"."""
    past = facts.words_of("role_modifiers", "past")
    return any(facts.fold(word).split("-")[0] in past for word in words)
