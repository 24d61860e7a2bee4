"""Documents, entities and events in words, as a person would name them."""

from textwrap import shorten

from flows.evidence.version import Row

NOBODY = "nobody known"
LONGEST = 120
"""Characters of a sentence that are printed at the most."""


def document(row: Row) -> str:
    """Return a document in words: its title if it has one, and where and when it appeared."""
    about = [row["title"], row["source_uri"], row["outlet"] or row["site"], str(row["published_on"] or "")]
    name, *others = filter(None, about)
    return f"{name} ({', '.join(others)})" if others else name


def entity(row: Row) -> str:
    """Return an entity in words: its name, its id, and what is known of it."""
    about = ", ".join(filter(None, (row["entity_type"], row["country"], row["sector"], row["description"])))
    return f"{row['name']} ({row['entity_id']}: {about}, in {counted(row['document_count'], 'document')})"


def event(row: Row) -> str:
    """Return who did what to whom, and whether it took place."""
    actor, recipient = (row[f"{side}_name"] or NOBODY for side in ("actor", "recipient"))
    return f"{actor}, {kind(row)} ({row['status']}), {recipient}"


def dated_event(row: Row) -> str:
    """Return an event with its id and its first day."""
    return f"{row['event_id']}: {event(row)}, {row['started_on'] or 'no date'}"


def kind(row: Row) -> str:
    """Return the type and the mode of an event or report."""
    return " ".join(filter(None, (row["event_type"], row["event_mode"])))


def counted(number: int, name: str) -> str:
    """Return a number of things."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def short(sentence: str) -> str:
    """Return a sentence, cut after a word where it is long."""
    return shorten(sentence, LONGEST, placeholder=" ...")
