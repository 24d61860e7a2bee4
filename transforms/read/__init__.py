"""Reading: bytes of text, HTML and JSON records as raw text."""
