"""How it looks on a terminal why members are one entity, one document with its copies, or one story."""

from collections.abc import Iterator

from flows.evidence import words
from flows.evidence.members import LISTED, Because, Members
from flows.evidence.pairs_text import decided


def title(found: Members) -> str:
    """Return what is explained, in a line."""
    row = found.row
    return words.entity(row) if found.level == "entity" else f"{row['document_id']}: {words.document(row)}"


def facts(found: Members) -> Iterator[tuple[str, str]]:
    """Return what is known of the members, each under its name."""
    if found.level == "entity":
        yield "also called", found.row["aliases"] or ""
        yield "rests on", found.row["basis"]
    else:
        yield "story", found.row["story_id"]
        copied = found.row["duplicate_of"] and f"{found.row['duplicate_kind']}, {found.row['similarity']:.2f} alike"
        yield "a copy", copied or ""
    yield "named in" if found.level == "entity" else "with", "\n".join(_documents(found))
    for decision, name in (("same", "one"), ("different", "kept apart")):
        reasons = [because for because in found.reasons if because.decision == decision]
        yield name, "\n".join(line for because in reasons for line in _because(because, found))
    yield "you decided", "\n".join(decided(found.decisions))


def _documents(found: Members) -> Iterator[str]:
    for row in found.documents[:LISTED]:
        yield f"{words.document(row)}: {row['said']}"
    if len(found.documents) > LISTED:
        yield f"and {words.counted(len(found.documents) - LISTED, 'document')} more"


def _because(because: Because, found: Members) -> Iterator[str]:
    yield because.words
    for row in because.pairs:
        left, right = (found.names.get(row[side], row[side]) for side in ("left_id", "right_id"))
        yield f"  {left} and {right} ({row['score']:.2f})"
    if because.count > len(because.pairs):
        yield f"  and {words.counted(because.count - len(because.pairs), 'pair')} more"
