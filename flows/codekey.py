"""The code key of a stage: everything that decides its rows besides its input rows.

Code counts without comments, docstrings and layout, so that an edited comment makes nothing stale; schemas count only
where the stage reads or makes them.
"""

import ast
import hashlib
import importlib.metadata
import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from schemas.table import Table
from transforms.contract import Params, Stage

FIRST_PARTY = ("schemas", "transforms")
# Read when the module is imported, so it counts as its code.
DATA_OF = {"schemas.ontology": "plover"}
# Tables and columns are counted one by one, where a stage names them.
COUNTED_APART = frozenset(f"schemas.{name}" for name in ("columns", "work", "clusters", "memory", "published", "table"))

# What the user's own files say reaches the stage as these parameters; as resources they are told apart by their hash.
RULES, OWN, DECISIONS = "rules", "own", "decisions"
USERS = {RULES, OWN, DECISIONS}


def components(stage: Stage, params: Params) -> dict[str, Any]:
    """Return what the code key is made of, by kind, so that two keys can be compared in words."""
    return {
        "code": {name: _code_hash(name) for name in sorted(_modules(stage.function.__module__))},
        "schemas": {s.table: _schema_hash(s) for s in (*stage.inputs, *stage.outputs, *stage.memory)},
        "params": json.loads(params.model_dump_json(exclude=USERS)),
        "resources": {name: _resource_hash(name, params) for name in stage.resources},
        "libraries": {name: importlib.metadata.version(name) for name in stage.libraries},
    }


def key_of(parts: dict[str, Any]) -> str:
    """Return the code key: 16 hex digits."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def difference(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return in words what differs between the components of two code keys."""
    found = []
    for kind, after in new.items():
        before = old.get(kind, {})
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                values = f" {before.get(name)} -> {after.get(name)}" if kind in {"params", "libraries"} else ""
                found.append(f"{kind}: {name}{values}")
    return found


@cache
def _modules(name: str) -> frozenset[str]:
    """Return the first-party modules that a module is made of: itself and what it imports, and so on."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in found and module not in COUNTED_APART:
            found.add(module)
            waiting.extend(_imports(module))
    return frozenset(found)


@cache
def _imports(module: str) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(name for name in names if name.split(".")[0] in FIRST_PARTY and _source(name))


@cache
def _source(module: str) -> Path | None:
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec and spec.origin else None


@cache
def _tree(module: str) -> ast.Module:
    source = _source(module)
    return ast.parse(source.read_text(encoding="utf-8") if source else "")


@cache
def _code_hash(module: str) -> str:
    tree = _tree(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    source = _source(module)
    data = folder_hash(source.parent / DATA_OF[module]) if source and module in DATA_OF else ""
    return hashlib.sha256((ast.dump(tree) + data).encode()).hexdigest()[:16]


@cache
def _schema_hash(schema: type[Table]) -> str:
    facts = [schema.sort_by]
    for name, column in schema.columns().items():
        limits = [getattr(column, limit, None) for limit in ("nullable", "primary_key", "regex", "min", "max")]
        facts.append((name, str(column.dtype), *map(str, limits)))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _resource_hash(name: str, params: Params) -> str:
    if name in USERS:
        return hashlib.sha256(params.model_dump_json(include={name}).encode()).hexdigest()[:16]
    if name == "model":
        return model_hash(params.model_dump()["model"])
    return folder_hash(Path(str(files("transforms"))) / name)


def model_hash(name: str) -> str:
    """Return the hash of the files of a spaCy pipeline: ours, an installed package, or a folder; "absent" for none."""
    own = Path(str(files("transforms"))) / "language" / name
    if own.is_dir():
        return folder_hash(own)
    if Path(name).is_dir():
        return folder_hash(Path(name).resolve())
    spec = find_spec(name) if name.isidentifier() else None
    return folder_hash(Path(spec.origin).parent) if spec and spec.origin else "absent"


@cache
def folder_hash(path: Path) -> str:
    """Return the hash of a file, or of all files below a folder with their names."""
    names = sorted(path.rglob("*")) if path.is_dir() else [path]
    total = hashlib.sha256()
    for file in names:
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(file.relative_to(path.parent).as_posix().encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:16]
