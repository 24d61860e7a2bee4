"""Throw mutated files at reading and cleaning: each must end as a document or reject, quickly, in bounded memory."""

import argparse
import resource
import signal
import tempfile
from collections import ChainMap, Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from common import Clock, finish
from mutations import case

from flows import intake
from flows.reading.inputs import parse_input
from flows.settings import Settings
from flows.store.archive import Archive
from schemas.work import Fields, Intake, KeptLines, Lines, Raw, Rejects, Segments, Texts
from transforms.clean import bodies, lines, site_lines
from transforms.read import raw

SLOW_SECONDS = 10.0
HANG_SECONDS = 120
MOST_MEGABYTES = 2_000
# Documents of a file that go through the stages; what is read beyond them is only counted.
WORKED = 20
# Cases whose documents share the calls of stages.
GROUP = 10


def outcome(folder: Path, numbers: Iterable[int]) -> Counter[str]:
    """Return how the files of some cases end: their documents, and their rejects by stage and reason."""
    archive, settings, ended, sources = Archive(folder / "archive"), Settings(output=folder, max_records=2_000), [], []
    for number in numbers:
        name, payload = case(number)
        path, reading = folder / "in" / name, intake.Reading()
        path.write_bytes(payload)
        list(intake.read([parse_input(str(path))], archive, settings, reading))
        path.unlink()
        if not reading.sources and not reading.rejects:
            raise AssertionError("neither a document nor a reject")
        ended += [f"intake:{row['reason']}" for row in reading.rejects]
        sources.append(reading.rows().head(WORKED))
    rows = intake.intake(pl.concat(sources))
    payloads = pl.Series([archive.get(digest) for digest in rows["sha256"]], dtype=pl.Binary)
    return Counter(ended) + through_stages(rows.with_columns(payload=payloads))


def through_stages(rows: pl.DataFrame) -> Counter[str]:
    """Return how documents end: read, labelled and cleaned, every table checked."""
    made: dict[str, pl.DataFrame] = {Intake.table: rows}
    refused = []
    for stage in (raw.STAGE, site_lines.STAGE, lines.STAGE, bodies.STAGE):
        found = stage.function(made, stage.params())
        refused.append(found.pop(Rejects.table, Rejects.create_empty()))
        made |= found
    for schema in (Raw, Lines, Texts, Fields, KeptLines, Segments):
        schema.validate(made[schema.table])
    check_offsets(made)
    rejected = pl.concat([frame.select("stage", "reason", "document_id") for frame in refused])
    lost = set(rows["document_id"]) - set(made["texts"]["document_id"]) - set(rejected["document_id"])
    if lost:
        raise AssertionError(f"{len(lost)} of {rows.height} documents have neither a text nor a reject")
    ended = Counter(f"{stage}:{reason}" for stage, reason, _ in rejected.iter_rows())
    return ended + Counter({"document": made["texts"].height})


def check_offsets(made: dict[str, pl.DataFrame]) -> None:
    """Lines cut the raw text; segments cover the clean text without gap, in raw order."""
    raws = dict(made["raw"].select("document_id", "raw_text").iter_rows())
    for row in made["lines"].iter_rows(named=True):
        if raws[row["document_id"]][row["raw_start"] : row["raw_end"]] != row["text"]:
            raise AssertionError(f"line {row['line_number']} is not what its offsets cut")
    for document, text in made["texts"].select("document_id", "text").iter_rows():
        place = raw_place = 0
        for row in made["segments"].filter(pl.col("document_id") == document).iter_rows(named=True):
            if row["start"] != place or row["raw_start"] < raw_place:
                raise AssertionError(f"segment at {row['start']} leaves a gap or goes back")
            place, raw_place = row["end"], row["raw_end"]
        if place != len(text):
            raise AssertionError("the segments do not reach the end of the text")


class Hang(BaseException):
    """A case does not end. No reader takes it for an error of a file, as it would an OSError."""


def alarmed(*_: Any) -> None:
    """End a case that hangs."""
    raise Hang(f"no end after {HANG_SECONDS} s")


def attempt(folder: Path, numbers: Sequence[int]) -> tuple[Counter[str], list[str], dict[str, float]]:
    """Return outcomes, failures, and seconds of slow cases. What fails or is slow in a group is tried case by case."""
    clock, made, failures = Clock(), Counter[str](), []
    signal.alarm(HANG_SECONDS)
    try:
        made = outcome(folder, numbers)
    except (Exception, Hang) as error:
        failures.append(f"{numbers[0]}: {type(error).__name__}: {str(error)[:200]}")
    signal.alarm(0)
    seconds = clock.seconds()
    if not failures and seconds <= SLOW_SECONDS:
        return made, [], {}
    if len(numbers) == 1:
        return made, failures, {str(numbers[0]): round(seconds, 1)} if seconds > SLOW_SECONDS else {}
    single = [attempt(folder, [number]) for number in numbers]
    failures = [failure for _, failed, _ in single for failure in failed]
    return sum((made for made, *_ in single), Counter()), failures, dict(ChainMap(*(late for *_, late in single)))


def peak_mb() -> int:
    """Return the most memory of this program; the fallback, `ru_maxrss`, begins with its parent's."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    stated = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    return (stated or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1000


def main() -> None:
    """Run the fuzz test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    options = parser.parse_args()
    outcomes, failures, slow, total = Counter[str](), list[str](), dict[str, float](), Clock()
    signal.signal(signal.SIGALRM, alarmed)
    cases = range(options.start, options.start + options.n)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "in").mkdir()
        for first in range(0, options.n, GROUP):
            made, failed, late = attempt(Path(name), cases[first : first + GROUP])
            outcomes, failures, slow = outcomes + made, failures + failed, slow | late
    peak = peak_mb()
    found = {"survived": 1 - len(failures) / max(options.n, 1), "failures": failures[:20], "slow": len(slow)}
    memory = {"slow_seconds": slow, "peak_mb": peak, "bounded": peak < MOST_MEGABYTES}
    finish({**found, **memory, "outcomes": dict(sorted(outcomes.items()))}, n=options.n, seconds=total.seconds())


if __name__ == "__main__":
    main()
