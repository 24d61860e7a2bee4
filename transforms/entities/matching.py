"""Names of one story: which of them are one entity's. A pure function of the story's names, remembered by their hash.

No score of two names alone tells Joe Biden / Mr. Biden from Joe Biden / Jill Biden, so a short form is resolved where
its full form is near: in the document, else in the story. What is decided here holds in this story only, so one wrong
link never joins two names of the whole corpus.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from transforms import contract
from transforms.entities import organisations, persons
from transforms.lookups import facts

NEARBY = 0.9


class MatchParams(contract.Params):
    """When names of a story are one entity's.

    Attributes:
        dominance: where a short form fits several, how many times as many documents must name the first as the others.
    """

    dominance: float = 4.0


@dataclass(frozen=True, slots=True)
class StoryName:
    """A name of a story: its type, key in a lookup or "", and the number of the story's documents that have it."""

    entity_type: str
    name: str
    key: str
    documents: int


@dataclass(frozen=True, slots=True)
class Link:
    """A decision about two names of a story, given by position: the second is the first, or it is not."""

    left: int
    right: int
    rule: str
    score: float
    decision: str = "same"


@dataclass(slots=True, eq=False)
class Form:
    """Names of a story with the same words and key, and the forms that were gathered around it."""

    words: tuple[str, ...]
    key: str
    positions: list[int]
    documents: int
    name: str
    rule: str = ""
    around: "list[Form]" = field(default_factory=list)

    @property
    def weight(self) -> int:
        """Documents that have this name or one of those gathered around it."""
        return self.documents + sum(form.documents for form in self.around)


Fits = list[tuple[Form, str]]


def linked(names: Sequence[StoryName], params: MatchParams) -> list[Link]:
    """Return the decisions about the names of a story that say more than that equal words name the same.

    Forms are gathered around the clearest of them, each around one: a form that fits several goes to the one that
    dominates the story, else it stays alone. Two entries of lookups never come together.
    """
    found: list[Link] = []
    for entity_type, gatherer in (("PERSON", _People), ("ORG", _Bodies)):
        positions = [number for number, name in enumerate(names) if name.entity_type == entity_type]
        found += gatherer(names, params).links(_forms(names, positions, entity_type))
    return found


def _forms(names: Sequence[StoryName], positions: Iterable[int], entity_type: str) -> list[Form]:
    """Names with the same words in one form; those without a key go to the only key that has the words."""
    of_key: defaultdict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    keys: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for position in positions:
        name = names[position]
        words = persons.parts(name.name) if entity_type == "PERSON" else _body_words(name.name)
        of_key[words, name.key].append(position)
        keys[words].add(name.key)
    for words, known in keys.items():
        if len(known) == 2 and "" in known:
            known.remove("")
            of_key[words, next(iter(known))] = of_key[words, next(iter(known))] + of_key.pop((words, ""))
    return [_form(names, words, key, found) for (words, key), found in sorted(of_key.items()) if words]


def _body_words(name: str) -> tuple[str, ...]:
    letters = organisations.acronym(name)
    return (letters,) if letters else organisations.parts(name)


def _form(names: Sequence[StoryName], words: tuple[str, ...], key: str, positions: list[int]) -> Form:
    """The form's own name is the one that has its key and stands in most documents."""
    ranked = sorted(positions, key=lambda p: (names[p].key != key, -names[p].documents, names[p].name))
    return Form(words, key, ranked, sum(names[p].documents for p in ranked), names[ranked[0]].name)


class _Gatherer:
    """Gathers the forms of one type around the first of them that they fit."""

    def __init__(self, names: Sequence[StoryName], params: MatchParams) -> None:
        self.names, self.params = names, params
        self.near: defaultdict[str, list[Form]] = defaultdict(list)
        self.leads: list[Form] = []
        self.refused: list[Link] = []

    def links(self, forms: list[Form]) -> list[Link]:
        """Return the links between each group's head and its other forms, and what was refused."""
        for form in sorted(forms, key=self.order):
            self._gather(form)
        return [link for lead in self.leads for link in self._of_group(lead)] + self.refused

    def order(self, form: Form) -> tuple[object, ...]:
        """The order in which forms are gathered: first those that say most clearly who is meant."""
        raise NotImplementedError

    def keys(self, form: Form) -> Iterator[str]:
        """What a full form is found by."""
        raise NotImplementedError

    def fits(self, form: Form) -> Iterator[tuple[Form, str]]:
        """The leads that a form can mean, with the rule, from the best rule on."""
        raise NotImplementedError

    def head(self, group: list[Form]) -> Form:
        """The form of a group that stands for it in the corpus."""
        raise NotImplementedError

    def _gather(self, form: Form) -> None:
        lead = self._lead(form, list(self.fits(form)))
        if lead is None:
            self.leads.append(form)
        else:
            lead.around.append(form)
        for key in dict.fromkeys(self.keys(form)):
            self.near[key].append(lead or form)

    def _lead(self, form: Form, fits: Fits) -> Form | None:
        refused = [(lead, rule) for lead, rule in fits if form.key and lead.key]
        self.refused += [self._link(lead, form, rule, "different") for lead, rule in refused]
        rules = {lead: rule for lead, rule in reversed(fits) if not (form.key and lead.key)}
        ranked = sorted(rules, key=lambda lead: -lead.weight)
        if not ranked or ranked[0].weight < self.params.dominance * sum(lead.weight for lead in ranked[1:]):
            return None
        form.rule = rules[ranked[0]]
        return ranked[0]

    def _of_group(self, lead: Form) -> Iterator[Link]:
        group = [lead, *lead.around]
        head = lead if lead.key else next((f for f in lead.around if f.key), None) or self.head(group)
        lead.rule = head.rule
        for form in group:
            same_form = form is head
            for position in form.positions:
                keyed_apart = same_form and self.names[position].key != head.key
                if not same_form or keyed_apart:
                    rule = "same_name" if keyed_apart else form.rule
                    yield self._link(head, form, rule, position=position)

    def _link(self, lead: Form, form: Form, rule: str, decision: str = "same", position: int | None = None) -> Link:
        right = form.positions[0] if position is None else position
        score = NEARBY
        if len(form.words) > 1:
            names = (facts.fold(lead.name), facts.fold(self.names[right].name))
            score = round(fuzz.token_set_ratio(*names) / 100, 4)
        return Link(lead.positions[0], right, f"story:{rule}", score, decision)


def candidates(near: Mapping[str, list[Form]], keys: Iterable[str]) -> list[Form]:
    """Return the leads that share a key, each once, in the order in which they were gathered.

    Args:
        near: the leads of each key.
        keys: the keys of a form.
    """
    return list(dict.fromkeys(lead for key in dict.fromkeys(keys) for lead in near.get(key, ())))


class _People(_Gatherer):
    """Full names that agree, then surnames and given names that one of them explains."""

    def order(self, form: Form) -> tuple[object, ...]:
        words = form.words
        given = persons.has_given(words)
        return (persons.is_short(words), not form.key, not given, len(words), -form.documents, words)

    def keys(self, form: Form) -> Iterator[str]:
        if not persons.is_short(form.words):
            yield from form.words
            yield f"{form.words[-1][:3]}-"

    def fits(self, form: Form) -> Iterator[tuple[Form, str]]:
        words = form.words
        found = candidates(self.near, [*words, f"{words[-1][:3]}-", words[-1].removesuffix("s")])
        if not persons.is_short(words):
            return ((lead, "full_name") for lead in found if _agrees(lead, words))
        how = {lead: _shortened(words, lead) for lead in found}
        best = next((rule for rule in ("surname", "lost_apostrophe", "given") if rule in how.values()), "")
        return ((lead, best) for lead, rule in how.items() if rule == best and best)

    def head(self, group: list[Form]) -> Form:
        full = [form for form in group if persons.has_given(form.words)] or group[:1]
        return min(full, key=lambda form: (-form.documents, len(form.words), form.words))


def _agrees(lead: Form, words: tuple[str, ...]) -> bool:
    """Whether a full name is that of a lead and contradicts none of the full names around it."""
    around = (form.words for form in lead.around if not persons.is_short(form.words))
    return persons.same_full(lead.words, words) and not any(persons.contradicts(other, words) for other in around)


def _shortened(words: tuple[str, ...], lead: Form) -> str | None:
    """How a short form can stand for a lead or one of the full names around it."""
    full = [form.words for form in (lead, *lead.around) if not persons.is_short(form.words)]
    if len(words) > 1:
        return "surname" if any(words == other[-len(words) :] for other in full) else None
    ways = {persons.shortens(words[0], other) for other in full}
    ways = {way.replace(" ", "_") for way in ways if way}
    return next((way for way in ("surname", "lost_apostrophe", "given") if way in ways), None)


class _Bodies(_Gatherer):
    """Organisations by spelling, by the beginning or end of a longer name, and by acronym."""

    def order(self, form: Form) -> tuple[object, ...]:
        return (_is_acronym(form), not form.key, -len(form.words), -form.documents, form.words)

    def keys(self, form: Form) -> Iterator[str]:
        if not _is_acronym(form):
            yield from (form.words[0], form.words[-1], _spelled(form.words))
            yield from organisations.acronyms(form.name)

    def fits(self, form: Form) -> Iterator[tuple[Form, str]]:
        if _is_acronym(form):
            return ((lead, "acronym") for lead in candidates(self.near, form.words))
        found = candidates(self.near, [form.words[0], form.words[-1], _spelled(form.words)])
        alike: Fits = [(lead, "spelling") for lead in found if _any(organisations.same_words, form, lead)]
        short = ((lead, "short_form") for lead in found if _any(organisations.shortens, form, lead))
        return iter(alike or ([] if form.key else short))

    def head(self, group: list[Form]) -> Form:
        long = [form for form in group if len(form.words) > 1] or [f for f in group if not _is_acronym(f)] or group
        return min(long, key=lambda form: (-form.documents, -len(form.words), form.words))


def _is_acronym(form: Form) -> bool:
    return len(form.words) == 1 and form.words[0].isupper()


def _spelled(words: tuple[str, ...]) -> str:
    """What two spellings of one name mostly share: the first letters of its words."""
    return "-".join(word[:3] for word in organisations.standard(words))


def _any(test: Callable[[tuple[str, ...], tuple[str, ...]], bool], form: Form, lead: Form) -> bool:
    return any(test(form.words, other.words) for other in (lead, *lead.around) if not _is_acronym(other))
