"""Rules of commentary: a report, a report in loaded words, and an outlet's own opinion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import fit_commentary
from summarizer import selection
from summarizer.backends.embeddings import encode
from summarizer.backends.registry import load_encoder
from summarizer.backends.standin import HashEncoder
from summarizer.config import Config
from summarizer.errors import BadInput
from summarizer.evidence import group
from summarizer.generation.plainer import plainer
from summarizer.nlp.commentary import Commentary, chance, commentary, features, fitted
from summarizer.schema import Article
from summarizer.text.sentences import split
from summarizer.types import Embedded, Grouped

DATA = Path(__file__).parent / "data"

REPORTS = (
    "The harbour council approved a new ferry pier on Tuesday by nine votes to four.",
    "Police said that two men were arrested near the station after a shop was robbed.",
    "The ministry will publish the figures for the third quarter on 14 October.",
    'Opposition leader Ida Holm called the budget "a disgrace" and said she would vote against it.',
    "The bank raised its main rate to 4.25 percent, the highest since 2009.",
    "About 300 residents were told to leave their homes as the river rose overnight.",
)
COMMENTS = (
    "It is hard to see how anybody who cares for this country could still defend such a policy.",
    "The truth is that our leaders have no idea what they are doing, and never had.",
    "If the president wants to be taken seriously, he should start by telling the truth.",
    "That is exactly the kind of cynical theatre that voters are tired of.",
    "Once again the media would rather look away than admit how wrong they were.",
    "What a pity that nobody in the party has the courage to say so.",
)


def _grouped(*texts: str) -> Grouped:
    """One article a text, read with the stand-in encoder."""
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    sentences = tuple(s for a in articles for s in split(a, ()))
    embedded = Embedded(sentences, HashEncoder().encode([s.text for s in sentences]))
    return group(embedded, [a.id for a in articles], Config())


def test_another_encoder_leaves_it_to_the_listed_words() -> None:
    """Vectors that nothing was fitted on say nothing; the list of loaded words still does."""
    encoder = HashEncoder()
    texts = ("The council approved the plan.", "The council rammed the reckless plan through.")
    found = commentary(texts, encoder.encode(texts), encoder.name)
    assert chance(found.coloured).tolist() == pytest.approx([0.0, 1.0])
    assert chance(found.comment).tolist() == pytest.approx([0.0, 0.0])


def test_each_number_that_is_read_has_a_weight() -> None:
    """The fitted file is of the features of today, for vectors of 384 numbers."""
    table = features(["One sentence."], np.zeros((1, 384), dtype=np.float32))
    assert fitted().coloured.shape == fitted().comment.shape == (1 + table.shape[1],)


def test_a_comment_is_told_by_nobody_but_its_speaker() -> None:
    """An outlet's opinion is no report; what it reports somebody to have said is one."""
    said = "The plan is a mistake that the town will regret, the mayor of Harrow said on Monday."
    story = _grouped("The plan is a mistake that the town will come to regret for years.", said)
    commented = replace(story, comments=frozenset({0, 1}))
    assert [selection.reports(story, row) for row in (0, 1)] == [True, True]
    assert [selection.reports(commented, row) for row in (0, 1)] == [False, True]


def test_of_two_wordings_of_a_claim_the_one_that_does_not_judge_is_told() -> None:
    """Loaded words of one outlet are left out where another tells the same in plain ones."""
    story = _grouped(
        "The council of Harrow approved the mayor's plan for the old quarry on Monday evening.",
        "The council of Harrow approved the mayor's plan for the old quarry late on Monday.",
    )
    told = max(story.evidence, key=lambda e: len(e.rows))
    assert set(told.rows) == {0, 1}
    for judging, plain in ((0, 1), (1, 0)):
        coloured = replace(story, coloured=np.array([float(r == judging) for r in (0, 1)]))
        assert selection.tellers(coloured, told, Config(), lead=False)[0] == plain


def test_beside_a_plain_report_the_sentences_of_a_partisan_outlet_count_as_judging() -> None:
    """What an outlet that often judges alone tells needs plainer words; other outlets' do not."""
    plain, partisan, short = list(range(8)), list(range(8, 16)), [16]
    own = np.array([-2.5] * 7 + [3.0] + [3.0, 3.0, 3.0, 3.0] + [-1.0] * 4 + [3.0])
    read = Commentary(own, np.full(17, -3.0))
    limits = Config().commentary
    beside = read.by_article([plain, partisan, short], limits)
    for rows in (plain, short):  # one sentence says little about its article
        assert beside.coloured[rows].tolist() == own[rows].tolist()
        assert beside.comment[rows].tolist() == [-3.0] * len(rows)
    assert (beside.coloured[partisan] == own[partisan] + limits.partisan_odds).all()
    assert beside.comment[partisan].tolist() == beside.coloured[partisan].tolist()
    # Alone, or among its like, an article is as plain as can be had.
    assert read.by_article([partisan], limits).coloured.tolist() == own.tolist()


@pytest.mark.weights
def test_comments_are_told_from_reports() -> None:
    """Every comment scores above every report, and no report is taken for a comment."""
    encoder, texts = load_encoder(offline=True), (*REPORTS, *COMMENTS)
    found = commentary(texts, encode(texts, encoder), encoder.name)
    reports, comments = np.split(chance(found.comment), [len(REPORTS)])
    assert reports.max() < min(comments.min(), Config().commentary.comment)


def test_what_a_training_is_given_is_checked(tmp_path: Path) -> None:
    """An unknown label is named with its file and line."""
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"sentence": "It rained.", "label": "weather"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="weather"):
        fit_commentary.read([path])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "The council backed the reckless plan of the mayor on Monday.",
            "The council backed the plan of the mayor on Monday.",
        ),
        ("Reckless drivers were fined on Monday.", "Drivers were fined on Monday."),
        (  # a speaker's word
            "The opposition said the reckless plan would fail.",
            "The opposition said the reckless plan would fail.",
        ),
        (  # quoted
            'The council backed the "reckless" plan on Monday.',
            'The council backed the "reckless" plan on Monday.',
        ),
        (  # "a plan" would do, but "an" before another word would not
            "The council backed a reckless plan on Monday.",
            "The council backed a reckless plan on Monday.",
        ),
        (  # "in terms" says nothing
            "The mayor spoke of the council in reckless terms.",
            "The mayor spoke of the council in reckless terms.",
        ),
        ("The council backed the new plan.", "The council backed the new plan."),
    ],
)
def test_a_word_by_which_an_outlet_judges_is_left_out(text: str, plain: str) -> None:
    """What is told stays; quotations and what a speaker said stay as they are."""
    encoder = HashEncoder()
    assert plainer([text], encoder.encode([text]), encoder, Config()) == [plain]


@pytest.mark.weights
def test_comments_are_told_from_reports_as_another_hand_wrote_them() -> None:
    """Of 150 invented sentences hardly a report is called loaded or a comment; most loaded are."""
    texts, labels = fit_commentary.read([DATA / "commentary_cases.jsonl"])
    encoder, limits = load_encoder(offline=True), Config().commentary
    found = commentary(texts, encode(texts, encoder), encoder.name)
    coloured = chance(found.coloured) >= limits.coloured
    comment = chance(found.comment) >= limits.comment
    assert not comment[labels == "report"].any()
    assert coloured[labels == "report"].mean() <= 0.05
    assert coloured[labels == "loaded"].mean() >= 0.75
    assert comment[labels == "comment"].mean() >= 0.40
