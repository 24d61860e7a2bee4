"""What one sentence reports: the event, who stands on its sides, where, when, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.events.arguments import Filler
from transforms.events.dates import DateExpression
from transforms.events.judgement import Judgement
from transforms.events.quantities import Quantity
from transforms.events.triggers import Trigger


@dataclass(frozen=True)
class Report:
    """An event as one sentence reports it.

    Attributes:
        trigger: the word that names it and the row of the lexicon that decided.
        judgement: type, mode and status.
        actors: who acts.
        recipients: who is acted upon.
        speaker: who says so.
        place: where.
        happened: the date expression that dates it.
        quantity: what it counts.
        is_quoted: the trigger stands inside quotation marks.
        confidence: 0 to 1.
    """

    trigger: Trigger
    judgement: Judgement
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    speaker: Filler | None = None
    place: Filler | None = None
    happened: DateExpression | None = None
    quantity: Quantity | None = None
    is_quoted: bool = False
    confidence: float = 1.0

    @property
    def is_sided(self) -> bool:
        """Whether words stand on one of its two sides."""
        return bool(self.actors or self.recipients)

    def fillers(self) -> Iterator[tuple[str, Filler]]:
        """Yield the roles that words fill, as (role, filler)."""
        yield from (("actor", filler) for filler in self.actors)
        yield from (("recipient", filler) for filler in self.recipients)
        yield from (("place", filler) for filler in (self.place,) if filler is not None)
        yield from (("attributed_to", filler) for filler in (self.speaker,) if filler is not None)
