"""What a speaker says that somebody must or should do is a request, although no verb of asking stands there."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.events import attribution, status, syntax, tables
from transforms.events.lexicon import Predicate
from transforms.events.mentions import MentionIndex
from transforms.events.triggers import Trigger

REQUEST = Predicate(
    number=-1, lemma="must", pos="verb", particle="", subject="$", object="", preposition="", complement="that",
    modifier="", tense="", event_type="REQUEST", mode=None, contexts=(), actor=("speaker",), recipient=("subject",),
    symmetric=False, status=None,
)  # fmt: skip


def requests(sentence: Span, index: MentionIndex) -> Iterator[Trigger]:
    """Yield a trigger for each verb under "must", "should" or "ought to" whose speaker is not its subject."""
    for token in sentence:
        if (
            token.pos_ in (*syntax.VERBAL, "ADJ", "NOUN")
            and status.modal_of(token) == "must"
            and _is_asked(token, index)
        ):
            yield Trigger(token, REQUEST)


def _is_asked(token: Token, index: MentionIndex) -> bool:
    speaker = attribution.speaker(token)
    subjects = syntax.surface_subjects(token)
    if speaker is None or speaker in subjects or token.dep_ == "advcl":
        return False
    if syntax.has_lemma(speaker, tables.word_class("commentator")):
        return False
    return any(index.at(subject) is not None for subject in subjects)
