"""PLOVER contexts of a report: those of its predicate, then those that words of its sentence point to."""

from spacy.tokens import Span

from transforms.events import syntax, tables


def contexts(sentence: Span, stated: tuple[str, ...]) -> str | None:
    """Return the contexts in the order of their evidence, separated by "; "; None where there is none."""
    words = tables.mapping("contexts", "word", "context")
    found = list(stated)
    for token in sentence:
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            found.extend(words[lemma] for lemma in (*syntax.lemmas(token), token.lower_) if lemma in words)
    return "; ".join(dict.fromkeys(found)) or None
