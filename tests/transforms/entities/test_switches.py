from spacy.tokens import Span

from transforms.entities import spans
from transforms.entities.reading import Reading
from transforms.language import pipeline


def reading(text, labels, *, gazetteer=True):
    """A text in which each "Vell" is a name, of the types given."""
    doc = pipeline.blank()(text)
    places = [token.i for token in doc if token.text == "Vell"]
    doc.ents = [Span(doc, at, at + 1, label=label) for at, label in zip(places, labels, strict=True)]
    return Reading(doc, text, None, gazetteer)


def types(found):
    return [(mention.name, mention.entity_type) for mention in found]


def test_a_name_has_one_type_in_a_document_only_with_the_vote():
    text = "Vell grew. Vell shrank. Vell fell."
    assert types(spans.name_mentions(reading(text, ["ORG", "LOC", "ORG"]))) == [("Vell", "ORG")] * 3
    apart = spans.name_mentions(reading(text, ["ORG", "LOC", "ORG"]), vote=False)
    assert [kind for _, kind in types(apart)] == ["ORG", "LOC", "ORG"]


def test_known_names_are_found_only_with_the_gazetteer():
    assert types(spans.name_mentions(reading("Ships left France.", []))) == [("France", "GPE")]
    assert not spans.name_mentions(reading("Ships left France.", [], gazetteer=False))
