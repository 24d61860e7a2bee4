"""Two hundred mutated files of every format, read and cleaned in a process of their own, whose memory is measured."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_mutated_files_end_as_documents_or_rejects():
    line = [sys.executable, str(ROOT / "tests" / "bench" / "fuzz_readers.py"), "--n", "200"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["failures"], found["slow_seconds"], found["bounded"], found["n"]) == ([], {}, True, 200)
