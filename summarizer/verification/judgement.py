"""Verdicts by whichever judge is asked, and as they go out: a Judgement with faults.

Our own verifier is in verifier.py; other judges only give a support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.backends import Judge
from summarizer.config import Config
from summarizer.nlp import Parsed, parse
from summarizer.nlp.lexicons.lists import word_list
from summarizer.schema import Fault, Judgement
from summarizer.types import Finding, Verdict, Verify
from summarizer.verification.checks import Source, findings
from summarizer.verification.verifier import Verifier, whole

MOST_NAMED = 3
"""Reasons that a reader is told of one sentence; what is mended shows what is left."""

_EXACT = ("numbers.", "names.", "dates.", "quotations.", "clause.negation")
"""What is exact, by its rule: where it finds something, the words around are not at fault."""

_GRAMMAR = frozenset({"ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "PUNCT", "SCONJ"})
"""Parts of speech of the words that no source need say."""


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
            found = findings(parsed, [Source(p) for p in held])
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
            faults=faults(sentence, verdict.findings),
        )
        for (sentence, _), verdict in zip(pairs, judged(pairs), strict=True)
    ]


def faults(sentence: str, found: Sequence[Finding]) -> tuple[Fault, ...]:
    """Findings as a reader is told them: MOST_NAMED at most, in the order of the text.

    What an exact check finds, or a denial, is told alone. Else it is clauses, then opposites, then
    other words, without the words of grammar on either side; where there are only such, the
    sentence as a whole.
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
        for f in sorted(told(sentence, found), key=lambda f: (f.start, f.end))
    )


def told(sentence: str, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that `faults` reports, the most certain first; none of none."""
    exact = [f for f in found if f.rule.startswith(_EXACT)]
    if not found or exact:
        return tuple(exact[:MOST_NAMED])
    [parsed] = parse([sentence])
    named = [n for f in found if (n := _without_grammar(f, parsed)) is not None]
    if not named:
        opposed = any(f.problem == "contradiction" for f in found)
        return (whole(parsed, contradicted=opposed),)
    return tuple(
        sorted(named, key=lambda f: (f.rule.startswith("words."), f.problem == "unsupported"))
    )[:MOST_NAMED]


def _without_grammar(found: Finding, parsed: Parsed) -> Finding | None:
    """A finding of words cut to those with content; None where it has none."""
    if not found.rule.startswith("words."):
        return found
    held = [
        t
        for t in parsed.tokens
        if t.end > found.start
        and t.start < found.end
        and t.pos not in _GRAMMAR
        and t.lower not in word_list("function_words")
    ]
    if not held:
        return None
    start, end = max(found.start, held[0].start), min(found.end, held[-1].end)
    before, after = parsed.text[found.start : found.end], parsed.text[start:end]
    message = found.message.replace(f"“{before}”", f"“{after}”")
    return replace(found, start=start, end=end, message=message)
