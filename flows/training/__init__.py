"""Training the models from public corpora, and measuring the language model."""

import random
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from flows.training import corpora, examples, fields, silver
from flows.training.examples import Sentence
from schemas.errors import InputError
from transforms.language import analyser, lemmas, pipeline
from transforms.language.lemmas import Table
from transforms.language.wordpieces import Vocabulary

TREE_SCORES = {
    "XPOS": "tag_acc", "UPOS": "pos_acc", "morphology": "morph_acc", "lemma": "lemma_acc", "UAS": "dep_uas",
    "LAS": "dep_las", "sentence F1": "sents_f",
}  # fmt: skip
SCORED = ("tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner")
NAME_SCORES = {"precision": "p", "recall": "r", "F1": "f"}
CALIBRATION = 400
TEACHER_EPOCHS, EPOCHS = 5, 6
CARD = {
    "name": "annals",
    "version": "2.0.0",
    "description": "English: tags, lemmas, Universal Dependencies, names of persons, bodies, places, peoples, events",
    "license": "CC BY-SA 4.0",
}


def train(data: Path, out: Path, *, epochs: tuple[int, int] = (TEACHER_EPOCHS, EPOCHS)) -> None:
    """Train en_annals and write the pipeline to a folder.

    A first network, the teacher, learns from the annotated corpora; it labels the names of news texts; a second one
    learns from both. Two to three hours on two cores. Progress goes to standard output.

    Args:
        data: a folder with files that have "train" in their names. For grammar: .conllu or .spacy (UD_English-EWT, the
            openly licensed genres of UD_English-GUM). For names: .jsonl, .jsonl.gz (text, source, spans [[start, end,
            label]]), .iob2 or .bio (Universal NER EWT, WikiGold, CrossNER, re3d, GUM). Rows with the source "gmb" are
            the news texts; without any, the first network is the last.
        out: the folder to write.
        epochs: how often teacher and final network see the corpora; fewer make a trial.

    Raises:
        InputError: a part of the data or the extra "training" is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    paths = corpora.files_of(data, corpora.TREEBANK_FILES)
    treebanks = [doc for path in paths for doc in corpora.treebank(path, nlp.vocab)]
    table = lemmas.learned((token.text, token.tag_, token.lemma_) for doc in treebanks for token in doc)
    gold = gold_documents(treebanks, data, nlp)
    news = [doc for path in _names_files(data) for doc in corpora.names(path, nlp, unclear=True)]
    model = trained(gold, [], table, epochs[0])
    if news:
        labelled = examples.grouped(("news", examples.of_names(doc)) for doc in silver.labelled(model, news))
        model = trained(gold, labelled, table, epochs[1])
    model.to_disk(out)


def gold_documents(treebanks: Iterable[Doc], data: Path, nlp: Language) -> list[list[Sentence]]:
    """Return the annotated documents: treebanks with the names of the same texts, other names, our own sentences."""
    trees = examples.documents_of(treebanks)
    docs = [doc for path in [*_names_files(data), *_own_files()] for doc in corpora.names(path, nlp)]
    marked = ((str(doc.user_data["source"]), examples.of_names(doc)) for doc in docs)
    return trees + examples.grouped(examples.with_names(trees, marked))


def _names_files(data: Path) -> list[Path]:
    return corpora.files_of(data, corpora.NAMES_FILES)


def _own_files() -> list[Path]:
    """Return the files of sentences that were written for this project."""
    folder = Path(str(files("transforms.language") / "written"))
    return sorted(folder.glob("names_*.txt"))


def trained(gold: list[list[Sentence]], news: list[list[Sentence]], table: Table, epochs: int) -> Language:
    """Return a pipeline that learned from the documents, of the news a quarter in every epoch."""
    try:
        import torch

        from flows.training import export, fitting, network
    except ImportError as error:
        raise _lacks_libraries(error) from error
    recipe = fitting.Recipe(epochs=epochs)
    torch.manual_seed(recipe.seed)
    encoder, pieces = network.pretrained()
    vocabulary, labels = Vocabulary(pieces), examples.labels_of(gold)
    net = network.Network(encoder, {task: len(values) for task, values in labels.of.items()})
    fitting.fit(net, gold, news, vocabulary, labels, recipe)
    rng = random.Random(recipe.seed)
    sample = islice(examples.windows(rng.sample(gold, len(gold)), vocabulary, labels, rng), CALIBRATION)
    graph = export.exported(net, list(sample))
    choice = export.relations(net, labels.of["dep"].index("ROOT"))
    return joined(analyser.Weights(graph, choice, pieces, labels.of, network.decoder_of(net), table))


def train_events(data: Path, out: Path) -> None:
    """Train the branch of en_annals that reads events and write it, with the weights of its cues, to a folder.

    Raises:
        InputError: a written sentence is wrong, or the extra "training" is missing.
    """
    try:
        from flows.training import event_branch
    except ImportError as error:
        raise _lacks_libraries(error) from error
    event_branch.train(data, out)


def train_lines(files: Iterable[Path], out: Path) -> None:
    """Train the line model of cleaning on Parquet files of pages and write lines.onnx and lines.json to a folder.

    Raises:
        InputError: a file lacks columns, or the extra "training" is missing.
    """
    try:
        from flows.training import line_model
    except ImportError as error:
        raise _lacks_libraries(error) from error
    line_model.train(files, out)


def train_fields(files: Sequence[Path], out: Path) -> None:
    """Learn the weights of lookups/field_weights.csv from Parquet files of pages and write them to a file.

    Raises:
        InputError: a file lacks columns.
    """
    fields.train(files, out)


def _lacks_libraries(error: ImportError) -> InputError:
    remedy = 'Install the extra: pip install "annals[training]"'
    return InputError(f"training needs more libraries ({error})", where="this Python", remedy=remedy)


def joined(weights: analyser.Weights) -> Language:
    """Return a pipeline with these weights."""
    nlp = spacy.blank("en")
    cast(analyser.Analyser, nlp.add_pipe(analyser.FACTORY, name="analyser")).equip(weights)
    nlp.meta.update(CARD)
    return nlp


def evaluate(paths: Iterable[Path], name: str = pipeline.OWN_MODEL) -> None:
    """Print tables of the scores of a pipeline, in percent, as the model card shows them.

    Treebanks (.spacy, .conllu) are read as raw text, so that tokens and sentences are the pipeline's; names (.jsonl,
    .jsonl.gz, .iob2, .bio, .txt) as their sentences. The scores are spaCy's (`spacy.scorer`), punctuation set aside.
    """
    nlp = pipeline.load(name)
    scorer = Scorer(default_lang="en", default_pipeline=SCORED)
    for path in paths:
        is_tree = path.name.endswith(corpora.TREEBANK_FILES)
        docs: list[Doc] = list(corpora.treebank(path, nlp.vocab) if is_tree else _published(corpora.names(path, nlp)))
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs], scorer=scorer)
        rows = [("all", scores)] if is_tree else [("all", _of_names(scores)), *sorted(scores["ents_per_type"].items())]
        print(f"\n{path.name}, {len(docs)} texts\n")  # noqa: T201
        print("\n".join(_table(rows, TREE_SCORES if is_tree else NAME_SCORES)))  # noqa: T201


def _published(docs: Iterable[Doc]) -> Iterator[Doc]:
    """Leave out the names of types that the pipeline learns but does not tell."""
    for doc in docs:
        doc.ents = [entity for entity in doc.ents if entity.label_ not in analyser.HIDDEN_NAMES]
        yield doc


def _of_names(scores: dict[str, Any]) -> dict[str, float]:
    return {key: scores[f"ents_{key}"] for key in NAME_SCORES.values()}


def _table(rows: list[tuple[str, dict[str, Any]]], columns: dict[str, str]) -> Iterator[str]:
    yield f"| | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for label, scores in rows:
        yield f"| {label} | {' | '.join(f'{100 * (scores[key] or 0):.1f}' for key in columns.values())} |"
