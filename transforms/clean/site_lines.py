"""Stage `site_lines`: lines that repeat across the documents of one site."""

from collections.abc import Iterable

import polars as pl

from schemas.work import Raw, SiteLines, Sites
from transforms.clean.site import site_of
from transforms.contract import Params, Stage, Tables

DOCUMENTS_AT_A_TIME = 1000
"""How many texts are split at a time: it bounds memory and changes no row."""
_WEIGHT = 1_000_000


class SiteLinesParams(Params):
    """What repeats.

    Attributes:
        steps: documents of a site that must share a line, and numbers from which on it is the more certain chrome.
        min_chars: shorter lines never count.
        copy_share: two documents that share this much of their long lines are copies and count once.
        long_chars: characters of a long line; words would leave out scripts without blanks.
        copies: a long line that more documents hold counts less, or short articles on a site that puts long notices
            around them would be copies.
    """

    steps: tuple[int, ...] = (3, 10, 30, 100)
    min_chars: int = 3
    copy_share: float = 0.7
    long_chars: int = 70
    copies: int = 20


def site_lines(tables: Tables, params: SiteLinesParams) -> dict[str, pl.DataFrame]:
    """Return `sites`, one row a document, and `site_lines`, the lines that documents of a site share, with the step.

    Lines are compared by their words, without case and marks, with every number folded to 0. Copies of one article
    count once, or its body would go.
    """
    raw = tables["raw"].sort("document_id").with_row_index("document")
    sites = raw.select("document", "document_id", site=_sites(raw)).with_columns(place=pl.col("site").rank("dense"))
    large = sites.filter(pl.len().over("place") >= min(params.steps))
    lines = _folded_lines(raw.join(large.select("document", "place"), on="document"), params)
    counted = lines.join(_articles(lines, params), on="document", how="left").select(
        "document", "line_number", holders=pl.coalesce("article", "document").n_unique().over("place", "folded")
    )
    steps = pl.max_horizontal(pl.when(pl.col("holders") >= step).then(step) for step in params.steps)
    repeated = counted.select("document", "line_number", documents=steps).drop_nulls().join(sites, on="document")
    return {"sites": Sites.arrange(sites), "site_lines": SiteLines.arrange(repeated)}


def _sites(raw: pl.DataFrame) -> pl.Series:
    facts = raw.select("raw_text", "url", "outlet", "source_uri").iter_rows()
    return pl.Series([site_of(*row) for row in facts], dtype=pl.String)


def _folded_lines(raw: pl.DataFrame, params: SiteLinesParams) -> pl.DataFrame:
    """A row a line that is long enough: document, place, line_number, chars, and the hash of what it says, folded."""
    types = {"document": pl.UInt32, "place": pl.UInt32, "line_number": pl.Int32, "chars": pl.UInt32}
    parts = [pl.DataFrame(schema={**types, "folded": pl.UInt64})]
    text = pl.col("raw_text")
    broken = text.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    # A text is folded before it is split, which is several times as fast as line by line.
    said = broken.str.to_lowercase().str.replace_all(r"[^\w \n]+", "").str.replace_all(r"\d+", "0")
    for some in raw.select("document", "place", "raw_text").iter_slices(DOCUMENTS_AT_A_TIME):
        split = some.with_columns(said.str.replace_all("  +", " ").str.split("\n"))
        numbers = pl.int_ranges(1, text.list.len() + 1, dtype=pl.Int32)
        lines = split.with_columns(line_number=numbers).explode("raw_text", "line_number")
        bare = lines.with_columns(text.str.strip_chars(" ")).filter(text.str.len_chars() >= params.min_chars)
        parts.append(bare.select("document", "place", "line_number", chars=text.str.len_chars(), folded=text.hash()))
    return pl.concat(parts)


def _articles(lines: pl.DataFrame, params: SiteLinesParams) -> pl.DataFrame:
    """Each document that copies another with the first of all copies of that article: document, article."""
    long = lines.filter(pl.col("chars") >= params.long_chars).unique(["document", "folded"])
    # Whole numbers, so that no order of adding them up changes a sum.
    holders = pl.len().over("place", "folded").clip(lower_bound=params.copies)
    long = long.with_columns(weight=_WEIGHT * params.copies // holders)
    whole = long.group_by("document").agg(whole=pl.col("weight").sum())
    before = pl.col("document").shift(1).over("place", "folded")
    pairs = long.sort("document").select(left=before, right="document").drop_nulls().unique()
    common = (
        pairs.join(long.select("folded", "weight", left="document"), on="left")
        .join(long.select("folded", right="document"), on=["right", "folded"])
        .group_by("left", "right")
        .agg(common=pl.col("weight").sum())
        .join(whole.select(left="document", left_whole="whole"), on="left")
        .join(whole.select(right="document", right_whole="whole"), on="right")
    )
    most = pl.max_horizontal("left_whole", "right_whole")
    copies = common.filter(pl.col("common") >= params.copy_share * most).select("left", "right").sort("left", "right")
    return pl.DataFrame(_firsts(copies.rows()), schema={"document": pl.UInt32, "article": pl.UInt32}, orient="row")


def _firsts(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each number of the pairs with the least number that pairs connect it to."""
    root: dict[int, int] = {}

    def find(number: int) -> int:
        while root.setdefault(number, number) != number:
            number = root[number]
        return number

    for pair in pairs:
        low, high = sorted(map(find, pair))
        root[high] = low
    return [(number, find(number)) for number in root]


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
