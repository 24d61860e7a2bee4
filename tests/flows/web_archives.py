"""Tiny WARC and WET files, written by hand as the standard (ISO 28500) says."""


def record(url, block, kind="response", content_type="application/http; msgtype=response"):
    head = f"WARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-03-04T05:06:07Z\r\n"
    size = f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n"
    return f"WARC/1.0\r\n{head}{size}\r\n".encode() + block + b"\r\n\r\n"


def answer(body, *headers, status="200 OK", content_type="text/html"):
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers)
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def text(url, body):
    return record(url, body, "conversion", "text/plain")
