"""The file of decisions is checked row by row."""

import pytest

from schemas.errors import LookupFileError
from transforms.lookups.decisions import moved, of, parsed

HEAD = "level,decision,left,right,note\n"


def test_keys_of_entities_are_folded_as_the_ledger_folds_them():
    entity, event = parsed(
        "\ufefflevel;decision;left;right\nEntity;SAME;*:PERSON:Mira O\u2019Duya;ab:person:oduya:2\n"
        "event;different;ab:0f:meet:CONSULT;cd:0f:meet:CONSULT\n",
        "my.csv",
    )
    assert (entity.left, entity.right, entity.line) == ("*:person:mira o duya", "ab:person:oduya:2", 2)
    assert of([entity, event], "event") == (event,)


def test_a_note_is_kept_but_decides_nothing():
    (found,) = parsed(HEAD + "document,same,ab,cd,wire copy\n", "my.csv")
    assert found.note == "wire copy"
    assert "wire" not in found.model_dump_json()


def test_decisions_follow_a_document_that_was_edited():
    found = parsed(HEAD + "document,same,ab,cd,\nentity,same,ab:org:port,*:org:the port,\n", "my.csv")
    pairs = [(one.left, one.right) for one in moved(found, {"ab": "ef"})]
    assert pairs == [("ef", "cd"), ("ef:org:port", "*:org:the port")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("level,left\n", "line 1: the column 'decision' is missing.*Columns: level"),
        ("level,decision,left,right,why\n", "line 1: there is no column 'why'"),
        (HEAD + "entity,same,a:b:c\n", "line 2: the row has too few"),
        (HEAD + "story,same,a,b,\n", "line 2: level cannot be 'story'.*document, entity, event"),
        (HEAD + "document,merge,a,b,\n", "line 2: decision cannot be 'merge'.*same, different"),
        (HEAD + "document,,a,b,\n", "line 2: decision is empty"),
        (HEAD + "document,same,a,,\n", "line 2: right is empty.*document_id"),
        (HEAD + "document,same,*,b,\n", r"line 2: left cannot be '\*'"),
        (HEAD + "entity,same,N-0123,a:person:b,\n", "line 2: left cannot be 'N-0123'.*annals decide"),
        (HEAD + "entity,same,a:person:B,a:PERSON:b,\n", "line 2: left and right are the same"),
        (HEAD + "document,same,a,b,\n\ndocument,different,b,a,\n", "line 4: .* different here and same in line 2"),
    ],
)
def test_a_bad_file_of_decisions_says_what_is_wrong_where(text, message):
    with pytest.raises(LookupFileError, match=rf"(?s)my\.csv, {message}"):
        parsed(text, "my.csv")
