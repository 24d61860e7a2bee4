import json

import pytest
import spacy
from spacy.tokens import Span

from flows import corpora, silver
from schemas.errors import InputError

CONLLU = """# newdoc id = one
1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
1\tdid\tdo\tAUX\tVBD\tTense=Past\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tsail\tsail\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""


def test_conllu(tmp_path):
    path = tmp_path / "a_train.conllu"
    path.write_text(CONLLU, "utf-8")
    (doc,) = corpora.treebank(path, spacy.blank("en").vocab)
    assert doc.text == "didn't sail. "
    assert [token.head.i for token in doc] == [2, 2, 2, 2]
    assert doc[2].dep_ == "ROOT"
    assert str(doc[0].morph) == "Tense=Past"


def test_names_as_json_lines(tmp_path):
    path = tmp_path / "names_train.jsonl"
    rows = [
        {"text": "Mara Vell spoke.", "source": "one", "spans": [[0, 9, "PERSON"], [10, 15, "DATE"]]},
        {"text": "Lyra listened.", "source": "one", "spans": [[0, 4, "GPE"]]},
        {"text": "Unclear terms.", "source": "gmb", "spans": [[0, 7, "ORG"]]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (doc,) = corpora.names(path, spacy.blank("en"))
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Mara Vell", "PERSON"), ("Lyra", "GPE")]


def test_names_as_tagged_words(tmp_path):
    path = tmp_path / "dev.iob2"
    path.write_text("# id\n1\tMara\tB-PER\t-\n2\tVell\tI-PER\t-\n3\tspoke\tO\t-\n", "utf-8")
    (doc,) = corpora.names(path, spacy.blank("en"))
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Mara Vell", "PERSON")]


def test_a_missing_part_is_named(tmp_path):
    with pytest.raises(InputError, match="no dev corpus"):
        corpora.files_of(tmp_path, "dev", corpora.NAMES_FILES)


def test_unclear_texts_come_without_their_labels(tmp_path):
    path = tmp_path / "names_train.jsonl"
    path.write_text(json.dumps({"text": "Mara spoke.", "source": "gmb", "spans": [[0, 4, "PERSON"]]}), "utf-8")
    (doc,) = corpora.names(path, spacy.blank("en"), unclear=True)
    assert doc.text == "Mara spoke."
    assert not doc.ents


class Scripted:
    """Stands in for a first model: the labels of "Vell", one text after the other; France is always a LOC."""

    def __init__(self, labels):
        self.nlp, self.labels = spacy.blank("en"), labels

    def pipe(self, texts):
        for text, label in zip(texts, self.labels, strict=True):
            doc = self.nlp(text)
            doc.ents = [Span(doc, t.i, t.i + 1, label={"Vell": label, "France": "LOC"}[t.text])
                        for t in doc if t.text in ("Vell", "France")]  # fmt: skip
            yield doc


def test_lookups_and_votes_correct_the_first_model():
    texts = [*["Now Vell spoke."] * 4, "Vell left France for German towns."]
    model = Scripted(["PERSON"] * 4 + ["ORG"])
    found = silver.labelled(model, [model.nlp(text) for text in texts])
    last = [(entity.text, entity.label_) for entity in found[-1].ents]
    assert last == [("Vell", "PERSON"), ("France", "GPE"), ("German", "NORP")]
