"""Stage `site_lines`: lines that repeat across the documents of one site."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import polars as pl

from schemas.table import Table
from schemas.work import Raw, SiteLines, Sites
from transforms.clean.site import site_of
from transforms.clean.split import RawLine, split_lines
from transforms.contract import Params, Stage, Tables


class SiteLinesParams(Params):
    """What repeats.

    Attributes:
        min_documents: documents of a site that must share a line.
        min_chars: shorter lines never count.
        copy_share: two documents that share this much of their long lines are copies and count once.
        long_words: words of a long line.
    """

    min_documents: int = 3
    min_chars: int = 3
    copy_share: float = 0.7
    long_words: int = 15


def site_lines(tables: Tables, params: SiteLinesParams) -> dict[str, pl.DataFrame]:
    """Return `sites`, one row a document, and `site_lines`, the lines that at least `min_documents` articles share.

    Lines are compared with every digit folded to 0. Copies of one article count once, or its body would go.
    """
    sites: dict[str, str] = {}
    pages: dict[str, list[RawLine]] = {}
    for row in tables["raw"].sort("document_id").iter_rows(named=True):
        sites[row["document_id"]] = site_of(row["raw_text"], row["url"], row["outlet"], row["source_uri"])
        pages[row["document_id"]] = [
            line for line in split_lines(row["raw_text"]) if len(line.folded) >= params.min_chars
        ]
    rows: list[dict[str, Any]] = []
    for members in _by_site(sites):
        rows += _repeated({document: pages[document] for document in members}, params)
    return {
        "sites": Sites.arrange(_frame(Sites, [{"document_id": key, "site": site} for key, site in sites.items()])),
        "site_lines": SiteLines.arrange(_frame(SiteLines, rows)),
    }


def _frame(schema: type[Table], rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema.polars_schema())


def _by_site(sites: dict[str, str]) -> Iterable[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for document, site in sites.items():
        groups[site].append(document)
    return groups.values()


def _repeated(pages: dict[str, list[RawLine]], params: SiteLinesParams) -> list[dict[str, Any]]:
    if len(pages) < params.min_documents:
        return []
    article = _articles(pages, params)
    holders: dict[str, set[str]] = defaultdict(set)
    for document, lines in pages.items():
        for line in lines:
            holders[line.folded].add(article[document])
    return [
        {"document_id": document, "line_number": line.number}
        for document, lines in pages.items()
        for line in lines
        if len(holders[line.folded]) >= params.min_documents
    ]


def _articles(pages: dict[str, list[RawLine]], params: SiteLinesParams) -> dict[str, str]:
    """Each document with the first document that it is a copy of, or itself."""
    long = {
        document: {line.folded for line in lines if line.words >= params.long_words}
        for document, lines in pages.items()
    }
    root = {document: document for document in pages}
    for left, right in _candidates(long):
        shared = len(long[left] & long[right])
        if shared >= params.copy_share * max(len(long[left]), len(long[right])):
            low, high = sorted((_find(root, left), _find(root, right)))
            root[high] = low
    return {document: _find(root, document) for document in pages}


def _candidates(long: dict[str, set[str]], most: int = 50) -> list[tuple[str, str]]:
    """Pairs that share a long line which not more than `most` documents have."""
    holders: dict[str, list[str]] = defaultdict(list)
    for document, lines in long.items():
        for line in lines:
            holders[line].append(document)
    return sorted({pair for group in holders.values() if len(group) <= most for pair in combinations(sorted(group), 2)})


def _find(root: dict[str, str], document: str) -> str:
    while root[document] != document:
        document = root[document]
    return document


STAGE = Stage(
    name="site_lines",
    kind="reduce",
    function=site_lines,
    inputs=(Raw,),
    outputs=(Sites, SiteLines),
    params=SiteLinesParams,
    resources=(
        "lookups/public_suffixes.csv",
        "lookups/months.csv",
        "lookups/not_names.csv",
        "lookups/name_particles.csv",
    ),
)
