"""Parsing a text paragraph by paragraph, without the line breaks that no treebank has.

A parser trained on treebanks has never seen a line break as a token: it hangs it into the next sentence and
misreads the words around it. So each paragraph is parsed on its own and the parses are joined again, each line break
as a sentence of its own, so that the offsets of the whole text hold.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

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
    parsed = nlp.pipe(Doc(nlp.vocab, *_words(piece)) for piece in pieces)
    columns = _Columns(whole)
    for piece, doc in zip(pieces, parsed, strict=True):
        columns.fill([token.i for token in piece], doc)
    return columns.joined()


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


def _words(tokens: Iterable[Token]) -> tuple[list[str], list[bool]]:
    pairs = [(token.text, bool(token.whitespace_) or _blank_follows(token)) for token in tokens]
    return [word for word, _ in pairs], [space for _, space in pairs]


def _blank_follows(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and bool(token.doc[token.i + 1].is_space)


class _Columns:
    """The annotation of a whole text, one list a column, filled paragraph by paragraph."""

    def __init__(self, doc: Doc) -> None:
        size = len(doc)
        self.doc = doc
        self.tags, self.pos = ["_SP"] * size, ["SPACE"] * size
        self.morphs, self.lemmas = [""] * size, [token.text for token in doc]
        self.deps, self.heads = ["dep"] * size, list(range(size))
        self.ents = ["O"] * size

    def fill(self, at: list[int], doc: Doc) -> None:
        for i, token in zip(at, doc, strict=True):
            self.tags[i], self.pos[i] = token.tag_, token.pos_
            self.morphs[i], self.lemmas[i] = str(token.morph), token.lemma_
            self.deps[i], self.heads[i] = token.dep_, at[token.head.i]
            self.ents[i] = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        for blank in range(at[0] + 1, at[-1]):
            if self.doc[blank].is_space:
                self.heads[blank] = blank - 1

    def joined(self) -> Doc:
        return Doc(
            self.doc.vocab,
            words=[token.text for token in self.doc],
            spaces=[bool(token.whitespace_) for token in self.doc],
            tags=self.tags, pos=self.pos, morphs=self.morphs, lemmas=self.lemmas,
            heads=self.heads, deps=self.deps, ents=self.ents,
        )  # fmt: skip
