"""Rules of an evaluation run: baselines, systems by callables, the report and its table.

The scores themselves are in test_evaluate_scores.py.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from summarizer import evaluation
from summarizer.errors import BadInput, BadOption
from summarizer.evaluation.baselines import centrality, cosines, lead, lexrank
from summarizer.schema import (
    Article,
    Attribution,
    Citation,
    CitedSentence,
    GoldSentence,
    GoldSpan,
    Reference,
    SourceSentence,
    Story,
    Summary,
)

HARBOUR = (
    "The council closed the harbour bridge on Tuesday.",
    "Engineers found cracks in two pillars of the harbour bridge.",
    "Ferries will run every hour until spring.",
)
RIVAL = (
    "Lisbon's council closed the harbour bridge.",
    "A bakery on the quay won a prize.",
    "The mayor said ferries will run every hour.",
)


def _article(id: str, sentences: Sequence[str]) -> Article:
    return Article(id=id, text=" ".join(sentences), title="Bridge closed")


def _sentences(story: Story) -> list[SourceSentence]:
    """Split at full stops; the title is position -1, as `split` gives it."""
    found = []
    for a in story.articles:
        found.append(SourceSentence(a.id, "title", 0, len(a.title or ""), a.title or "", -1))
        start = 0
        for i, part in enumerate(a.text.split(". ")):
            text = part if part.endswith(".") else part + "."
            found.append(SourceSentence(a.id, "text", start, start + len(text), text, i))
            start += len(text) + 1
    return found


def _story(id: str = "bridge", *, gold: bool = False) -> Story:
    grid = {
        a.id: tuple((s.start, s.end) for s in _sentences(Story(articles=(a,))) if s.position >= 0)
        for a in (_article("h", HARBOUR), _article("r", RIVAL))
    }
    evidence = tuple(GoldSpan(article=a, start=grid[a][0][0], end=grid[a][0][1]) for a in "hr")
    return Story(
        id=id,
        articles=(_article("h", HARBOUR), _article("r", RIVAL)),
        reference=Reference(text="The harbour bridge was closed. Ferries run hourly."),
        gold=(GoldSentence(text="The harbour bridge was closed.", evidence=evidence),)
        if gold
        else None,
        grid=grid if gold else None,
    )


STORIES = [_story("one"), _story("two")]


class _Summarizer:
    """Quotes the first sentence; cites it for anything. Fails on a story named "bad"."""

    def __init__(self) -> None:
        self.batches = 0

    def _cited(self, story: Story) -> Summary:
        first = next(s for s in _sentences(story) if s.position == 0)
        citation = Citation.of(first, 0.9)
        sentence = CitedSentence(
            text=first.text,
            method="quoted",
            support=1,
            independent_sources=2,
            citations=(citation,),
        )
        articles = [{"id": a.id, "used": True} for a in story.articles]
        return Summary.model_validate(
            {"id": story.id, "sentences": (sentence,), "articles": articles}
        )

    def summarize(
        self, articles: Story, /, *, words: int | None = None, seed: int | None = None
    ) -> Summary:
        return self._cited(articles)

    def batch(
        self, stories: Iterable[Story], /, *, words: int | None = None, seed: int | None = None
    ) -> Iterator[Any]:
        self.batches += 1
        for story in stories:
            if story.id == "bad":
                yield SimpleNamespace(id="bad", reason="it has no words", mend="add some")
            else:
                yield self._cited(story)

    def attribute(
        self, sentences: Sequence[str], articles: Story, /, *, rank: bool = False
    ) -> list[Attribution]:
        ranking = tuple(Citation.of(s, 0.5) for s in _sentences(articles))
        return [
            Attribution(
                text=t, support=1, citations=(ranking[1],), ranking=ranking if rank else None
            )
            for t in sentences
        ]


def _run(
    systems: Sequence[evaluation.System], stories: Sequence[Story] = STORIES
) -> evaluation.Report:
    ticks = iter(range(10_000))
    return evaluation.run(
        stories,
        systems,
        sentences_of=_sentences,
        words=20,
        resamples=200,
        clock=lambda: float(next(ticks)),
    )


# --- baselines -----------------------------------------------------------------------------------


def test_lead_goes_round_the_articles() -> None:
    """First sentences of all articles come before any second one."""
    chosen = lead(_story(), 24, _sentences)
    assert [(s.article, s.position) for s in chosen] == [("h", 0), ("r", 0), ("h", 1)]


@pytest.mark.parametrize("choose", [lead, lexrank])
@pytest.mark.parametrize("words", [1, 10, 15, 24, 1_000])
def test_baselines_come_near_to_the_budget(choose: Any, words: int) -> None:
    """No sentence is cut, no title chosen; the length is over by half a sentence at most."""
    chosen = choose(_story(), words, _sentences)
    pool = [s for s in _sentences(_story()) if s.position >= 0]
    assert chosen
    assert all(s in pool for s in chosen)
    total = sum(len(s.text.split()) for s in chosen)
    longest = max(len(s.text.split()) for s in chosen)
    assert total <= words + longest / 2 or len(chosen) == 1


def test_lexrank_prefers_what_many_sentences_say() -> None:
    """A sentence that shares words with two others, which share none, is most central."""
    texts = ["Cracks closed the bridge.", "Cracks grew.", "Ferries replace the bridge.", "Snow."]
    rank = centrality(cosines(texts))
    assert rank.sum() == pytest.approx(1.0)
    assert int(np.argmax(rank)) == 0


def test_lexrank_of_two_alike_and_one_apart_by_hand() -> None:
    """Power iteration ends at the stationary distribution of the walk."""
    similar = np.array([[1.0, 0.9, 0.0], [0.9, 1.0, 0.9], [0.0, 0.9, 1.0]])
    walk = 0.05 + 0.85 * np.array([[1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3], [0, 1 / 2, 1 / 2]])
    rank = centrality(similar)
    assert rank @ walk == pytest.approx(rank, abs=1e-5)
    assert rank[1] > rank[0] == pytest.approx(rank[2])


def test_lexrank_says_nothing_twice() -> None:
    """Of two sentences alike the second is passed over, however central it is."""
    twice = Story(articles=(_article("h", HARBOUR), _article("copy", (*RIVAL[1:2], *HARBOUR))))
    texts = [s.text for s in lexrank(twice, 1_000, _sentences)]
    assert sorted(texts) == sorted({*HARBOUR, RIVAL[1]})


def test_nothing_in_gives_nothing() -> None:
    """A story whose articles are empty has no lead and no centre."""
    empty = Story(articles=(Article(text=""),))
    assert lead(empty, 50, lambda _: []) == lexrank(empty, 50, lambda _: []) == []


def test_an_unknown_baseline_is_refused_by_name() -> None:
    """The names to choose from are said."""
    with pytest.raises(BadOption, match="no baseline named 'textrank'; have: lead, lexrank"):
        evaluation.baseline("textrank", _sentences, words=50)


# --- runs ----------------------------------------------------------------------------------------


def test_what_was_not_scored_is_none() -> None:
    """Text without sentences has no copied share, stories without gold no citation score: not 0."""
    plain = evaluation.System("plain", lambda _: evaluation.SystemSummary("The bridge was closed."))
    scores = _run([plain]).system("plain").scores
    assert set(scores) == set(evaluation.SCORES)
    assert scores["copied"] is scores["fused"] is scores["citation_f1"] is None
    assert scores["rouge_1"] is not None
    assert scores["rouge_1"].value > 0
    bare = [s.model_copy(update={"reference": None}) for s in STORIES]
    assert _run([plain], bare).system("plain").scores["rouge_1"] is None


def test_a_quoting_summary_is_all_copied_and_supported() -> None:
    """Whole sentences are copies, and their own sources hold all their names and numbers."""
    scores = _run([evaluation.baseline("lead", _sentences, words=20)]).system("lead").scores
    assert scores["copied"] is not None
    assert scores["copied"].value == 1.0
    assert scores["quoted"] is not None
    assert scores["quoted"].value == 1.0
    assert scores["unsupported_details"] is not None
    assert scores["unsupported_details"].value == 0.0


def test_a_summarizer_is_scored_by_its_batch_and_timed_alone() -> None:
    """Scored summaries come from one batch; seconds are of single calls, at most ten stories."""
    ours = _Summarizer()
    stories = [_story(f"s{i}") for i in range(12)]
    report = _run([evaluation.system("extract", ours, words=20, seed=1)], stories)
    seconds = report.system("extract").seconds
    assert ours.batches == 1
    assert seconds is not None
    assert (seconds.n, seconds.median) == (10, 1.0)
    assert len(report.system("extract").stories) == 12


def test_attribution_is_scored_on_stories_with_gold() -> None:
    """One of two marked sentences cited: P 1, R 1/2; the ranking reaches them at 1 and 4."""
    stories = [_story("gold", gold=True), _story("none")]
    system = _run([evaluation.system("extract", _Summarizer(), words=20, seed=1)], stories).system(
        "extract"
    )
    values = {k: (round(s.value, 3), s.n) for k, s in system.scores.items() if s}
    assert values["citation_precision"] == (1.0, 1)
    assert values["citation_recall"] == (0.5, 1)
    assert values["citation_f1"] == (0.667, 1)
    assert values["article_recall"] == (0.5, 1)
    assert values["average_precision"] == (0.75, 1)
    assert system.reliability is not None
    assert [(b.n, b.right) for b in system.reliability] == [(1, 1.0)]
    assert system.calibration_error == pytest.approx(0.5)


def test_a_failed_story_is_told_and_in_no_score() -> None:
    """A failure lowers no score; it is named with its reason."""
    report = _run(
        [evaluation.system("extract", _Summarizer(), words=20, seed=1)],
        [_story("bad"), _story("b")],
    )
    system = report.system("extract")
    assert [(f.story, f.reason) for f in system.failures] == [("bad", "it has no words; add some")]
    assert system.scores["words"] is not None
    assert system.scores["words"].n == 1
    assert [s.story for s in system.stories] == ["b"]


def test_systems_are_compared_pair_by_pair() -> None:
    """Every two systems are compared on the scores that both have."""
    systems = [evaluation.baseline(n, _sentences, words=20) for n in ("lead", "lexrank")]
    pairs = {(d.a, d.b, d.score) for d in _run(systems).differences}
    assert ("lead", "lexrank", "rouge_1") in pairs
    assert all(score != "citation_f1" for _, _, score in pairs)


def test_the_same_run_gives_the_same_report() -> None:
    """Nothing but the clock differs between two runs, and here it does not either."""
    systems = [evaluation.baseline("lexrank", _sentences, words=20)]
    assert _run(systems) == _run(systems)


def test_nothing_to_evaluate_is_refused() -> None:
    """No story, no system or one name twice: one sentence that says so."""
    system = evaluation.baseline("lead", _sentences, words=20)
    with pytest.raises(BadInput, match="no story to evaluate on"):
        _run([system], [])
    with pytest.raises(BadOption, match="systems to evaluate are none"):
        _run([])
    with pytest.raises(BadOption, match="lead, lead; name each one once"):
        _run([system, system])


def test_scores_carry_their_signature() -> None:
    """It says the stories, the words, the seed, the resamples and the version."""
    signature = _run([evaluation.baseline("lead", _sentences, words=20)]).signature
    asked = {"stories": 2, "words": 20, "seed": 7, "resamples": 200}
    assert asked.items() <= signature.items()
    assert {"rouge", "v"} <= signature.keys()


def test_the_report_is_read_back_as_written() -> None:
    """JSON holds the whole report, with its version; None stays None."""
    report = _run([evaluation.baseline("lead", _sentences, words=20)])
    assert evaluation.Report.model_validate_json(report.to_json()) == report
    data = json.loads(report.to_json())
    assert data["schema_version"] == "1.0"
    assert data["systems"][0]["scores"]["citation_f1"] is None


def test_the_table_shows_systems_and_leaves_out_what_nobody_has() -> None:
    """A block without a score is not drawn; markup in a name is shown as it is."""
    system = evaluation.System("a[b]x[/b]", lambda _: evaluation.SystemSummary("The bridge."))
    console = Console(width=200, file=io.StringIO())
    with console.capture() as shown:
        console.print(evaluation.table(_run([system])))
    text = shown.get()
    assert "a[b]x[/b]" in text
    assert "R1" in text
    assert "Attribution" not in text


def test_importing_evaluate_is_light() -> None:
    """No model library and no stemmer is loaded before something is scored."""
    code = (
        "import sys, summarizer.evaluation\n"
        "heavy = {'torch', 'transformers', 'nltk', 'rouge_score', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
