"""Composing: marks are read as they are written, and what does not hold is told claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import tiny

from summarizer import Story, Summarizer
from summarizer.backends import Commission, Composer
from summarizer.backends.prompt import MAX_COMPOSED_TOKENS, Form, composed_room, numbered
from summarizer.backends.registry import load_writer
from summarizer.backends.standin import HashEncoder, OverlapJudge, ScriptedWriter, TrimWriter
from summarizer.backends.writer import CausalWriter, ChatWriter
from summarizer.cli import loading, main
from summarizer.errors import BadOption
from summarizer.generation.composed import marked


@dataclass(frozen=True, slots=True)
class Composing(ScriptedWriter):
    """A writer whose whole text is made from what it is asked for."""

    text: Callable[[Commission], str] = lambda _: ""
    commissions: list[Commission] = field(default_factory=list)

    def compose(self, commissions: Sequence[Commission]) -> list[str]:
        self.commissions.extend(commissions)
        return [self.text(c) for c in commissions]


def summarizer(text: Callable[[Commission], str]) -> tuple[Summarizer, Composing]:
    writer = Composing(text=text)
    return Summarizer(HashEncoder(), writer, OverlapJudge(), model="test", compose=True), writer


DAM = (
    "The dam above Kelbrook held through the storm on Monday night. "
    "Engineers opened two gates on Tuesday to let 4,000 tonnes of water into the river Arn. "
    "The council will reopen the valley road to lorries and buses on Friday morning."
)


# --- marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell [1]. It rose. [2][3]", [("It fell.", (0,)), ("It rose.", (1, 2))]),
        ("It fell.[1] It rose.[2]", [("It fell.", (0,)), ("It rose.", (1,))]),
        ("[1] It fell. [2] It rose.", [("It fell.", (0,)), ("It rose.", (1,))]),
        ("[1] It fell.\n[2] It rose.", [("It fell.", (0,)), ("It rose.", (1,))]),
        ("It fell [1, 3]. It rose [2-4].", [("It fell.", (0, 2)), ("It rose.", (1, 2, 3))]),
        ("It fell [2][2][1].", [("It fell.", (1, 0))]),
        ("- It fell [1].\n2. It rose [2].", [("It fell.", (0,)), ("It rose.", (1,))]),
        (
            "It fell at 6 a.m. [1] Mr. Low left [2].",
            [("It fell at 6 a.m.", (0,)), ("Mr. Low left.", (1,))],
        ),
        ("It fell at 6 a.m. [1] and rose [2].", [("It fell at 6 a.m. and rose.", (0, 1))]),
        ("It fell [9]. It rose [0].", [("It fell.", ()), ("It rose.", ())]),
        ("It fell. It rose [1].", [("It fell.", ()), ("It rose.", (0,))]),
        ('"It fell [1]," she said.', [('"It fell," she said.', (0,))]),
        ("It fell [sic] on 3 May [1].", [("It fell [sic] on 3 May.", (0,))]),
        ("It fell [1-999999999].", [("It fell.", (0, 1, 2, 3))]),
        ("[1]", []),
        ("", []),
    ],
)
def test_a_mark_belongs_to_the_sentence_it_stands_in_or_follows(
    text: str, sentences: list[tuple[str, tuple[int, ...]]]
) -> None:
    """Marks are read and taken out; of four claims a mark may name these, and no other."""
    assert [(m.text, m.claims) for m in marked(text, 4)] == sentences


def test_a_mark_in_an_article_is_not_ours() -> None:
    """Numbers in brackets in the evidence reach the composer in other brackets."""
    listed = numbered([["It fell [2] far.", "It [1, 2] fell [sic]."], ["It rose."]])
    assert listed == "Evidence:\n[1] It fell (2) far.\n[1] It (1, 2) fell [sic].\n[2] It rose."


# --- the whole way -------------------------------------------------------------------------------


def test_a_composed_text_that_holds_is_the_summary() -> None:
    """Sentences that their sources carry are taken in the order of the text, cited like any."""

    def text(commission: Commission) -> str:
        firsts = [f"{e[0]} [{i}]" for i, e in enumerate(commission.evidence, 1)]
        return " ".join(reversed(firsts))

    made, writer = summarizer(text)
    summary = made.summarize([DAM, DAM.replace("Engineers", "Two engineers")], sentences=3)
    order = [claim[0] for claim in reversed(writer.commissions[0].evidence)]
    told = [s.text for s in summary.sentences]
    assert len(told) == len(order) == 3
    assert told == order
    assert all(s.citations for s in summary.sentences)
    assert summary.signature["compose"] is True


def test_what_does_not_hold_falls_back_by_claims(story: Story) -> None:
    """An invention is dropped with its problems, and its claim is told from its sources."""
    lie = "The mayor of Karlsund resigned over 99 deaths"
    made, _ = summarizer(lambda _: f"{lie} [1].")
    summary = made.summarize(story, words=60)
    plain = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    assert any(d.text == f"{lie}." and "number" in d.problems for d in summary.dropped)
    assert not any("Karlsund" in s.text for s in summary.sentences)
    assert summary.sentences[0].text == plain.sentences[0].text


def test_a_sentence_without_a_mark_is_reported(story: Story) -> None:
    """Nobody says what it rests on, so it is not told, and not forgotten."""
    made, _ = summarizer(lambda c: f"Nobody knows why. {c.evidence[0][0]} [1]")
    summary = made.summarize(story, words=60)
    assert [d.text for d in summary.dropped if d.problems == ("unsupported",)] == [
        "Nobody knows why."
    ]


def test_claims_told_in_one_sentence_are_not_told_again(story: Story) -> None:
    """A sentence that names two claims tells both."""
    seen: list[tuple[tuple[str, ...], ...]] = []

    def text(commission: Commission) -> str:
        seen.append(commission.evidence)
        return f"{commission.evidence[0][0]} [1][2]"

    made, _ = summarizer(text)
    told = " ".join(s.text for s in made.summarize(story, words=60).sentences)
    assert seen[0][1][0] not in told


@pytest.mark.parametrize("text", ["", "No marks at all.", "[1]", "[7] x [1] ]["])
def test_a_text_that_tells_nothing_leaves_the_summary_whole(story: Story, text: str) -> None:
    """A composer that fails costs nothing: every claim is told as without it."""
    made, _ = summarizer(lambda _: text)
    plain = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    composed = made.summarize(story, words=60)
    assert [s.text for s in composed.sentences] == [s.text for s in plain.sentences]


def test_stories_of_a_batch_are_composed_as_alone(story: Story) -> None:
    """Each story has a text of its own, in a batch as by itself."""
    made, writer = summarizer(lambda c: f"{c.evidence[0][0]} [1]")
    alone = made.summarize(story, words=60, with_text=False)
    again = story.model_copy(update={"id": "again"})
    both = list(made.batch([story, again], words=60))
    assert both[0] == alone
    assert len(writer.commissions) == 3


def test_a_writer_of_sentences_cannot_compose() -> None:
    """Who asks for a whole text of a model that writes none is told so."""
    with pytest.raises(BadOption, match="'trim' cannot compose a whole text; leave compose out"):
        Summarizer(HashEncoder(), TrimWriter(), OverlapJudge(), model="trim", compose=True)
    with pytest.raises(BadOption, match="'extract' cannot compose"):
        Summarizer(HashEncoder(), None, OverlapJudge(), compose=True)


def test_the_command_line_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--compose` reaches the loading of the model, and only then."""
    asked: list[bool] = []
    made, writer = summarizer(lambda c: f"{c.evidence[0][0]} [1]")

    def load(model: str, **options: Any) -> Summarizer:
        asked.append(options["compose"])
        return made

    monkeypatch.setattr(loading, "load", load)
    assert main(["summarize", "--example", "ferry", "--compose", "--quiet"]) == 0
    assert main(["summarize", "--example", "ferry", "--quiet"]) == 0
    assert asked == [True, False]
    assert writer.commissions


# --- models --------------------------------------------------------------------------------------


def test_chat_models_compose_and_others_do_not(tmp_path: Path) -> None:
    """A chat template makes a composer; a model that continues text or summarises is none."""
    chat = load_writer(str(tiny.causal(tmp_path / "chat", "qwen3")), threads=1)
    bare = load_writer(str(tiny.llama(tmp_path / "bare", template=None)), threads=1)
    source = load_writer(str(tiny.seq2seq(tmp_path / "t5", "t5")), threads=1)
    assert isinstance(chat, Composer)
    assert not isinstance(bare, Composer)
    assert not isinstance(source, Composer)
    commission = Commission(tuple((s,) for s in tiny.NEWS), words=12, seed=1)
    [one, two] = chat.compose([commission, commission])
    assert one == two
    assert isinstance(bare, CausalWriter)


def test_claims_that_do_not_fit_are_left_for_later(tmp_path: Path) -> None:
    """The composer is shown whole claims while they fit; the others are told one by one."""
    form = Form.of(tiny.causal(tmp_path, "qwen3"), trained=False)
    claims = tuple((s, s) for s in tiny.NEWS * 30)
    commission = Commission(claims, words=100, seed=1)
    ids = form.composition(commission)
    assert ids is not None
    assert len(ids) <= 2048 - composed_room(commission)
    text = form.decode(ids)
    assert "[5] The river Arn" in text
    assert "[120]" not in text
    huge = Commission((("word " * MAX_COMPOSED_TOKENS,),), words=100, seed=1)
    assert form.composition(huge) is None
    assert ChatWriter("x", form, lambda *_: []).compose([huge]) == [""]
