"""Chains of a document as rows of the tables `names` and `chains`."""

from typing import Any

from transforms.entities.chains import Chain
from transforms.entities.reading import Mention, Reading

Row = dict[str, Any]
MOST_ALIASES = 12


def mention_rows(document: str, reading: Reading, chains: list[Chain]) -> list[Row]:
    """Return the rows of `names`: the mentions of all chains, numbered in the order of the text."""
    owned = [(mention, number) for number, chain in enumerate(chains) for mention in chain.mentions]
    owned.sort(key=lambda pair: (pair[0].first, pair[0].last))
    return [_mention(document, reading, number, *pair) for number, pair in enumerate(owned)]


def _mention(document: str, reading: Reading, number: int, mention: Mention, chain: int) -> Row:
    last = reading.doc[mention.last - 1]
    start, end = reading.doc[mention.first].idx, last.idx + len(last)
    return {
        "document_id": document,
        "mention": number,
        "chain": chain,
        "start": start,
        "end": end,
        "text": reading.text[start:end],
        "entity_type": mention.entity_type,
        "mention_kind": mention.kind,
    }


def chain_rows(document: str, reading: Reading, chains: list[Chain]) -> list[Row]:
    """Return the rows of `chains`, numbered as given."""
    return [
        {
            "document_id": document,
            "chain": number,
            "name": chain.name,
            "entity_type": chain.entity_type,
            "country": chain.country,
            "sector": chain.sector,
            "description": chain.description,
            "aliases": _aliases(reading, chain),
            "basis": chain.basis,
        }
        for number, chain in enumerate(chains)
    ]


def _aliases(reading: Reading, chain: Chain) -> str | None:
    forms = [reading.cut(m.first, m.last) for m in chain.mentions if m.kind in ("name", "title")]
    other = list(dict.fromkeys(form for form in forms if form != chain.name))
    return "; ".join(other[:MOST_ALIASES]) or None
