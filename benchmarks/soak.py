"""Kill -9 a real batch again and again, at random moments: `make soak`.

    python -m benchmarks.soak --kills 50

Each run is a process of the command line with `--model extract`. In the end, and whenever a run
comes to its end before it is killed, OUT must equal an undisturbed run's to the byte. What a kill
leaves behind is looked at in tests/test_batch.py; here only the whole is.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stories import stories as synthetic
from summarizer.story import Story


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak did. whole: runs that came to their end and were compared."""

    kills: int
    while_writing: int
    whole: int


class Differs(Exception):
    """What is left is not an undisturbed run's."""


def command(source: Path, out: Path, *options: str) -> list[str]:
    """The batch that is killed."""
    return [
        *(sys.executable, "-m", "summarizer", "batch", str(source), "-o", str(out)),
        *("--model", "extract", "--quiet", "--threads", "1", "--together", "4", *options),
    ]


def soak(folder: Path, stories: Sequence[Story], kills: int, seed: int) -> Soaked:
    """Kill a batch of `stories` so many times. Raises Differs with what is wrong."""
    source, quiet, out = (folder / n for n in ("in.jsonl", "undisturbed.jsonl", "out.jsonl"))
    source.write_text("".join(f"{s.model_dump_json()}\n" for s in stories), encoding="utf-8")
    begun = time.monotonic()
    subprocess.run(command(source, quiet), check=True)
    undisturbed, seconds = quiet.read_bytes(), time.monotonic() - begun
    chance = random.Random(seed)
    killed = writing = whole = 0
    while killed < kills:
        before = _size(out)
        run = subprocess.Popen(command(source, out))
        # Half of them fall anywhere from the start on, half soon after a line has been written.
        if chance.random() < 0.5:
            _wait(run, out, before, 10 * seconds)
            time.sleep(chance.uniform(0, 0.3 * seconds / len(stories)))
        else:
            time.sleep(chance.uniform(0, 0.8 * seconds))
        if run.poll() is None:
            run.kill()
            killed += 1
            writing += _size(out) != before
            run.wait()
            _check(out, undisturbed, whole=False)
        else:
            _check(out, undisturbed, whole=True)
            whole += 1
            out.unlink()
    subprocess.run(command(source, out), check=True)
    _check(out, undisturbed, whole=True)
    return Soaked(killed, writing, whole + 1)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _wait(run: subprocess.Popen[bytes], out: Path, before: int, limit: float) -> None:
    """Until OUT has grown, or the run has ended."""
    end = time.monotonic() + limit
    while run.poll() is None and _size(out) <= before and time.monotonic() < end:
        time.sleep(0.001)


def _check(out: Path, undisturbed: bytes, *, whole: bool) -> None:
    made = out.read_bytes() if out.exists() else b""
    lines = made[: made.rfind(b"\n") + 1]
    if whole and made != undisturbed:
        raise Differs(f"a run that ended left {len(made)} bytes, not the {len(undisturbed)} due")
    if not undisturbed.startswith(lines):
        raise Differs("a killed run left a line that an undisturbed one does not have")


def main() -> None:
    """Soak, and print what was done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("-n", type=int, default=24, help="stories (24)")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = soak(Path(folder), synthetic(asked.n), asked.kills, asked.seed)
    print(
        f"{made.kills} kills, {made.while_writing} of them after new lines; {made.whole} whole "
        "runs, each equal to an undisturbed one to the byte"
    )


if __name__ == "__main__":
    main()
