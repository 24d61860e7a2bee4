"""How a run goes: the outcome of each stage, and who is told."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One line of the closing table.

    Rows are rows of tables; `computed` and `reused` count documents, in stages over the corpus the one computation.
    """

    stage: str
    rows_in: int
    rows_out: int
    rejected: int
    computed: int
    reused: int
    seconds: float


class Observer:
    """Is told how a run goes. This one does nothing."""

    def started(self, stage: str, total: int) -> None:
        """A stage is about to compute `total` documents."""

    def advanced(self, documents: int) -> None:
        """So many documents more are done."""

    def noted(self, text: str) -> None:
        """Something was guessed that a person should know."""

    def done(self, outcome: Outcome) -> None:
        """A stage is over."""

    def reached(self, point: str) -> None:
        """A point is reached at which a kill must do no harm."""


# Prefect pickles the flow with all that its module names, and a context variable cannot be pickled: so it stands here.
_OBSERVER: ContextVar[Observer | None] = ContextVar("observer", default=None)


def watch(observer: Observer) -> None:
    """Let runs that Prefect starts in this process tell the observer how they go."""
    _OBSERVER.set(observer)


def watching() -> Observer | None:
    """Return the observer of runs that Prefect starts in this process, if there is one."""
    return _OBSERVER.get()
