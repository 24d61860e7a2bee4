"""Name mentions: the model's names and the known names, the longest winning, one type a name and document."""

from collections import Counter
from dataclasses import dataclass, replace

from transforms.entities import nouns, persons
from transforms.entities.gazetteer import Fact
from transforms.entities.reading import Mention, Reading, is_country
from transforms.lookups import facts

SURNAME = 5
BEFORE_LAWS = ("The", "A")
TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW"})
BEFORE = frozenset({"DET", "PUNCT", "SPACE", "ADP", "CCONJ"})
AFTER = frozenset({"PUNCT", "SPACE", "PART", "ADP", "CCONJ", "DET"})


@dataclass(frozen=True)
class _Candidate:
    first: int
    last: int
    label: str
    fact: Fact | None


def name_mentions(reading: Reading, *, vote: bool = True) -> list[Mention]:
    """Return the mentions by name of a document in the order of the text, none overlapping another.

    Args:
        reading: the document.
        vote: whether a name has one type in a document, the one that most of its mentions have.
    """
    candidates = [*_from_model(reading), *_from_lookups(reading), *_laws(reading)]
    chosen = _longest(reading, candidates)
    votes = _votes(reading, chosen) if vote else {}
    surnames = _surnames(reading, chosen)
    typed = [_typed(reading, candidate, votes, surnames) for candidate in chosen]
    known = [*typed, *_repeated(reading, typed)]
    return [_mention(reading, candidate) for candidate in sorted(known, key=lambda c: c.first)]


def _from_model(reading: Reading) -> list[_Candidate]:
    found = []
    for span in reading.doc.ents:
        if span.label_ in TYPES:
            first, label = _person_inside(reading, span.start, span.end, span.label_)
            first, last = _trimmed(reading, first, span.end, label)
            if first < last and not _is_list(reading, first, last):
                found.append(_Candidate(first, last, label, None))
    return _joined(found)


def _joined(found: list[_Candidate]) -> list[_Candidate]:
    """Names of persons that stand side by side are parts of one name."""
    joined: list[_Candidate] = []
    for candidate in found:
        before = joined[-1] if joined else None
        if before is not None and before.last == candidate.first and {before.label, candidate.label} == {"PERSON"}:
            joined[-1] = replace(before, last=candidate.last)
        else:
            joined.append(candidate)
    return joined


def _person_inside(reading: Reading, first: int, last: int, label: str) -> tuple[int, str]:
    """A title inside what the model takes for an organisation shows the person: "Energy Minister Ana Duarte"."""
    if label not in ("ORG", "FAC"):
        return first, label
    for start in range(last - 1, first, -1):
        rest = reading.words[start:last]
        known = any(token in reading.hit_at for token in range(start, last)) or nouns.ending_at(rest, len(rest))
        before = reading.words[first:start]
        title = nouns.title_before(before, start - first) or nouns.ending_at(before, start - first)
        if (
            title is not None
            and title.sector
            and 2 <= last - start <= 3
            and not known
            and all(w.istitle() for w in rest)
        ):
            return start, "PERSON"
    return first, label


def _is_list(reading: Reading, first: int, last: int) -> bool:
    """Whether several known names stand between commas in what the model takes for one name."""
    return len(reading.known_in(first, last)) > 1 and any(word in (",", "and") for word in reading.words[first:last])


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


def _laws(reading: Reading) -> list[_Candidate]:
    """Treaties and acts: words with a capital before one of their nouns, "Harbour Fishing Treaty"."""
    found = []
    for last, word in enumerate(reading.words):
        first = last
        while word in facts.words("law_nouns") and first > 0 and _in_title(reading, first - 1):
            first -= 1
        if first < last and reading.words[first] != "-":
            found.append(_Candidate(first, last + 1, "LAW", None))
    return found


def _in_title(reading: Reading, token: int) -> bool:
    word = reading.words[token]
    capital = word[:1].isupper() and reading.doc[token].pos_ in ("PROPN", "ADJ", "NOUN") and word not in BEFORE_LAWS
    return (
        capital
        or word == "-"
        or (word in ("of", "on") and token > 0 and _in_title(reading, token - 1))
        or (token > 0 and reading.words[token - 1] == "-" and reading.doc[token].is_alpha)
    )


def _longest(reading: Reading, candidates: list[_Candidate]) -> list[_Candidate]:
    """The longest of those that overlap; of equal spans the lookup's, unless the model sees a person in a place."""
    ranked = sorted(candidates, key=lambda c: (not _is_known_person(c), c.first - c.last, c.fact is None, c.first))
    people = {(c.first, c.last) for c in candidates if c.label == "PERSON" and c.fact is None}
    surnames = _surnames(reading, candidates)
    taken: set[int] = set()
    chosen = []
    for candidate in ranked:
        tokens = range(candidate.first, candidate.last)
        if taken.intersection(tokens):
            continue
        taken.update(tokens)
        doubted = (candidate.first, candidate.last) in people and _doubted(reading, candidate, surnames)
        chosen.append(_Candidate(candidate.first, candidate.last, "PERSON", None) if doubted else candidate)
    return sorted(chosen, key=lambda c: c.first)


def _is_known_person(candidate: _Candidate) -> bool:
    return candidate.fact is not None and candidate.fact.kind == "person"


def _surnames(reading: Reading, candidates: list[_Candidate]) -> set[tuple[str, ...]]:
    known = {(c.first, c.last) for c in candidates if c.fact is not None and c.fact.kind != "person"}
    full = (c for c in candidates if _is_full_person(c) and (c.first, c.last) not in known)
    return {persons.parts(reading.cut(c.first, c.last))[-1:] for c in full} - {()}


def _doubted(reading: Reading, candidate: _Candidate, surnames: set[tuple[str, ...]]) -> bool:
    """Whether a known place or body that the model takes for a person is one here: by its title or a full name."""
    if candidate.fact is None or candidate.label == "PERSON":
        return False
    return _titled(reading, candidate) or persons.parts(reading.cut(candidate.first, candidate.last))[-1:] in surnames


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
    if candidate.last - candidate.first == 1 and _is_head(reading, facts.fold(name)):
        return replace(candidate, label="PERSON")
    return replace(candidate, label=votes.get(name, candidate.label))


def _capitalised(reading: Reading) -> set[str]:
    return {facts.fold(word) for word in set(reading.words) if word[:1].isupper()}


def _is_head(reading: Reading, word: str) -> bool:
    """Whether a word is a current head of state or government's surname and nothing else that is known."""
    return len(word) >= SURNAME and word not in facts.agents() and bool(facts.heads_called(word, reading.on))


def _titled(reading: Reading, candidate: _Candidate) -> bool:
    title = nouns.title_before(reading.words, candidate.first)
    return title is not None and title.sector == ""


def _repeated(reading: Reading, typed: list[_Candidate]) -> list[_Candidate]:
    """Proper nouns that the model passed over: surnames of the document's people and of heads of state in office."""
    names = {persons.parts(reading.cut(c.first, c.last))[-1:] for c in typed if c.label == "PERSON"} - {()}
    found = names | {(word,) for word in _capitalised(reading) if _is_head(reading, word)}
    taken = {token for c in typed for token in range(c.first, c.last)}
    return [
        _Candidate(token.i, token.i + 1, "PERSON", None)
        for token in reading.doc
        if token.i not in taken and token.pos_ == "PROPN" and len(token) > 2 and persons.parts(token.text) in found
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
        mention.sector = _sector_in(reading.words[candidate.first : candidate.last])
    return mention


def _sector_in(words: list[str]) -> str | None:
    """The sector that the head of an organisation's name tells: "Harbour Ministry", "Court of Appeal"."""
    of = words.index("of") if "of" in words[1:] else len(words)
    for last in (len(words), of):
        role = nouns.ending_at(words[:last], last)
        if role is not None and role.sector != "UNK":
            return role.sector
    return None
