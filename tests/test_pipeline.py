"""Rules of the whole way: every sentence cited, everything left out said, nothing lost.

Uses the shipped stand-ins; the real models are tested in test_weights_path.
"""

from __future__ import annotations

import pytest
from composers import trimming
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article, Summarizer, Summary
from summarizer.api import StoryFailure
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.errors import BadInput, BadOption
from summarizer.nlp.well_formed import words
from summarizer.schema import Story


@pytest.fixture
def extract() -> Summarizer:
    """Without a writer: sentences are trimmed or quoted."""
    return Summarizer(HashEncoder(), None, OverlapJudge())


def test_every_citation_is_cut_from_its_article(summarizer: Summarizer, story: Story) -> None:
    """A citation's text is exactly article[start:end]."""
    summary = summarizer.summarize(story)
    assert summary.sentences
    for citation in summary.citations():
        whole = story.article(citation.article).field(citation.field)
        assert whole[citation.start : citation.end] == citation.text


def test_no_boilerplate_is_told(extract: Summarizer, story: Story) -> None:
    """What is masked is cited nowhere."""
    summary = extract.summarize(story, words=400)
    masks = {a.id: a.masked for a in summary.articles}
    assert any(masks.values())
    for c in summary.citations():
        if c.field == "text":
            assert not any(m.start < c.end and c.start < m.end for m in masks[c.article])


def test_the_length_is_kept(extract: Summarizer, story: Story) -> None:
    """A summary of 120 words has no more than a tenth above."""
    assert words(extract.summarize(story, words=120).text) <= 132


def test_sentences_can_be_counted_instead_of_words(extract: Summarizer, story: Story) -> None:
    """Asked for three sentences, there are three."""
    assert len(extract.summarize(story, sentences=3).sentences) == 3


def test_words_and_sentences_exclude_each_other(extract: Summarizer, story: Story) -> None:
    """Two lengths are one too many."""
    with pytest.raises(BadOption, match="give the length in one of them"):
        extract.summarize(story, words=100, sentences=3)


def test_a_length_out_of_range_is_refused(extract: Summarizer, story: Story) -> None:
    """Nine words are no summary."""
    with pytest.raises(BadOption, match="words is 9; a summary can have 10 to 5000 words"):
        extract.summarize(story, words=9)


def test_plain_strings_are_articles(extract: Summarizer) -> None:
    """Strings serve where nothing but text is known, and are named a1, a2."""
    text = "The council of Harrow voted on Monday to close the old bridge to all traffic."
    summary = extract.summarize([text, text])
    assert [a.id for a in summary.articles] == ["a1", "a2"]
    assert summary.sentences[0].independent_sources == 1


def test_one_string_alone_is_refused(extract: Summarizer) -> None:
    """A bare string is not taken for a list of one-letter articles."""
    with pytest.raises(BadInput, match="give a list of articles"):
        extract.summarize("The council voted.")


@pytest.mark.parametrize("articles", [[], [""], ["  \n", "\t"]])
def test_nothing_to_read_is_said(extract: Summarizer, articles: list[str]) -> None:
    """No article, or only empty ones: one sentence that says so."""
    with pytest.raises(BadInput, match=r"has no articles|are empty"):
        extract.summarize(articles)


def test_an_empty_article_among_others_is_set_aside(extract: Summarizer, story: Story) -> None:
    """One empty article loses nothing of the others and is named."""
    articles = [*story.articles, Article(id="void", text=" ")]
    summary = extract.summarize(articles)
    report = next(a for a in summary.articles if a.id == "void")
    assert (report.used, report.reason) == (False, "has no text")
    assert any("'void'" in w for w in summary.warnings)


def test_three_words_are_quoted_with_a_warning(extract: Summarizer) -> None:
    """Of three words there is a summary: themselves, and a warning that this is all."""
    summary = extract.summarize(["Bridge closed today."])
    assert summary.text == "Bridge closed today."
    assert summary.sentences[0].method == "quoted"
    assert any("only one article" in w for w in summary.warnings)


def test_the_summary_grows_by_verified_sentences(extract: Summarizer, story: Story) -> None:
    """Each step of `watch` has one more sentence, and the last step is what `summarize` gives."""
    steps = list(extract.watch(story, words=120))
    counts = [len(s.sentences) for s in steps]
    assert counts == sorted(counts)
    assert steps[-1] == extract.summarize(story, words=120)
    assert len(steps) == counts[-1]


def test_streamed_sentences_are_those_of_the_summary(extract: Summarizer, story: Story) -> None:
    """`stream` gives every sentence once."""
    streamed = {s.text for s in extract.stream(story, words=120)}
    assert streamed == {s.text for s in extract.summarize(story, words=120).sentences}


def test_json_reads_back_what_it_wrote(summarizer: Summarizer, story: Story) -> None:
    """from_json(to_json(x)) is x."""
    summary = summarizer.summarize(story)
    assert Summary.from_json(summary.to_json()) == summary


def test_a_batch_equals_single_runs_in_order(summarizer: Summarizer, story: Story) -> None:
    """What a story becomes does not depend on what stands beside it."""
    other = Story(id="other", articles=(Article(text=" ".join(story.articles[0].text.split())),))
    stories = [story, other, story.model_copy(update={"id": "again"})]
    together = list(summarizer.batch(stories, words=100))
    alone = [summarizer.summarize(s, words=100, with_text=False) for s in stories]
    assert together == alone


def test_a_bad_story_of_a_batch_fails_alone(extract: Summarizer, story: Story) -> None:
    """A story with nothing to read gives a failure in its place; the others are done."""
    empty = Story(id="empty", articles=(Article(text=""),))
    first, second = extract.batch([empty, story])
    assert isinstance(first, StoryFailure)
    assert first.id == "empty"
    assert "empty" in first.reason
    assert isinstance(second, Summary)


def test_progress_names_the_stages_in_order(extract: Summarizer, story: Story) -> None:
    """A caller who listens hears each stage."""
    heard: list[str] = []
    extract.summarize(story, progress=lambda stage, done, total: heard.append(stage))
    assert list(dict.fromkeys(heard)) == ["reading", "finding evidence", "verifying"]


def test_a_sentence_of_ones_own_is_attributed(extract: Summarizer, story: Story) -> None:
    """A true sentence finds its sources; the ranking holds every source sentence."""
    [found] = extract.attribute(
        ["Harbour master Ingrid Vasler said the port's shore radar had been out of service."],
        story,
        rank=True,
    )
    assert any("Vasler" in c.text for c in found.citations)
    assert found.ranking is not None
    assert len(found.ranking) > len(found.citations)
    scores = [c.score for c in found.ranking]
    assert scores == sorted(scores, reverse=True)


def test_a_sentence_that_nothing_carries_has_no_citation(extract: Summarizer, story: Story) -> None:
    """Text of others may have no source, and then says so."""
    [found] = extract.attribute(["Quarterly tulip exports from Belmar have doubled."], story)
    assert found.citations == ()
    assert found.problems


def test_a_whole_article_may_be_the_source(extract: Summarizer, story: Story) -> None:
    """The passages that matter are found first."""
    text = story.articles[0].text
    assert extract.judge("The Sula was carrying 186 passengers and 19 crew.", [text]).supported
    wrong = extract.judge("The Sula was carrying 199 passengers and 19 crew.", [text])
    assert "number" in wrong.problems


HOSTILE = st.text(
    alphabet=st.sampled_from("Ab. \n\r\t\0<>&\"'`${}\\|“”’é\u0301\u202e\u200f😀[SEP]im_end"),
    max_size=300,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_any_text_is_only_text(texts: list[str]) -> None:
    """Whatever is in an article, offsets are exact and nothing but BadInput is raised."""
    engine = Summarizer(HashEncoder(), trimming(), OverlapJudge())
    if not any(t.strip() for t in texts):
        with pytest.raises(BadInput, match="empty"):
            engine.summarize(texts)
        return
    summary = engine.summarize(texts)
    for c in summary.citations():
        assert texts[int(c.article[1:]) - 1][c.start : c.end] == c.text


@pytest.mark.parametrize(
    "denial",
    [
        "Director Elin Marsh rejected the accusation and said every shift was paid in full.",
        "There is no truth in the accusation about unpaid shifts, director Elin Marsh said.",
        "Director Elin Marsh insisted that the port had not broken the agreement on shifts.",
    ],
)
def test_who_is_accused_is_heard_right_behind(extract: Summarizer, denial: str) -> None:
    """However late and in whatever words the answer comes, it stands behind the accusation."""
    charge = (
        "The Dockers' Union accused the port of Dorvik of having broken an agreement on shifts."
    )
    rest = [
        "The strike halted all container traffic at the port of Dorvik on Monday.",
        "Ships of three companies were sent on from Dorvik to the port of Halsen.",
        "The port of Dorvik handles two fifths of the country's imports of fruit.",
        "Talks between the union and the port of Dorvik resume on Wednesday morning.",
    ]
    story = Story(id="s", articles=(Article(id="a1", text="\n".join([charge, *rest, denial])),))
    told = [s.text for s in extract.summarize(story, words=60).sentences]
    assert denial in told
    assert told.index(denial) == told.index(charge) + 1
