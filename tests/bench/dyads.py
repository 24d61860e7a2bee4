"""Score the label of a given dyad: 15 roots, quad class, conflict or cooperation.

The dyad is given, so a label is always answered: the triggers of the text compete, by what they report, by how near
they stand to source and target, whether these fill their roles, and what the network reads there; words that only the
network takes for an event compete too. What is only planned or possible follows PLOVER's manual: cooperation to come is
AGREE, force to come THREATEN. The benchmark's labels follow the older crosswalk (CAMEO2PLOVER-2021), which the table
OLDER states.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import common
from spacy.tokens import Doc, Token

from schemas import ontology
from transforms.events import arguments, deontic, lexicon, status, syntax, triggers
from transforms.events.judgement import judge
from transforms.events.lexicon import Predicate
from transforms.events.mentions import Mention, MentionIndex
from transforms.events.triggers import Trigger
from transforms.language import cues, parses
from transforms.language.cues import Cue

YIELD = frozenset({"CONCEDE", "RETREAT"})
COMING = dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"), "AGREE")
FORCE = frozenset({"ASSAULT", "SANCTION", "COERCE", "PROTEST", "MOBILIZE"})
WITHHELD = frozenset({"AGREE", *COMING, *YIELD})
OLDER = {"convict": "ACCUSE", "impose": "COERCE", "sanction": "COERCE"}
ANYTHING = "ACCUSE"
Row = dict[str, Any]


def located(doc: Doc, words: str) -> set[int]:
    """Return the tokens of an argument: where its words stand, else tokens that it has in common with the text."""
    at = doc.text.find(words.translate(parses.STRAIGHT))
    span = doc.char_span(at, at + len(words), alignment_mode="expand") if at >= 0 else None
    if span is not None:
        return {token.i for token in span}
    wanted = {word.lower() for word in words.split() if word[:1].isupper()} or {word.lower() for word in words.split()}
    return {token.i for token in doc if token.lower_ in wanted}


def given(doc: Doc, row: Row) -> tuple[MentionIndex, set[int], set[int]]:
    """Return the source and target as the only mentions of the document, and their tokens."""
    sides = [located(doc, row["source"]), located(doc, row["target"])]
    mentions = []
    for number, side in enumerate(sides):
        if side:
            first, last = doc[min(side)], doc[max(side)]
            end = last.idx + len(last)
            mentions.append(Mention(number, first.idx, end, doc.text[first.idx : end], "ORG", "name", None, None))
    return MentionIndex(doc, mentions), sides[0], sides[1]


def readings(doc: Doc, index: MentionIndex) -> Iterator[tuple[Trigger, float]]:
    """Yield the triggers with a first score: rows that fit, then words of the lexicon whose construction does not."""
    consumed: set[int] = set()
    for token in doc:
        trigger = triggers.best(token, index)
        if trigger is not None:
            consumed |= trigger.consumed
            yield trigger, 1.0 + 0.15 * trigger.predicate.constraints - 2.0 * (token.i in consumed)
            continue
        pos = lexicon.POS.get(token.pos_)
        rows = lexicon.entries(pos, syntax.lemmas(token)) if pos else ()
        plain = [row for row in rows if row.event_type and row.object in ("", "+", "$") and not _is_bound(row)]
        if plain:
            yield Trigger(token, min(plain, key=lambda row: row.constraints)), 0.2
    for sentence in doc.sents:
        yield from ((trigger, 1.2) for trigger in deontic.requests(sentence, index))


def _is_bound(row: Predicate) -> bool:
    """Return whether a row wants more than an object."""
    return bool(row.modifier or row.particle or row.preposition or row.complement or row.subject)


def closeness(trigger: Trigger, index: MentionIndex, source: set[int], target: set[int]) -> float:
    """Return how well the trigger binds the dyad: roles filled, then words below it."""
    slots = arguments.Slots(trigger, index)
    actors = {filler.token.i for filler in slots.fill(trigger.predicate.actor) if filler.mention}
    recipients = {filler.token.i for filler in slots.fill(trigger.predicate.recipient) if filler.mention}
    below = {token.i for token in trigger.token.subtree}
    score = 1.5 * bool(actors & source) + 1.0 * bool(recipients & target)
    score += 0.6 * bool(below & source) + 0.6 * bool(below & target) - 1.0 * (trigger.token.i in source | target)
    return score - 0.1 * _depth(trigger.token)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def label(trigger: Trigger, carrier: Token | None) -> str:
    """Return the root that a trigger stands for, whatever its status."""
    kind = trigger.predicate.event_type
    if trigger.predicate is deontic.REQUEST:
        return kind
    reality = status.reality(trigger.token, carrier)
    judgement = judge(trigger.predicate, reality)
    if judgement is not None and judgement.status != "planned":
        kind = judgement.event_type
    elif reality.negated or reality.status == "denied":
        kind = "REJECT" if kind in WITHHELD else kind
    elif kind in FORCE and (reality.status == "planned" or reality.modal):
        kind = "THREATEN"
    else:
        kind = COMING.get(kind, kind)
    if kind == "CONCEDE" and trigger.predicate.complement:
        kind = "AGREE"
    if kind == "COERCE" and trigger.predicate.mode == "cyber":
        kind = "ASSAULT"
    if kind == "SANCTION":
        kind = OLDER.get(trigger.predicate.lemma, kind)
    return "YIELD" if kind in YIELD else kind


def heard(cue: Cue) -> str:
    """Return the root that the network reads at a word."""
    kind = max(cue.types, key=lambda name: cue.types[name])
    if max(cue.statuses, key=lambda name: cue.statuses[name], default="happened") == "planned":
        kind = "THREATEN" if kind in FORCE else COMING.get(kind, kind)
    return "YIELD" if kind in YIELD else kind


def agreement(cue: Cue | None, root: str, source: set[int], target: set[int]) -> float:
    """Return how far the network agrees with a root at a word, and with the dyad as its sides."""
    if cue is None:
        return 0.0
    kinds = YIELD if root == "YIELD" else {root}
    sides = sum(cue.actors.get(word, 0.0) for word in source) + sum(cue.recipients.get(word, 0.0) for word in target)
    return 0.5 * sum(cue.types.get(kind, 0.0) for kind in kinds) + 0.5 * sides


def answer(doc: Doc, row: Row) -> tuple[str, str]:
    """Return the label of a row's dyad and the row of the lexicon that gave it, or "cue" where the network did."""
    index, source, target = given(doc, row)
    read = cues.of(doc) or {}
    scored = []
    for trigger, first in readings(doc, index):
        root = label(trigger, arguments.Slots(trigger, index).light)
        score = first + closeness(trigger, index, source, target)
        score += agreement(read.get(trigger.token.i), root, source, target)
        scored.append((score, -trigger.token.i, root, trigger.predicate.name))
    for cue in (cue for cue in read.values() if cue.types):
        score = 0.5 + cue.event + agreement(cue, heard(cue), source, target)
        scored.append((score, -cue.token, heard(cue), "cue"))
    return max(scored)[2:] if scored else (ANYTHING, "none")


def quad(root: str) -> int:
    return 2 if root == "YIELD" else ontology.QUAD_CLASSES.index(ontology.quad_class(root)) + 1


def binary(root: str) -> str:
    return "COOPERATION" if quad(root) <= 2 else "CONFLICT"


def macro_f1(pairs: list[tuple[Any, Any]]) -> float:
    """Return the mean F1 over the labels that the gold has."""
    values = []
    for kind in sorted({gold for gold, _ in pairs}):
        right = sum(gold == predicted == kind for gold, predicted in pairs)
        found, wanted = sum(predicted == kind for _, predicted in pairs), sum(gold == kind for gold, _ in pairs)
        values.append(common.counted(right, found, wanted)[2])
    return sum(values) / len(values) if values else 0.0


def main(options: argparse.Namespace) -> None:
    rows = [row for path in options.file for row in common.read_rows(path)]
    params = parses.Params(model=options.model)
    parses.parse("A first text loads the model.", params)
    clock = common.Clock()
    answers = [answer(parses.parse(row["text"], params), row) for row in rows]
    roots = [root for root, _ in answers]
    seconds = clock.seconds()
    pairs = [(row["root"], root) for row, root in zip(rows, roots, strict=True)]
    result = {
        "root": macro_f1(pairs),
        "quad": macro_f1([(row["quad"], quad(root)) for row, root in zip(rows, roots, strict=True)]),
        "binary": macro_f1([(row["binary"], binary(root)) for row, root in zip(rows, roots, strict=True)]),
    }
    common.write_predictions(
        options.predictions,
        ({"id": row.get("id", i), "root": root, "quad": quad(root), "binary": binary(root), "rule": rule}
         for i, (row, (root, rule)) in enumerate(zip(rows, answers, strict=True))),
    )  # fmt: skip
    common.finish(result, n=len(rows), seconds=seconds, interval=common.bootstrap(pairs, macro_f1))


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default="en_annals")
    main(parser.parse_args())
