"""Who wrote a page: names around the top and the end of its body, and what speaks for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from transforms.clean import field_words, lookup
from transforms.clean.around import Around, Zones
from transforms.clean.choice import Candidate, top
from transforms.clean.field_words import any_of
from transforms.clean.names import author_of, names_of, signed_of
from transforms.clean.split import RawLine, folded

_BY_GLUED = re.compile(r"^(?:By|Authors?:|Written by|Posted by|Published by)(?=[A-Z])")
_BY_INSIDE = re.compile(r"(?:\b[Ww]ritten by|\b[Pp]osted by|\b[Aa]uthor:|\bBy:?|\d{4},? by|[|•·—–-] by)\s+(?=[A-Z])")
_NAME_LIKE = re.compile(r"[^\W\d_a-z][\w’'.-]*\s+(?:[a-z]{1,3}\s+)?[^\W\d_a-z]")
_SIGNED = re.compile(r"[Bb][Yy]|[Aa]uthor|AUTHOR")
_BEFORE_NAME = re.compile(r"\d{4}|[|•·—–]")
_LONGEST = 500
_NOWHERE: dict[str, float] = {}
_FAR = frozenset({"far_over_body", "far_under_body"})
_INITIALS = frozenset("BbWwPpAaSsRrCc")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\bago\b|\bmin(?:ute)?s?\b.{0,5}\bread\b", re.IGNORECASE)
_READ = re.compile(r"\bmin(?:ute)?s?\b.{0,5}\bread\b", re.IGNORECASE)


@dataclass
class Evidence:
    """What the lines of a page that name the same persons say together."""

    names: tuple[str, ...]
    line: int
    features: dict[str, float] = field(default_factory=dict)

    def add(self, features: Mapping[str, float]) -> None:
        """Keep the greatest value of each feature, and count the lines."""
        for name, value in features.items():
            if value > self.features.get(name, 0.0):
                self.features[name] = value
        self.features["lines"] = min(self.features.get("lines", 0.0) + 0.25, 1.0)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What marks a line that names authors, and a line that names others, in the words of lookups/field_words.csv."""
    introduced = rf"{any_of('introduced')}|{any_of('portrait')} of"
    verb = rf"(?:,[^,.]{{2,40}},\s*)?{any_of('bio')}\s+(?=[a-z])"
    forms = {
        "by": rf"^\W*(?:{any_of('by_what')}\s+)?(?:{any_of('by_made')}\s+)?(?:by|authors?)\b\s*+:?\s*(?=\w)",
        "not_by": rf"{any_of('not_by')}(?: \w+)? by|^{any_of('caption')}|{any_of('comment')}",
        "portrait": rf"^\W*(?:{introduced})\b:?\s+",
        "portrait_end": rf"[’']s {any_of('portrait')}$|\s+{any_of('portrait_end')}$",
        "contact": rf"^\W*(.{{3,80}}?)\s+can be {any_of('contact')}",
    }
    bio = re.compile(rf"^\W*(?:Author\s+)?((?:[^\W\d_][\w’'.-]*\s+){{2,4}}?){verb}")
    return {"bio": bio, **{name: re.compile(form, re.IGNORECASE) for name, form in forms.items()}}


def candidates(around: Around, zones: Zones) -> list[Candidate[tuple[str, ...]]]:
    """Return the persons whom lines near headline and body name as authors, one candidate for the same names.

    Args:
        around: the page; the words of a name do not stand in its text in lower case.
        zones: places of lines in which to look, with what they are near to. Lines that begin with "by" count anywhere.
    """
    found: dict[tuple[str, ...], Evidence] = {}
    for at, line in enumerate(around.lines):
        zone = zones.get(at, _NOWHERE)
        zone = _elsewhere(line) if zone.keys() <= _FAR else zone
        for names, features in readings(line) if zone else ():
            if "alone" in features and _are_words(names, around):
                continue
            near = _nearby(around.lines, at)
            evidence = found.setdefault(tuple(name.casefold() for name in names), Evidence(tuple(names), line.number))
            evidence.add({**features, **zone, **near, **_together(features, zone, near)})
    return [Candidate(item.line, item.names, item.features | form(item.names, around)) for item in found.values()]


def _are_words(names: Sequence[str], around: Around) -> bool:
    """Whether all words of the names stand in lower case in the body: a section or a product, no person."""
    return all(word.lower() in around.tokens for name in names for word in name.split())


def _elsewhere(line: RawLine) -> dict[str, float]:
    begins = line.bare[:1] in _INITIALS and line.words <= 12 and _patterns()["by"].match(line.bare)
    return {"elsewhere": 1.0} if begins else {}


def _together(features: Mapping[str, float], zone: Mapping[str, float], near: Mapping[str, float]) -> dict[str, float]:
    """What two things say together: a line that is a name and no more means much at the top, little elsewhere."""
    bare = features.get("alone", 0.0) and not features.get("rest")
    over = bool({"under_title", "near_title", "over_body"} & zone.keys())
    dated = bool(near["date_before"] or near["date_after"] or near["read_beside"])
    return {
        "bare_over": float(bare and over),
        "bare_over_dated": float(bare and over and dated),
        "bare_under": float(bare and not over),
        "by_over": float("by" in features and over),
    }


def readings(line: RawLine) -> list[tuple[list[str], dict[str, float]]]:
    """Return the names that a line gives, in each way to read it, with how it gives them."""
    return [(names, features) for names, features in _named(line) if names]


def names_of_line(line: RawLine, around: Around) -> list[str]:
    """Return the persons whom the line that states the authors names."""
    found = readings(line)
    if len(found) < 2:
        return [name for names, _ in found for name in names]
    return list(
        top("authors", [Candidate(0, names, features | form(names, around)) for names, features in found]).value
    )


def contact_of(line: RawLine) -> list[str]:
    """Return the authors that "X can be reached at" names, or nothing."""
    found = _patterns()["contact"].match(line.bare[:_LONGEST])
    return names_of(found[1]) if found else []


def _named(line: RawLine) -> Iterator[tuple[list[str], dict[str, float]]]:
    """Names in one line, with how it names them. Cheap looks at the line come before patterns."""
    text = line.bare
    named = _NAME_LIKE.search(text, 0, 60) is not None
    if named and (bio := _patterns()["bio"].match(text[:120])):
        yield names_of(bio[1]), {"bio": 1.0}
    signed = len(text) <= _LONGEST and _SIGNED.search(text) is not None
    if len(text) > _LONGEST or line.words > 30 or not (named or signed) or _patterns()["not_by"].search(text):
        return
    shape = {
        "bullet": float(line.is_bullet),
        "sentence": float(line.ends_sentence),
        "indented": float(line.indent > 0),
        "colon": float(text.endswith((":", ","))),
        "dated": float(_DATED.search(text) is not None),
    }
    by = _patterns()["by"].match(text) or _BY_GLUED.match(text) if signed else None
    if signed and (found := by or _BY_INSIDE.search(text)):
        yield author_of(text[found.end() :]), {"by" if by else "by_inside": 1.0, **shape}
    elif named:
        if " can be " in text:
            yield contact_of(line), {"contact": 1.0}
        if line.words <= 14 and not line.ends_sentence:
            yield from _alone(text, line.words, shape)


def _alone(text: str, words: int, shape: Mapping[str, float]) -> Iterator[tuple[list[str], dict[str, float]]]:
    """The names with which a short line begins, behind "picture of" too, or ends behind a date or a stroke."""
    portrait = _patterns()["portrait"].match(text)
    bare = _patterns()["portrait_end"].sub("", text[portrait.end() :] if portrait else text)
    kind = "portrait" if len(bare) < len(text) else "alone"
    yield signed_of(bare), {kind: 1.0, "rest": min(max(words - 2, 0), 6) / 6, **shape}
    after = _BEFORE_NAME.split(text)[-1].strip(" -,|") if words > 3 else ""
    if after and after != text:
        yield signed_of(after), {"after_date": 1.0, **shape}


def _nearby(page: Sequence[RawLine], at: int) -> dict[str, float]:
    """What the lines beside say."""
    before, after = page[max(0, at - 2) : at], page[at + 1 : at + 3]
    return {
        "date_before": float(any(other.words <= 15 and _DATED.search(other.bare) for other in before)),
        "date_after": float(any(other.words <= 15 and _DATED.search(other.bare) for other in after)),
        "read_beside": float(
            any(other.words <= 6 and _READ.search(other.bare) for other in (*before[-1:], *after[:1]))
        ),
        "by_before": float(
            any(
                other.words <= 3 and other.bare.lower().strip(" :") in field_words.words("head")
                for other in before[-1:]
            )
        ),
    }


def form(names: Sequence[str], around: Around) -> dict[str, float]:
    """Return what the names themselves say."""
    words = [word for name in names for word in name.split()]
    host = around.host
    common = sum(len(word) > 2 and word.lower() in around.tokens for word in words)
    squashed = folded("".join(names))
    return {
        "bias": 1.0,
        "single": float(len(words) == 1),
        "three": float(len(words) == 3 and len(names) == 1),
        "four": float(len(words) >= 4 and len(names) == 1),
        "several": float(len(names) > 1),
        "many": float(len(names) > 3),
        "common": common / max(len(words), 1),
        "all_common": float(common == len(words)),
        "is_site": float(bool(host) and (squashed in host or host in squashed)),
        "given_name": float(words[0].lower().strip(".") in lookup.column("given_names")),
        "lower": float(words[0][0].islower()),
        "initial": float(any(len(word.strip(".")) == 1 for word in words)),
        "team": float(not field_words.words("team").isdisjoint(word.lower() for word in words)),
        "article": float(words[0].lower() in field_words.words("article")),
    }
