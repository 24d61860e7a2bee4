import numpy as np
import spacy

from transforms.language import cues, paragraphs, parses

LABELS = {
    "event_type": ["AGREE", "ASSAULT"], "event_mode": ["ASSAULT.kill"], "event_status": ["happened", "planned"],
}  # fmt: skip
SURE = 20.0


def scores(words: int) -> dict[str, np.ndarray]:
    """Nothing is told, but for the word 2: an ASSAULT of the word 1 on nobody."""
    kinds = np.zeros((words, 3), dtype=np.float32)
    kinds[:, 0] = SURE
    kinds[2] = [0, 0, SURE]
    nobody = np.zeros((words, 2), dtype=np.float32)
    nobody[2, 1] = SURE
    sides = np.zeros((2, words, words), dtype=np.float32)
    sides[0, 2, 1] = SURE
    others = {name: np.zeros((words, len(LABELS[name])), dtype=np.float32) for name in ("event_mode", "event_status")}
    return {"event_type": kinds, "event_nobody": nobody, "event_side": sides, **others}


def test_a_cue_says_type_status_and_sides():
    (cue,) = cues.read(scores(4), LABELS, 0, 4)
    token, kinds, modes, statuses, actors, recipients = cue
    assert token == 2
    assert kinds == [("ASSAULT", 1.0)]
    assert modes == [("ASSAULT.kill", 1.0)]
    assert statuses == [("happened", 0.5), ("planned", 0.5)]
    assert actors == [(1, 1.0)]
    assert recipients == [(cues.NOBODY, 1.0)]


def test_words_of_a_sentence_are_counted_from_its_first():
    (cue,) = cues.read(scores(4), LABELS, 1, 4)
    assert cue[0] == 1
    assert cue[4] == [(0, 1.0)]


def test_no_party_is_looked_for_outside_of_the_sentence():
    (cue,) = cues.read(scores(4), LABELS, 2, 4)
    assert all(word in (cues.NOBODY, 0, 1) for word, _ in cue[4])


def test_cues_move_with_their_words():
    (cue,) = cues.read(scores(4), LABELS, 0, 4)
    moved = cues.moved(cue, [10, 20, 30, 40])
    assert moved[0] == 30
    assert moved[4] == [(20, 1.0)]
    assert moved[5] == [(cues.NOBODY, 1.0)]


def test_cues_stay_with_the_parse():
    doc = spacy.blank("en")("Rebels struck.")
    (cue,) = cues.read(scores(4), LABELS, 0, 4)
    doc.user_data[cues.KEY] = [cue]
    again = parses.parse_of(parses.bytes_of(doc))
    assert cues.of(again) == cues.of(doc)
    assert cues.of(again)[2].event == 1.0


def test_a_pipeline_without_cues_says_so():
    assert cues.of(spacy.blank("en")("Rebels struck.")) is None


def test_cues_of_paragraphs_have_the_words_of_the_text():
    nlp = parses.pipeline.load()
    doc = paragraphs.parse(nlp, "A quiet day.\n\nRebels attacked the town on Monday and killed two soldiers.", 2000)
    read = cues.of(doc)
    assert {doc[token].lower_ for token in read} & {"attacked", "killed"}
    assert all(doc[cue.token].sent.start <= word < doc[cue.token].sent.end
               for cue in read.values() for word in cue.actors if word != cues.NOBODY)  # fmt: skip
