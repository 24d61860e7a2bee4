"""The errors of Annals. Each keeps its facts as attributes; its message says what happened, where, and what to do."""


class AnnalsError(Exception):
    """Something that a person can mend.

    Attributes:
        what: what happened.
        where: the file, table, stage or option concerned.
        remedy: what to do about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        """Keep the three facts and join them into the message."""
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(f"{where}: {what}. {remedy}")


class UsageError(AnnalsError):
    """The command line or a setting asks for something that does not exist."""

    exit_code = 2


class CheckError(AnnalsError):
    """A check blocked publishing; the previous version stays."""

    exit_code = 3


class InputError(AnnalsError):
    """An input file cannot be read."""


class DatasetError(AnnalsError):
    """The dataset folder is damaged, locked, or not a dataset."""


class ModelError(AnnalsError):
    """The language model cannot be loaded or lacks a component."""


class LookupFileError(AnnalsError):
    """A lookup file has a row that cannot be used."""
