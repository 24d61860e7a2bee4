"""HTML to text: the whole page rendered line by line, and what its markup states about the article."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import trafilatura
from rapidfuzz import fuzz
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura.settings import Document


@dataclass(frozen=True)
class Page:
    """What the markup states; everything may be missing."""

    title: str | None = None
    authors: str | None = None
    outlet: str | None = None
    published_on: date | None = None
    url: str | None = None
    tags: str | None = None
    language: str | None = None
    article: str | None = None


def render(html: str) -> str:
    """Return all visible text of the page, chrome included, so that each line of it gets a label."""
    return str(extract_plain_text(html, preserve_formatting=True, main_content=False, alt_texts=False))


def page_of(html: str, latest: date) -> Page:
    """Return the metadata of the page and the text that its structure marks as the article.

    Metadata and structure are read by trafilatura (Barbaresi 2021, ACL demo) in its precision mode, without
    network. `latest` bounds the dates that it may believe; without it, it would ask the clock.
    """
    dates = {"original_date": True, "extensive_search": False, "max_date": latest.isoformat()}
    try:
        found = trafilatura.bare_extraction(
            html, favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except Exception:  # a page that lxml cannot build still renders
        return Page()
    return _page(html, found.as_dict()) if isinstance(found, Document) else Page()


def headline(html: str, title: str | None, least: float = 55.0) -> str | None:
    """Return the first top heading that shares most of its words with the title, else the title.

    Titles carry the name of the site and words for search engines; the heading is what a reader sees.
    """
    document = HTMLTree.parse(html).document
    nodes = document.get_elements_by_tag_name("h1") if document else []
    headings = [" ".join((node.text or "").split()) for node in nodes]
    near = [heading for heading in headings if heading and fuzz.token_set_ratio(heading, title or "") >= least]
    return near[0] if near else title


def _page(html: str, found: dict[str, Any]) -> Page:
    return Page(
        title=headline(html, found.get("title") or None),
        authors=found.get("author") or None,
        outlet=found.get("sitename") or None,
        published_on=_date(found.get("date")),
        url=found.get("url") or None,
        tags="; ".join(found.get("tags") or []) or None,
        language=(found.get("language") or "")[:2].lower() or None,
        article=found.get("text") or None,
    )


def _date(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
