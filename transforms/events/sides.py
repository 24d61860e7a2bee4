"""Who stands on the two sides of an event: what the slots of its row name, settled against each other."""

from collections.abc import Iterable

from spacy.tokens import Token

from transforms.events import attribution, elsewhere, lexicon, syntax, tables
from transforms.events.arguments import Filler, Slots
from transforms.events.mentions import MentionIndex
from transforms.events.triggers import Trigger

ADDRESSED = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
SPOKEN_TO = frozenset({"AGREE", "THREATEN"})
DOMESTIC = frozenset({"ASSAULT", "COERCE", "PROTEST"})
PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP", "GROUP"})
SPOKEN_BY = ("speaker",)
BODIES = frozenset({"IGO", "IMG"})
Sides = tuple[tuple[Filler, ...], tuple[Filler, ...]]


def sides(trigger: Trigger, slots: Slots, voice: Filler | None) -> Sides:
    """Return actors and recipients of a trigger.

    Args:
        trigger: the word that names the event.
        slots: the slots of its construction.
        voice: who says so, for "I" and "we", and for requests that no verb of asking states.
    """
    predicate = trigger.predicate
    actors = _actors(trigger, slots, voice)
    recipients = _recipients(trigger, slots, voice, actors)
    if predicate.event_type in ADDRESSED and not any(
        filler.is_somebody or syntax.is_person(filler.token) for filler in recipients
    ):
        recipients = _addressed(trigger.token, actors, slots.index) or recipients
    if predicate.symmetric and not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    if predicate.symmetric and not actors and len(recipients) > 1:
        actors, recipients = recipients[:1], recipients[1:]
    if recipients:
        actors = [filler for filler in actors if filler.is_somebody or not _is_event(filler.token)]
    return tuple(actors), tuple(recipients)


def _actors(trigger: Trigger, slots: Slots, voice: Filler | None) -> list[Filler]:
    if trigger.predicate.actor == SPOKEN_BY:
        return [] if voice is None else [voice]
    found = _spoken(slots.fill(trigger.predicate.actor), voice)
    if not found or all(_is_unknown_force(filler) for filler in found):
        found = slots.filled(elsewhere.doers(trigger.token, slots.light)) or found
    return [_author(filler, slots.index) for filler in found]


def _is_unknown_force(filler: Filler) -> bool:
    """Return whether forces without a state act, so that whoever sent them may be named elsewhere: "warships"."""
    known = filler.mention is not None and filler.mention.country
    return not known and syntax.in_words(filler.token, "@troops|@weapon")


def _recipients(trigger: Trigger, slots: Slots, voice: Filler | None, actors: list[Filler]) -> list[Filler]:
    predicate, index = trigger.predicate, slots.index
    taken = {filler.token.i for filler in actors}
    own = {filler.mention.country for filler in actors if filler.mention and filler.mention.country}
    found = [
        _whose(_other(filler, actors, index), index) for filler in _spoken(slots.fill(predicate.recipient), voice)
        if filler.token.i not in taken and not _is_same(filler, actors, index) and not _is_pronoun_of(filler, own)
    ]  # fmt: skip
    if predicate.event_type not in DOMESTIC:
        found = [filler for filler in found if not _is_of(filler, own, index)]
    if predicate.event_type in SPOKEN_TO and predicate.complement != "to":
        found = [filler for filler in found if filler.is_somebody or syntax.is_person(filler.token)]
    return found


def _is_same(filler: Filler, actors: list[Filler], index: MentionIndex) -> bool:
    """Return whether a recipient is the actor himself, by a name, noun or pronoun of its own."""
    mentions = [one.mention for one in actors if one.mention is not None]
    itself = (
        filler.token.pos_ == "PRON" or index.at(filler.token) == filler.mention or not syntax.is_person(filler.token)
    )
    return filler.mention in mentions and itself


def _other(filler: Filler, actors: list[Filler], index: MentionIndex) -> Filler:
    """Take people whom only the actor's possessive names as people of their own: "asked its neighbours"."""
    mentions = [one.mention for one in actors if one.mention is not None]
    owned = filler.mention in mentions and index.at(filler.token) != filler.mention
    return Filler(filler.token, None) if owned else filler


def _is_pronoun_of(filler: Filler, countries: set[str]) -> bool:
    """Return whether a filler is "it" or "they" and means the actor himself: "warned that it will send arms"."""
    mention, is_body = filler.mention, filler.token.lower_ in tables.word_class("of_a_body")
    return is_body and mention is not None and mention.country in countries


def _is_of(filler: Filler, countries: set[str], index: MentionIndex) -> bool:
    """Return whether a recipient is the actor's own: "Peru threatened Peruvian levies", "ruled out Peruvian troops"."""
    if filler.mention is None or filler.mention.country not in countries:
        return False
    if index.at(filler.token) == filler.mention:
        return filler.mention.sector == "MIL"
    return any(index.at(child) == filler.mention for child in syntax.children(filler.token, "amod", "compound"))


def _whose(filler: Filler, index: MentionIndex) -> Filler:
    """Put whose it is in the place of an act or demand: "condemned the killing of the miners by Peru"."""
    if filler.token.pos_ != "NOUN" or not (_is_event(filler.token) or syntax.in_words(filler.token, "@demand")):
        return filler
    after = [child for child in syntax.children(filler.token, "nmod") if syntax.preposition(child) in ("by", "from")]
    owners = [*after, *syntax.children(filler.token, "nmod:poss")]
    named = [Filler(owner, mention) for owner in owners if (mention := index.actor(owner)) is not None]
    return named[0] if named else filler


def _is_event(token: Token) -> bool:
    """Return whether plain words name an event, which does not act: "the standoff"."""
    return token.pos_ == "NOUN" and bool(lexicon.entries("noun", syntax.lemmas(token)))


def _author(filler: Filler, index: MentionIndex) -> Filler:
    """Put the maker in the place of a thing that speaks: "NATO drafted a letter rejecting it"."""
    token = filler.token
    if filler.mention is not None or token.pos_ != "NOUN" or token.dep_ not in ("obj", "obl", "nsubj:pass"):
        return filler
    makers = syntax.agents(token.head) if token.head.pos_ in syntax.VERBAL else []
    known = [Filler(maker, mention) for maker in makers if (mention := index.actor(maker)) is not None]
    return known[0] if known else filler


def _addressed(token: Token, actors: list[Filler], index: MentionIndex) -> list[Filler]:
    """Return the other party that an act of speech is meant for.

    That is whom its speaker tells it, the first other party below the trigger ("threatened to cut what Russia earns"
    is said to Russia), or who is to meet its condition.
    """
    own = {(filler.mention.country, filler.mention.text) for filler in actors if filler.mention}
    countries = {country for country, _ in own if country}
    below = [word for word in sorted(token.subtree, key=lambda word: word.i) if word.i > token.i]
    said_to = [*attribution.addressees(token), *elsewhere.conditioned(token)]
    named = [word for word in below if word.pos_ in ("PROPN", "NOUN")]
    for word in [*said_to, *named]:
        mention = index.at(word)
        if mention is None or not mention.acts or mention.country in countries:
            continue
        party = mention.entity_type in PARTIES and bool(mention.country or mention.sector in BODIES)
        meant = party or (word in said_to and mention.kind == "name")
        if meant and (mention.country, mention.text) not in own:
            return [Filler(word, mention)]
    return []


def _spoken(fillers: Iterable[Filler], voice: Filler | None) -> list[Filler]:
    """Replace "I" and "we" by who speaks."""
    own = tables.word_class("first_person")
    return [voice if voice is not None and filler.token.lower_ in own else filler for filler in fillers]
