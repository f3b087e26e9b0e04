"""Verdicts by whichever judge is asked, and as they go out: a Judgement with faults.

Our own verifier is in verifier.py; other judges only give a support.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.backends import Judge
from summarizer.config import Config
from summarizer.nlp import parse
from summarizer.schema import Fault, Judgement
from summarizer.types import Finding, Verdict, Verify
from summarizer.verification.checks import CHECKS, findings
from summarizer.verification.verifier import Verifier, whole

MOST_NAMED = 3
"""Reasons that a reader is told of one sentence; what is mended shows what is left."""

_EXACT = (*(f"{check.__name__}." for check in CHECKS), "clause.negation")
"""What is exact, by its rule: where it finds something, the words around are not at fault."""


def verifying(judge: Judge, config: Config) -> Verify:
    """How a judge gives verdicts: a `Verifier` its own, any other by its support.

    Such a judge decides alone: below `Config.verification.least_support`, and where an exact check
    objects, a sentence is not supported.
    """
    if isinstance(judge, Verifier):
        return judge.verify

    def verify(pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Verdict]:
        asked = [(sentence, evidence) for sentence, evidence in pairs if evidence]
        supports = iter(judge.support(asked) if asked else ())
        out = []
        for sentence, evidence in pairs:
            support = float(next(supports)) if evidence else 0.0
            parsed, *held = parse([sentence, *evidence])
            found = findings(parsed, held)
            if support < config.verification.least_support:
                found = (*found, whole(parsed, contradicted=False))
            out.append(Verdict(support, supported=not found, findings=found))
        return out

    return verify


def judgements(pairs: Sequence[tuple[str, Sequence[str]]], judged: Verify) -> list[Judgement]:
    """Judge each (sentence, evidence sentences), each problem and the words at fault by name."""
    return [
        Judgement(
            support=verdict.support,
            supported=verdict.supported,
            problems=tuple(dict.fromkeys(f.problem for f in verdict.findings)),
            faults=faults(verdict.findings),
        )
        for verdict in judged(pairs)
    ]


def cautions(verdict: Verdict) -> tuple[Finding, ...]:
    """What a reader is told of a supported sentence: that its sources give it as somebody's word.

    A plain fact may be told without its speaker, a charge may not; the verdict does not tell these
    apart.
    """
    return tuple(f for f in verdict.reservations if f.rule == "clause.speaker")


def faults(found: Sequence[Finding]) -> tuple[Fault, ...]:
    """Findings as a reader is told them: MOST_NAMED at most, in the order of the text.

    What an exact check finds, or a denial, is told alone; else clauses, then opposites, then other
    words.
    """
    return tuple(
        Fault(
            start=f.start,
            end=f.end,
            problem=f.problem,
            rule=f.rule,
            message=f.message,
            instead=f.instead,
        )
        for f in sorted(_told(found), key=lambda f: (f.start, f.end))
    )


def _told(found: Sequence[Finding]) -> Sequence[Finding]:
    """The findings that `faults` reports, the most certain first."""
    exact = [f for f in found if f.rule.startswith(_EXACT)]
    rank = sorted(found, key=lambda f: (f.rule.startswith("words."), f.problem == "unsupported"))
    return (exact or rank)[:MOST_NAMED]
