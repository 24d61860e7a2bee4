"""How much two documents have in common, by their packed words."""

import pytest

from transforms.duplicates.prints import packed
from transforms.events.merging_documents import likeness

ONE, TWO = (packed(vector).tobytes() for vector in ({"zembra": 0.8, "flood": 0.6}, {"zembra": 0.8, "dam": 0.6}))


def test_likeness_is_the_cosine():
    assert likeness(ONE, ONE) == pytest.approx(1.0, abs=1e-4)
    assert likeness(ONE, TWO) == pytest.approx(0.64, abs=1e-4)
    assert likeness(ONE, b"") == 0.0
