"""What the support judge promises, on small states made by hand and on heads of random weights.

No shipped weights are loaded here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from summarizer import judged
from summarizer.backends import States
from summarizer.backends.heads import batches, network, read_pairs, train_head
from summarizer.backends.judge import (
    Combiner,
    Head,
    LearnedJudge,
    load_adapter,
    save_adapter,
)
from summarizer.backends.logistic import fit
from summarizer.backends.reading import READING, describe_reading
from summarizer.backends.standin import HashEncoder
from summarizer.backends.support import describe
from summarizer.errors import BadInput, WeightsCorrupt

TRUE = "A tanker ran aground off Lindvik on Monday"
FALSE = "The mayor opened a school in Oster"
OTHER = "Bakers ask for cheaper flour this winter"


def read(texts: Sequence[str]) -> list[States]:
    """Each word as one piece; its state is a random direction that only the word decides."""
    out = []
    for text in texts:
        words = tuple(text.lower().split())
        rows = [np.random.default_rng([ord(c) for c in w]).normal(size=24) for w in words]
        table = np.array(rows, dtype=np.float32).reshape(len(words), 24)
        out.append(States(words, table / np.linalg.norm(table, axis=1, keepdims=True)))
    return out


def numbers(sentence: str, evidence: list[str]) -> dict[str, float]:
    return describe(sentence, evidence, read([sentence])[0], read(evidence))


def test_a_copy_is_met_everywhere() -> None:
    """A sentence that its evidence holds word for word is met in full, also at its worst place."""
    found = numbers(TRUE, [OTHER, TRUE])
    assert found["met pairs of words"] == 1.0
    assert found["weakest window"] == pytest.approx(1.0, abs=1e-5)
    assert found["cosine"] == pytest.approx(1.0, abs=1e-5)


def test_a_splice_gives_way_where_it_is_joined() -> None:
    """Parts of two sentences, each true, meet all their words but no window over the joint."""
    spliced = "A tanker ran aground opened a school in Oster"
    found = numbers(spliced, [TRUE, FALSE])
    assert found["weakest window"] < numbers(TRUE, [TRUE, FALSE])["weakest window"] - 0.1


def test_the_head_without_torch_computes_what_was_trained() -> None:
    """The arrays that training returns give the network's own logits."""
    import torch

    torch.manual_seed(3)
    net = network(24).eval()
    head = Head({k: np.array(v.numpy()) for k, v in net.state_dict().items()})
    pairs = [(TRUE, (OTHER, TRUE), 1), (FALSE, (TRUE,), 0), ("Lindvik", (OTHER, FALSE, TRUE), 0)]
    texts = [TRUE, FALSE, OTHER, "Lindvik"]
    states = dict(zip(texts, read(texts), strict=True))
    with torch.inference_mode():
        for rows, batch in batches(pairs, states):
            for i, logit in zip(rows, net(*batch).tolist(), strict=True):
                alone = head.logit(states[pairs[i][0]], [states[t] for t in pairs[i][1]])
                assert alone == pytest.approx(logit, abs=1e-4)


def test_training_learns_to_tell_a_met_sentence_from_an_unmet_one() -> None:
    """After some epochs on toy pairs, a sentence with its own evidence gets the higher logit."""
    words = "harbour tanker pilot crane barge gull storm quay rope mast buoy tide".split()
    rng = Random(1)
    texts = [" ".join(rng.sample(words, 5)) for _ in range(60)]
    states = dict(zip(texts, read(texts), strict=True))
    pairs = [(t, (t,) if i % 2 else (texts[i - 7],), i % 2) for i, t in enumerate(texts)]
    head = Head(train_head(pairs, states, seed=1, epochs=30))
    met = [head.logit(states[t], [states[t]]) for t in texts[:20]]
    unmet = [head.logit(states[t], [states[texts[i + 9]]]) for i, t in enumerate(texts[:20])]
    assert np.mean(met) > np.mean(unmet) + 1


def test_no_evidence_supports_nothing() -> None:
    """A sentence without evidence has support 0; one that is copied beats one that is not."""
    judge = LearnedJudge("toy", read, (), Combiner(-2.0, {"met pairs of words": 4.0}))
    judge = LearnedJudge("toy", read, (Head(_zero_head()),), judge.combiner)
    nothing, copied, other = judge.support([(TRUE, []), (TRUE, [TRUE]), (TRUE, [OTHER])])
    assert nothing == 0.0
    assert copied > 0.5 > other


def _zero_head() -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return {k: np.zeros(tuple(v.shape), np.float32) for k, v in network(24).state_dict().items()}


def test_a_broken_adapter_is_named(tmp_path: Path) -> None:
    """An adapter file that is none says which file it is and how to mend it."""
    (tmp_path / "adapter_model.safetensors").write_bytes(b"not a tensor file")
    with pytest.raises(
        WeightsCorrupt, match=r"adapter_model\.safetensors is not a judge's adapter"
    ):
        load_adapter(tmp_path)


def test_the_fit_finds_the_odds_that_made_the_data() -> None:
    """Logistic regression without penalty recovers the weights of a large sample."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(20_000, 2)) * [1.0, 3.0]
    right = rng.random(20_000) < 1 / (1 + np.exp(-(0.5 + x @ [1.0, -0.4])))
    np.testing.assert_allclose(fit(x, right, 1e-6), [0.5, 1.0, -0.4], atol=0.08)


# --- pairs and judged sentences ------------------------------------------------------------------


def test_a_saved_judge_says_the_same(tmp_path: Path) -> None:
    """Heads and combiner come back from the adapter as they were, to half precision."""
    parameters = {k: v.astype(np.float32) for k, v in _zero_head().items()}
    parameters["o.3.bias"] = np.array([0.5], np.float32)
    weights = {"met pairs of words": 4.0, "heads": 1.0}
    joint = Combiner(-1.0, {**weights, "lowest": 0.25})
    before = LearnedJudge("toy", read, (Head(parameters),), Combiner(-2.0, weights), joint)
    save_adapter(tmp_path, before.heads, before.combiner, joint)
    heads, combiner, reading = load_adapter(tmp_path)
    assert reading is not None
    assert (reading.intercept, reading.weights) == (joint.intercept, joint.weights)
    after = LearnedJudge("toy", read, heads, combiner)
    asked = [(TRUE, [TRUE]), (TRUE, [OTHER])]
    assert after.support(asked) == pytest.approx(before.support(asked), abs=1e-3)


def test_pairs_name_a_bad_line(tmp_path: Path) -> None:
    """Pairs are read as they stand; a line without evidence, or one label alone, is an error."""
    path = tmp_path / "pairs.jsonl"
    true = {"sentence": TRUE, "evidence": [TRUE] * 9, "label": 1}
    false = {"sentence": TRUE, "evidence": [OTHER], "label": 0}
    path.write_text("\n".join(map(json.dumps, (true, false))))
    assert read_pairs(path) == [(TRUE, (TRUE,) * 6, 1), (TRUE, (OTHER,), 0)]
    path.write_text(json.dumps({"sentence": TRUE}))
    with pytest.raises(BadInput, match=r"pairs\.jsonl, line 1: 'evidence'; make the pairs"):
        read_pairs(path)
    path.write_text(json.dumps(true))
    with pytest.raises(BadInput, match=r"pairs\.jsonl needs true and false pairs"):
        read_pairs(path)


def test_judged_sentences_get_the_passages_that_carry_them(tmp_path: Path) -> None:
    """The best passage of the article stands first, and the id names the half."""
    path = tmp_path / "judged.jsonl"
    row = {"id": "set-north-1", "article": f"{OTHER}. {FALSE}. {TRUE}.", "consistent": True}
    path.write_text(json.dumps({**row, "sentence": TRUE}))
    [found] = judged.read_judged(path, HashEncoder(), None)
    assert found.held[0] == f"{TRUE}."
    assert (found.half, found.right) == ("north", True)
    path.write_text(json.dumps(row))
    with pytest.raises(BadInput, match=r"judged\.jsonl, line 1: 'sentence'; give"):
        judged.read_judged(path, HashEncoder(), None)


def test_folds_keep_an_article_together() -> None:
    """Every row is in one fold, and two rows of an article are in the same."""
    rows = [judged.Judged(f"a{i // 3}", "all", TRUE, (TRUE,), i % 2 == 0) for i in range(60)]
    found = judged.folds(rows, seed=1, n=5)
    assert np.sum(found, axis=0).tolist() == [1] * 60
    for fold in found:
        assert all(len({bool(x) for x in fold[i : i + 3]}) == 1 for i in range(0, 60, 3))


class _Reader:
    """A writer's double that finds a sentence's words likely if the evidence has them."""

    name = "reader"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def log_chances(
        self, pairs: Sequence[tuple[str, Sequence[str]]]
    ) -> list[tuple[np.ndarray[tuple[int], Any], np.ndarray[tuple[int], Any]]]:
        self.asked += [sentence for sentence, _ in pairs]
        out = []
        for sentence, evidence in pairs:
            held = set(" ".join(evidence).split())
            with_ = np.array([-0.1 if w in held else -6.0 for w in sentence.split()])
            out.append((with_, np.full(len(with_), -3.0)))
        return out


def test_a_writer_is_asked_of_what_mostly_copies_alone() -> None:
    """Free wording is judged as without a writer; a copied sentence falls by its unlikely word."""
    weights = {"met pairs of words": 0.0, "heads": 0.0}
    joint = Combiner(0.0, {**weights, **dict.fromkeys(READING, 0.0), "lowest": 1.0})
    learned = LearnedJudge("toy", read, (Head(_zero_head()),), Combiner(1.0, weights), joint)
    reader_ = _Reader()
    judge = learned.beside(reader_, 0.3)
    changed = TRUE.replace(TRUE.split()[-1], "elsewhere.")
    free = "Nothing here is like it at all."
    true, false, other, nothing = judge.support(
        [(TRUE, [TRUE]), (changed, [TRUE]), (free, [TRUE]), (TRUE, [])]
    )
    assert true > 0.4 > 0.1 > false
    assert other == pytest.approx(learned.support([(free, [TRUE])])[0])
    assert nothing == 0.0
    assert reader_.asked == [TRUE, changed]
    assert judge.name == "toy+reader"
    assert LearnedJudge("toy", read, (), Combiner(0.0, {})).beside(reader_, 0.3).name == "toy"


def test_a_reading_is_numbered_in_nats() -> None:
    """The mean, what evidence adds, the lowest fifth and the lowest of a sentence's tokens."""
    with_ = np.array([-1.0, -2.0, -3.0, -4.0, -10.0])
    found = describe_reading(with_, np.full(5, -5.0))
    assert found == {"mean chance": -4.0, "gain": 1.0, "lowest fifth": -10.0, "lowest": -10.0}
    assert set(describe_reading(np.zeros(0), np.zeros(0)).values()) == {0.0}
