"""Name mentions: the model's names and the known names, the longest winning, one type a name and document."""

from collections import Counter
from dataclasses import dataclass, replace

from transforms.entities import nouns, persons
from transforms.entities.gazetteer import Fact
from transforms.entities.reading import Mention, Reading, is_country
from transforms.lookups import facts

TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW"})
BEFORE = frozenset({"DET", "PUNCT", "SPACE", "ADP", "CCONJ"})
AFTER = frozenset({"PUNCT", "SPACE", "PART", "ADP"})
CERTAIN = ("organisation", "person")


@dataclass(frozen=True)
class _Candidate:
    first: int
    last: int
    label: str
    fact: Fact | None


def name_mentions(reading: Reading) -> list[Mention]:
    """Return the mentions by name of a document in the order of the text, none overlapping another."""
    candidates = [*_from_model(reading), *_from_lookups(reading)]
    chosen = _longest(candidates)
    votes = _votes(reading, chosen)
    surnames = {persons.parts(reading.cut(c.first, c.last))[-1:] for c in chosen if _is_full_person(c)}
    typed = [_typed(reading, candidate, votes, surnames) for candidate in chosen]
    known = [*typed, *_repeated(reading, typed)]
    return [_mention(reading, candidate) for candidate in sorted(known, key=lambda c: c.first)]


def _from_model(reading: Reading) -> list[_Candidate]:
    found = []
    for span in reading.doc.ents:
        if span.label_ in TYPES:
            first, last = _trimmed(reading, span.start, span.end, span.label_)
            if first < last:
                found.append(_Candidate(first, last, span.label_, None))
    return found


def _trimmed(reading: Reading, first: int, last: int, label: str) -> tuple[int, int]:
    """Cut articles, titles and nationalities off the front, possessive endings and punctuation off the end."""
    doc, words = reading.doc, reading.words
    while first < last and (doc[first].pos_ in BEFORE or doc[first].is_punct):
        first += 1
    while (
        first < last and (doc[last - 1].pos_ in AFTER or words[last - 1] in ("'s", "'")) and words[last - 1] != "D.C."
    ):
        last -= 1
    if label != "PERSON":
        return first, last
    for end in range(last, first, -1):
        if facts.fold(" ".join(words[first:end])) in facts.titles():
            return _trimmed(reading, end, last, label) if end < last else (last, last)
    if last - first > 1 and (is_country(reading.hit_at.get(first)) or nouns.is_past(words[first : first + 1])):
        hit = reading.hit_at.get(first)
        return _trimmed(reading, hit.last if hit else first + 1, last, label)
    return first, last


def _from_lookups(reading: Reading) -> list[_Candidate]:
    return [
        _Candidate(
            hit.first, hit.last, "NORP" if hit.fact.kind in ("adjective", "demonym") else hit.fact.entity_type, hit.fact
        )
        for hit in reading.hits
    ]


def _longest(candidates: list[_Candidate]) -> list[_Candidate]:
    """The longest of those that overlap; of equal spans the lookup's, unless the model sees a person in a place."""
    ranked = sorted(candidates, key=lambda c: (c.first - c.last, not _wins(c), c.first))
    people = {(c.first, c.last) for c in candidates if c.label == "PERSON" and c.fact is None}
    taken: set[int] = set()
    chosen = []
    for candidate in ranked:
        tokens = range(candidate.first, candidate.last)
        if taken.intersection(tokens):
            continue
        if candidate.fact is not None and candidate.label != "PERSON" and (candidate.first, candidate.last) in people:
            candidate = _Candidate(candidate.first, candidate.last, "PERSON", None)
        taken.update(tokens)
        chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.first)


def _wins(candidate: _Candidate) -> bool:
    return candidate.fact is not None


def _votes(reading: Reading, chosen: list[_Candidate]) -> dict[str, str]:
    """The label that most occurrences of a name have in the document; on a tie the first one's."""
    counts: dict[str, Counter[str]] = {}
    for candidate in chosen:
        if candidate.fact is None:
            counts.setdefault(reading.cut(candidate.first, candidate.last), Counter())[candidate.label] += 1
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def _is_full_person(candidate: _Candidate) -> bool:
    return candidate.label == "PERSON" and candidate.last - candidate.first > 1


def _typed(
    reading: Reading, candidate: _Candidate, votes: dict[str, str], surnames: set[tuple[str, ...]]
) -> _Candidate:
    if candidate.fact is not None:
        return candidate
    name = reading.cut(candidate.first, candidate.last)
    if candidate.last - candidate.first == 1 and (persons.parts(name)[-1:] in surnames or _titled(reading, candidate)):
        return replace(candidate, label="PERSON")
    return replace(candidate, label=votes.get(name, candidate.label))


def _titled(reading: Reading, candidate: _Candidate) -> bool:
    title = nouns.title_before(reading.words[: candidate.first], candidate.first)
    return title is not None and title.sector == ""


def _repeated(reading: Reading, typed: list[_Candidate]) -> list[_Candidate]:
    """Proper nouns that the model passed over and that are a known person's surname in this document."""
    names = {persons.parts(reading.cut(c.first, c.last))[-1:] for c in typed if c.label == "PERSON"} - {()}
    taken = {token for c in typed for token in range(c.first, c.last)}
    return [
        _Candidate(token.i, token.i + 1, "PERSON", None)
        for token in reading.doc
        if token.i not in taken and token.pos_ == "PROPN" and len(token) > 2 and persons.parts(token.text) in names
    ]


def _mention(reading: Reading, candidate: _Candidate) -> Mention:
    name, fact = reading.cut(candidate.first, candidate.last), candidate.fact
    mention = Mention(candidate.first, candidate.last, candidate.label, "name", name)
    if fact is not None:
        mention.name, mention.country, mention.sector, mention.basis = fact.name, fact.iso3, fact.sector, fact.basis
        if fact.kind == "person":
            mention.name, mention.country, mention.sector, mention.basis = name, None, None, "text:name"
    elif candidate.label in ("ORG", "FAC"):
        inside = reading.countries(candidate.first, candidate.last)
        mention.country = inside[0] if inside else None
        role = nouns.ending_at(reading.words, candidate.last)
        if role is not None and role.last - role.first <= candidate.last - candidate.first:
            mention.sector = role.sector if role.sector != "UNK" else None
    return mention
