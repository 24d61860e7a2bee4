"""What decided a report: the row of the lexicon and its rivals, what made its status, the arcs between its words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.events import lexicon, status, syntax, tables, triggers
from transforms.events.arguments import Slots
from transforms.events.judgement import judge
from transforms.events.lexicon import Predicate
from transforms.events.mentions import MentionIndex
from transforms.events.report import Report
from transforms.events.tenses import tense_of
from transforms.events.triggers import Trigger
from transforms.events.weighing import near_words
from transforms.language import cues

RIVALS = 3
LEAST_TOLD = 0.1
HEADER = 2
"""Line of a lookup file on which its first row stands."""
SAID_OF_THE_TRIGGER = ("aux", "aux:pass", "advmod", "det", "cc")


@dataclass(frozen=True)
class LookupRow:
    """A row of a lookup file: the file, its line there from 1, and the cells that are not empty."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Reason:
    """What spoke for the status: in words, and the row of a lookup that says so."""

    says: str
    row: LookupRow | None = None


@dataclass(frozen=True)
class Node:
    """A word of the sentence's tree.

    Attributes:
        index: number of the word in its document.
        head: number of the word that it hangs on; None for the main verb.
        relation: label of the arc, Universal Dependencies; with the preposition, as in "obl:with".
        word: the word.
        parts: what it is to the report, such as trigger or actor.
    """

    index: int
    head: int | None
    relation: str
    word: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What decided a report.

    Attributes:
        row: the row of the lexicon that fits best; None where no word of the lexicon names the event.
        needed: words that meet the row's constraints.
        rivals: rows that fit as well and say something else, the most specific first.
        tense: of the clause, which gives a date its direction.
        reasons: what made the status.
        tree: the words of the report and all that stand between them and the main verb, in text order.
        elsewhere: words of other sentences that fill a role, as "role: words".
    """

    row: LookupRow | None
    needed: tuple[str, ...]
    rivals: tuple[LookupRow, ...]
    tense: str
    reasons: tuple[Reason, ...]
    tree: tuple[Node, ...]
    elsewhere: tuple[str, ...]


def evidence_of(report: Report, index: MentionIndex) -> Evidence:
    """Return what decided a report of the document whose mentions are given."""
    trigger, slots = report.trigger, Slots(report.trigger, index)
    parts = _parts(report, slots.light)
    return Evidence(
        row=_predicate_row(trigger.predicate),
        needed=tuple(trigger.token.doc[i].text for i in sorted(trigger.consumed)),
        rivals=tuple(_rivals(trigger.token, trigger.predicate, index)),
        tense=tense_of(trigger.token, "past"),
        reasons=tuple(_reasons(report, slots.light)),
        tree=tuple(_tree(trigger.token, parts)),
        elsewhere=tuple(_elsewhere(report)),
    )


def row_of(file: str, number: int) -> LookupRow:
    """Return row `number` (from 0) of a lookup file, named without its ending."""
    cells = {column: value for column, value in tables.rows(file)[number].items() if value}
    return LookupRow(f"{file}.csv", number + HEADER, cells)


def _predicate_row(predicate: Predicate) -> LookupRow | None:
    return row_of("predicates", predicate.number) if predicate.number >= 0 else None


def _rivals(token: Token, chosen: Predicate, index: MentionIndex) -> Iterator[LookupRow]:
    seen = {chosen.event_type}
    for row, _ in triggers.candidates(token, index):
        if row.event_type not in seen and len(seen) <= RIVALS:
            seen.add(row.event_type)
            yield row_of("predicates", row.number)


def _reasons(report: Report, light: Token | None) -> Iterator[Reason]:
    """What the rules of status look at, and where the result is another one, that something else has settled it."""
    trigger, judgement = report.trigger, report.judgement
    carrier = light if light is not None else trigger.token
    reality = status.reality(trigger.token, light)
    if light is not None:
        yield Reason(f'carried by the light verb "{light.text}"', _found("light_verbs", light))
    if trigger.predicate.status:
        yield Reason(f"the row itself states {trigger.predicate.status}", _predicate_row(trigger.predicate))
    if reality.modal:
        yield Reason(f'modal of "{carrier.text}": {reality.modal}')
    if reality.negated:
        yield Reason(f'"{carrier.text}" is negated')
    yield from _embedding(carrier, reality.embedded)
    yield Reason(f"{tense_of(trigger.token, 'past')} tense; the words around the trigger say {reality.status}")
    yield from _heard(trigger)
    read = judge(trigger.predicate, reality)
    if judgement.reason:
        before = trigger.predicate.event_type
        turned = f"{before} becomes " if before != judgement.event_type else ""
        yield Reason(f"{turned}{judgement.event_type}, {judgement.status}: {judgement.reason}")
    elif read is None or read.status != judgement.status:
        yield Reason(f"settled as {judgement.status} by its date or by what else the document tells")


def _heard(trigger: Trigger) -> Iterator[Reason]:
    """What the network reads at the words that name the event."""
    read = cues.of(trigger.token.doc) or {}
    for word in sorted({trigger.token.i, *near_words(trigger)} & read.keys()):
        shares = [*read[word].types.items(), *read[word].statuses.items()]
        said = ", ".join(f"{name} {share:.2f}" for name, share in shares if share >= LEAST_TOLD)
        yield Reason(f'the network reads at "{trigger.token.doc[word].text}": {said}')


def _embedding(carrier: Token, embedded: str) -> Iterator[Reason]:
    """The words above that may take an event's reality away."""
    for above in carrier.ancestors:
        effect = status.effect(above)
        if effect != "happened":
            reach = "" if effect == embedded else ", without effect here"
            yield Reason(f'"{above.text}" above it: {effect}{reach}', _found("status_operators", above))


def _found(file: str, token: Token) -> LookupRow | None:
    lemmas, pos = {*syntax.lemmas(token), token.lower_}, lexicon.POS.get(token.pos_)
    rows = enumerate(tables.rows(file))
    number = next((n for n, row in rows if row["lemma"] in lemmas and row.get("pos", pos) == pos), None)
    return None if number is None else row_of(file, number)


def _parts(report: Report, light: Token | None) -> dict[int, tuple[str, ...]]:
    """What words of the trigger's sentence are to the report."""
    token = report.trigger.token
    named = [("trigger", token), *_named(report)]
    if light is not None:
        named.append(("light verb", light))
    if report.happened is not None:
        named.append(("date", token.doc[report.happened.start : report.happened.end].root))
    if report.quantity is not None:
        named.append(("quantity", report.quantity.token))
    named += [("needed", token.doc[i]) for i in report.trigger.consumed]
    for carrier in filter(None, (token, light)):
        named += [("", word) for word in syntax.children(carrier, *SAID_OF_THE_TRIGGER)]
    found: defaultdict[int, list[str]] = defaultdict(list)
    for part, word in named:
        if word.sent.start == token.sent.start:
            found[word.i].append(part)
    return {i: tuple(dict.fromkeys(filter(None, parts))) for i, parts in found.items()}


def _named(report: Report) -> Iterator[tuple[str, Token]]:
    """The words that fill a role, and those of whom they stand for: "Chad" in "the demands of Chad"."""
    for role, filler in report.fillers():
        yield role, filler.token
        span = filler.token.doc.char_span(*filler.span, alignment_mode="expand")
        if span is not None and filler.token not in span:
            yield role, span.root


def _tree(trigger: Token, parts: dict[int, tuple[str, ...]]) -> Iterator[Node]:
    doc = trigger.doc
    inside = {word.i: word for i in parts for word in (doc[i], *doc[i].ancestors)}
    for i, word in sorted(inside.items()):
        root = word.head.i == i
        preposition = syntax.preposition(word)
        relation = f"{word.dep_} {preposition}".strip()
        yield Node(i, None if root else word.head.i, relation, word.text, parts.get(i, ()))


def _elsewhere(report: Report) -> Iterable[str]:
    """What fills a role although it stands in another sentence: whom a pronoun or a definite noun goes back to."""
    sentence = report.trigger.token.sent
    for role, filler in report.fillers():
        mention = filler.mention
        if mention is not None and not sentence.start_char <= mention.start < sentence.end_char:
            yield f"{role}: {mention.text}"
