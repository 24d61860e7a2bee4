"""Is everything in order: the environment, the language model, the dataset?"""

import importlib.metadata
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.settings import Settings
from flows.store.dataset import Dataset
from flows.store.files import ASIDE
from flows.store.hashing import rows_hash
from schemas.errors import AnnalsError
from schemas.published import TABLES

LIBRARIES = ("annals", "prefect", "polars", "pyarrow", "spacy", "duckdb")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    sound: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """Return what was found; nothing is changed."""
    dataset = Dataset(settings.output)
    examined: list[tuple[str, Callable[[], str]]] = [
        ("environment", _environment),
        ("model", lambda: _model(settings.model.name)),
        ("latest", lambda: _latest(dataset)),
        ("tables", lambda: _tables(dataset)),
        ("archive", lambda: _archive(dataset)),
        ("leftovers", lambda: _leftovers(dataset)),
    ]
    return [_tried(subject, look) for subject, look in examined]


def _tried(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except (AnnalsError, OSError, ValueError) as error:
        return Finding(subject, False, str(error))


def _environment() -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()}, {versions}"


def _model(name: str) -> str:
    from transforms.language.pipeline import load

    nlp = load(name)
    return f"{name}: {', '.join(nlp.pipe_names)}"


def _latest(dataset: Dataset) -> str:
    latest = dataset.versions.latest()
    if latest is None:
        return "nothing is published yet"
    dataset.versions.require(latest)
    return f"version {latest} of {len(dataset.versions.numbers())}"


def _tables(dataset: Dataset) -> str:
    latest = dataset.versions.latest()
    if latest is None:
        return "none"
    records = dataset.versions.manifest(latest).tables
    wrong = [
        schema.table
        for schema in TABLES
        if rows_hash(dataset.versions.read(schema, latest)) != records[schema.table].data_version
    ]
    if wrong:
        raise ValueError(
            f"rows are not those of the manifest: {', '.join(wrong)}; roll back or run again with --refresh publish"
        )
    return f"{len(records)} tables have the rows that the manifest states"


def _archive(dataset: Dataset) -> str:
    sources, _ = dataset.sources()
    digests = sources.filter("is_current")["sha256"].unique().to_list()
    for digest in digests:
        dataset.archive.get(digest)
    return f"{len(digests)} current documents can be read"


def _leftovers(dataset: Dataset) -> str:
    left: Iterator[object] = dataset.root.rglob(f"{ASIDE}*")
    count = sum(1 for _ in left)
    return f"{count} left by killed runs; the next run removes them" if count else "none"
