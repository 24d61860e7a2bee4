"""How the evidence of an event looks on a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from flows.evidence import members_text, pairs_text, words
from flows.evidence.event import Event
from flows.evidence.members import Members, words_of
from flows.evidence.parties import Chain, Party
from flows.evidence.reports import Place, Report
from flows.evidence.version import SIDES, Row
from transforms.events.evidence import Evidence, LookupRow, Node
from transforms.events.merging_decisions import KINDS

Facts = Iterable[tuple[str, str | Text | Tree | None]]
STYLES = {
    "trigger": "bold red", "actor": "bold green", "recipient": "bold blue", "place": "magenta", "date": "yellow",
    "quantity": "cyan", "attributed_to": "italic",
}  # fmt: skip
WANTS = (
    "lemma", "pos", "particle", "subject", "object", "preposition", "complement", "modifier", "tense", "basis",
)  # fmt: skip
GIVES = ("event_type", "mode", "contexts", "status", "actor", "recipient", "symmetric")
"""Columns of predicates.csv: what a word must stand in, and what it then reports."""
COUNTS = (("mention", "report"), ("document", "document"), ("outlet", "outlet"))
FORMS = 8
"""Different words for an entity that are printed at the most."""


def print_to(console: Console, found: Event | Members) -> None:
    """Print an event with its reports and parties, and why the reports are one; or why other members are."""
    if isinstance(found, Members):
        console.rule(Text(members_text.title(found), style="bold"), align="left")
        console.print(_grid(members_text.facts(found)))
        return
    event = found.row
    console.rule(Text(f"{event['event_id']}: {words.event(event)}", style="bold"), align="left")
    console.print(_grid(_facts(found)))
    for number, report in enumerate(found.reports, 1):
        _print_report(console, number, report)
    if found.more_reports:
        console.print(f"\nand {words.counted(found.more_reports, 'report')} more: ask for --reports 0", highlight=False)
    for party in found.parties:
        _print_party(console, party, found)
    _print_merges(console, found)


def _facts(found: Event) -> Facts:
    event = found.row
    yield "headline", event["headline"]
    equals = KINDS[event["event_type"]].symmetric
    arrow, said = ("<->", "; equals, whose order says nothing") if equals else ("->", "")
    yield "sides", f"{_side(event, 'actor')} {arrow} {_side(event, 'recipient')}{said}"
    dated = [n for n, report in enumerate(found.reports, 1) if _dates(report.mention) == _dates(event)]
    when = _when(event["started_on"], event["ended_on"], event["date_precision"], event["date_basis"])
    yield "date", when + (f", in report {dated[0]}" if dated and event["started_on"] else "")
    yield "place", " ".join(filter(None, (event["place_name"], event["place_country"])))
    if event["quantity"] is not None:
        yield "quantity", f"{event['quantity']:,.10g} {event['quantity_unit'] or ''}"
    yield "scale", f"{event['quad_class']}, intensity {event['intensity']:g}, CAMEO root {event['cameo_root']}"
    yield "contexts", event["contexts"]
    told = [words.counted(event[f"{what}_count"], name) for what, name in COUNTS]
    yield "confidence", f"{event['confidence']:.2f}; {told[0]} in {told[1]} of {told[2]}"
    yield "carries out", words.dated_event(found.follows) if found.follows else None
    yield "carried out by", "\n".join(map(words.dated_event, found.followed_by))
    yield "note", "\n".join(found.notes)


def _side(event: Row, side: str) -> str:
    about = ", ".join(filter(None, (event[f"{side}_country"], event[f"{side}_sector"])))
    return f"{event[f'{side}_name'] or words.NOBODY}{f' ({about})' if about else ''}"


def _when(first: object, last: object, precision: str | None, basis: str | None) -> str:
    days = str(first) if first == last else f"{first} to {last}"
    if first is None:
        return "unknown: no date stands with it"
    said = f'said as "{basis.removeprefix("text:")}"' if basis and basis.startswith("text:") else "day of publication"
    return ", ".join(filter(None, (days, precision, said)))


def _dates(row: Row) -> tuple[object, object]:
    return row["started_on" if "started_on" in row else "happened_from"], row["date_basis"]


def _print_report(console: Console, number: int, report: Report) -> None:
    row, document = report.mention, report.document
    console.print()
    console.rule(Text(f"Report {number}: {row['event_mention_id']}", style="bold"), align="left")
    console.print(marked(report))
    console.print(_grid(_report_facts(row, document, report)))


def _report_facts(row: Row, document: Row, report: Report) -> Facts:
    copied = f"copy of {document['duplicate_of']}" if document["duplicate_of"] else None
    yield "source", "; ".join(map(str, filter(None, (document["outlet"], document["title"], document["url"], copied))))
    yield "published", f"{document['published_on'] or 'unknown'} ({document['published_on_basis']})"
    yield "file", _where(report.place, document["format"])
    if report.place.raw_text.split() != row["sentence"].split():
        yield "it says", report.place.raw_text
    yield "decided by", row["rule"]
    yield from _decided(report.evidence)
    quoted = ", inside quotation marks" if row["is_quoted"] else ""
    yield "type, status", f"{words.kind(row)}, {row['status']}{quoted}"
    said = report.evidence.tense if report.evidence else None
    when = _when(row["happened_from"], row["happened_to"], None, row["date_basis"])
    yield "date", f"{when}; the clause is in the {said} tense" if said and row["happened_from"] else when
    yield "said by", row["attributed_to_text"]
    yield "runner-up", row["runner_up"] or "none"
    yield "confidence", f"{row['confidence']:.2f}"
    if report.evidence:
        yield "arcs", tree(report.evidence.tree)


def _where(place: Place, form: str) -> str:
    lines = f"line {place.first_line}"
    if place.last_line > place.first_line:
        lines = f"lines {place.first_line} to {place.last_line}"
    rendered = " (of the text that the HTML shows)" if form == "html" else ""
    return f"{place.source_uri}, {lines}, characters {place.raw_start} to {place.raw_end}{rendered}"


def _decided(evidence: Evidence | None) -> Facts:
    if evidence is None:
        yield "", "the stages of today do not report this any more, so that what decided cannot be shown"
        return
    yield "row", _row(evidence.row, WANTS) if evidence.row else "none: no word of the lexicon names it"
    yield "met by", ", ".join(f'"{word}"' for word in evidence.needed)
    yield "it gives", _cells(evidence.row, GIVES) if evidence.row else None
    yield "fit as well", "\n".join(_row(row, (*WANTS, *GIVES)) for row in evidence.rivals)
    yield "status from", "\n".join(reason.says + _cited(reason.row) for reason in evidence.reasons)
    yield "stands for", "\n".join(f"{words}, in another sentence" for words in evidence.elsewhere)


def _cited(row: LookupRow | None) -> str:
    return f" [{row.file}:{row.line}]" if row else ""


def _row(row: LookupRow, columns: Iterable[str] | None = None) -> str:
    return f"{row.file}:{row.line}  {_cells(row, columns)}"


def _cells(row: LookupRow, columns: Iterable[str] | None = None) -> str:
    """What a row states in some columns, or in all."""
    wanted = row.cells if columns is None else columns
    return ", ".join(f"{column} {row.cells[column]}" for column in wanted if column in row.cells)


def marked(report: Report) -> Text:
    """Return the sentence with trigger and arguments in brackets that name them."""
    start, sentence = report.mention["sentence_start"], report.mention["sentence"]
    spans = [("trigger", report.mention["trigger_start"] - start, report.mention["trigger_end"] - start)]
    spans += [(row["role"], row["start"] - start, row["end"] - start) for row in report.arguments]
    inside = [span for span in spans if 0 <= span[1] < span[2] <= len(sentence)]
    text, place = Text(), 0
    for first, last, names in _apart(inside):
        text.append(sentence[place:first])
        text.append(f"[{', '.join(names)}: {sentence[first:last]}]", STYLES[names[0]])
        place = last
    return text.append(sentence[place:])


def _apart(spans: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, list[str]]]:
    """The spans in text order, those that share characters as one."""
    held: tuple[int, int, list[str]] | None = None
    for name, first, last in sorted(spans, key=lambda span: (span[1], -span[2])):
        if held and first < held[1]:
            held = (held[0], max(held[1], last), list(dict.fromkeys((*held[2], name))))
            continue
        if held:
            yield held
        held = (first, last, [name])
    if held:
        yield held


def tree(nodes: Sequence[Node]) -> Tree:
    """Return the arcs as a tree that hangs on the main verb."""
    below: dict[int | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.head, []).append(node)
    root = Tree("", hide_root=True)
    waiting = [(root, node) for node in below.get(None, [])]
    while waiting:
        branch, node = waiting.pop()
        inner = branch.add(_node(node))
        waiting += [(inner, child) for child in reversed(below.get(node.index, []))]
    return root


def _node(node: Node) -> Text:
    style = next((STYLES[part] for part in node.parts if part in STYLES), "")
    parts = f"  <- {', '.join(node.parts)}" if node.parts else ""
    return Text.assemble((f"{node.relation}: ", "dim"), (node.word, style), (parts, style))


def _print_party(console: Console, party: Party, found: Event) -> None:
    entity = party.entity
    uris = {report.document["document_id"]: report.place.source_uri for report in found.reports}
    console.print()
    title = f"{', '.join(dict.fromkeys(party.roles))}: {entity['name']} ({entity['entity_id']})"
    console.rule(Text(title, style="bold"), align="left")
    about = ", ".join(filter(None, (entity["entity_type"], entity["country"], entity["sector"], entity["description"])))
    facts = [("is", about), ("rests on", entity["basis"])]
    facts += [("named in", f"{uris[chain.row['document_id']]}\n{_chain(chain)}") for chain in party.chains]
    facts += [("lookup", "\n".join(map(_row, party.rows)))]
    facts += [("judged", "\n".join(_judgement(row, uris) for row in party.judgements))]
    more = f"and {words.counted(party.more_judgements, 'judgement')} more, of other documents too"
    facts += [("", more if party.more_judgements else "")]
    console.print(_grid(facts))


def _chain(found: Chain) -> str:
    chain, forms = found.row, list(found.forms.items())
    words = ", ".join(f'"{text}" x{count}' for text, count in forms[:FORMS])
    more = f" and {len(forms) - FORMS} more" if len(forms) > FORMS else ""
    about = ", ".join(filter(None, (chain["country"], chain["sector"], chain["description"])))
    return f"as {words}{more}\nwho is {chain['name']} ({about or 'nothing known'}) by {chain['basis']}"


def _judgement(row: Row, uris: Mapping[str, str]) -> str:
    """A judgement about two chains, each as its name and its document."""
    said = []
    for side in SIDES:
        document, *_, name = row[side].split(":")[:3]
        said.append(f'"{name}" in {uris.get(document, document)}')
    decision = "is" if row["decision"] == "same" else "is not"
    return f"{said[0]} {decision} {said[1]}: {words_of(row['rule'])} ({row['score']:.2f})"


def _print_merges(console: Console, found: Event) -> None:
    if found.merges or found.apart or found.decisions:
        console.print()
        console.rule(Text("One event, and not others", style="bold"), align="left")
        console.print(_grid(pairs_text.facts(found)))


def _grid(facts: Facts) -> Grid:
    """Facts under each other; those without value are left out."""
    grid = Grid(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in facts:
        if value:
            # As Text, or brackets would count as markup.
            grid.add_row(Text(name), Text(value) if isinstance(value, str) else value)
    return grid
