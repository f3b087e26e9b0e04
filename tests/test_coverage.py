"""What the table of who reported what promises: its cells can be read, and agree with the text.

Vectors are made by hand; the verifier counts shared words, as in test_carriers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_carriers import by_words

from summarizer.citations import carriers
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.evidence.coverage import coverage
from summarizer.outputs.render.left_out import missing
from summarizer.outputs.render.notes import reports
from summarizer.schema import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    DisagreementValue,
    Summary,
)
from summarizer.text.sentences import split
from summarizer.types import Asked, Carried, Embedded, Grouped
from summarizer.verification.verifier import Verifier

CONFIG = Config()
POLICE = "Twelve people were killed in the fire in Harrow, police said."
HOSPITAL = "Fourteen people died in the fire in Harrow, the hospital said."
PLAIN = "The council of Harrow approved the mayor's plan on Monday."


def grouped(*texts: str, near: float = 0.8) -> Grouped:
    """Articles whose sentences all have the same cosine to each other."""
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    sentences = tuple(s for a in articles for s in split(a, ()))
    own = np.eye(len(sentences)) * np.sqrt(1 - near)
    vectors = np.concatenate([np.full((len(sentences), 1), np.sqrt(near)), own], axis=1)
    return group(Embedded(sentences, vectors.astype(np.float32)), [a.id for a in articles], CONFIG)


def find(asked: Sequence[Asked]) -> list[Carried]:
    return carriers(asked, by_words)


def told(story: Grouped, text: str, *rows: int, independent: int = 1) -> CitedSentence:
    return CitedSentence(
        text=text,
        method="fused",
        support=1.0,
        independent_sources=independent,
        citations=tuple(Citation.of(story.embedded.sentences[r], 1.0) for r in rows),
    )


def summary(claims: Sequence[Coverage], *articles: str) -> Summary:
    reported = tuple(ArticleReport(id=a, used=True) for a in articles)
    return Summary(id="s", coverage=tuple(claims), articles=reported)


CLOSED = "The bridge at Harrow was closed on Monday after an inspection."
ALSO = "After an inspection on Monday, the bridge at Harrow was closed."
REASON = "Rust was found on 30 cables of the bridge, inspectors said."
OPEN = "The bridge at Harrow was not closed on Monday after an inspection."
HIRED = "The bridge at Harrow will get 4 new engineers next year."


def test_every_cell_cites_sentences_of_its_own_article() -> None:
    """Who reported what can be checked cell by cell."""
    story = (POLICE + " Smoke was seen in Altdorf.", "The fire in Harrow killed 12 people.")
    for claim in (
        *coverage(grouped(*story), CONFIG),
        *coverage(grouped(*story), CONFIG, find=find),
    ):
        for article, cited in claim.cells.items():
            assert cited
            assert {c.article for c in cited} == {article}


def test_a_claim_is_named_by_its_plainest_sentence() -> None:
    """A pronoun, heat or bare quotation names nothing where a plain sentence can."""
    heated = "The council of Harrow shamefully approved the mayor's reckless plan on Monday."
    [claim] = coverage(grouped(heated, PLAIN), CONFIG)
    assert claim.claim == PLAIN


def test_a_story_of_nothing_has_no_table() -> None:
    """No sentence, no claim."""
    empty = group(Embedded((), np.zeros((0, 3), dtype=np.float32)), ["a1"], CONFIG)
    assert coverage(empty, CONFIG) == ()
    assert coverage(empty, CONFIG, find=find) == ()


def test_a_cell_says_what_the_article_does_with_the_claim() -> None:
    """Carrying it, telling part of it, saying otherwise and saying nothing are told apart."""
    part = "The bridge at Harrow was inspected, and it was closed to lorries by the mayor."
    claim = coverage(grouped(CLOSED, ALSO, OPEN, part, HIRED), CONFIG, find=find)[0]
    assert claim.claim in (CLOSED, ALSO)
    assert claim.states == {
        "a1": "carries", "a2": "carries", "a3": "contradicts", "a4": "part", "a5": "none",
    }  # fmt: skip
    assert set(claim.cells) == {"a1", "a2", "a3", "a4"}
    assert set(claim.carried) == {"a1", "a2"}
    assert claim.independent_sources == 2


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ada Finch rejected claims that the mill had leaked oil from a tank in Harrow.", "part"),
        ("Ada Finch owns the oil mill in Harrow and a mill for wheat.", "none"),
    ],
)
def test_a_cell_rests_on_what_is_said_not_on_its_topic(text: str, state: str) -> None:
    """Two ways to deny one thing agree; one topic is no part of a claim."""

    def by_alignment(asked: Sequence[Asked]) -> list[Carried]:
        return carriers(asked, Verifier(None).verify)

    denied = "Ada Finch denied that the oil mill in Harrow had leaked."
    claims = coverage(grouped(denied, text), CONFIG, find=by_alignment)
    [states] = [c.states for c in claims if c.claim == denied]
    assert states == {"a1": "carries", "a2": state}


def test_missing_is_said_of_those_alone_that_have_no_sentence_of_it() -> None:
    """An article that tells a part or denies it has not left it out."""
    claims = coverage(grouped(CLOSED, ALSO, OPEN, HIRED), CONFIG, find=find)
    assert missing(claims[0], summary(claims, "a1", "a2", "a3", "a4")) == ["a4"]


def test_found_only_in_one_holds_against_every_other() -> None:
    """What another outlet denies is not found in one alone."""
    claims = coverage(grouped(CLOSED, OPEN, HIRED), CONFIG, find=find)
    several, single = reports(summary(claims, "a1", "a2", "a3"))
    assert {c.claim for c in single} == {HIRED}
    assert {"a1", "a2"} <= set(several[0].cells)


def test_told_by_several_takes_one_that_carries_it_whole() -> None:
    """Two that carry it, or one and another in part; two parts alone are no row at all."""
    part = "The bridge at Harrow was inspected, and it was closed to lorries by the mayor."
    whole = coverage(grouped(CLOSED, part), CONFIG, find=find)[0]
    assert set(whole.states.values()) == {"carries", "part"}
    parts = whole.model_copy(update={"states": {"a1": "part", "a2": "part"}})
    assert reports(summary([whole], "a1", "a2")) == ([whole], [])
    assert reports(summary([parts], "a1", "a2")) == ([], [])


def test_one_fact_is_one_row() -> None:
    """A claim by the sentences that stand behind one told before is not told again."""
    first = coverage(grouped(CLOSED, ALSO), CONFIG, find=find)[0]
    again = first.model_copy(update={"claim": "The Harrow bridge was shut on Monday."})
    assert reports(summary([first, again], "a1", "a2")) == ([first], [])


def test_what_the_text_tells_opens_the_table_and_is_not_listed_again() -> None:
    """A told sentence is a row of its own, in its words, with its citations."""
    story = grouped(f"{CLOSED} {REASON}", f"{ALSO} {HIRED}")
    text = "The bridge at Harrow was closed after an inspection on Monday."
    claims = coverage(story, CONFIG, told=[told(story, text, 0, 2)], find=find)
    assert claims[0].claim == text
    assert claims[0].states == {"a1": "carries", "a2": "carries"}
    assert not {CLOSED, ALSO} & {c.claim for c in claims}


def test_an_article_that_is_cited_for_a_part_tells_a_part() -> None:
    """A fused sentence's sources each carry their share, whatever the verifier makes of each."""
    story = grouped(CLOSED, REASON)
    text = "The bridge at Harrow was closed on Monday after inspectors found rust on 30 cables."
    [claim] = coverage(story, CONFIG, told=[told(story, text, 0, 1)], find=find)
    assert claim.states == {"a1": "part", "a2": "part"}
    assert {a: c[0].text for a, c in claim.cells.items()} == {"a1": CLOSED, "a2": REASON}


def test_an_article_set_aside_has_no_state() -> None:
    """Of an article about another event nothing is said."""
    story = grouped(CLOSED, ALSO)
    reason = {"a2": "is about another event"}
    aside = replace(story, evidence=story.evidence[:1], strangers=reason)
    claims = coverage(aside, CONFIG, told=[told(aside, CLOSED, 0)], find=find)
    assert [set(c.states) for c in claims] == [{"a1"}]


@pytest.mark.parametrize(("states", "state"), [({}, "carries"), ({"a1": "part"}, "part")])
def test_an_older_table_says_that_a_cell_carries(states: dict[str, str], state: str) -> None:
    """A cell without a state is one of a table that had none; an article not named says nothing."""
    cite = Citation(article="a1", field="text", start=0, end=3, text="Yes", score=1)
    claim = Coverage.model_validate({"claim": "Yes.", "cells": {"a1": (cite,)}, "states": states})
    assert claim.state("a1") == state
    assert claim.state("a2") == "none"
    assert Coverage.model_validate_json(claim.model_dump_json()) == claim


SENTENCES = [CLOSED, ALSO, REASON, OPEN, HIRED, PLAIN]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=4),
    st.sampled_from([CLOSED, "Rust closed the bridge at Harrow."]),
    st.data(),
)
def test_the_table_never_denies_what_the_text_cites(
    articles: list[list[str]], text: str, data: st.DataObject
) -> None:
    """Whatever is cited, its article carries the told sentence or part of it there."""
    story = grouped(*map(" ".join, articles))
    rows = data.draw(
        st.lists(st.sampled_from(range(len(story.embedded.sentences))), min_size=1, max_size=3)
    )
    sentence = told(story, text, *dict.fromkeys(rows))
    claim = next(c for c in coverage(story, CONFIG, told=[sentence], find=find) if c.claim == text)
    for citation in sentence.citations:
        assert claim.state(citation.article) in ("carries", "part")
        assert citation.text in [c.text for c in claim.cells[citation.article]]


def differing(story: Grouped, *rows: int) -> Disagreement:
    """A toll that the sentences at two rows give differently, twelve and fourteen."""
    values = tuple(
        DisagreementValue(value=value, citations=(Citation.of(story.embedded.sentences[r], 1.0),))
        for value, r in zip(("Twelve", "Fourteen"), rows, strict=True)
    )
    return Disagreement(about="people killed", kind="number", values=values)


def test_an_outlet_on_the_other_side_contradicts() -> None:
    """Who gives another toll is not said to have nothing, nor to tell a part."""
    story = grouped(POLICE, HOSPITAL)
    sides = [differing(story, 0, 1)]
    claim = coverage(story, CONFIG, told=[told(story, POLICE, 0)], find=find, differing=sides)[0]
    assert claim.states == {"a1": "carries", "a2": "contradicts"}
    assert claim.cells["a2"][0].text == HOSPITAL


def test_a_sentence_with_both_sides_is_carried_by_neither() -> None:
    """Each outlet tells the part that is its own value, and none confirms the whole."""
    story = grouped(POLICE, HOSPITAL)
    text = "Reports differ on the number of people killed in the fire in Harrow: twelve or 14."
    claim = coverage(
        story,
        CONFIG,
        told=[told(story, text, 0, 1)],
        find=find,
        differing=[differing(story, 0, 1)],
    )[0]
    assert claim.states == {"a1": "part", "a2": "part"}
    assert claim.independent_sources is None


def test_an_answer_to_another_outlet_is_no_part_of_giving_none() -> None:
    """That the council did not respond is told only by who says so."""
    silent = "The council of Harrow did not respond to this on Monday."
    spoke = "The council of Harrow said on Monday that it has no record of a letter."
    claims = coverage(grouped(silent, spoke), CONFIG, find=find)
    [states] = [c.states for c in claims if c.claim == silent]
    assert states == {"a1": "carries", "a2": "none"}
