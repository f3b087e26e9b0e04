"""How far a summary's words agree with a reference: ROUGE, unigram recall, length.

Nothing about sources or citations lives here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rouge_score.rouge_scorer import RougeScorer

KINDS = ("rouge1", "rouge2", "rougeL")
"""rougeL is the longest common subsequence of the whole texts, not rougeLsum, which joins the
subsequences of single sentences and is far higher: the figures published for NeuS (R-L 24 to 30
beside R-1 37 to 42) and for Multi-News with PRIMERA (R-L 14 to 26) are of the whole texts."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Stemmed agreement of a summary with its reference, each in [0, 1]."""

    rouge_1: float
    rouge_2: float
    rouge_l: float
    unigram_recall: float


class _Tokens:
    """rouge-score's own tokeniser; each reference is tokenised once however many systems run."""

    @staticmethod
    @lru_cache(maxsize=4096)
    def tokenize(text: str) -> list[str]:
        tokens: list[str] = _default_tokenizer().tokenize(text)
        return tokens


@cache
def _default_tokenizer() -> Any:
    from rouge_score.tokenizers import DefaultTokenizer

    return DefaultTokenizer(use_stemmer=True)


@cache
def _scorer() -> RougeScorer:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(KINDS), tokenizer=_Tokens())


def overlap(summary: str, reference: str) -> Overlap:
    """ROUGE-1, ROUGE-2 and ROUGE-L F1 and unigram recall, Porter-stemmed, stop words kept.

    The package rouge-score computes them (Lin, ROUGE: a Package for Automatic Evaluation of
    Summaries, 2004). An empty summary scores 0.
    """
    score = _scorer().score(reference, summary)
    return Overlap(
        rouge_1=float(score["rouge1"].fmeasure),
        rouge_2=float(score["rouge2"].fmeasure),
        rouge_l=float(score["rougeL"].fmeasure),
        unigram_recall=float(score["rouge1"].recall),
    )


def length(text: str) -> int:
    """Words of a text: what white space parts."""
    return len(text.split())


def rouge_signature() -> str:
    """The package, its version and its settings, for a score's signature."""
    return f"rouge-score-{version('rouge-score')}+porter+rougeL"
