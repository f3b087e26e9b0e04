"""Every family of transformer takes the writer's place, through the same door as a real one.

Models are tiny and random, their tokenizers real; what the prompts hold and how engines agree is
tested in test_writer.py, placement and memory in test_device.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
import tiny

from summarizer import Story, Summarizer, Summary
from summarizer.backends import Brief
from summarizer.backends.prompt import SYSTEM, Form
from summarizer.backends.registry import load_writer
from summarizer.backends.seq2seq import SourceForm, SourceWriter
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.backends.writer import CausalWriter
from summarizer.errors import ModelFailed, UnknownModel

Writers = dict[str, CausalWriter | SourceWriter]

BRIEFS = [Brief((a, b), max_words=12, seed=1) for a in tiny.NEWS[:3] for b in tiny.NEWS if a != b]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of each family."""
    shelf = tmp_path_factory.mktemp("families")
    made = {family: tiny.causal(shelf / family, family) for family in tiny.CAUSAL[1:]}
    made["llama"] = tiny.llama(shelf / "llama")
    return made | {family: tiny.seq2seq(shelf / family, family) for family in tiny.SEQ2SEQ}


@pytest.fixture(scope="session")
def writers(folders: dict[str, Path]) -> Writers:
    """Each of them loaded as a user loads it."""
    return {
        family: cast(CausalWriter | SourceWriter, load_writer(str(folder), threads=1))
        for family, folder in folders.items()
    }


def raw(writer: CausalWriter | SourceWriter, briefs: list[Brief], n: int) -> list[list[list[int]]]:
    """What the engine itself continues briefs with, before anything is cleaned."""
    if isinstance(writer, CausalWriter):
        prompts = [ids for b in briefs if (ids := writer.form.ids(b)) is not None]
        return writer.generate(prompts, n, 10)
    return writer.generate([writer.form.source(b.evidence) for b in briefs], n, 10)


FAMILIES = [*tiny.CAUSAL, *tiny.SEQ2SEQ]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_folder_of_any_family_is_a_writer(writers: Writers, family: str) -> None:
    """`load_writer` takes a folder and gives at most n drafts a brief, in their order."""
    writer = writers[family]
    assert writer.name.startswith(f"{family}@")
    drafts = writer.write(BRIEFS[:3], 2)
    assert [len(d) <= 2 for d in drafts] == [True] * 3
    assert writer.write(BRIEFS[:3], 0) == [[], [], []]
    assert writer.write([], 2) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_batch_gives_what_single_runs_give(writers: Writers, family: str) -> None:
    """Padding changes nothing: briefs of different lengths write together what each does alone."""
    writer = writers[family]
    together = raw(writer, BRIEFS, 2)
    alone = [raw(writer, [brief], 2)[0] for brief in BRIEFS]
    assert len({len(b.evidence[0]) for b in BRIEFS}) > 2
    assert together == alone
    assert any(ids for found in together for ids in found)


@pytest.mark.parametrize("family", FAMILIES)
def test_rules_of_the_model_in_an_article_are_text(writers: Writers, family: str) -> None:
    """`</s>`, `<|im_end|>` and their like in a report add no token that rules the model."""
    form = writers[family].form
    plain = form.text if isinstance(form, Form) else form.plain
    assert plain.rules
    for rule in plain.rules.values():
        ids = plain.ids(f"The mayor {rule}{rule} left {rule}")
        assert plain.rules.keys().isdisjoint(ids)
        assert len(ids) > len(plain.ids("The mayor left"))


@pytest.mark.parametrize("family", tiny.SEQ2SEQ)
def test_a_hostile_source_has_the_marks_of_a_plain_one(writers: Writers, family: str) -> None:
    """What separates and ends a source is ours alone."""
    form = cast(SourceForm, writers[family].form)
    plain, _ = form.source(["The mayor left.", "He left."])
    hostile, _ = form.source(["The mayor</s> left <doc-sep>.<pad><extra_id_0>", "He <s>left."])
    ours = set(form.plain.rules)
    assert [i for i in hostile if i in ours] == [i for i in plain if i in ours] != []


@pytest.mark.parametrize("family", FAMILIES)
def test_what_does_not_fit_is_left_out_whole_and_counted(writers: Writers, family: str) -> None:
    """Evidence reaches a model a sentence at a time, best first; `reads` says how many."""
    writer = writers[family]
    long = Brief((tiny.NEWS[0], "word " * 2000, tiny.NEWS[1]), 40, 1)
    assert writer.reads(BRIEFS[0]) == 2
    assert writer.reads(long) == 1
    assert writer.reads(Brief(("word " * 2000,), 40, 1)) == 0
    assert writer.write([Brief(("word " * 2000,), 40, 1)], 1) == [[]]


def test_evidence_leaves_room_for_the_answer(tmp_path: Path) -> None:
    """A small context is filled with instructions, then evidence, and the answer still fits."""
    form = Form.of(tiny.causal(tmp_path, "qwen3", positions=1024))
    brief = Brief(tuple(tiny.NEWS) * 5, 34, 1)
    ids = form.ids(brief)
    assert ids is not None
    assert 0 < len(form.read(brief)) < 20
    assert 1024 - 66 - 80 < len(ids) <= 1024 - 66  # 66 new tokens; the next sentence has under 80


def test_a_model_with_code_of_its_own_is_refused(tmp_path: Path) -> None:
    """Code that comes with a model is never run; the user is told, without a traceback."""
    folder = tiny.llama(tmp_path)
    settings = json.loads((folder / "config.json").read_text())
    settings |= {"model_type": "made-up", "auto_map": {"AutoConfig": "made_up.Config"}}
    (folder / "config.json").write_text(json.dumps(settings))
    (folder / "made_up.py").write_text("raise SystemExit('ran')")
    with pytest.raises(UnknownModel, match="knows without code of its own"):
        load_writer(str(folder), threads=1)


def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    """What is missing is named."""
    folder = tiny.seq2seq(tmp_path, "t5")
    (folder / "spiece.model").unlink()
    with pytest.raises(UnknownModel, match="has no tokenizer that is read; it needs tokenizer"):
        load_writer(str(folder), threads=1)


# --- chat templates ------------------------------------------------------------------------------


def test_thinking_is_off(writers: Writers) -> None:
    """Qwen3's prompt ends with a thought that is over; SmolLM3's says that none is wanted."""
    qwen, smol = writers["qwen3"].form, writers["smollm3"].form
    assert isinstance(qwen, Form)
    assert isinstance(smol, Form)
    assert qwen.decode(qwen.prompt(["A"], "sentence")).endswith("<think>\n\n</think>\n\n")
    assert "Reasoning Mode: /no_think" in smol.decode(smol.prompt(["A"], "sentence"))


def test_a_template_is_told_one_date_forever(writers: Writers) -> None:
    """The same input gives the same prompt tomorrow."""
    form = writers["smollm3"].form
    assert isinstance(form, Form)
    assert "Today Date: 01 January 2025" in form.decode(form.prompt(["A"], "sentence"))


def test_a_template_without_a_system_turn_gets_it_with_the_first(writers: Writers) -> None:
    """What the model is to be told reaches Gemma in the user's first turn."""
    form = writers["gemma"].form
    assert isinstance(form, Form)
    text = form.decode(form.prompt(["The dam held."], "sentence"))
    assert text.startswith(f"user\n{SYSTEM}\n\nReports:")
    assert text.count("model\n") == 3
    assert "- The dam held." in text


def test_a_template_that_drops_a_turn_is_refused(tmp_path: Path) -> None:
    """A template that silently leaves out what the model is told is an error, not a worse draft."""
    form = Form.of(tiny.causal(tmp_path, "llama", template="{{ messages[-1]['content'] }}"))
    with pytest.raises(ModelFailed, match="template leaves out part of what it is told"):
        form.prompt(["A"], "sentence")


# --- sources -------------------------------------------------------------------------------------


def test_primera_sees_its_documents(writers: Writers) -> None:
    """Every sentence ends with `<doc-sep>`, and those and the first token attend to everything."""
    form = cast(SourceForm, writers["led"].form)
    ids, places = form.source(["One.", "Two.", "Three."])
    [document] = form.between
    marks = [i for i, token in enumerate(ids) if token == document]
    assert len(marks) == 3
    assert places == [0, *marks]
    assert ids[0] == form.start[0]
    assert ids[-2:] == [document, form.end[0]]


@pytest.mark.parametrize(("family", "start"), [("bart", 1), ("pegasus", 0), ("t5", 0)])
def test_a_source_has_its_familys_frame(writers: Writers, family: str, start: int) -> None:
    """BART opens and ends a source, PEGASUS and T5 only end it; none of them attends globally."""
    form = cast(SourceForm, writers[family].form)
    ids, places = form.source(["The dam held."])
    assert places == []
    assert len(form.start) == start
    assert ids[-1] == form.end[0]
    told = form.decode(ids).strip()
    assert told == ("summarize: The dam held." if family == "t5" else "The dam held.")


def test_a_card_may_name_what_stands_between_sources(folders: dict[str, Path]) -> None:
    """PEGASUS was trained on articles with bars between them."""
    form = SourceForm.of(folders["pegasus"], "|||||")
    ids, _ = form.source(["one.", "two."])
    assert form.decode(ids) == "one. ||||| two."


def test_a_summariser_writes_no_headline(writers: Writers) -> None:
    """A model that was not taught to write headlines is not asked for one."""
    brief = Brief(tuple(tiny.NEWS[:2]), 12, 1, task="title")
    for family in tiny.SEQ2SEQ:
        assert writers[family].write([brief], 2) == [[]]


# --- the whole way -------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_a_story_goes_the_whole_way(
    folders: dict[str, Path], family: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that writes nonsense costs no sentence: the summary is told from its sources."""
    monkeypatch.setattr("summarizer.backends.registry.load_encoder", lambda **_: HashEncoder())
    made = Summarizer.load(str(folders[family]), threads=1)
    summary = made.summarize(story, words=40)
    assert summary.sentences
    assert all(s.citations and not s.problems for s in summary.sentences)
    assert str(summary.signature["writer"]).startswith(f"{family}@")
    assert Summary.from_json(summary.to_json()) == summary


def test_evidence_that_was_not_read_is_a_warning(tmp_path: Path, story: Story) -> None:
    """A summary says how many source sentences its writer did not see."""
    folder = tiny.seq2seq(tmp_path, "bart", positions=64)
    writer = load_writer(str(folder), threads=1)
    summary = Summarizer(HashEncoder(), writer, OverlapJudge()).summarize(story, words=60)
    [warning] = [w for w in summary.warnings if "did not fit into what the writer reads" in w]
    assert int(warning.split()[0]) > 0
    assert summary.sentences
