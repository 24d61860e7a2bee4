"""Settings: from the command line, then annals.toml, then the defaults."""

import os
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.codekey import DECISIONS, OWN, RULES
from schemas.errors import LookupFileError, UsageError
from transforms.clean.rules import Rules, SiteRules
from transforms.contract import Params
from transforms.lookups import decisions
from transforms.lookups.decisions import Decision, Level
from transforms.lookups.files import Own
from transforms.lookups.own import parsed

FILE = Path("annals.toml")
LEVELS: Mapping[str, Level] = {"duplicates": "document", "entities": "entity", "events": "event"}
"""Of which level's decisions each stage hears, so that a new one makes nothing else stale."""
P = TypeVar("P", bound=Params)


class Model(BaseModel):
    """Which language model the stage `parses` uses."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    name: str = "en_annals"


class Settings(BaseModel):
    """What a person can set for all stages, and the parameters of single ones.

    Attributes:
        output: the dataset folder.
        workers: processes for map stages; by default the cores, four at most.
        batch_documents: documents that a worker takes at a time.
        catalogue: write annals.duckdb with each version.
        model: the language model.
        max_document_mb: documents over this size are rejected.
        max_unpacked_mb: a file that unpacks to more is read up to there.
        max_unpack_ratio: most bytes that one packed byte may stand for, once that is more than a megabyte.
        max_pack_layers: how often a file may be packed, such as twice in `pages.jsonl.gz.gz`.
        max_records: of a file with more records only so many are read.
        stdin_format: what standard input holds: text, html, json, jsonl, csv, tsv, parquet, warc; by default what its
            first bytes look like.
        cleaning_rules: TOML file of phrases to keep and drop, beside the settings file unless its path is whole.
        lookups: folder of CSV files named like those of transforms/lookups, whose rows are added and win; its path
            starts like that of cleaning_rules.
        decisions: CSV file of the user's own `same` and `different`, which win; its path starts like that of
            cleaning_rules.
        stages: parameters of stages, by stage.
    """

    model_config = ConfigDict(extra="forbid")

    output: Path = Path("output")
    workers: int = Field(default_factory=lambda: min(4, os.cpu_count() or 1), ge=1)
    batch_documents: int = Field(default=32, ge=1)
    catalogue: bool = True
    max_document_mb: int = Field(default=16, ge=1)
    max_unpacked_mb: int = Field(default=50_000, ge=1)
    max_unpack_ratio: int = Field(default=200, ge=1)
    max_pack_layers: int = Field(default=2, ge=0)
    max_records: int = Field(default=5_000_000, ge=1)
    stdin_format: Literal["text", "html", "json", "jsonl", "csv", "tsv", "parquet", "warc"] | None = None
    model: Model = Model()
    cleaning_rules: Path | None = None
    lookups: Path | None = None
    decisions: Path | None = None
    stages: dict[str, dict[str, Any]] = {}

    def params(self, stage: str, kind: type[P]) -> P:
        """Return the parameters of a stage.

        Raises:
            UsageError: a parameter does not exist or has a value that it cannot have.
        """
        given = dict(self.stages.get(stage, {}))
        if "model" in kind.model_fields:
            given.setdefault("model", self.model.name)
        if RULES in kind.model_fields and self.cleaning_rules:
            given.setdefault(RULES, self.rules)
        if OWN in kind.model_fields and self.lookups:
            given.setdefault(OWN, self.own)
        if DECISIONS in kind.model_fields and self.decisions:
            given.setdefault(DECISIONS, decisions.of(self.decided, LEVELS[stage]))
        try:
            return kind(**given)
        except ValidationError as error:
            known = ", ".join(kind.model_fields) or "none"
            raise UsageError(_in_words(error), where=f"[stages.{stage}]", remedy=f"Parameters: {known}") from error

    @cached_property
    def rules(self) -> Rules:
        """What the file `cleaning_rules` says. It is read once, so that one run knows one state of it.

        Raises:
            UsageError: the file cannot be read, or has a rule that cannot be used.
        """
        return _rules(self.cleaning_rules) if self.cleaning_rules else Rules()

    @cached_property
    def own(self) -> Own:
        """What the files in the folder `lookups` say. They are read once, so that one run knows one state of them.

        Raises:
            UsageError: a file cannot be read or has a row that cannot be used.
        """
        return _own(self.lookups) if self.lookups else Own()

    @cached_property
    def decided(self) -> tuple[Decision, ...]:
        """What the file `decisions` says. It is read once, so that one run knows one state of it.

        Raises:
            UsageError: the file cannot be read or has a row that cannot be used.
        """
        return decisions_in(self.decisions) if self.decisions else ()


def _own(folder: Path) -> Own:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise UsageError("there is no CSV file", where=str(folder), remedy="Name a folder with CSV files as lookups")
    try:
        return Own(rows={file.stem: parsed(file.stem, _text(file), str(file)) for file in files})
    except LookupFileError as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from error


def decisions_in(file: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file.

    Raises:
        UsageError: the file cannot be read or has a row that cannot be used.
    """
    if not file.exists():
        remedy = f"`annals decide` makes it, or begin it with the line {','.join(decisions.COLUMNS)}"
        raise UsageError("there is no such file", where=str(file), remedy=remedy)
    try:
        return decisions.parsed(_text(file), str(file))
    except LookupFileError as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(str(error), where=str(file), remedy="Save it as UTF-8 text") from error


def _rules(path: Path) -> Rules:
    try:
        return Rules(**_toml(path, remedy="Mend the file or name another as cleaning_rules"))
    except ValidationError as error:
        known = f"Keys: {', '.join(Rules.model_fields)}; of a site: {', '.join(SiteRules.model_fields)}"
        raise UsageError(_in_words(error), where=str(path), remedy=known) from error


def _toml(path: Path, remedy: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(str(error), where=str(path), remedy=remedy) from error


def load(file: Path | None = None, **given: Any) -> Settings:
    """Return the settings of a TOML file (default: annals.toml, if it is there), with the values given on top.

    Raises:
        UsageError: the file cannot be read, or names something that does not exist; a file that it names is faulty.
    """
    settings = stated(file, **given)
    _ = settings.rules, settings.own, settings.decided
    return settings


def stated(file: Path | None = None, **given: Any) -> Settings:
    """Return the settings as `load` does; the files that they name are not looked into yet.

    Raises:
        UsageError: the file cannot be read, or names something that does not exist.
    """
    path = file or FILE
    remedy = "Mend the file or name another with --settings"
    found = _toml(path, remedy) if file or path.exists() else {}
    try:
        settings = Settings(**{**found, **{name: value for name, value in given.items() if value is not None}})
    except ValidationError as error:
        raise UsageError(
            _in_words(error), where=str(path), remedy=f"Settings: {', '.join(Settings.model_fields)}"
        ) from error
    for stage in settings.stages:
        _require_stage(stage)
    for name in ("cleaning_rules", "lookups", "decisions"):
        if own := getattr(settings, name):
            setattr(settings, name, path.parent / own)
    return settings


def _require_stage(name: str) -> None:
    from flows.graph import require

    require(name)


def _in_words(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
