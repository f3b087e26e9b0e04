"""Training pairs hold nothing that their evidence does not.

Training on them is tested in test_train_writer.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge, ScriptedWriter
from summarizer.errors import BadInput, BadStory, UnreadableFile
from summarizer.nlp import subjectivity
from summarizer.schema import Article, Reference, Story
from summarizer.training.writer_pairs import Pair, cut, is_carried, read_pairs, split_held_out
from summarizer.training.writer_pairs.exercises import plainer, retold, speaker_first, standing
from summarizer.training.writer_pairs.own import own_pairs

FIRST = "The river Arn burst its banks on Tuesday and flooded 1,200 homes in Kelbrook."
SECOND = "The flood in Kelbrook on Tuesday left two people injured and closed five schools."
FUSED = "The Arn flooded 1,200 homes in Kelbrook on Tuesday and closed five schools there."


def story(reference: str, title: str | None = None) -> Story:
    return Story(
        id="flood",
        articles=(
            Article(text=f"{FIRST} The weather stayed mild.", title="Arn floods 1,200 homes"),
            Article(text=f"Sport was cancelled.\n{SECOND}", title="Flood closes five schools"),
        ),
        reference=Reference(text=reference, title=title),
    )


def test_a_reference_sentence_is_laid_on_the_sentences_that_carry_it() -> None:
    """Evidence comes from both articles, and only sentences that add something."""
    (pair,) = cut(story(FUSED))
    assert set(pair.evidence) == {FIRST, SECOND}
    assert (pair.target, pair.task, pair.story) == (FUSED, "sentence", "flood")


def test_a_claim_keeps_its_speaker() -> None:
    """A reference that states as fact what a source only reports somebody saying is left out."""
    said = SECOND.replace("The flood", "The council said the flood")
    assert not is_carried(Pair((FIRST, said), FUSED, "sentence", "flood"))


@pytest.mark.parametrize(
    "wrong",
    [
        FUSED.replace("1,200", "1,300"),
        FUSED.replace("Kelbrook", "Norhavn"),
        FUSED.replace("Tuesday", "Friday"),
        FUSED.replace("closed five schools", '"closed all the schools"'),
        "Insurers expect that the damage from the Arn will cost the region dearly for years.",
        FIRST,
        "The Arn flooded homes.",
    ],
)
def test_what_the_evidence_does_not_carry_is_no_pair(wrong: str) -> None:
    """A number, name, day or quotation too many, a stranger, a copy or a stub is left out."""
    assert not list(cut(story(wrong)))
    assert not is_carried(Pair((FIRST, SECOND), wrong, "sentence", "flood"))


def test_a_title_is_cut_from_titles_and_first_sentences() -> None:
    """Headlines teach headlines."""
    pairs = list(cut(story("Nothing of this is known.", "Arn flood closes five Kelbrook schools")))
    assert [p.task for p in pairs] == ["title"]
    assert len(pairs[0].evidence) <= 4


def test_a_story_without_a_reference_has_no_pairs() -> None:
    """There is nothing to learn from where nobody wrote a summary."""
    assert list(cut(Story(articles=(Article(text=FIRST),)))) == []


def test_the_three_kinds_of_rows_are_read(tmp_path: Path) -> None:
    """Stories, ready pairs and alignments may stand in one file; empty lines are skipped."""
    sentences = [{"sentence": FIRST}, {"sentence": SECOND}]
    rows = [
        story(FUSED).model_dump(),
        {"id": "p", "sources": [FIRST, SECOND], "fused": FUSED},
        {"id": "a", "summary_sentence": FUSED, "sources": sentences},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n\n".join(json.dumps(r) for r in rows))
    pairs = read_pairs(path)
    assert [p.story for p in pairs] == ["flood", "p", "a"]
    assert {p.target for p in pairs} == {FUSED}


@pytest.mark.parametrize("line", ["{broken", '{"id": "x"}', '{"articles": 3}', "[1]"])
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    """The user learns where to look."""
    path = tmp_path / "rows.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(
        BadStory, match=r"rows\.jsonl line 2 is neither a story nor a training pair"
    ):
        read_pairs(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that cannot be read ends in a sentence."""
    with pytest.raises(UnreadableFile, match=r"none\.jsonl cannot be read"):
        read_pairs(tmp_path / "none.jsonl")


def test_a_story_is_never_on_both_sides() -> None:
    """Held-out loss is on stories that training has not seen, the same ones for one seed."""
    pairs = [Pair((str(i),), str(j), "sentence", f"s{i}") for i in range(20) for j in range(3)]
    training, held = split_held_out(pairs, 0.2, seed=3)
    assert {p.story for p in training}.isdisjoint(p.story for p in held)
    assert (len(training), len(held)) == (48, 12)
    assert split_held_out(pairs[::-1], 0.2, seed=3)[1] == held[::-1]


def test_a_colleagues_sentence_is_a_fusion_of_the_others() -> None:
    """What one article says and others carry in other words is a pair without any reference."""
    own = Article(text="The Arn flooded 1,200 homes in Kelbrook on Tuesday and hurt two people.")
    (pair,) = retold(story(FUSED).model_copy(update={"articles": (*story(FUSED).articles, own)}))
    assert (pair.target, pair.kind) == (own.text, "retold")
    assert set(pair.evidence) == {FIRST, SECOND}


def test_a_sentence_that_leans_on_the_one_before_is_made_to_stand() -> None:
    """The pronoun goes into the evidence, beside the sentence that names its owner."""
    text = "Mayor Ilse Brandt opened the bridge.\nBrandt said her city had waited for ten years."
    (pair,) = standing(Story(id="bridge", articles=(Article(text=text),)))
    assert pair.target == "Ilse Brandt said her city had waited for ten years."
    assert pair.evidence == (
        "Mayor Ilse Brandt opened the bridge. She said her city had waited for ten years.",
    )


@pytest.mark.parametrize(
    ("sentence", "moved"),
    [
        (
            "The port of Tarrow will stay shut until noon, the harbour master said on Friday.",
            "The harbour master said on Friday that the port of Tarrow will stay shut until noon.",
        ),
        (
            "The number of infections rose by a tenth in one week, according to Harrow University.",
            "According to Harrow University, the number of infections rose by a tenth in one week.",
        ),
        ('"We waited for ten long years for this", the mayor said on Friday.', None),
        ("The port of Tarrow will stay shut, and that is what he said.", None),
    ],
)
def test_a_speaker_may_move_to_the_front(sentence: str, moved: str | None) -> None:
    """Who says it stands behind or before; quotations and pronouns are left alone."""
    assert speaker_first(sentence) == moved


def test_a_loaded_word_goes_into_the_evidence_only() -> None:
    """The writer is taught to leave one outlet's judging word behind."""
    pair = Pair(("The assembly approved the plan on Monday.",), FUSED, "sentence", "law")
    (made,) = plainer([pair], 1.0, 7)
    assert made.target == pair.target
    assert subjectivity.loaded(made.evidence[0])
    assert not subjectivity.loaded(pair.evidence[0])


def test_a_writers_own_drafts_are_kept_only_where_they_hold() -> None:
    """Rejection sampling keeps a draft in words of its own that verification passes, no other."""
    false = "Flooding in Kelbrook on Tuesday closed nine schools."
    true = "On Tuesday the river Arn flooded 1,200 homes in Kelbrook."
    summarizer = Summarizer(
        HashEncoder(), ScriptedWriter(otherwise=(false, FIRST, true)), OverlapJudge()
    )
    pairs = list(own_pairs([story(FUSED)], summarizer, 3, lambda *_: None))
    assert {p["fused"] for p in pairs} == {true}
    assert all(p["kind"] == "own" and p["id"] == "flood" for p in pairs)


def test_without_a_writer_there_are_no_drafts_to_keep() -> None:
    """`extract` cannot teach anything."""
    summarizer = Summarizer(HashEncoder(), None, OverlapJudge())
    with pytest.raises(BadInput, match="name one that writes"):
        list(own_pairs([story(FUSED)], summarizer, 3, lambda *_: None))
