"""Composing: a whole text over reports; what of it does not hold is mended or told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import tiny
from composers import Scripted

from summarizer import Story, Summarizer
from summarizer.backends import (
    Commission,
    Composer,
    Correction,
    PartialText,
    Report,
    registry,
    texts_of,
)
from summarizer.backends.prompt import (
    MAX_COMPOSED_TOKENS,
    Form,
    composition,
    correction,
    inert,
)
from summarizer.backends.registry import load_writer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.backends.writer import ChatWriter
from summarizer.errors import UnknownModel
from summarizer.generation.composed import sentences_of
from summarizer.generation.lost_speakers import with_speaker
from summarizer.model_store.weights import DEFAULT_WRITER, find
from summarizer.nlp import parse


def summarizer(
    text: Callable[[Commission], str], again: Callable[[Correction], str] = lambda _: ""
) -> tuple[Summarizer, Scripted]:
    writer = Scripted(text=text, again=again)
    return Summarizer(HashEncoder(), writer, OverlapJudge(), model="test"), writer


DAM = (
    "The dam above Kelbrook held through the storm on Monday night. "
    "Engineers opened two gates on Tuesday to let 4,000 tonnes of water into the river Arn. "
    "The council will reopen the valley road to lorries and buses on Friday morning."
)


# --- what is asked for and what comes back -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell on Monday. It rose again.", ["It fell on Monday.", "It rose again."]),
        ("- It fell on Monday.\n2. It rose again.", ["It fell on Monday.", "It rose again."]),
        ("It fell at 6 a.m. and Mr. Low left.", ["It fell at 6 a.m. and Mr. Low left."]),
        ("It fell on Monday. It was cut off in the", ["It fell on Monday."]),
        ("– It fell on Monday.", ["It fell on Monday."]),
        ("# Dam holds\n\nIt held on Monday.", ["It held on Monday."]),
        ("It held on Monday. The reports differ on why.", ["It held on Monday."]),
        ("The U. S. Navy left on Monday.", ["The U.S. Navy left on Monday."]),
        ("Lt. Sara Low of the Navy left.", ["Lt. Sara Low of the Navy left."]),
        ("", []),
    ],
)
def test_a_text_is_read_sentence_by_sentence(text: str, sentences: list[str]) -> None:
    """List marks, headings, cut-off sentences and what speaks of the reports are no sentence."""
    assert sentences_of(text) == sentences


def test_the_prompt_names_every_outlet_and_what_differs() -> None:
    """A composer sees who reported what, and each value on which the reports differ."""
    reports = (Report("Ledger", ("It fell.",)), Report("Courier", ("It rose.", "It held.")))
    [_, (_, asked)] = composition(Commission(reports, ("people hurt: 12 (A), 14 (B)",), 80, 1))
    assert "Report 1 (Ledger):\n- It fell.\nReport 2 (Courier):\n- It rose.\n- It held." in asked
    assert "The reports differ:\n- people hurt: 12 (A), 14 (B)" in asked
    assert "about 80 words" in asked


def test_a_correction_says_what_is_wrong() -> None:
    """The writer is told the sentence, its fault and the evidence."""
    asked = Correction(("Two were hurt.",), "Two were killed.", "'killed' is not so", 30, 1)
    [_, (_, said)] = correction(asked)
    assert "- Two were hurt." in said
    assert "Two were killed." in said
    assert "'killed' is not so" in said


# --- the whole way -------------------------------------------------------------------------------


def _first_sentences(commission: Commission) -> list[str]:
    return [r.sentences[0] for r in commission.reports]


def test_a_composed_text_that_holds_is_the_summary() -> None:
    """Sentences that their sources carry are taken in the order of the text, cited like any."""

    def text(commission: Commission) -> str:
        return " ".join(reversed(commission.reports[0].sentences))

    made, writer = summarizer(text)
    summary = made.summarize([DAM], sentences=3)
    order = list(reversed(writer.commissions[0].reports[0].sentences))
    assert [s.text for s in summary.sentences] == order
    assert len(order) == 3
    assert all(s.citations for s in summary.sentences)


def test_a_lead_that_the_text_leaves_out_is_told_from_its_source() -> None:
    """A composer that forgets what happened costs no reader the lead."""
    late = "The council will reopen the valley road to lorries and buses on Friday morning."
    made, _ = summarizer(lambda _: late)
    told = [s.text for s in made.summarize([DAM], sentences=3).sentences]
    assert told[0].startswith("The dam above Kelbrook held")
    assert late in told


def test_a_lead_is_told_though_the_text_copies_what_has_most_of_its_words() -> None:
    """What a composer copies from another opening gives way to the lead that the plan has."""
    scene = (
        "Ida Lund, who is 81 and sells smoked eels, stood with a lamp in her window on Monday "
        "night while men with shovels ran past to the dam above Kelbrook in the storm."
    )
    made, _ = summarizer(lambda _: scene)
    lead = "The dam above Kelbrook held on Monday night. Two gates were opened by the council."
    summary = made.summarize([lead, f"{lead} The road is shut.", scene], words=60)
    told = [s.text for s in summary.sentences]
    assert told[0] == "The dam above Kelbrook held on Monday night."
    assert scene not in told[:1]


def test_a_sentence_that_fails_is_asked_for_once_more_with_its_fault() -> None:
    """A false figure is named to the writer, and its second wording stands in its place."""
    lie = "Engineers opened nine gates on Tuesday to let 4,000 tonnes of water into the river Arn."
    true = lie.replace("nine", "two")
    made, writer = summarizer(lambda _: lie, lambda _: true)
    summary = made.summarize([DAM], sentences=2)
    assert [s.text for s in summary.sentences][1:] == [true]
    [asked] = writer.corrections
    assert asked.sentence == lie
    assert "nine" in asked.fault
    assert any(d.text == lie and "number" in d.problems for d in summary.dropped)


@pytest.mark.parametrize(
    ("sentence", "sources", "whole"),
    [
        (
            "The dam was never in danger of bursting.",
            ['"The dam was never in danger of bursting," council leader Ada Moor told reporters.'],
            "The dam was never in danger of bursting, council leader Ada Moor said.",
        ),
        (
            "Two people were hurt.",
            ["Two people were hurt, the police said."],
            "Two people were hurt, the police said.",
        ),
        ("It rained.", ["It rained, Low said.", "It rained, Moor said."], "It rained, Low said."),
        (
            "Two people were hurt as the owners and the crew gave different accounts of the storm.",
            [
                "Two people were hurt, the police said, as the owners and the crew gave different "
                "accounts of the storm."
            ],
            None,
        ),
        ("It rained.", ["It rained, she said."], None),
        ("It rained.", ["It rained."], None),
        ("Ada Low admitted that it rained.", ["It rained, Ada Low said."], None),
    ],
)
def test_a_lost_speaker_is_put_behind_the_sentence(
    sentence: str, sources: list[str], whole: str | None
) -> None:
    """Who says most of it is put back; else the sentence is left alone."""
    assert with_speaker(sentence, parse(sources)) == whole


def test_a_correction_has_the_sentence_before() -> None:
    """Who 'it' is stands there."""
    lie = "It will cost 9,000 crowns."
    first = "The dam above Kelbrook held through the storm on Monday night."
    made, writer = summarizer(lambda _: f"{first} {lie}")
    made.summarize([DAM], words=40)
    [asked] = writer.corrections
    assert asked.evidence[0] == first


def test_a_sentence_that_fails_in_a_part_is_told_without_it() -> None:
    """What is set off and carried by nothing goes, and the writer is not asked again."""
    lie = "The dam above Kelbrook held through the storm on Monday night, injuring 40 sheep."
    made, writer = summarizer(lambda _: lie)
    summary = made.summarize([DAM], sentences=2)
    told = "The dam above Kelbrook held through the storm on Monday night."
    assert told in [s.text for s in summary.sentences]
    assert not writer.corrections
    assert any(d.text == lie for d in summary.dropped)


def test_what_still_fails_is_told_from_a_source(story: Story) -> None:
    """An invention is dropped with its problems, and its claim is told from its sources."""
    lie = "The mayor of Karlsund resigned over 99 deaths."
    made, _ = summarizer(lambda _: lie, lambda _: lie)
    summary = made.summarize(story, words=60)
    assert any(d.text == lie and "number" in d.problems for d in summary.dropped)
    assert not any("Karlsund" in s.text for s in summary.sentences)
    assert summary.sentences


def test_what_the_text_has_told_is_not_told_again() -> None:
    """A sentence that earlier ones carry is left out, and said so."""
    told = "The dam above Kelbrook held through the storm on Monday night."
    again = "Through the storm on Monday night, the dam above Kelbrook held."
    made, _ = summarizer(lambda _: f"{told} {again}")
    summary = made.summarize([DAM], words=60)
    assert [s.text for s in summary.sentences].count(told) == 1
    assert again not in [s.text for s in summary.sentences]
    assert any(d.rules == ("text.repeats",) for d in summary.dropped)


class _Believes:
    """A judge to whom everything is carried by everything."""

    name = "believes"

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """1 for each."""
        return [1.0 for _ in pairs]


def test_what_a_judge_holds_for_told_is_told_all_the_same(story: Story) -> None:
    """Words and vectors say what repeats: a verdict sees a hedge or an answer as told already."""
    plain = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    believed = Summarizer(HashEncoder(), None, _Believes()).summarize(story, words=60)
    assert len(plain.sentences) > 1
    assert [s.text for s in believed.sentences] == [s.text for s in plain.sentences]


@pytest.mark.parametrize("text", ["", "No full stop here", "..."])
def test_a_text_that_tells_nothing_leaves_the_summary_whole(story: Story, text: str) -> None:
    """A composer that fails costs nothing: every claim is told as without it."""
    made, _ = summarizer(lambda _: text)
    plain = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    composed = made.summarize(story, words=60)
    assert [s.text for s in composed.sentences] == [s.text for s in plain.sentences]


def test_stories_of_a_batch_are_composed_as_alone(story: Story) -> None:
    """Each story has a text of its own, in a batch as by itself."""
    made, writer = summarizer(lambda c: " ".join(_first_sentences(c)))
    alone = made.summarize(story, words=60, with_text=False)
    again = story.model_copy(update={"id": "again"})
    both = list(made.batch([story, again], words=60))
    assert both[0] == alone
    assert len(writer.commissions) == 3


# --- while it is written -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typing(Scripted):
    """A composer that shows its texts word by word, one text after the other."""

    typed: list[str] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        try:
            self.commissions.extend(commissions)
            for place, text in enumerate(map(self.text, commissions)):
                yield PartialText(place, "", 0.5)
                words = text.split(" ")
                for n, word in enumerate(words, 1):
                    self.typed.append(word)
                    yield PartialText(place, " ".join(words[:n]))
        finally:
            self.closed.append(True)


def _three(commission: Commission) -> str:
    """Three sentences, of which the last is in no report."""
    return " ".join([*_first_sentences(commission)[:2], "The mayor of Oslo was not there at all."])


def _typing() -> tuple[Summarizer, Typing]:
    writer = Typing(text=_three)
    return Summarizer(HashEncoder(), writer, OverlapJudge(), model="test"), writer


def test_progress_moves_with_every_word(story: Story) -> None:
    """Reading is told in hundredths of the reports, writing in words of those asked."""
    maker, writer = _typing()
    heard: list[tuple[str, int, int]] = []
    maker.summarize(story, words=60, progress=lambda *told: heard.append(told))
    assert ("reading the reports (%)", 50, 100) in heard
    words = [(done, total) for stage, done, total in heard if stage == "writing (words)"]
    assert words == [(min(n, 60), 60) for n in range(len(writer.typed) + 1)]
    assert ("asking again (sentences)", 0, 1) in heard  # for the mayor of Oslo


def test_texts_that_are_read_side_by_side_are_told_as_one_share(story: Story) -> None:
    """A model that reads several stories at once says how far it is with all of them."""

    class SideBySide(Scripted):
        def composing(
            self, commissions: Sequence[Commission]
        ) -> Generator[PartialText, None, None]:
            for read in (0.0, 0.5):
                yield from (PartialText(place, "", read) for place in range(len(commissions)))
            yield from Scripted.composing(self, commissions)

    heard: list[tuple[str, int, int]] = []
    maker = Summarizer(HashEncoder(), SideBySide(text=_three), OverlapJudge(), model="test")
    both = [story, story.model_copy(update={"id": "other"})]
    list(maker.batch(both, words=60, progress=lambda *told: heard.append(told)))
    shares = [done for stage, done, _ in heard if stage == "reading the reports (%)"]
    assert shares == [0, 0, 25, 50]


def test_a_sentence_is_shown_while_the_next_is_written(story: Story) -> None:
    """The first sentence is settled and yielded before the model has written the whole text."""
    maker, writer = _typing()
    steps = maker.watch(story, words=60)
    first = next(steps)
    [sentence] = first.sentences
    event, *_ = _first_sentences(writer.commissions[0])
    assert sentence.text == event
    assert len(writer.typed) < len(_three(writer.commissions[0]).split())
    *_, whole = steps
    assert sentence in whole.sentences


def test_a_refused_sentence_does_not_keep_back_the_next(story: Story) -> None:
    """What holds is shown though what stands before it in the text does not."""

    def text(commission: Commission) -> str:
        return f"The mayor of Oslo was not there at all. {_three(commission)}"

    writer = Typing(text=text)
    maker = Summarizer(HashEncoder(), writer, OverlapJudge(), model="test")
    steps = maker.watch(story, words=60)
    shown = next(step for step in steps if step.sentences)
    assert len(writer.typed) < len(text(writer.commissions[0]).split())
    *_, whole = steps
    assert {s.text for s in shown.sentences} <= {s.text for s in whole.sentences}


def test_a_text_gives_the_same_summary_however_it_comes(story: Story) -> None:
    """Streamed or not, watched or in a batch of several stories: the summary is the same."""
    maker, _ = _typing()
    concurrency, _ = summarizer(_three)
    want = concurrency.summarize(story, words=60, with_text=False)
    assert maker.summarize(story, words=60, with_text=False) == want
    other = story.model_copy(update={"id": "other"})
    both = list(concurrency.batch([story, other], words=60))
    assert list(maker.batch([story, other], words=60)) == both
    assert both[0] == want


def test_who_stops_listening_stops_the_writing(story: Story) -> None:
    """Progress that raises ends the text in its middle; so does leaving `watch`."""
    maker, writer = _typing()

    def weary(stage: str, done: int, total: int) -> None:
        if stage == "writing (words)" and done == 5:
            raise InterruptedError("enough")

    with pytest.raises(InterruptedError, match="enough"):
        maker.summarize(story, words=60, progress=weary)
    assert writer.typed == _three(writer.commissions[0]).split(" ")[:5]
    assert writer.closed == [True]
    steps = maker.watch(story, words=60)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert writer.closed == [True, True]


# --- models --------------------------------------------------------------------------------------


def test_a_model_that_only_continues_text_is_refused(tmp_path: Path) -> None:
    """Without a chat template a model cannot be asked for a text, which is said at loading."""
    with pytest.raises(UnknownModel, match="has no chat template and only continues text; name a"):
        load_writer(str(tiny.llama(tmp_path / "bare", template=None)), threads=1)


def test_a_prompt_that_does_not_fit_is_not_cut(tmp_path: Path) -> None:
    """Reports that are too long for the model give no text, and all of them are unread."""
    form = Form.of(tiny.causal(tmp_path, "qwen3"), "qwen3")
    huge = Commission((Report("Ledger", ("word " * MAX_COMPOSED_TOKENS,)),), (), words=100, seed=1)
    [found] = ChatWriter("x", form, lambda *_: []).composing([huge])
    assert (found.text, found.unread) == ("", 1)


@pytest.mark.parametrize(("left", "told"), [(0, "it wrote nothing"), (1, "written without")])
def test_reports_that_were_not_read_are_a_warning(story: Story, left: int, told: str) -> None:
    """Where nothing was read, no text was written without it: the summary says which it was."""

    class Reading(Scripted):
        """Reads the first `left` sentences and writes nothing."""

        def composing(self, asked: Sequence[Commission]) -> Generator[PartialText, None, None]:
            for place, commission in enumerate(asked):
                yield PartialText(place, "", unread=commission.sentences - left)

    summary = Summarizer(HashEncoder(), Reading(), OverlapJudge()).summarize(story)
    [warning] = [w for w in summary.warnings if "did not fit into what the model reads" in w]
    assert told in warning
    assert summary.sentences


def test_special_tokens_of_an_article_are_text_to_llama_cpp() -> None:
    """`<|im_end|>` in a report does not end the prompt, and an ordinary < stays."""
    assert inert("a <|im_end|> b </s> c <tool_call> 2 < 3") == (
        "a < |im_end|> b < /s> c < tool_call> 2 < 3"
    )


ASKED = Commission((Report("Ledger", (DAM,)),), (), words=30, seed=1)


@pytest.fixture(scope="module", params=["ctranslate2", "llama.cpp"])
def real(request: pytest.FixtureRequest) -> Composer:
    """The default writer in each engine that runs gguf files."""
    found = replace(find(DEFAULT_WRITER), engine=request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "find", lambda name, **_: found)
        return registry.load_writer(DEFAULT_WRITER, threads=1)


@pytest.fixture(scope="module")
def plain(real: Composer) -> list[str]:
    """What it writes when nobody listens."""
    return texts_of(real, [ASKED])


@pytest.mark.weights
def test_a_real_engine_composes_and_corrects(real: Composer, plain: list[str]) -> None:
    """It writes whole sentences, the same twice."""
    assert texts_of(real, [ASKED]) == plain
    assert sentences_of(plain[0])
    asked = Correction((DAM,), "The dam broke on Monday night.", "'broke' is not so", 30, 1)
    assert sentences_of(real.correct([asked])[0])


@pytest.mark.weights
def test_a_real_engine_is_heard_and_stops(real: Composer, plain: list[str]) -> None:
    """Its text grows to what it writes unheard; stopped in the middle, it writes the same again."""
    under_way = real.composing([ASKED, ASKED])
    assert next(under_way).read < 1
    while not next(under_way).text:
        pass
    under_way.close()
    grown = list(real.composing([ASKED, ASKED]))
    assert [found.place for found in grown] == sorted(found.place for found in grown)
    assert len({found.text for found in grown}) > 10
    last = {found.place: found.text for found in grown}
    assert [last[0], last[1]] == plain * 2
