"""The manifest of a version: what it was made from, by what, and what is in it."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class StageRecord(BaseModel):
    """What a stage did for a version.

    Attributes:
        code_key: 16 hex digits that stand for everything but the input rows.
        components: what the code key was made of, by kind.
        data_versions: hash of the rows of each table that it made.
    """

    model_config = ConfigDict(frozen=True)

    code_key: str
    components: dict[str, Any]
    data_versions: dict[str, str]


class TableRecord(BaseModel):
    """A published table: rows, the hash of its rows, and whether the file is that of the version before."""

    model_config = ConfigDict(frozen=True)

    rows: int
    data_version: str
    unchanged: bool


class Finding(BaseModel):
    """Outcome of a check that failed: an error blocks publishing, a warning is published and listed."""

    model_config = ConfigDict(frozen=True)

    severity: str
    table: str
    rule: str
    rows: int
    examples: list[str]

    def __str__(self) -> str:
        """Return the finding in one line."""
        return f"{self.severity}: {self.table}: {self.rule}: {self.rows} rows, such as {'; '.join(self.examples)}"


class Manifest(BaseModel):
    """Everything that is needed to say how a version came about.

    Attributes:
        version: its number.
        parent: number of the version whose sources and ledger it continues.
        published_at: time of publishing, UTC, ISO 8601.
        annals: version of the program.
        schema_version: version of the schemas.
        inputs: INPUT arguments of the run, with the option --retract-missing if it was given.
        model: language model and the hash of its files.
        publish_key: hash of all that the tables were made from; a run with the same key changes nothing.
        stages: what each stage did.
        tables: what is published.
        findings: checks that failed, as warnings.
    """

    version: int
    parent: int | None
    published_at: str
    annals: str
    schema_version: str
    inputs: list[str]
    model: dict[str, str]
    publish_key: str
    stages: dict[str, StageRecord]
    tables: dict[str, TableRecord]
    findings: list[Finding]
