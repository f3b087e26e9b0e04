"""Whether a change of the code changed what it writes: the JSON of `extract`, story by story.

    python -m benchmarks.same_output FILE.jsonl ... [--first N] -o BEFORE.json
    python -m benchmarks.same_output FILE.jsonl ... [--first N] --against BEFORE.json

Each line is a Story, or has one under "input" (what is no story is left out); the bundled examples
come first. A digest is of the whole Summary but its signature, which names the version. --against:
says which stories differ, and exits with 1 where one does. No quality is measured here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer import Story, Summarizer, examples


def stories(paths: Sequence[Path], first: int | None) -> Iterator[tuple[str, Story]]:
    """Every story by "file/id": the bundled ones, then the first `first` of each file."""
    for name in examples.names():
        yield f"examples/{name}", examples.load(name)
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()[:first]
        for number, line in enumerate(lines, 1):
            row: Any = json.loads(line)
            row = row.get("input", row) if isinstance(row, dict) else row
            if isinstance(row, dict) and "articles" in row:
                known = {k: v for k, v in row.items() if k in {"id", "articles"}}
                yield f"{path.stem}/{number}", Story.model_validate(known)


def digest(summarizer: Summarizer, story: Story) -> str:
    """SHA-256 of the story's Summary as JSON, without the signature."""
    written = json.loads(summarizer.summarize(story).to_json())
    written.pop("signature")
    plain = json.dumps(written, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def main(argv: Sequence[str] | None = None) -> int:
    """Write digests, or compare with written ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--first", type=int)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args(argv)
    summarizer = Summarizer.load("extract", offline=True)
    found = {name: digest(summarizer, s) for name, s in stories(options.files, options.first)}
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    before = json.loads(options.against.read_text(encoding="utf-8")) if options.against else found
    changed = [name for name in found if before.get(name) != found[name]]
    for name in changed:
        print(f"differs: {name}")
    print(f"{len(found)} stories, {len(changed)} differ; judge {summarizer.judge_model.name}")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
