"""Run every bench script on its development file and print the table of figures that the README shows.

usage: everything.py [DATA] [--only NAME ...]; DATA is a folder with data/ and gold/ in the form of the bench files,
by default ../shared beside the project.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNS = (
    (
        "cleaning",
        "plain text, six renderings",
        ("data/cleaning/aeb_dev.parquet",),
        ("f1", "precision", "recall", "by_rendering.resili_full", "by_rendering.resili_main", "by_rendering.bs4"),
    ),
    ("cleaning", "pages of two sites, one batch", ("data/cleaning/one_site_dev.parquet", "--batch"), ("f1",)),
    ("cleaning", "HTML", ("data/cleaning/aeb_dev_html.parquet",), ("f1", "baseline.f1")),
    (
        "cleaning",
        "HTML of another collection",
        ("data/cleaning/wcxb_dev_html.parquet",),
        ("f1", "baseline.f1", "title", "baseline.title", "author", "baseline.author", "date", "baseline.date"),
    ),
    (
        "parsing",
        "UD EWT and GUM",
        ("data/nlp/ud_ewt_gum_dev.spacy",),
        ("uas", "las", "verb_argument_f1", "sentence_f1"),
    ),
    ("entities", "names of the seeds", ("gold/seed_names_dev.jsonl",), ("f1",)),
    ("entities", "names, three corpora", ("data/nlp/ner_dev.jsonl.gz",), ("f1", "overlap_f1")),
    ("dates", "dates of GUM", ("data/nlp/dates_dev.jsonl",), ("underspecified", "absolute")),
    ("actors", "actor phrases", ("data/events/actor_coding_dev.jsonl",), ("country", "sector")),
    (
        "sentences",
        "news sentences",
        ("data/events/sentences_dev.jsonl",),
        ("precision", "recall", "f1", "status", "actor", "recipient", "ece"),
    ),
    (
        "sentences",
        "written sentences that the network has not seen",
        ("held-out",),
        ("precision", "recall", "f1", "status", "actor", "recipient", "ece"),
    ),
    ("dyads", "PLV dyads, macro F1", ("data/events/plv_train.jsonl",), ("root", "quad", "binary")),
    ("triples", "sentences end to end", ("data/events/triples_dev.jsonl",), ("country_root", "root")),
    (
        "seeds",
        "three annotated seeds",
        ("gold", "--docs", "000,001,003"),
        ("core_recall", "event_recall", "precision", "actor_right", "recipient_right", "date_right", "status_right"),
    ),
    (
        "near_duplicates",
        "copies of news",
        ("data/coref/near_duplicates_dev.jsonl.gz",),
        ("f1", "precision", "per_second"),
    ),
    (
        "name_coreference",
        "people and bodies across documents",
        ("data/coref/ecbplus_names_dev.jsonl", "data/coref/ecbplus_dev.jsonl.gz"),
        ("person.b3", "org.b3"),
    ),
    ("coreference", "events across documents", ("data/coref/ecbplus_dev.jsonl.gz",), ("conll", "lea")),
    (
        "scale",
        "generated news, stages over the corpus",
        ("1000", "10000", "--more", "0.01"),
        ("slope", "sizes.10000.seconds", "sizes.10000.more.seconds", "sizes.10000.peak_mb"),
    ),
    (
        "speed",
        "news articles, two workers on two cores",
        ("data/coref/ecbplus_dev.jsonl.gz", "--workers", "2"),
        ("words_per_second", "ratio_to_bare_model", "peak_mb"),
    ),
)


def main() -> None:
    """Print a row a run: what was measured, on how many rows, the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared")
    parser.add_argument("--only", nargs="*", default=[name for name, *_ in RUNS])
    given = parser.parse_args()
    print("| script | data | n | figures |\n|---|---|---|---|")
    for name, what, arguments, keys in RUNS:
        if name in given.only:
            result = measured(name, given.data, arguments)
            figures = ", ".join(f"{key.replace('_', ' ')} {at(result, key)}" for key in keys)
            print(f"| `{name}.py` | {what} | {result['n']} | {figures} |", flush=True)


def measured(name: str, data: Path, arguments: tuple[str, ...]) -> dict[str, object]:
    """Return what a script prints on its last line; paths among its arguments are below `data`."""
    placed = [str(data / text) if (data / text).exists() else text for text in arguments]
    command = [sys.executable, str(HERE / f"{name}.py"), *placed]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, object] = json.loads(done.stdout.strip().split("\n")[-1])
    return result


def at(result: dict[str, object], key: str) -> str:
    """Return a figure with three digits; `a.b` is the figure b inside a."""
    value: object = result
    for part in key.split("."):
        value = value[part] if isinstance(value, dict) else None
    if isinstance(value, int | float):
        return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.3f}"
    return str(value)


if __name__ == "__main__":
    main()
