"""Which site a document belongs to, and the normal form of its address."""

from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import SplitResult, urlsplit

from transforms.clean import lookup, page
from transforms.clean.split import each_line

_DEFAULT_PORTS = {"http": 80, "https": 443}


def normal_url(url: str) -> str:
    """Return the url with lower-case scheme and host, without default port and fragment; unusable ones as they are."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url.strip()
    port = _port(parts)
    keep = port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower())
    host = parts.hostname + (f":{port}" if keep else "")
    return parts._replace(scheme=parts.scheme.lower(), netloc=host, fragment="").geturl()


def registrable_domain(url: str) -> str | None:
    """Return the part of the url's host that one registers: the public suffix and one label, or None."""
    parts = _split(url if "//" in url else f"//{url}")
    host = (parts.hostname or "").strip(".") if parts else ""
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].isdecimal():
        return None
    suffix = 2 if ".".join(labels[-2:]) in lookup.column("public_suffixes", "suffix") else 1
    return ".".join(labels[-suffix - 1 :])


def site_of(raw_text: str, url: str | None, outlet: str | None, source_uri: str, header_lines: int = 8) -> str:
    """Return the registrable domain of the url that container or header state, else the outlet, else the folder."""
    if url and (domain := registrable_domain(url)):
        return domain
    lines = list(islice((line for line in each_line(raw_text[:20_000]) if line.bare), header_lines))
    headers = [header for line in lines if (header := page.header_of(line))]
    for header in headers:
        if header.url and (domain := registrable_domain(header.url)):
            return domain
    datelines = [dateline for line in lines if (dateline := page.dateline_of(line))]
    named = outlet or (datelines[0].outlet if datelines else None)
    return named or str(PurePosixPath(source_uri.partition("#")[0]).parent)


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None
