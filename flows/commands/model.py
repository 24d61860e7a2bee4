"""Commands about the models: train and evaluate the language model, train what reads events, lines and fields."""

from pathlib import Path

import click


@click.group()
def model() -> None:
    """Train and evaluate the models that Annals ships."""


@model.command()
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of corpora"
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write the pipeline to")
def train(data: Path, out: Path) -> None:
    """Train the pipeline en_annals from open corpora; two to three hours on two cores.

    Needs the extra "training": pip install "annals[training]".

    The folder holds files with "train" in their names. For grammar .conllu or .spacy: UD_English-EWT and the openly
    licensed genres of UD_English-GUM. For names .jsonl, .jsonl.gz (text, source, spans [[start, end, label]]), .iob2
    or .bio: Universal NER EWT, the same genres of GUM, WikiGold, CrossNER, re3d; of rows with the source "gmb" (news of
    the Groningen Meaning Bank) only the text is used.
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


@model.command("train-events")
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of corpora"
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write to")
def train_events(data: Path, out: Path) -> None:
    """Train what reads events from the sentences written for it; an hour on two cores.

    Needs the extra "training": pip install "annals[training]".

    The folder may hold a .jsonl or .jsonl.gz file with "train" in its name, of which the texts with the source "gmb"
    are used. To use the model, put events.onnx and labels.json into transforms/language/en_annals/analyser/ and
    event_weights.csv into transforms/lookups/.
    """
    from flows import training

    training.train_events(data, out)


@model.command("train-lines")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write the model to")
def train_lines(files: tuple[Path, ...], out: Path) -> None:
    """Train the line model of cleaning from FILES; twenty minutes on one core.

    Needs the extra "training": pip install "annals[training]".

    FILES are Parquet with the columns site, gold_body and raw_text or html, optionally url and rendering. To use the
    model, put what is written in place of transforms/clean/weights/.
    """
    from flows import training

    training.train_lines(list(files), out)


@model.command("train-fields")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="CSV file to write")
def train_fields(files: tuple[Path, ...], out: Path) -> None:
    """Learn from FILES what chooses headline, authors and day of publication; three minutes for 3000 pages.

    FILES are Parquet with the columns raw_text, site, url, title, author, published, as text; a null says that the page
    does not state it. To use the weights, put what is written in place of transforms/lookups/field_weights.csv.
    """
    from flows import training

    training.train_fields(list(files), out)


COMMANDS = (model,)
