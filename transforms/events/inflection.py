"""Base forms of inflected words, so that the lexicon does not depend on the lemmatiser of a pipeline.

A statistical lemmatiser invents words ("drafte"). Here a form is only ever led back to a word that the caller knows:
the regular rules of English run backwards (Quirk et al. 1985, A Comprehensive Grammar, 3.5-3.10), irregular verbs
come from `irregular_verbs.csv`.
"""

from functools import cache

from transforms.events import tables

VOWELS = "aeiou"


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        "is": ("be",),
        "are": ("be",),
        "were": ("be",),
        "am": ("be",),
        "has": ("have",),
    }
    for row in tables.rows("irregular_verbs"):
        for form in (row["past"], row["participle"]):
            found[form] = tuple(dict.fromkeys((*found.get(form, ()), row["lemma"])))
    return found


@cache
def verb_lemmas(form: str) -> tuple[str, ...]:
    """Return the verbs that a lower-case form may belong to, likeliest first; words that do not exist among them."""
    found = [*_irregular().get(form, ()), form]
    if form.endswith("ies") or form.endswith("ied"):
        found.append(form[:-3] + "y")
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            found.extend(_stems(form[: -len(ending)]))
    if form.endswith("es"):
        found.append(form[:-2])
    if form.endswith("s") and not form.endswith("ss"):
        found.append(form[:-1])
    return tuple(dict.fromkeys(found))


def _stems(stem: str) -> list[str]:
    stems = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        stems.append(stem[:-1])
    if stem.endswith("ck"):
        stems.append(stem[:-1])
    return stems


@cache
def noun_lemmas(form: str) -> tuple[str, ...]:
    """Return the nouns that a lower-case form may belong to, singular readings first."""
    found = []
    if form.endswith("men"):
        found.append(form[:-3] + "man")
    if form.endswith("ies"):
        found.append(form[:-3] + "y")
    if form.endswith("es"):
        found.append(form[:-2])
    if form.endswith("s") and not form.endswith("ss"):
        found.append(form[:-1])
    return tuple(dict.fromkeys((*found, form)))
