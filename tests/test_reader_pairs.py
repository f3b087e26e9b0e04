"""Reader pairs: bases, division by story and kind, and what may not be in a file."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from summarizer.training.reader_pairs import (
    HELD_OUT_KINDS,
    Line,
    divided,
    levelled,
    lines,
    main,
)
from summarizer.training.true_bases import bases, carried, divide, held_out, nearest

STORIES = [
    {
        "id": f"story-{i}",
        "articles": [
            {
                "text": f"The council of {town} bought {n} buses on Monday. Mayor Ann Keller said "
                "the old buses had often failed to run in winter. Nobody was injured in the fire."
            },
            {
                "text": f"Ann Keller, the mayor of {town}, opened a new bridge in May. "
                f"The bridge cost ${n} million and was paid for by the council."
            },
        ],
        "reference": {"text": f"The council of {town} bought {n} buses on Monday."},
    }
    for i, (town, n) in enumerate([("Norvale", 24), ("Eastmere", 37), ("Talby", 52), ("Orrin", 61)])
]
FUSIONS = [
    {
        "id": "fusion-1",
        "sources": ["The bakery in Talby closed in June.", "Its owner moved to Orrin."],
        "fused": "The bakery in Talby closed and its owner moved to Orrin.",
    }
]


def line(kind: str, label: str, n: int) -> Line:
    """A line that is like no other."""
    return Line(("It rained.",), f"{kind} {n}.", label, kind, (), f"story-{n % 40}")


def test_a_sentence_is_carried_only_with_its_names_and_figures() -> None:
    """Names and figures must all stand in the sources, other words nearly all."""
    source = ["The council of Norvale bought 24 buses on Monday."]
    assert carried("On Monday the council of Norvale bought buses.", source)
    assert not carried("The council of Norvale bought 25 buses on Monday.", source)
    assert not carried("The council of Talby bought 24 buses on Monday.", source)
    assert not carried("The council of Norvale painted several wooden bridges.", source)


def test_the_nearest_sentences_come_first() -> None:
    """The sentence with most of the words is chosen before others."""
    pool = ["It rained in June.", "The council bought new buses.", "The mayor opened the bridge."]
    assert nearest("The council bought buses.", pool) == ["The council bought new buses."]


def test_no_source_is_on_both_sides_of_the_fusions() -> None:
    """Fusions that share a source sentence, also through others, go to the same side."""
    rows = [{"id": f"p{i}", "sources": [f"s{i // 2}", f"t{i}"]} for i in range(60)]
    out = divide(rows)
    assert 0 < len(out) < 60
    assert all((f"p{i}" in out) == (f"p{i + 1}" in out) for i in range(0, 60, 2))
    assert divide(reversed(rows)) == out


def test_ids_not_listed_are_not_held_out() -> None:
    """Only listed fusions are held out."""
    assert held_out(["fusion-1"]) == frozenset()


@pytest.fixture(scope="module")
def some() -> list[Line]:
    """The lines of the invented stories."""
    rng = random.Random(3)
    return lines(bases(STORIES, FUSIONS, rng), rng)


def test_lines_are_true_and_false_with_spans_that_fit(some: list[Line]) -> None:
    """Both halves are made; true lines have no span, those of false ones fit."""
    assert {m.label for m in some} == {"entailment", "not_entailed", "contradiction"}
    for m in some:
        assert len(m.evidence) >= 1
        if m.label == "entailment":
            assert m.spans == ()
        else:
            assert all(0 <= a < b <= len(m.sentence) for a, b in m.spans or ())


def test_no_pair_is_true_and_false(some: list[Line]) -> None:
    """A pair of evidence and sentence has one label and one line."""
    keys = [(m.sentence, frozenset(m.evidence)) for m in some]
    assert len(keys) == len(set(keys))


def test_lines_are_the_same_for_the_same_seed(some: list[Line]) -> None:
    """Everything rests on the seed."""
    rng = random.Random(3)
    assert lines(bases(STORIES, FUSIONS, rng), rng) == some


def test_a_kind_has_no_more_than_its_share() -> None:
    """Levelling cuts the frequent kinds and keeps the rare ones whole."""
    rows = [line("often", "entailment", n) for n in range(90)]
    rows += [line("rare", "entailment", n) for n in range(10)]
    kinds = [m.kind for m in levelled(rows, 50, 30, random.Random(1))]
    assert kinds.count("often") == 30
    assert kinds.count("rare") == 10


def test_stories_and_held_out_kinds_do_not_cross() -> None:
    """Development lines are of other stories; no held-out kind is trained on."""
    apart = sorted(HELD_OUT_KINDS)[0]
    rows = [line(f"k{n % 20}", "entailment", n) for n in range(400)]
    rows += [line(f"f{n % 20}", "contradiction", n) for n in range(400)]
    rows += [line(apart, "contradiction", n) for n in range(40)]
    out = divided(rows, 400, random.Random(1), dev=60)
    assert out.train
    assert out.dev
    assert not {m.story for m in out.train} & {m.story for m in out.dev}
    assert {m.kind for m in out.held_out_kinds} == {apart}
    assert apart not in {m.kind for m in [*out.train, *out.dev]}
    false = sum(m.label != "entailment" for m in out.train)
    assert 0.4 < false / len(out.train) < 0.6


def test_the_command_writes_three_files(tmp_path: Path) -> None:
    """Each row of a file has the fields that readers of it expect."""
    for name, rows in (("stories", STORIES), ("fusions", FUSIONS)):
        (tmp_path / name).write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    out = tmp_path / "pairs.jsonl"
    assert main([str(tmp_path / "stories"), str(tmp_path / "fusions"), str(out)]) == 0
    for path in (out, tmp_path / "pairs_dev.jsonl"):
        for text in path.read_text(encoding="utf-8").splitlines():
            fields = {"evidence", "sentence", "label", "kind", "source", "spans"}
            assert set(json.loads(text)) == fields
    assert (tmp_path / "pairs_heldout_kinds.jsonl").exists()
