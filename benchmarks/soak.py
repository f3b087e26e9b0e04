"""Kill -9 a real batch again and again, at random moments: `make soak`.

    python -m benchmarks.soak --kills 50

Each run is a process of the command line with `--model extract`. After every kill OUT must be the
beginning of an undisturbed run's to the byte, with no line less than before; and whenever a run
comes to its end, all of it. What a kill leaves behind is looked at in tests/test_batch.py; here
only the whole is. Nothing depends on how fast the machine is: a slow one only takes
longer.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stories import stories as synthetic
from summarizer.schema import Story

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak did. whole: runs that came to their end and were compared."""

    kills: int
    while_writing: int
    whole: int


class Differs(Exception):
    """What is left is not an undisturbed run's, or a run failed that nobody killed."""


def command(source: Path, out: Path, *options: str) -> list[str]:
    """The batch that is killed."""
    return [
        *(sys.executable, "-m", "summarizer", "batch", str(source), "-o", str(out)),
        *("--model", "extract", "--quiet", "--threads", "1", "--together", "4", *options),
    ]


def soak(
    folder: Path, stories: Sequence[Story], kills: int, seed: int, say: Say = lambda _: None
) -> Soaked:
    """Kill a batch of `stories` so many times. Raises Differs with what is wrong.

    say: called after each run with its outcome in a sentence.
    """
    source, quiet, out = (folder / n for n in ("in.jsonl", "undisturbed.jsonl", "out.jsonl"))
    source.write_text("".join(f"{s.model_dump_json()}\n" for s in stories), encoding="utf-8")
    begun = time.monotonic()
    _ended(subprocess.Popen(command(source, quiet)))
    due, seconds = quiet.read_bytes(), time.monotonic() - begun
    say(f"an undisturbed run: {_lines(due)} lines in {seconds:.1f} s")
    chance = random.Random(seed)
    killed = writing = whole = 0
    while killed < kills:
        before = _bytes(out)
        run = subprocess.Popen(command(source, out))
        # Half of them fall anywhere from the start on, half soon after a line has been written.
        if chance.random() < 0.5:
            _until_it_grows(run, out, len(before))
            time.sleep(chance.uniform(0, 0.3 * seconds / len(stories)))
        else:
            time.sleep(chance.uniform(0, 0.8 * seconds))
        if _kill(run):
            after = _bytes(out)
            _begins(after, due, before)
            killed += 1
            writing += _lines(after) > _lines(before)
            torn = "" if after.endswith(b"\n") or not after else ", the last one torn"
            say(f"kill {killed} of {kills}: {_lines(after)} of {_lines(due)} lines{torn}")
        else:
            _equals(out, due)
            whole += 1
            out.unlink()
            say("a run came to its end first: equal; the next one begins anew")
    _ended(subprocess.Popen(command(source, out)))
    _equals(out, due)
    return Soaked(killed, writing, whole + 1)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _lines(made: bytes) -> int:
    return made.count(b"\n")


def _until_it_grows(run: subprocess.Popen[bytes], out: Path, size: int) -> None:
    """Until OUT has more bytes, or the run has ended: however long that takes."""
    while run.poll() is None and (not out.exists() or out.stat().st_size <= size):
        time.sleep(0.001)


def _kill(run: subprocess.Popen[bytes]) -> bool:
    """Kill a run; False if it had come to its end before. Raises Differs if it had failed."""
    run.kill()  # does nothing to one that has ended
    if run.wait() == -signal.SIGKILL:
        return True
    _ended(run)
    return False


def _ended(run: subprocess.Popen[bytes]) -> None:
    if code := run.wait():
        raise Differs(f"a run that nobody killed ended with exit code {code}; see its words above")


def _equals(out: Path, due: bytes) -> None:
    if (made := _bytes(out)) != due:
        raise Differs(f"a run that ended left {len(made)} bytes, not the {len(due)} due")


def _begins(after: bytes, due: bytes, before: bytes) -> None:
    """What a kill has left is the beginning of what is due, with all lines of before."""
    if not due.startswith(after):
        raise Differs("a killed run left a line that an undisturbed one does not have")
    if _lines(after) < _lines(before):
        raise Differs(f"of {_lines(before)} lines before a run was killed {_lines(after)} are left")


def main() -> None:
    """Soak, and print what was done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("-n", type=int, default=24, help="stories (24)")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as folder:
        made = soak(Path(folder), synthetic(asked.n), asked.kills, asked.seed, say)
    print(
        f"{made.kills} kills, {made.while_writing} of them after new lines; {made.whole} whole "
        "runs, each equal to an undisturbed one to the byte"
    )


if __name__ == "__main__":
    main()
