"""Parsing a text paragraph by paragraph, without the line breaks that no treebank has.

A parser trained on treebanks has never seen a line break as a token: it hangs it into the next sentence and
misreads the words around it. So paragraphs are parsed without them, each with sentences of its own, and joined again,
each line break as a sentence of its own, so that the offsets of the whole text hold.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import HEAD, LEMMA
from spacy.language import Language
from spacy.symbols import SPACE
from spacy.tokens import Doc, Token

from transforms.language import cues
from transforms.language.analyser import COLUMNS, FACTORY, OUTSIDE

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"


def parse(nlp: Language, text: str, max_tokens: int) -> Doc:
    """Return the parse of a text: tokens of the pipeline's tokeniser, sentences that never cross a line break.

    Args:
        nlp: the pipeline, with UD dependencies.
        text: any text; the offsets of the result are its own.
        max_tokens: longer paragraphs are cut after so many tokens.
    """
    whole = nlp.make_doc(text)
    pieces = list(_pieces(whole, max_tokens))
    rows = _blank_rows(whole)
    for some, found in _annotated(nlp, pieces):
        annotation, start = found.to_array(COLUMNS), 0
        for piece in some:
            _fill(rows, [token.i for token in piece], annotation[start : start + len(piece)])
            start += len(piece)
        if cues.KEY in found.user_data:
            places = [token.i for piece in some for token in piece]
            read = [cues.moved(cue, places) for cue in found.user_data[cues.KEY]]
            whole.user_data[cues.KEY] = whole.user_data.get(cues.KEY, []) + read
    return whole.from_array(COLUMNS, rows)


def _annotated(nlp: Language, pieces: list[list[Token]]) -> Iterator[tuple[list[list[Token]], Doc]]:
    """Yield paragraphs with their annotation; our own analyser reads all at once and begins a sentence with each."""
    whole = FACTORY in nlp.pipe_factories.values()
    groups = [pieces] if whole and pieces else [[piece] for piece in pieces]
    yield from zip(groups, nlp.pipe(_doc(nlp, group) for group in groups), strict=True)


def _pieces(doc: Doc, max_tokens: int) -> Iterator[list[Token]]:
    piece: list[Token] = []
    for token in doc:
        if not token.is_space:
            piece.append(token)
        if piece and (len(piece) == max_tokens or any(character in BREAKS for character in token.text)):
            yield piece
            piece = []
    if piece:
        yield piece


def _doc(nlp: Language, pieces: list[list[Token]]) -> Doc:
    tokens = [token for piece in pieces for token in piece]
    spaces = [bool(token.whitespace_) or _blank_follows(token) for token in tokens]
    starts: list[bool | int | None] = [place == 0 or None for piece in pieces for place in range(len(piece))]
    return Doc(nlp.vocab, words=[token.text for token in tokens], spaces=spaces, sent_starts=starts)


def _blank_follows(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and bool(token.doc[token.i + 1].is_space)


def _blank_rows(doc: Doc) -> Any:
    """Return annotation for all tokens as if they were line breaks: each a sentence of its own."""
    add = doc.vocab.strings.add
    rows: Any = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
    rows[:] = [add("_SP"), SPACE, doc.vocab.morphology.add(""), 0, 0, add("dep"), OUTSIDE, 0]
    rows[:, COLUMNS.index(LEMMA)] = doc.to_array("ORTH")
    return rows


def _fill(rows: Any, at: list[int], found: Any) -> None:
    """Copy the annotation of a paragraph; blanks between its words hang on the word before them."""
    head = COLUMNS.index(HEAD)
    places = np.array(at)
    heads = places[np.arange(len(at)) + found[:, head].astype(np.int64)]
    found[:, head] = (heads - places).astype(np.int64).view(np.uint64)
    rows[places] = found
    blanks = np.setdiff1d(np.arange(at[0], at[-1]), places)
    rows[blanks, head] = np.array(-1, dtype=np.int64).view(np.uint64)
