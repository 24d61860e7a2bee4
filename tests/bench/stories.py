"""Stories of texts as the pipeline finds them, for the benches that build on stories."""

from collections.abc import Sequence

import polars as pl

from schemas.work import Fields, Texts
from transforms.duplicates.duplicates import STAGE as DUPLICATES
from transforms.duplicates.prints import STAGE as PRINTS


def prints(texts: Sequence[str]) -> pl.DataFrame:
    """Return the prints of texts, with ids in the order of the texts; nothing else is known of them."""
    ids = [f"{number:016x}" for number in range(len(texts))]
    rows = pl.DataFrame({"document_id": ids, "text": list(texts), "language": "en", "published_on_basis": "none"})
    missing = [pl.lit(None).alias(name) for name in Fields.column_names() if name not in rows.columns]
    tables = {"texts": Texts.arrange(rows), "fields": Fields.arrange(rows.with_columns(missing))}
    return PRINTS.function(tables, PRINTS.params())["prints"]


def told(texts: Sequence[str]) -> dict[str, str]:
    """Return the story of each text, both by ids in the order of the texts."""
    made = DUPLICATES.function({"prints": prints(texts)}, DUPLICATES.params())
    return dict(made["stories"].rows())
