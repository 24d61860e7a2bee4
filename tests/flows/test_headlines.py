"""Training of the weights that choose among candidates."""

from flows.training.headlines import Question, fit, is_right, write
from transforms.clean.choice import Candidate


def question(right):
    found = (Candidate(1, "a", {"bias": 1.0, "good": 1.0}), Candidate(2, "b", {"bias": 1.0}))
    return Question(found, (right, False))


def test_what_marks_right_candidates_gets_weight():
    learned = fit([question(True), question(True)])
    assert learned["good"] > 0.5


def test_candidates_are_judged_by_what_the_collection_states():
    gold = {"title": "A “bridge”", "author": "Emma Ort", "published": "2020-03-03"}
    assert is_right("title", 'A "bridge"', gold)
    assert is_right("authors", ("E. Ort",), gold)
    assert not is_right("authors", ("Bo Li",), gold)


def test_what_is_set_by_hand_is_kept(tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text("field,feature,weight,basis\ntitle,none,-1.5,by hand\ntitle,old,2.0,x\n")
    write(path, {"title": {"new": 1.0}}, "some pages")
    assert path.read_text() == "field,feature,weight,basis\ntitle,none,-1.5,by hand\ntitle,new,1.000,some pages\n"
