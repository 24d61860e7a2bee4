import pytest

from schemas import ontology


def test_sixteen_types_in_four_classes():
    assert len(ontology.EVENT_TYPES) == 16
    assert len(ontology.QUAD_CLASSES) == 4
    assert {ontology.quad_class(name) for name in ontology.EVENT_TYPES} == set(ontology.QUAD_CLASSES)


def test_the_order_of_quad_classes_is_their_code():
    assert ontology.QUAD_CLASSES.index(ontology.quad_class("AGREE")) == 0
    assert ontology.QUAD_CLASSES.index(ontology.quad_class("AID")) == 1
    assert ontology.QUAD_CLASSES.index(ontology.quad_class("REJECT")) == 2
    assert ontology.QUAD_CLASSES.index(ontology.quad_class("ASSAULT")) == 3


def test_intensity_is_the_modes_or_the_types():
    assert ontology.intensity("CONSULT") == 2.5
    assert ontology.intensity("CONSULT", "visit") == 4
    assert ontology.intensity("PROTEST", "vandalize") == ontology.intensity("PROTEST")


def test_unknown_names_are_errors():
    with pytest.raises(KeyError):
        ontology.quad_class("FIGHT")
    with pytest.raises(KeyError):
        ontology.intensity("AID", "torture")


def test_every_cameo_entry_points_into_the_ontology():
    for entry in ontology.CAMEO.values():
        assert entry.event_type in ontology.EVENT_TYPES
        assert entry.mode is None or entry.mode in ontology.modes(entry.event_type)
        assert set(entry.contexts) <= set(ontology.CONTEXTS)


@pytest.mark.parametrize(
    ("event_type", "mode", "root"),
    [("ACCUSE", None, "11"), ("ACCUSE", "investigate", "09"), ("ASSAULT", None, "19"), ("ASSAULT", "abduct", "18")],
)
def test_cameo_root(event_type, mode, root):
    assert ontology.cameo_root(event_type, mode) == root
