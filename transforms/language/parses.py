"""The stage `parses`: one spaCy document of each clean text, kept as bytes so that rules rerun without parsing."""

from functools import cache
from typing import Any

import polars as pl
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from schemas.work import Parses, Texts
from transforms import contract
from transforms.language import paragraphs, pipeline

STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201f": '"'})
ATTRIBUTES = ("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")
SPOKEN = ("en", "und", "")


class Params(contract.Params):
    """Parameters of `parses`.

    Attributes:
        model: name of the spaCy pipeline.
        max_tokens: longer paragraphs are parsed in pieces of this many tokens, so that memory stays bounded.
    """

    model: str = pipeline.OWN_MODEL
    max_tokens: int = 2000


def parse(text: str, params: Params, language: str = "en") -> Doc:
    """Return the parse of a text: same length and offsets, typographic quotes made straight.

    Line breaks are tokens and sentences of their own. A text in a language that the model does not speak is cut into
    tokens and sentences and nothing else: its tokens have no tag, head or entity.
    """
    straight = text.translate(STRAIGHT)
    if language not in SPOKEN:
        return pipeline.blank()(straight)
    return paragraphs.parse(pipeline.load(params.model), straight, params.max_tokens)


def bytes_of(doc: Doc) -> bytes:
    """Return the document as the bytes of a DocBin that holds nothing else."""
    return bytes(DocBin(attrs=list(ATTRIBUTES), docs=[doc], store_user_data=True).to_bytes())


def parse_of(data: bytes) -> Doc:
    """Return the spaCy document of a `parses.parse` value; all documents share one vocabulary."""
    return next(iter(DocBin(store_user_data=True).from_bytes(data).get_docs(_vocabulary())))


@cache
def _vocabulary() -> Vocab:
    return pipeline.blank().vocab


def parses(tables: contract.Tables, params: Params) -> dict[str, pl.DataFrame]:
    """Return `parses`, one row a text. Each text goes through the model alone, so its batch changes nothing."""
    texts = tables["texts"].sort("document_id")
    rows: list[dict[str, Any]] = [
        {"document_id": row["document_id"], "parse": bytes_of(parse(row["text"], params, row["language"]))}
        for row in texts.iter_rows(named=True)
    ]
    return {"parses": pl.DataFrame(rows, schema=Parses.polars_schema())}


STAGE = contract.Stage(
    name="parses",
    kind="map",
    function=parses,
    inputs=(Texts,),
    outputs=(Parses,),
    params=Params,
    resources=("model",),
    libraries=("spacy", "thinc", "onnxruntime"),
    content_keyed=True,
)
