"""What texts of others are cited by: sentences as people mark them, read piece by piece.

The encoder is a tiny one of random weights; what the shipped citer finds is in docs/LOG.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny

from summarizer import Summarizer, attribution, citations
from summarizer.backends import CloseEncoder, Encoder, States
from summarizer.backends.citer import LearnedCiter, load_adapter
from summarizer.backends.registry import load_encoder
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.backends.train_cite import CiteRecipe, train_citer
from summarizer.citations import scoring
from summarizer.cli import main
from summarizer.errors import BadInput, WeightsCorrupt
from summarizer.schema import Article, GoldSentence, GoldSpan, Story
from summarizer.training.citer_examples import example, train

TEXT = (
    'The dam at Calder held through the night. "It did its work. We are grateful," said Ines '
    "Falk, the mayor of Tessin. Nobody was hurt. The school reopens on Thursday."
)
OTHER = "Engineers said the Calder dam had held. Rain is forecast for the weekend."


def story() -> Story:
    """Two articles, and one sentence whose evidence somebody marked in both."""
    first = TEXT.index(" We are")
    gold = GoldSentence(
        text="The dam at Calder held, engineers said.",
        evidence=(
            GoldSpan(article="a", start=0, end=41),
            GoldSpan(article="b", start=0, end=OTHER.index(" Rain")),
        ),
    )
    assert TEXT[first - 1] == "."
    articles = (Article(id="a", text=TEXT), Article(id="b", text=OTHER))
    return Story(id="dam", articles=articles, gold=(gold,))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A tiny encoder that can read closely."""
    return load_encoder(str(tiny.bert(tmp_path_factory.mktemp("bert"))), threads=1)


def states(*words: str) -> States:
    """Each word as one piece with a direction that only the word decides."""
    rows = [np.random.default_rng([ord(c) for c in w]).normal(size=16) for w in words]
    table = np.array(rows, dtype=np.float32).reshape(len(words), 16)
    return States(words, table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9))


def test_sentences_of_a_quotation_are_marked_one_by_one() -> None:
    """A quotation is cut at its sentences, and no span begins or ends with its marks."""
    texts = [s.text for s in attribution.as_marked(story())]
    assert texts[1:3] == [
        "It did its work.",
        'We are grateful," said Ines Falk, the mayor of Tessin.',
    ]
    assert all(TEXT[s.start : s.end] == s.text for s in attribution.as_marked(story())[:3])


def test_a_sentence_that_says_a_piece_best_takes_it_from_the_others() -> None:
    """Of two sentences one has the text's word, and gets nearly all of its share."""
    meeting = citations.Meeting.of(
        [states("dam")], [states("dam", "held"), states("rain", "forecast")]
    )
    table = citations.near(meeting, citations.Order.of(scoring.mark(
        ["x"], attribution.passages(["The dam held.", "Rain is forecast."]), HashEncoder(), None
    ).embedded))  # fmt: skip
    [[has, lacks]] = table["pieces' share"].tolist()
    assert has > 0.9 > 0.1 > lacks
    assert has + lacks == pytest.approx(1.0)


def test_meetings_of_parts_join_to_the_whole() -> None:
    """Reading a long story in parts changes nothing."""
    asked = [states("dam", "held"), states()]
    held = [states("dam"), states(), states("rain", "held"), states("mayor")]
    whole = citations.Meeting.of(asked, held)
    parts = citations.Meeting.join(
        [citations.Meeting.of(asked, held[:2]), citations.Meeting.of(asked, held[2:])]
    )
    for a, b in zip(whole.best, parts.best, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-6)
    np.testing.assert_allclose(whole.back, parts.back, atol=1e-6)


def trained(encoder: Encoder) -> LearnedCiter:
    """A citer of one story; small, so that it learns it by heart."""
    assert isinstance(encoder, CloseEncoder)
    return train([example(story(), encoder)], "toy", lambda what, done, total: None)


def test_a_trained_citer_cites_what_was_marked(encoder: Encoder, tmp_path: Path) -> None:
    """Trained on a story it finds its marks again, saved and loaded it says the same."""
    citer = trained(encoder)
    citer.save(tmp_path)
    again = load_adapter(tmp_path, "toy")
    texts = [g.text for g in story().gold or ()]
    here = scoring.mark(texts, attribution.as_marked(story()), encoder, citer)
    there = scoring.mark(texts, attribution.as_marked(story()), encoder, again)
    np.testing.assert_allclose(here.scores, there.scores, atol=1e-6)
    marked = {here.embedded.sentences[i].start for i in np.argsort(-here.scores[0])[:2]}
    assert marked == {0}


def test_a_score_rests_on_no_other_text(encoder: Encoder) -> None:
    """A text gets the same scores alone as among others."""
    citer = trained(encoder)
    texts = ["The dam held.", "School reopens.", "Rain."]
    together = scoring.mark(texts, attribution.as_marked(story()), encoder, citer).scores
    for text, row in zip(texts, together, strict=True):
        alone = scoring.mark([text], attribution.as_marked(story()), encoder, citer).scores[0]
        np.testing.assert_allclose(row, alone, atol=1e-4)


def test_an_encoder_that_reads_no_pieces_is_enough() -> None:
    """With a stand-in for the encoder, texts are cited as drafts are."""
    summarizer = Summarizer(HashEncoder(), None, OverlapJudge())
    [found] = summarizer.attribute(["Nobody was hurt."], story(), rank=True)
    assert found.citations[0].text == "Nobody was hurt."
    assert len(found.ranking or ()) == 7


def test_a_story_without_marks_teaches_nothing(encoder: Encoder) -> None:
    """Training on stories without gold says what is missing."""
    assert isinstance(encoder, CloseEncoder)
    bare = Story(id="bare", articles=story().articles)
    with pytest.raises(BadInput, match="story 'bare' has no marked evidence; give stories"):
        example(bare, encoder)


def test_a_citer_of_other_features_is_refused() -> None:
    """A citer that asks for a feature that cite no longer measures is named."""
    x = np.random.default_rng(1).normal(size=(40, 1))
    citer = train_citer(x, x[:, 0] > 0, ["moonlight"], CiteRecipe(seeds=1, epochs=1))
    with pytest.raises(
        WeightsCorrupt, match="'trained' asks for 'moonlight', which is not computed"
    ):
        citer.chance({"cosine": np.zeros((1, 1))})


def test_the_verb_trains_a_citer_and_lays_it_down(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`train cite` makes a model folder with adapter and card; without marks it says what lacks."""
    monkeypatch.setattr("summarizer.backends.registry.load_encoder", lambda **_: encoder)
    path = tmp_path / "stories.jsonl"
    path.write_text(story().model_dump_json())
    assert main(["train", "cite", str(path), "-o", str(tmp_path / "ours"), "-q"]) == 0
    assert load_adapter(tmp_path / "ours" / "adapter", "ours").names
    assert "Nobody has measured it yet" in (tmp_path / "ours" / "README.md").read_text()
    path.write_text(Story(id="bare", articles=story().articles).model_dump_json())
    assert main(["train", "cite", str(path), "-o", str(tmp_path / "none"), "-q"]) == 2
