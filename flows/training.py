"""Training the language model from public corpora, and measuring it."""

from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

from flows import corpora, silver
from transforms.language import pipeline

PARTS = ("train", "dev")
PARSER_SCORES = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
NAMES_SCORES = ("ents_p", "ents_r", "ents_f")
CARD = {
    "name": "annals",
    "version": "1.0.0",
    "description": "English: tags, lemmas, Universal Dependencies, names of persons, bodies, places and peoples",
    "license": "CC BY-SA 4.0",
}


def train(data: Path, out: Path, *, max_epochs: int | None = None) -> None:
    """Train the parser and the names of en_annals and write the joined pipeline to a folder.

    About an hour and a half on one core. Progress goes to standard output.

    Names are trained twice: on the annotated corpora, then also on news texts that the first model labelled.

    Args:
        data: a folder with files that have "train" or "dev" in their names. For the parser: .conllu or .spacy
            (UD_English-EWT, the openly licensed genres of UD_English-GUM). For names: .jsonl, .jsonl.gz (text, source,
            spans [[start, end, label]]), .iob2 or .bio (Universal NER EWT, WikiGold, CrossNER, re3d, GUM).
        out: the folder to write; replaced if there is one.
        max_epochs: fewer epochs than the configurations say, for a trial.

    Raises:
        InputError: a part of the data is missing.
    """
    with TemporaryDirectory() as folder:
        work = Path(folder)
        _convert(data, work)
        overrides: dict[str, Any] = {} if max_epochs is None else {"training.max_epochs": max_epochs}
        for name in ("parser", "names"):
            _train_one(name, work, overrides)
        if _add_silver(data, work):
            _train_one("names", work, overrides)
        join(work / "parser" / "model-best", work / "names" / "model-best", out)


def _convert(data: Path, work: Path) -> None:
    nlp = spacy.blank("en")
    for part in PARTS:
        trees = DocBin()
        for path in corpora.files_of(data, part, corpora.TREEBANK_FILES):
            for doc in corpora.treebank(path, nlp.vocab):
                trees.add(doc)
        trees.to_disk(work / f"parser_{part}.spacy")
        names = DocBin()
        for path in corpora.files_of(data, part, corpora.NAMES_FILES):
            for doc in corpora.names(path, nlp):
                names.add(doc)
        names.to_disk(work / f"names_{part}.spacy")


def _add_silver(data: Path, work: Path) -> bool:
    """Add news texts, labelled by the first model of names, to its training data; return whether there were any."""
    nlp = spacy.load(work / "names" / "model-best")
    paths = corpora.files_of(data, "train", corpora.NAMES_FILES)
    texts = [doc for path in paths for doc in corpora.names(path, nlp, unclear=True)]
    gold = DocBin().from_disk(work / "names_train.spacy")
    for doc in silver.labelled(nlp, texts):
        gold.add(doc)
    gold.to_disk(work / "names_train.spacy")
    return bool(texts)


def _train_one(name: str, work: Path, overrides: dict[str, Any]) -> None:
    from spacy.cli.init_config import fill_config
    from spacy.cli.train import train as spacy_train

    config = work / f"{name}.cfg"
    with as_file(files("transforms.language") / "configs" / f"{name}.cfg") as base:
        fill_config(config, base, silent=True)
    paths = {f"paths.{part}": str(work / f"{name}_{part}.spacy") for part in PARTS}
    spacy_train(config, work / name, overrides={**paths, **overrides})


def join(parser: Path, names: Path, out: Path) -> Language:
    """Write one pipeline with the parser's components and the names' own, each with its own word vectors."""
    nlp, other = spacy.load(parser), spacy.load(names)
    other.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=other)
    nlp.meta.update(CARD)
    nlp.meta["performance"] = {}
    nlp.to_disk(out)
    return nlp


def evaluate(paths: list[Path], name: str = pipeline.OWN_MODEL) -> None:
    """Print the scores of a pipeline on treebanks (.spacy, .conllu) and on names (.jsonl, .jsonl.gz, .iob2, .bio).

    The scores are spaCy's own, on gold sentences and tokens as far as spaCy aligns them; punctuation does not count.
    """
    nlp = pipeline.load(name)
    for path in paths:
        is_tree = path.name.endswith(corpora.TREEBANK_FILES)
        docs = corpora.treebank(path, nlp.vocab) if is_tree else list(corpora.names(path, nlp))
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
        print(f"{path.name}: {len(docs)} texts")  # noqa: T201
        for key in PARSER_SCORES if is_tree else NAMES_SCORES:
            print(f"  {key:<10} {scores[key]:.4f}")  # noqa: T201
