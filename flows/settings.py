"""Settings: from the command line, then annals.toml, then the defaults."""

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import UsageError
from transforms.contract import Params

FILE = Path("annals.toml")


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
        stages: parameters of stages, by stage.
    """

    model_config = ConfigDict(extra="forbid")

    output: Path = Path("output")
    workers: int = Field(default_factory=lambda: min(4, os.cpu_count() or 1), ge=1)
    batch_documents: int = Field(default=32, ge=1)
    catalogue: bool = True
    max_document_mb: int = Field(default=16, ge=1)
    model: Model = Model()
    stages: dict[str, dict[str, Any]] = {}

    def params(self, stage: str, kind: type[Params]) -> Params:
        """Return the parameters of a stage.

        Raises:
            UsageError: a parameter does not exist or has a value that it cannot have.
        """
        given = dict(self.stages.get(stage, {}))
        if "model" in kind.model_fields:
            given.setdefault("model", self.model.name)
        try:
            return kind(**given)
        except ValidationError as error:
            known = ", ".join(kind.model_fields) or "none"
            raise UsageError(_in_words(error), where=f"[stages.{stage}]", remedy=f"Parameters: {known}") from error


def load(file: Path | None = None, **given: Any) -> Settings:
    """Return the settings of a TOML file (default: annals.toml, if it is there), with the values given on top.

    Raises:
        UsageError: the file cannot be read, or names something that does not exist.
    """
    path = file or FILE
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8")) if file or path.exists() else {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(str(error), where=str(path), remedy="Mend the file or name another with --settings") from error
    try:
        settings = Settings(**{**stated, **{name: value for name, value in given.items() if value is not None}})
    except ValidationError as error:
        raise UsageError(
            _in_words(error), where=str(path), remedy=f"Settings: {', '.join(Settings.model_fields)}"
        ) from error
    for stage in settings.stages:
        _require_stage(stage)
    return settings


def _require_stage(name: str) -> None:
    from flows.graph import require

    require(name)


def _in_words(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
