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
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.perturb_report import carried, excluded, load
from summarizer import deeds, fidelity, prose, wordings
from summarizer.backends import Reader, Reading
from summarizer.config import Config
from summarizer.facts import attribution, counted, edits, rebuttals, reversals, roles, slots
from summarizer.facts.dates import dates, supports_date
from summarizer.facts.names import index, missing_part, names
from summarizer.facts.text import sentences
from summarizer.nlp import parse
from summarizer.nlp.verbatim import is_verbatim, quotes
from summarizer.training.true_bases import held_out
from summarizer.verification.alignment import align
from summarizer.verification.checks import Source, findings
from summarizer.verification.verdict import Calibration, calibration, numbers
from summarizer.verification.verifier import Verifier
from summarizer.weights import load_reader

Evidence = tuple[str, ...]
Rule = Callable[[str, Evidence], bool]
"""Whether a rule objects to a sentence, given its evidence sentences."""

Flags = NDArray[np.bool_]
"""(n_cases,): for each case, whether somebody objects."""

_ASIDE = re.compile(r"\s?\([^()]{1,60}\)")


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
        return [Case("drafts", r["draft"], tuple(r["sources"]), r["label"]) for r in rows]
    kept = held_out(r["id"] for r in rows) - excluded()
    return [
        Case("fusions", r["fused"], tuple(r["sources"]), "true")
        for r in rows
        if r["id"] in kept and carried(r["fused"], r["sources"])
    ]


# --- rules by name -------------------------------------------------------------------------------


def _of_text(rule: Callable[[str], bool], wanted: bool = True) -> Rule:
    """A rule that looks at the sentence alone; `wanted` is what it says of a bad one."""
    return lambda sentence, evidence: rule(sentence) is wanted


def _any(rule: Callable[[str, Sequence[str]], Iterable[object]]) -> Rule:
    """A rule that lists what it objects to."""
    return lambda sentence, evidence: any(True for _ in rule(sentence, evidence))


def _by_sentence(
    rule: Callable[[str, Sequence[str]], Iterable[object]], asides: bool = False
) -> Rule:
    """The same, over evidence cut into sentences; asides: short ones in brackets are read too."""

    def told(text: str) -> str:
        return text if asides else _ASIDE.sub("", text)

    return lambda sentence, evidence: any(
        True for _ in rule(told(sentence), tuple(told(s) for e in evidence for s in sentences(e)))
    )


def _dates(sentence: str, evidence: Sequence[str]) -> Iterable[object]:
    held = [d for text in evidence for d in dates(text)]
    return (d for d in dates(sentence) if not supports_date(d, held))


def _names(sentence: str, evidence: Sequence[str]) -> Iterable[object]:
    known = index(tuple(evidence))
    return (n for n in names(sentence, evidence) if missing_part(n, known) is not None)


def _quotes(sentence: str, evidence: Sequence[str]) -> Iterable[object]:
    return (q for q in quotes(sentence) if not is_verbatim(q.text, evidence))


PROSE: dict[str, Rule] = {
    "prose.stands": _of_text(prose.stands, wanted=False),
    "prose.stands complete": _of_text(prose.complete, wanted=False),
    "prose.stands balanced": _of_text(prose.balanced, wanted=False),
    "prose.stands only_quotation": _of_text(prose.only_quotation),
    "prose.stands dangles": _of_text(prose.dangles),
    "prose.stands personal": _of_text(prose.personal),
    "prose.stands asks": _of_text(prose.asks),
}
DRAFTS: dict[str, Rule] = {
    "fidelity.unattested apart": lambda s, e: fidelity.unattested(s, e).apart > 0.15,
    "fidelity.unattested turned": lambda s, e: fidelity.unattested(s, e).turned > 0,
    "fidelity.unattested new": lambda s, e: bool(fidelity.unattested(s, e).new),
    "fidelity.promoted": fidelity.promoted,
    "fidelity.crossed": fidelity.crossed,
    "fidelity.adrift": fidelity.adrift,
    "fidelity.repeats": _any(fidelity.repeats),
    "fidelity.cut_off": fidelity.cut_off,
    "fidelity.other_speaker": fidelity.other_speaker,
    "fidelity.unspoken": _of_text(fidelity.unspoken),
    "fidelity.faceless": fidelity.faceless,
    "deeds.misdone": deeds.misdone,
    "deeds.equated": deeds.equated,
    "deeds.unverbed": deeds.unverbed,
    "deeds.misplaced": deeds.misplaced,
    "deeds.retitled": deeds.retitled,
    "deeds.respliced": deeds.respliced,
    "deeds.misdated": deeds.misdated,
    "deeds.wordless": _of_text(deeds.wordless),
    "deeds.fragment": _of_text(deeds.fragment),
    "deeds.bare": deeds.bare,
    "deeds.unnamed": _of_text(deeds.unnamed),
    "wordings.beheaded": wordings.beheaded,
    "wordings.spliced": wordings.spliced,
    "wordings.renumbered": wordings.renumbered,
    "wordings.misnamed": wordings.misnamed,
    "wordings.requoted": wordings.requoted,
    "wordings.unhedged": wordings.unhedged,
    "wordings.unlimited": wordings.unlimited,
    "wordings.unowned": wordings.unowned,
    "wordings.reframed": wordings.reframed,
    "wordings.indefinite": wordings.indefinite,
    "wordings.unarticled": wordings.unarticled,
    "wordings.saying_nothing": _of_text(wordings.saying_nothing),
}
FACTS: dict[str, Rule] = {
    "facts.counted uncarried": _by_sentence(counted.uncarried, asides=True),
    "facts.counted of_another": _by_sentence(counted.of_another, asides=True),
    "facts.dates": _by_sentence(_dates, asides=True),
    "facts.names": _by_sentence(_names, asides=True),
    "facts.slots replaced": _by_sentence(slots.replaced),
    "facts.slots borrowed_titles": _by_sentence(slots.borrowed_titles),
    "facts.quotes": _by_sentence(_quotes, asides=True),
    "facts.edits cut_denials": _by_sentence(edits.cut_denials, asides=True),
    "facts.edits edited": _by_sentence(edits.edited),
    "facts.reversals turned": _by_sentence(reversals.turned),
    "facts.reversals unhedged": _by_sentence(reversals.unhedged),
    "facts.reversals granted": _by_sentence(reversals.granted),
    "facts.reversals opposed": _by_sentence(reversals.opposed),
    "facts.reversals turned_over": _by_sentence(reversals.turned_over),
    "facts.reversals with_for_without": _by_sentence(reversals.with_for_without),
    "facts.reversals denied": _by_sentence(reversals.denied),
    "facts.roles misattributed": _by_sentence(roles.misattributed),
    "facts.attribution unattributed": _by_sentence(attribution.unattributed),
    "facts.attribution misattributed_claims": _by_sentence(attribution.misattributed_claims),
    "facts.rebuttals judged": _by_sentence(rebuttals.judged),
    "facts.rebuttals claimed_by_disputers": _by_sentence(rebuttals.claimed_by_disputers),
    "facts.rebuttals claimed_by_strangers": _by_sentence(rebuttals.claimed_by_strangers),
}
RULES: dict[str, Rule] = PROSE | DRAFTS | FACTS
"""Every rule beside the verifier; one that goes, goes from here."""


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

    verdict: it refuses. unsure: its support is below what a draft needs. checks: by rule id, an
    exact check objects. unchecked: alignment and reader refuse, whatever the checks say. numbers:
    the verdict's, without the checks, of each case. copied: it stands in the evidence as it is.
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
        for finding in findings(parsed, [Source(p) for p in held]):
            found.setdefault(finding.rule, np.zeros(len(cases), dtype=bool))[i] = True
        given.append(numbers(align(parsed, held), (), reading))
    verdict = np.array([not v.supported for v in verdicts])
    unsure = np.array([v.support < Config().draft_support for v in verdicts])
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
    passed = asked.verdict | asked.unsure | rules["prose.stands"]
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
        if name != "exact":
            changed = asked.without(name)
            alone = asked.unchecked & ~changed & ~exact
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
