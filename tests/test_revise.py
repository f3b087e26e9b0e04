"""A story read once, summarised at several lengths, and its sentences changed by a reader.

The page's own handling of such changes is in test_page_edit.py.
"""

from __future__ import annotations

import pytest

from summarizer import Summarizer
from summarizer.errors import BadInput
from summarizer.outputs import render
from summarizer.pipeline.prepared import Prepared
from summarizer.revision import of_changed
from summarizer.schema import CitedSentence, Story, Summary
from summarizer.types import Finding


@pytest.fixture
def prepared(summarizer: Summarizer, story: Story) -> Prepared:
    return summarizer.prepare(story)


@pytest.fixture
def sentence(summarizer: Summarizer, prepared: Prepared) -> CitedSentence:
    return list(summarizer.watch(prepared))[-1].sentences[0]


@pytest.mark.parametrize("words", [40, 150, 400])
def test_a_summary_of_a_prepared_story_is_the_same(
    summarizer: Summarizer, story: Story, prepared: Prepared, words: int
) -> None:
    """Reading a story once and summarising it at a length equals summarising it at that length."""
    assert list(summarizer.watch(prepared, words=words))[-1] == summarizer.summarize(
        story, words=words
    )


def test_preparing_reads_and_summarising_does_not(
    summarizer: Summarizer, story: Story, prepared: Prepared
) -> None:
    """A prepared story is planned anew without reading it or finding its evidence again."""
    stages: list[str] = []
    list(summarizer.watch(prepared, progress=lambda stage, done, total: stages.append(stage)))
    assert {"reading", "finding evidence"}.isdisjoint(stages)
    assert "verifying" in stages


def test_nothing_to_prepare_is_refused(summarizer: Summarizer) -> None:
    """A story without text cannot be prepared."""
    with pytest.raises(BadInput, match="fill at least one text"):
        summarizer.prepare(["", " "])


def test_a_sentence_that_its_sources_carry_has_no_problems(
    summarizer: Summarizer, prepared: Prepared, sentence: CitedSentence
) -> None:
    """A reader's sentence that a source says is cited to that source, and is called edited."""
    source = next(s for s in prepared.grouped.embedded.sentences if s.position == 2)
    changed = summarizer.revise(source.text, prepared, instead_of=sentence)
    assert changed.method == "edited"
    assert changed.problems == ()
    assert source.text in {c.text for c in changed.citations}


def test_a_sentence_that_nothing_carries_keeps_the_old_citations_and_its_problems(
    summarizer: Summarizer, prepared: Prepared, sentence: CitedSentence
) -> None:
    """An invented sentence names its figure and name, beside the sources of what it replaced."""
    changed = summarizer.revise("Quokkas juggled 9,417 lemons.", prepared, instead_of=sentence)
    assert changed.problems == ("name", "number")
    assert [(c.article, c.start) for c in changed.citations] == [
        (c.article, c.start) for c in sentence.citations
    ]


@pytest.mark.parametrize(
    ("text", "at_fault", "told"),
    [
        ("Four crew drowned off Esker.", ["Four", "drowned"], ["drowned"]),
        ("Four crew were found off Ardal.", ["Four"], ["Four"]),
        ("Four were found off Esker.", ["Four", "off Esker"], ["Four"]),
        ("Nine sailors were found off Esker.", ["off", "Nine", "sailors"], ["Nine", "sailors"]),
    ],
)
def test_what_the_reader_changed_is_named_before_what_stood_there(
    text: str, at_fault: list[str], told: list[str]
) -> None:
    """An unchanged word is named only where nothing changed, nor beside what was cut, is wrong."""
    found = [
        Finding("a.rule", "number", text.index(w), text.index(w) + len(w), w) for w in at_fault
    ]
    assert [f.message for f in of_changed(found, text, "Four crew were found off Esker.")] == told


@pytest.mark.parametrize("form", list(render.FORMATS))
def test_an_uncarried_sentence_stays_marked_in_every_form(
    summarizer: Summarizer, story: Story, prepared: Prepared, sentence: CitedSentence, form: str
) -> None:
    """Whatever form a summary leaves in, a sentence that is not carried says so."""
    summary = summarizer.summarize(story)
    changed = summarizer.revise("Quokkas juggled 9,417 lemons.", prepared, instead_of=sentence)
    taken = render.FORMATS[form](summary.model_copy(update={"sentences": (changed,)}))
    if form == "json":
        assert Summary.from_json(taken).sentences[0].problems == changed.problems
    else:
        assert "not carried by its sources: a name, a number" in taken
        assert "not carried" not in render.FORMATS[form](summary)


def test_other_wordings_are_verified_and_others(summarizer: Summarizer, prepared: Prepared) -> None:
    """Every other wording differs from the sentence, has no problem, and cites its sources."""
    sentences = list(summarizer.watch(prepared, words=300))[-1].sentences
    found = [(s, other) for s in sentences for other in summarizer.redraft(s, prepared)]
    assert found
    for sentence, other in found:
        assert other.text != sentence.text
        assert other.problems == ()
        assert summarizer.judge(other.text, [c.text for c in other.citations]).supported


def test_without_a_writer_other_wordings_are_cut_from_sources(
    summarizer: Summarizer, prepared: Prepared
) -> None:
    """Where there is no writer, every other wording is trimmed or quoted."""
    without = Summarizer(summarizer.encoder, None, summarizer.judge_model)
    sentences = list(without.watch(prepared, words=300))[-1].sentences
    made = {other.method for s in sentences for other in without.redraft(s, prepared)}
    assert made
    assert made <= {"trimmed", "quoted"}


def test_a_changed_sentence_names_what_it_rests_on(
    summarizer: Summarizer, prepared: Prepared, sentence: CitedSentence
) -> None:
    """The interview or document behind a reader's wording is told as behind any other."""
    revised = summarizer.revise(sentence.text, prepared, instead_of=sentence)
    rows = prepared.rows(revised.citations)
    assert revised.primary == prepared.grouped.primary(rows)
