"""Runs that kill themselves, for test_kill.py: a process that has everything imported and forks one run for each order.

An order is a line of JSON on standard input: settings, inputs, and when the run gets SIGKILL, by number of points or
by seconds. The answer is a line with the exit code; the points reached are written to the log that the order names.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from flows import codekey, graph
from flows.observer import Observer
from flows.run import execute
from flows.runner import Options
from flows.settings import Settings
from schemas.errors import AnnalsError


class Killer(Observer):
    """Writes down each point, and kills its own process at the n-th."""

    def __init__(self, log: Path, at: int | None) -> None:
        self.log, self.at, self.count = log, at, 0

    def reached(self, point: str) -> None:
        with self.log.open("a") as stream:
            stream.write(point + "\n")
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1


def carry_out(order: dict) -> int:
    """Run as ordered; return the exit code."""
    if order.get("seconds") is not None:
        threading.Timer(order["seconds"], os.kill, (os.getpid(), signal.SIGKILL)).start()
    options = Options.of(order["inputs"], refresh=order.get("refresh", ()))
    try:
        execute(Settings(**order["settings"]), options, Killer(Path(order["log"]), order.get("at")))
    except AnnalsError as error:
        return error.exit_code
    return 0


def main() -> None:
    """Import everything, then carry out orders: a fork takes no time, and nothing here has started a thread pool."""
    model = sys.argv[1]
    for name in graph.ORDER:
        stage = graph.stage(name)
        fields = {"model": model} if "model" in stage.params.model_fields else {}
        codekey.components(stage, stage.params(**fields))
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(carry_out(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
