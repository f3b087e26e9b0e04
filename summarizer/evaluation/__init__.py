"""Evaluate: pure scores, then a run over stories with intervals and a signature.

The public names are here; scores, baselines, resampling and the report have a file each.

    from summarizer import evaluate

    systems = [
        evaluate.system("extract", summarizer, words=220, seed=7),      # a Summarizer
        evaluate.baseline("lexrank", sentences_of, words=220),
    ]
    report = evaluate.run(stories, systems, sentences_of=sentences_of, words=220, seed=7)
    rich.console.Console().print(evaluate.table(report))
    path.write_text(report.to_json())

`sentences_of(story)` gives the story's split sentences without what is masked, article by
article: the baselines choose among them, and copying is counted against them.
"""

from summarizer.evaluation.baselines import BASELINES
from summarizer.evaluation.report import SCORES, Report, Score, ScoreDifference, SystemReport, table
from summarizer.evaluation.run import (
    NotSummarised,
    Outcome,
    System,
    SystemSummary,
    baseline,
    run,
    system,
)

__all__ = [
    "BASELINES",
    "SCORES",
    "NotSummarised",
    "Outcome",
    "Report",
    "Score",
    "ScoreDifference",
    "System",
    "SystemReport",
    "SystemSummary",
    "baseline",
    "run",
    "system",
    "table",
]
