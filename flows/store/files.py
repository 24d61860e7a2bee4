"""Whole files and folders or none: everything is written aside and renamed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ASIDE = ".aside-"


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a folder beside `target` to fill; it becomes `target` at the end, or vanishes if the block fails.

    A `target` that exists already is replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f"{ASIDE}{os.getpid()}-{target.name}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
        remove_folder(target)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a path beside `target` to write; it becomes `target` at the end, or vanishes if the block fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f"{ASIDE}{os.getpid()}-{target.name}"
    try:
        yield aside
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def remove_folder(target: Path) -> None:
    """Remove a folder, if it is there: renamed first, so that a kill cannot leave half of it under its name."""
    aside = target.parent / f"{ASIDE}{os.getpid()}-old-{target.name}"
    if target.exists():
        target.rename(aside)
        shutil.rmtree(aside)


def remove_leftovers(root: Path) -> int:
    """Remove what killed runs left aside below `root`; return how many files and folders that were."""
    leftovers = list(root.rglob(f"{ASIDE}*"))
    for path in leftovers:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(leftovers)
