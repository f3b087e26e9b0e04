"""Training texts say nothing that the evidence in their prompt does not.

Training on them is tested in test_train_writer.py.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from composers import Scripted

from summarizer import Summarizer
from summarizer.backends.prompt import composition
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.backends.train_writer import Pair, read_pairs
from summarizer.cli import main
from summarizer.errors import BadOption
from summarizer.schema import Article, Reference, Story
from summarizer.training.writer_pairs import draft_pairs, reference_pairs

FIRST = "The river Arn burst its banks on Tuesday and flooded 1,200 homes in Kelbrook."
SECOND = "The flood in Kelbrook on Tuesday left two people injured and closed five schools."
FUSED = "The Arn flooded 1,200 homes in Kelbrook on Tuesday and closed five schools."
MERGED = "The river Arn flooded 1,200 homes in Kelbrook when it burst its banks on Tuesday."


def story(reference: str | None = None) -> Story:
    articles = (
        Article(text=f"{FIRST} The weather stayed mild.", outlet="Ledger"),
        Article(
            text=f"The river Arn flooded homes in Kelbrook on Tuesday. {SECOND}", outlet="Courier"
        ),
    )
    said = None if reference is None else Reference(text=reference)
    return Story(id="flood", articles=articles, reference=said)


def with_writer(text: str) -> tuple[Summarizer, Scripted]:
    writer = Scripted(text=lambda _: text)
    return Summarizer(HashEncoder(), writer, OverlapJudge(), model="x"), writer


def of_reference(text: str | None) -> list[Pair]:
    return list(reference_pairs([story(text)], with_writer("")[0]))


def of_draft(text: str) -> list[Pair]:
    return list(draft_pairs([story()], [with_writer(text)[0]]))


def test_a_reference_is_laid_on_the_planned_evidence() -> None:
    """The prompt is that of a summary of the reference's length, over sentences of both reports."""
    [pair] = of_reference(FUSED)
    assert (pair.text, pair.story, pair.kind) == (FUSED, "flood", "reference")
    said = {s for report in pair.commission.reports for s in report.sentences}
    assert {FIRST, SECOND} <= said
    assert [r.outlet for r in pair.commission.reports] == ["Ledger", "Courier"]
    assert "in about 13 words" in composition(pair.commission)[-1][1]


WRONG = [
    FUSED.replace("1,200", "1,300"),
    FUSED.replace("Kelbrook", "Norhavn"),
    f"{FUSED} Insurers expect that the damage will cost the region dearly for years.",
    f"{FUSED} The mayor said that",
    f"Flood closes schools\n{FUSED}",
    f"{FUSED} The reports differ in who was hurt.",
    "",
]


@pytest.mark.parametrize("text", WRONG)
def test_one_sentence_that_is_not_carried_costs_the_text(text: str) -> None:
    """A figure, a name, a fact too many, a headline, half a sentence: then there is no pair."""
    assert of_reference(text) == []


def test_a_story_without_a_reference_has_no_pair() -> None:
    """There is nothing to learn from where nobody wrote a summary."""
    assert of_reference(None) == []


def test_a_draft_is_kept_where_it_fuses() -> None:
    """A composer's text of source sentences alone teaches copying; one fused sentence is enough."""
    [pair] = of_draft(f"{MERGED} {SECOND}")
    assert (pair.text, pair.kind) == (f"{MERGED} {SECOND}", "draft")
    assert of_draft(f"{FIRST} {SECOND}") == []


@pytest.mark.parametrize("text", WRONG)
def test_nothing_wrong_stands_in_a_draft_that_is_learned_from(text: str) -> None:
    """What costs a reference the whole text is in no draft's text either."""
    wrong = ("1,300", "Norhavn", "Insurers", "mayor", "Flood closes", "reports differ")
    assert not any(w in pair.text for pair in of_draft(text) for w in wrong)


@pytest.mark.parametrize("wrong", ["Norhavn lost 1,300 homes.", "The mayor said that", ""])
def test_what_does_not_hold_is_left_out_of_a_draft(wrong: str) -> None:
    """A figure or name too many, half a sentence: the rest is the text, asked for in its length."""
    [pair] = of_draft(f"{MERGED} {wrong}")
    assert pair.text == MERGED
    assert pair.commission.words == len(MERGED.split())
    assert of_draft(wrong) == []


def test_what_was_refused_is_the_worse_beside_what_holds() -> None:
    """A wrong sentence stands, as it was written, behind what held before it."""
    wrong = "Norhavn lost 1,300 homes."
    [pair] = of_draft(f"{wrong} {MERGED} {wrong} {SECOND}")
    assert pair.text == f"{MERGED} {SECOND}"
    assert pair.worse == (wrong, f"{MERGED} {wrong}")


def test_a_source_in_another_order_is_no_fusion() -> None:
    """A day put first joins nothing: it is not learned from, and is the worse beside a fusion."""
    moved = "On Tuesday the flood in Kelbrook left two people injured and closed five schools."
    assert of_draft(moved) == []
    [pair] = of_draft(f"{moved} {MERGED}")
    assert (pair.text, pair.worse) == (MERGED, (moved,))


def test_of_several_composers_the_text_that_fuses_most_is_learned_from() -> None:
    """What the others were refused is the worse beside it, each once."""
    wrong = "Norhavn lost 1,300 homes."
    writers = [with_writer(text)[0] for text in (wrong, f"{MERGED} {SECOND}", wrong)]
    [pair] = draft_pairs([story()], writers)
    assert (pair.text, pair.worse) == (f"{MERGED} {SECOND}", (wrong,))


def test_a_draft_is_asked_for_as_at_a_summary() -> None:
    """The pair's prompt is the one that the composer was given, and that a summary gives it."""
    summarizer, writer = with_writer(MERGED)
    [pair] = draft_pairs([story()], [summarizer])
    summarizer.summarize(story())
    [asked, summary] = writer.commissions
    assert asked == summary
    assert pair.commission == replace(asked, words=len(pair.text.split()))


def test_a_model_that_composes_nothing_teaches_nothing() -> None:
    """`extract` has no drafts to keep."""
    summarizer = Summarizer(HashEncoder(), None, OverlapJudge())
    with pytest.raises(BadOption, match="'extract' composes no texts; name a chat model"):
        list(draft_pairs([story()], [summarizer]))


def test_the_command_line_writes_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`summarizer train pairs` writes what `train writer` reads: of references, or of drafts."""
    made, _ = with_writer(f"{MERGED} {SECOND}")
    monkeypatch.setattr(Summarizer, "load", lambda *_, **__: made)
    monkeypatch.setattr("summarizer.model_store.weights.find", lambda *_, **__: None)
    stories, out = tmp_path / "stories.jsonl", tmp_path / "pairs.jsonl"
    stories.write_text(f"{story(FUSED).model_dump_json()}\n")
    assert main(["train", "pairs", str(stories), "-o", str(out), "-q"]) == 0
    assert [p.text for p in read_pairs([out])] == [FUSED]
    argv = ["train", "pairs", str(stories), "-o", str(out), "--drafts-of", "default", "-q"]
    assert main(argv) == 0
    assert [p.kind for p in read_pairs([out])] == ["draft"]
    assert "1 pairs" in capsys.readouterr().out
