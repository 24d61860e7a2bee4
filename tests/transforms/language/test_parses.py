import polars as pl
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import ModelError
from schemas.work import Parses, Texts
from transforms.language import dependencies, paragraphs, parses, pipeline


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A pipeline that needs no training: every token hangs on the first of its paragraph."""
    folder = tmp_path_factory.mktemp("model") / "tiny"
    nlp = spacy.blank("en")
    for name, labels in (("tagger", ["NN"]), ("parser", ["nsubj", "obj"]), ("ner", ["ORG"])):
        component = nlp.add_pipe(name)
        for label in labels:
            component.add_label(label)
    nlp.initialize()
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def params(tiny):
    return parses.Params(model=tiny, max_tokens=50)


TEXTS = ["", " ", "\n", "One line.", "One.\n\nTwo \u2018quoted\u2019  words.\n", "  a\r\n b \u2028c", "word " * 130]


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_hold_and_bytes_round_trip(params, text):
    doc = parses.parse_of(parses.bytes_of(parses.parse(text, params)))
    assert doc.text == text.translate(parses.STRAIGHT)
    assert len(doc.text) == len(text)
    for sentence in doc.sents:
        assert "\n" not in sentence.text.strip()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab \n\t.,\u2019\u201c\u00e9\u2028\r", max_size=60))
def test_any_text_keeps_its_offsets(tiny, text):
    doc = parses.parse(text, parses.Params(model=tiny))
    assert doc.text == text.translate(parses.STRAIGHT)


def texts(*rows):
    named = [
        {"document_id": f"{n:016x}", "text": text, "language": language} for n, (text, language) in enumerate(rows)
    ]
    return {"texts": pl.DataFrame(named, schema=Texts.polars_schema())}


def test_rows_do_not_depend_on_their_batch(params):
    first, second = ("Guards left.\n\nThey returned.", "en"), ("The mayor stayed.", "en")
    together = parses.parses(texts(first, second), params)["parses"]
    alone = parses.parses(texts(first), params)["parses"]
    Parses.validate(together)
    assert together["parse"][0] == alone["parse"][0]


def test_no_rows(params):
    frame = parses.parses(texts(), params)["parses"]
    assert frame.schema == Parses.polars_schema()
    assert frame.height == 0


def test_other_languages_are_only_cut_into_sentences(params):
    frame = parses.parses(texts(("Der Rat tagt. Er vertagt sich.", "de")), params)["parses"]
    doc = parses.parse_of(frame["parse"][0])
    assert [sentence.text for sentence in doc.sents] == ["Der Rat tagt.", "Er vertagt sich."]
    assert not doc.ents
    assert {token.dep_ for token in doc} == {""}


def test_long_paragraphs_are_cut():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = paragraphs.parse(nlp, "word " * 7, max_tokens=3)
    assert doc.text == "word " * 7


def test_missing_model():
    with pytest.raises(ModelError, match="no_such_model"):
        pipeline.load("no_such_model")


def test_model_without_parser(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(ModelError, match="no tagger and no parser and no ner"):
        pipeline.load(str(tmp_path / "bare"))


def test_clearnlp_pipelines_are_rewritten(tmp_path):
    nlp = spacy.blank("en")
    for name, label in (("tagger", "NN"), ("parser", "dobj"), ("ner", "ORG")):
        nlp.add_pipe(name).add_label(label)
    nlp.initialize()
    nlp.to_disk(tmp_path / "clear")
    assert dependencies.COMPONENT in pipeline.load(str(tmp_path / "clear")).pipe_names


def test_own_model_reads_a_plain_sentence():
    try:
        pipeline.load()
    except ModelError:
        pytest.skip("en_annals is not in this checkout")
    doc = parses.parse("On Wednesday France rejected the offer.", parses.Params())
    verb = next(token for token in doc if token.text == "rejected")
    assert verb.dep_ == "ROOT"
    assert {child.dep_ for child in verb.children} >= {"nsubj", "obj"}
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("France", "GPE")]
