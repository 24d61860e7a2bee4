"""Stage `raw`: the bytes of each document as text, with what its container states about it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from schemas.work import Intake, Raw
from transforms.contract import Params, Stage, Tables, rejects
from transforms.read import html, records
from transforms.read.decoding import Decoded, binary_share, declared_encoding, decode, storable

_TAG = re.compile(r"\s*<(?:!doctype\b|[a-z][a-z0-9]*\b[^<>]*>)", re.IGNORECASE)


class RawParams(Params):
    """Limits of what is read, and the fields of records: of JSON objects, and of rows of CSV and Parquet.

    Attributes:
        max_bytes: larger payloads are rejected.
        max_line_chars: a text with a longer line is rejected: no article has one, and rules must not hang on it.
        max_lines: a text with more lines is rejected.
        max_binary_share: share of control characters above which a payload is no text.
        max_parsed_chars, max_parsed_tags: HTML pages with more are rendered without reading their metadata.
        max_depth: a JSON record nested deeper is rejected.
        least_closing_tags: a text that begins with a tag and closes so many is read as HTML.
        latest_date: no page was published after this day.
        text_fields, html_fields, url_fields, date_fields, title_fields, author_fields, outlet_fields, tag_fields,
            language_fields: names of fields, the first that holds anything counts; capitals and marks are passed over,
            so that `Publish Date` is `publish_date`.
    """

    max_bytes: int = 20_000_000
    max_line_chars: int = 200_000
    max_lines: int = 50_000
    max_binary_share: float = 0.02
    max_parsed_chars: int = 3_000_000
    max_parsed_tags: int = 40_000
    max_depth: int = 100
    least_closing_tags: int = 2
    latest_date: date = date(2099, 12, 31)
    text_fields: tuple[str, ...] = (
        "text", "body", "content", "raw_text", "article", "full_text", "maintext", "main_text", "article_text",
        "article_body", "article_content", "body_text", "content_text", "text_content", "plain_text", "cleaned_text",
        "extracted_text", "page_content", "story", "news",
    )  # fmt: skip
    html_fields: tuple[str, ...] = (
        "html", "raw_html", "page_html", "html_content", "content_html", "body_html", "page_source",
    )  # fmt: skip
    url_fields: tuple[str, ...] = (
        "url", "link", "source_url", "canonical_url", "uri", "article_url", "page_url", "web_url", "permalink", "href",
    )  # fmt: skip
    date_fields: tuple[str, ...] = (
        "published_on", "date", "published", "publish_date", "date_published", "published_at", "publication_date",
        "published_date", "pub_date", "web_publication_date", "datetime",
    )  # fmt: skip
    title_fields: tuple[str, ...] = ("title", "headline", "article_title", "page_title", "web_title")
    author_fields: tuple[str, ...] = ("authors", "author", "byline", "author_name", "creator")
    outlet_fields: tuple[str, ...] = (
        "outlet", "publisher", "source_name", "site_name", "publication", "newspaper", "media_name",
    )  # fmt: skip
    tag_fields: tuple[str, ...] = ("tags", "keywords")
    language_fields: tuple[str, ...] = ("language", "lang")

    def named_fields(self) -> dict[str, tuple[str, ...]]:
        """Return role (text, html, url, ...) -> the names of fields that may have it, best first."""
        return {name.removesuffix("_fields"): names for name, names in self if name.endswith("_fields")}


class UnreadableError(Exception):
    """A payload that ends as a reject: `reason` is its code, `detail` says what was found and what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        """Keep the code and the sentence."""
        self.reason, self.detail = reason, detail
        super().__init__(detail)


def raw(tables: Tables, params: RawParams) -> dict[str, pl.DataFrame]:
    """Return `raw`, one row a readable document, and `rejects`, one row a document that is none.

    Reasons: empty, too_large, binary, broken_json, no_text, line_too_long, too_many_lines.
    """
    rows: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for document in tables["intake"].iter_rows(named=True):
        identity = {"document_id": document["document_id"], "source_uri": document["source_uri"]}
        try:
            rows.append({**identity, "format": document["format"], **_read(document, params)})
        except UnreadableError as error:
            refused.append({**identity, "reason": error.reason, "detail": error.detail})
    return {
        "raw": pl.DataFrame(rows, schema=Raw.polars_schema()).sort("document_id"),
        "rejects": rejects("raw", refused),
    }


def _read(document: dict[str, Any], params: RawParams) -> dict[str, Any]:
    payload = document["payload"] or b""
    _check_bytes(payload, params)
    # The server knows what it sent; what a page says of itself may be older than its last conversion (HTML standard).
    own = declared_encoding(payload) if document["format"] == "html" else None
    decoded = decode(payload, declared=[name for name in (document.get("stated_encoding"), own) if name])
    if binary_share(decoded.text) > params.max_binary_share:
        raise UnreadableError("binary", "control characters throughout: no text file; remove it or convert it to text")
    row = _READERS[document["format"]](decoded, params)
    row["raw_text"] = storable(row["raw_text"])
    row["url"] = document.get("stated_url") or row.get("url")
    _check_text(row["raw_text"], params)
    return {"encoding": decoded.encoding, **{name: _clean(value) for name, value in row.items()}}


def _clean(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _check_bytes(payload: bytes, params: RawParams) -> None:
    if not payload.strip():
        raise UnreadableError("empty", f"no text in {len(payload)} bytes: remove the file or scrape it again")
    if len(payload) > params.max_bytes:
        limit = f"{len(payload)} bytes, the limit max_bytes is {params.max_bytes}"
        raise UnreadableError("too_large", f"{limit}: split the file into documents or raise the limit")


def _check_text(text: str, params: RawParams) -> None:
    if not any(character.isalnum() for character in text):
        raise UnreadableError("no_text", "not one letter or digit: remove the file or scrape it again")
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > params.max_line_chars:
        limit = f"a line of {longest} characters, the limit max_line_chars is {params.max_line_chars}"
        raise UnreadableError("line_too_long", f"{limit}: break the text into paragraphs or raise the limit")
    if len(lines) > params.max_lines:
        limit = f"{len(lines)} lines, the limit max_lines is {params.max_lines}"
        raise UnreadableError("too_many_lines", f"{limit}: split the file into documents or raise the limit")


def _text_row(decoded: Decoded, params: RawParams) -> dict[str, Any]:
    """Return the text as it stands, but for a page that was stored as text: it begins with a tag and closes some."""
    marked = _TAG.match(decoded.text) and decoded.text.count("</") >= params.least_closing_tags
    return _html_row(decoded, params) if marked else {"raw_text": decoded.text}


def _html_row(decoded: Decoded, params: RawParams) -> dict[str, Any]:
    rendered = storable(html.render(decoded.text))
    _check_text(rendered, params)
    small = len(decoded.text) <= params.max_parsed_chars and decoded.text.count("<") <= params.max_parsed_tags
    page = html.page_of(decoded.text, params.latest_date) if small else html.Page()
    return {
        "raw_text": rendered,
        "url": page.url,
        "title": page.title,
        "authors": page.authors,
        "outlet": page.outlet,
        "published_on": page.published_on,
        "language": page.language,
        "tags": page.tags,
        "article_text": page.article,
    }


def _json_row(decoded: Decoded, params: RawParams) -> dict[str, Any]:
    try:
        record = records.record_of(decoded.text, params.max_depth)
    except records.BrokenRecordError as error:
        raise UnreadableError("broken_json", f"{error}: mend the line or remove it") from error
    text, page = records.first_text(record, params.text_fields), records.first_text(record, params.html_fields)
    if text is None and page is None:
        there = ", ".join(record)[:300] or "none"
        remedy = "name the one with the text in [stages.raw] text_fields"
        raise UnreadableError("no_text", f"no field that is known for text holds any; fields are {there}: {remedy}")
    read = _html_row if text is None else _text_row
    row = read(Decoded(text or page or "", "utf-8"), params)
    stated = {
        "url": records.first_text(record, params.url_fields),
        "title": records.first_text(record, params.title_fields),
        "authors": records.first_text(record, params.author_fields),
        "outlet": records.first_text(record, params.outlet_fields),
        "published_on": records.first_date(record, params.date_fields),
        "tags": records.first_text(record, params.tag_fields),
        "language": _code(records.first_text(record, params.language_fields)),
    }
    return {**row, **{name: value for name, value in stated.items() if value is not None}}


def _code(language: str | None) -> str | None:
    return language[:2].lower() if language and len(language.split("-")[0]) == 2 else None


_READERS: dict[str, Callable[[Decoded, RawParams], dict[str, Any]]] = {
    "text": _text_row,
    "html": _html_row,
    "jsonl": _json_row,
}

STAGE = Stage(
    name="raw",
    kind="map",
    function=raw,
    inputs=(Intake,),
    outputs=(Raw,),
    params=RawParams,
    libraries=("charset-normalizer", "resiliparse", "trafilatura", "htmldate", "rapidfuzz"),
)
