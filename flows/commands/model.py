"""Commands about the language model: train, evaluate."""

from pathlib import Path

import click


@click.group()
def model() -> None:
    """Train and evaluate the language model that Annals ships."""


@model.command()
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of corpora"
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write the pipeline to")
def train(data: Path, out: Path) -> None:
    """Train the pipeline en_annals from open corpora.

    The folder holds ud_ewt_gum_train.spacy and ud_ewt_gum_dev.spacy (UD_English-EWT and the openly licensed genres of
    UD_English-GUM, as spaCy DocBin files), and ner_train.jsonl.gz and ner_dev.jsonl.gz (Universal NER EWT, the same
    genres of GUM, WikiGold, CrossNER, re3d: a JSON object a line with text, source, spans [[start, end, label]]).
    """
    from flows import training

    training.train(data, out)


@model.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--name", default="en_annals", show_default=True, help="Pipeline: ours, an installed package, or a folder"
)
def evaluate(files: tuple[Path, ...], name: str) -> None:
    """Print the tables of the model card for FILES (.spacy or .conllu for the parser, .jsonl for names)."""
    from flows import training

    training.evaluate(list(files), name)


COMMANDS = (model,)
