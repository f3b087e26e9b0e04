"""Larger judges: classifiers and T5s of random weights run through the code that real ones do.

What they say means nothing; that nothing is cut off, and which label counts, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import tiny

from summarizer.backends.entailment import EntailmentJudge
from summarizer.backends.registry import load_judge
from summarizer.errors import WeightsCorrupt

SENTENCE = "The river flooded homes."


def words(text: str) -> int:
    return len(text.split())


def test_a_classifier_supports_by_its_label_for_what_follows(tmp_path: Path) -> None:
    """The chance of "entailment" is the support, wherever among the labels it stands."""
    labels = ("entailment", "neutral", "contradiction")
    first = load_judge(str(tiny.classifier(tmp_path / "first", labels)), threads=1)
    last = load_judge(str(tiny.classifier(tmp_path / "last", labels[::-1])), threads=1)
    [support] = first.support([(SENTENCE, tiny.NEWS)])
    assert 0 < support < 1
    assert last.support([(SENTENCE, tiny.NEWS)]) != [pytest.approx(support)]


def test_a_classifier_without_that_label_is_refused(tmp_path: Path) -> None:
    """A sentiment model is no judge, and the error names its labels."""
    folder = tiny.classifier(tmp_path / "mood", ("glad", "sad", "none"))
    with pytest.raises(WeightsCorrupt, match="has the labels glad, sad, none; a judge needs"):
        load_judge(str(folder), threads=1)


def test_a_t5_answers(tmp_path: Path) -> None:
    """A T5 in MiniCheck's form gives a support for every pair, and 0 without evidence."""
    judge = load_judge(str(tiny.seq2seq(tmp_path / "t5", "t5")), threads=1)
    one, none, two = judge.support([(SENTENCE, tiny.NEWS), (SENTENCE, []), ("A jury.", tiny.NEWS)])
    assert none == 0.0
    assert 0 < one < 1
    assert one != pytest.approx(two, abs=1e-9)


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    """An encoder alone cannot judge, and the error says what can."""
    with pytest.raises(WeightsCorrupt, match="BertModel; give a sequence classifier or a T5"):
        load_judge(str(tiny.bert(tmp_path / "bert")), threads=1)


def test_no_evidence_is_cut_off() -> None:
    """What does not fit in one premise comes in several, and the best one counts."""
    seen: list[str] = []

    def chances(pairs: Sequence[tuple[str, str]]) -> list[float]:
        seen.extend(premise for premise, _ in pairs)
        return [0.9 if "the end" in premise else 0.1 for premise, _ in pairs]

    judge = EntailmentJudge("toy", chances, words, room=40)
    evidence = ["word " * 90, "short one", "and the end"]
    assert judge.support([("It is so.", evidence)]) == [0.9]
    assert sum(words(p) for p in seen) == 95
    assert max(words(p) for p in seen) <= 40
