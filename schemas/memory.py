"""Memory of reduce stages: what a stage has worked out, for its own next run. No other stage reads these tables."""

import dataframely as dy

from schemas.table import Table


class EventPairs(Table):
    """Pairs of reports that were compared, by the hash of all that was looked at: most have nothing to tell."""

    table = "event_pairs"
    sort_by = ("pair",)

    pair = dy.UInt64(primary_key=True)


class EventVerdicts(Table):
    """What comparing two reports came to, where it joins them or nearly did."""

    table = "event_verdicts"
    sort_by = ("pair",)

    pair = dy.UInt64(primary_key=True)
    same = dy.Bool()
    follows = dy.Bool()
    rule = dy.String()
    score = dy.Float64()


class NameForms(Table):
    """Spellings of names of persons and other names in the forms in which they are compared."""

    table = "name_forms"
    sort_by = ("person", "text")

    person = dy.Bool(primary_key=True)
    text = dy.String(primary_key=True)
    words = dy.String()
    standard = dy.String()
    brief = dy.String()
    short = dy.Bool()


class StoryLinks(Table):
    """What the names of a story came to, by the hash of them all: an empty name where they came to nothing."""

    table = "story_links"
    sort_by = ("names", "entity_type", "name", "key", "head", "head_key", "decision")

    names = dy.UInt64(primary_key=True)
    entity_type = dy.String(primary_key=True)
    name = dy.String(primary_key=True)
    key = dy.String(primary_key=True)
    head = dy.String(primary_key=True)
    head_key = dy.String(primary_key=True)
    decision = dy.String(primary_key=True)
    rule = dy.String()
    score = dy.Float64()


class DocumentPairs(Table):
    """Pairs of documents that were compared, by the hash of the words of both: their shares of common shingles."""

    table = "document_pairs"
    sort_by = ("pair",)

    pair = dy.UInt64(primary_key=True)
    similarity = dy.Float32()
    lead_similarity = dy.Float32()
    jaccard = dy.Float32()


class StoryPairs(Table):
    """Pairs of documents whose terms were compared, by the hash of the terms of both: their cosine."""

    table = "story_pairs"
    sort_by = ("pair",)

    pair = dy.UInt64(primary_key=True)
    cosine = dy.Float32()
