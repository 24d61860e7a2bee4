import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from schemas.errors import ModelError
from transforms.language import analyser, pipeline

LONG = "The ministers of the two coastal states met in the harbour town of Eta on Monday to sign a treaty. " * 30


@pytest.fixture(scope="module")
def nlp():
    try:
        return pipeline.load()
    except ModelError:
        pytest.skip("en_annals is not in this checkout")


def annotation(doc):
    return doc.to_array([*analyser.COLUMNS]).tolist()


def test_nothing_to_annotate(nlp):
    assert len(nlp(Doc(nlp.vocab, words=[]))) == 0


def test_a_text_does_not_depend_on_its_batch(nlp):
    texts = ["Mara Vell left Paris.", LONG, "Talks failed."]
    together = [annotation(doc) for doc in nlp.pipe(texts, batch_size=3)]
    assert together == [annotation(nlp(text)) for text in texts]


def test_windows_begin_with_a_sentence(nlp):
    doc = nlp(LONG)
    sentences = list(doc.sents)
    assert len(sentences) == 30
    assert {sentence.root.text for sentence in sentences} == {"met"}


def test_a_sentence_longer_than_a_window_is_cut_into_trees(nlp):
    doc = nlp(Doc(nlp.vocab, words=["salt", ","] * 300))
    assert len(doc) == 600
    assert all(sum(token.head == token for token in sentence) == 1 for sentence in doc.sents)


def test_every_token_is_annotated(nlp):
    doc = nlp("\u200b \U0001f600 xx-ÿ-" + "z" * 500 + " said <a@b.example> 12:30 ..")
    assert all(token.tag_ and token.pos_ and token.dep_ and token.lemma_ for token in doc)


def test_weights_come_back_from_disk(nlp, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert annotation(again(LONG)) == annotation(nlp(LONG))
    assert not np.array_equal(again("He left.").to_array(["TAG"]), again("She sang songs.").to_array(["TAG"]))


def test_capitals_and_headlines_are_read(nlp):
    words = {token.text: token.pos_ for token in nlp("RUSSIA REJECTS TALKS WITH UKRAINE")}
    assert words["REJECTS"] == "VERB"
    assert words["RUSSIA"] == "PROPN"
