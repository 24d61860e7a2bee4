"""Nouns that go back to something named before: "the administration", "the troops", "those officials"."""

from transforms.entities.reading import Mention, Reading, children, root_of
from transforms.lookups import facts

DEFINITE = ("the", "this", "that", "these", "those")


def resolve(reading: Reading, names: list[Mention], nominals: list[Mention]) -> None:
    """Give definite nouns without a country to the entity of the same noun before them, if there is only one.

    "The council" goes to "Harbour Council", "the troops" to "Peruvian troops". Where the document names two such
    entities before the noun, it stays on its own.
    """
    owners = [*(name for name in names if name.entity_type == "ORG"), *(n for n in nominals if n.country)]
    owners.sort(key=lambda mention: mention.first)
    for nominal in nominals:
        if nominal.country or nominal.entity_type != "GROUP" or not nominal.key.startswith("noun:"):
            continue
        if not _definite(reading, nominal):
            continue
        fitting = [o for o in owners if o.first < nominal.first and _same_noun(reading, o, nominal)]
        if len({owner.key for owner in fitting}) == 1:
            owner = fitting[-1]
            nominal.key, nominal.entity_type, nominal.name = owner.key, owner.entity_type, owner.name
            nominal.country, nominal.sector = owner.country, owner.sector


def _definite(reading: Reading, nominal: Mention) -> bool:
    root = root_of(reading.doc, nominal.first, nominal.last)
    return any(child.lower_ in DEFINITE for child in children(root, "det"))


def _same_noun(reading: Reading, owner: Mention, nominal: Mention) -> bool:
    if owner.kind == "nominal":
        return owner.description == nominal.description and owner.entity_type == "GROUP"
    return owner.last - owner.first > 1 and facts.fold(reading.words[owner.last - 1]) == nominal.description
