"""What each rule catches that nothing else does, and what true it alone refuses.

    python -m benchmarks.ablation hand-1 hand-2 hand-3 hand-4 FUSIONS.jsonl DRAFTS.jsonl

FUSIONS: lines {"id", "sources", "fused"}, true where `perturb_report.carried` keeps them; those
that something is trained on are left out. DRAFTS: lines {"sources", "draft", "label"}, the label
true, false or broken (true, but no sentence that can stand alone), as read by a person.

"Alone" is measured against what decides: for a rule, against the verifier with its exact checks;
for a check, against all else of the verifier; for a number of the joint verdict, against the
verdict with that number at 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.perturb_report import carried, excluded, load
from summarizer.backends import Reader, Reading
from summarizer.backends.registry import load_reader
from summarizer.config import Config
from summarizer.nlp import parse, well_formed
from summarizer.training.true_bases import held_out
from summarizer.verification.alignment import align
from summarizer.verification.checks import findings
from summarizer.verification.verdict import Calibration, calibration, numbers
from summarizer.verification.verifier import Verifier

Evidence = tuple[str, ...]
Rule = Callable[[str, Evidence], bool]
"""Whether a rule objects to a sentence, given its evidence sentences."""

Flags = NDArray[np.bool_]
"""(n_cases,): for each case, whether somebody objects."""


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence. part: the set that it is of. label: true, false or broken."""

    part: str
    sentence: str
    evidence: Evidence
    label: str


def cases_of(name: str) -> list[Case]:
    """The cases of a set of hand-written fusions, or of a file of fusions or of drafts."""
    if name.startswith("hand-"):
        sample = load(name)
        return [
            *(Case("hand", s, tuple(e), "true") for s, e in sample.true),
            *(Case("hand", f.sentence, f.evidence, "false") for f in sample.false),
        ]
    rows: list[dict[str, Any]]
    rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
    if rows and "draft" in rows[0]:
        return [Case("drafts", _stopped(r["draft"]), tuple(r["sources"]), r["label"]) for r in rows]
    kept = held_out(r["id"] for r in rows) - excluded()
    return [
        Case("fusions", _stopped(r["fused"]), tuple(r["sources"]), "true")
        for r in rows
        if r["id"] in kept and carried(r["fused"], r["sources"])
    ]


# --- rules by name -------------------------------------------------------------------------------


def _stopped(draft: str) -> str:
    """A draft with a full stop where it has no end mark."""
    plain = draft.rstrip()
    return plain if plain.endswith((".", "!", "?", '"', "”", "'", "’")) else f"{plain}."


def _of_text(rule: Callable[[str], bool], wanted: bool = True) -> Rule:
    """A rule that looks at the sentence alone; `wanted` is what it says of a bad one."""
    return lambda sentence, evidence: rule(sentence) is wanted


PROSE: dict[str, Rule] = {
    "prose.stands": _of_text(well_formed.stands, wanted=False),
    "prose.stands complete": _of_text(well_formed.complete, wanted=False),
    "prose.stands balanced": _of_text(well_formed.balanced, wanted=False),
    "prose.stands only_quotation": _of_text(well_formed.only_quotation),
    "prose.stands dangles": _of_text(well_formed.dangles),
    "prose.stands personal": _of_text(well_formed.personal),
    "prose.stands asks": _of_text(well_formed.asks),
    "prose.fragment": lambda s, _: well_formed.fragment(parse([s])[0]),
}
RULES: dict[str, Rule] = PROSE
"""Every rule beside the verifier; a rule that is deleted is deleted here too."""


# --- the verifier and its parts ------------------------------------------------------------------


@dataclass
class _Remembering:
    """A reader that reads each pair once a run."""

    reader: Reader
    known: dict[tuple[str, Evidence], Reading] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Reading]:
        asked = [(s, tuple(e)) for s, e in pairs]
        for at, (pair, as_given) in enumerate(zip(asked, pairs, strict=True)):
            if pair not in self.known:
                [self.known[pair]] = self.reader.read([as_given])
            if sys.stderr.isatty():
                sys.stderr.write(f"\rread {at + 1} of {len(asked)}")
        return [self.known[pair] for pair in asked]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What the verifier's parts say of every case.

    verdict: it refuses. unsure: its support is below what a composed sentence needs. checks: by
    rule id, an exact check objects. unchecked: alignment and reader refuse, whatever the checks
    say. numbers: the verdict's, of each case. copied: the evidence has it word for word.
    """

    verdict: Flags
    unsure: Flags
    checks: dict[str, Flags]
    unchecked: Flags
    numbers: list[dict[str, float]]
    fitted: Calibration
    copied: Flags

    def without(self, number: str) -> Flags:
        """What is refused where a number of the verdict counts for nothing."""
        support = [self.fitted.support(given | {number: 0.0}) for given in self.numbers]
        return np.array([s < self.fitted.least for s in support]) & ~self.copied


def witnesses(cases: Sequence[Case], reader: Reader | None) -> Witnesses:
    """Ask the verifier and its parts of all cases; reader: None for alignment and checks alone."""
    remembering = _Remembering(reader) if reader is not None else None
    pairs = [(c.sentence, c.evidence) for c in cases]
    readings: list[Reading | None] = [None] * len(pairs)
    if remembering is not None:
        readings = list(remembering.read(pairs))
    verdicts = Verifier(remembering).verify(pairs)
    found: dict[str, Flags] = {}
    given = []
    for i, (case, reading) in enumerate(zip(cases, readings, strict=True)):
        parsed, *held = parse([case.sentence, *case.evidence])
        for finding in findings(parsed, held):
            found.setdefault(finding.rule, np.zeros(len(cases), dtype=bool))[i] = True
        given.append(numbers(align(parsed, held), reading))
    verdict = np.array([not v.supported for v in verdicts])
    unsure = np.array([v.support < Config().verification.composed_support for v in verdicts])
    copied = np.array([v.supported and v.support == 1.0 for v in verdicts])
    fitted = calibration(with_reader=reader is not None)
    support = np.array([fitted.support(one) for one in given])
    checks = dict(sorted(found.items()))
    unchecked = (support < fitted.least) & ~copied
    return Witnesses(verdict, unsure, checks, unchecked, given, fitted, copied)


# --- the table -----------------------------------------------------------------------------------

COLUMNS = (
    ("hand", "false"),
    ("drafts", "false"),
    ("drafts", "broken"),
    ("hand", "true"),
    ("fusions", "true"),
    ("drafts", "true"),
)


def _line(name: str, objects: Flags, others: Flags, masks: Sequence[Flags]) -> str:
    cells = [f"{(objects & m).sum()} ({(objects & ~others & m).sum()})" for m in masks]
    return f"| {name} | {' | '.join(cells)} |"


def table(cases: Sequence[Case], asked: Witnesses, rules: dict[str, Flags]) -> list[str]:
    """Lines of markdown: how many of each kind a rule refuses, and in brackets, it alone."""
    masks = [np.array([(c.part, c.label) == column for c in cases]) for column in COLUMNS]
    head = [f"{label}, {part}: {m.sum()}" for (part, label), m in zip(COLUMNS, masks, strict=True)]
    nobody = np.zeros(len(cases), dtype=bool)
    lines = [f"| refused (alone) | {' | '.join(head)} |", "|---" * (len(head) + 1) + "|"]
    passed = np.logical_or.reduce(
        [asked.verdict, asked.unsure, rules["prose.stands"], rules["prose.fragment"]]
    )
    exact = np.any([nobody, *asked.checks.values()], axis=0)
    lines += [
        _line("**all that a draft must pass**", passed, nobody, masks),
        _line("**verifier**", asked.verdict, nobody, masks),
        _line("its exact checks", exact, asked.unchecked, masks),
        _line("its alignment and reader", asked.unchecked, exact, masks),
    ]
    for name, flags in asked.checks.items():
        rest = [other for key, other in asked.checks.items() if key != name]
        lines.append(
            _line(f"checks.{name}", flags, np.any([*rest, asked.unchecked], axis=0), masks)
        )
    for name in asked.fitted.weights:
        alone = asked.unchecked & ~asked.without(name) & ~exact
        seen = np.array([given[name] != 0 for given in asked.numbers])
        lines.append(_line(f"verdict: {name}", seen, ~alone, masks))
    modules = dict.fromkeys(name.split()[0].split(".")[0] for name in rules)
    for module in modules:
        own = {n: f for n, f in rules.items() if n.split()[0].split(".")[0] == module}
        lines.append(
            _line(f"**all of {module}**", np.any(list(own.values()), axis=0), asked.verdict, masks)
        )
        lines += [_line(name, flags, asked.verdict, masks) for name, flags in own.items()]
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--no-reader", action="store_true", help="alignment and checks alone")
    parser.add_argument("--show", default="", help="list what this rule, or verifier, decides")
    args = parser.parse_args(argv)
    cases = [case for name in args.sets for case in cases_of(name)]
    asked = witnesses(cases, None if args.no_reader else load_reader(offline=True))
    rules = {
        name: np.array([bool(rule(c.sentence, c.evidence)) for c in cases])
        for name, rule in RULES.items()
    }
    sys.stdout.write("\n".join(table(cases, asked, rules)) + "\n")
    if args.show:
        chosen = asked.verdict if args.show == "verifier" else rules[args.show]
        for case, refused in zip(cases, chosen, strict=True):
            wrong = refused != (case.label != "true")
            sys.stdout.write(
                f"\n{case.part} {case.label} {'refused' if refused else 'accepted'}"
                f"{' WRONG' if wrong else ''}: {case.sentence}\n"
                + "".join(f"  - {e}\n" for e in case.evidence)
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
