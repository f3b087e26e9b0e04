"""Rules of the trained reader: what it reads, that nothing is cut, and how its adapter is made.

A tiny MPNet with random weights stands in; what the real one knows is measured in benchmarks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import tiny

from summarizer.backends.reader import MAX_TOKENS, MPNetReader, Scores, encode, load, tokenizer_of
from summarizer.backends.train_reader import Recipe, read_pairs, train_reader
from summarizer.errors import BadInput, WeightsCorrupt
from summarizer.model_store.weights import Weights, find


def _pairs(folder: Path, n: int) -> Path:
    rows = []
    for i in range(n):
        evidence, other = tiny.NEWS[i % 4], tiny.NEWS[(i + 1) % 4]
        carried = i % 2 == 0
        rows.append(
            {
                "evidence": [evidence],
                "sentence": evidence if carried else other,
                "label": "entailment" if carried else "not_entailed",
                "kind": "copy" if carried else "stranger",
                "spans": [] if carried else [[0, 9]],
            }
        )
    path = folder / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Weights:
    """A tiny base with an adapter trained for some steps."""
    folder = tmp_path_factory.mktemp("reader")
    base = tiny.mpnet(folder / "base")
    done: list[int] = []
    train_reader(
        read_pairs([_pairs(folder, 64)]),
        find(str(base), adapted=False),
        base / "adapter",
        start=None,
        recipe=Recipe(rank=4, held_out=8, tokens=200),
        threads=1,
        progress=lambda what, n, total: done.append(n),
    )
    assert done
    return find(str(base))


def test_a_trained_adapter_is_read_back(trained: Weights) -> None:
    """What was trained can be loaded, and gives chances and a doubt for every word."""
    [reading] = load(trained, threads=1).read([("The mayor said so.", ["The mayor left."])])
    assert 0 <= reading.carried <= 1
    assert reading.carried + reading.contradicted <= 1 + 1e-6
    assert [(a, b) for a, b, _ in reading.doubts] == [(0, 3), (4, 9), (10, 14), (15, 17), (17, 18)]


def test_a_reading_does_not_depend_on_its_neighbours(trained: Weights) -> None:
    """A pair alone and among others is read to the same bits."""
    reader = load(trained, threads=1)
    pairs = [(text, [tiny.NEWS[0], tiny.NEWS[1]]) for text in tiny.NEWS]
    assert reader.read(pairs) == [reader.read([pair])[0] for pair in pairs]


def test_without_evidence_nothing_is_carried(trained: Weights) -> None:
    """A sentence without evidence has a support of 0."""
    [reading] = load(trained, threads=1).read([("The mayor left.", [])])
    assert (reading.carried, reading.contradicted) == (0.0, 0.0)


def test_a_pair_is_read_the_same_alone_and_beside_others(trained: Weights) -> None:
    """Whatever the threads and whatever else is asked, to the last bit; repeats are read once."""
    pairs = [(said, [held]) for said in tiny.NEWS[:4] for held in tiny.NEWS[:4]]
    alone = [load(trained, threads=1).read([pair])[0] for pair in pairs[:3]]
    together = load(trained, threads=3).read([*pairs, *pairs])
    assert together[:3] == alone
    assert together[: len(pairs)] == together[len(pairs) :]


def test_reading_leaves_torchs_threads_as_they_were_asked_for(trained: Weights) -> None:
    """A thread for each pair is no thread the less for a writer that torch runs."""
    import threading

    import torch

    load(trained, threads=2).read([("The mayor left.", ["The mayor left."])])
    later: list[int] = []
    thread = threading.Thread(target=lambda: later.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert [torch.get_num_threads(), *later] == [2, 2]


def test_marks_in_a_text_are_text(trained: Weights) -> None:
    """A "</s>" that an article holds does not end the evidence."""
    tokenizer = tokenizer_of(trained)
    end = tokenizer.token_to_id("</s>")
    pair = encode(tokenizer, "He wrote </s> on the wall.", "He wrote.")
    assert pair.ids.count(end) == 3


def test_long_evidence_is_read_in_parts_and_never_cut() -> None:
    """Evidence that does not fit at once is read whole, and the part that carries most counts."""
    seen: list[str] = []

    def score(asked: Sequence[tuple[str, str]]) -> list[Scores]:
        seen.extend(premise for premise, _ in asked)
        return [
            ((0.1, 0.1, 0.8) if "needle" in premise else (0.5, 0.4, 0.1), ())
            for premise, _ in asked
        ]

    reader = MPNetReader("test", score, lambda text: len(text.split()))
    evidence = [f"word{i} " * 200 for i in range(5)] + ["the needle " * 50]
    [reading] = reader.read([("a needle", evidence)])
    assert reading.carried == 0.8
    assert sorted(" ".join(seen).split()) == sorted(" ".join(evidence).split())
    assert all(len(premise.split()) <= MAX_TOKENS for premise in seen)


def test_a_reader_without_adapter_says_how_to_train_one(tmp_path: Path) -> None:
    """The base alone is no reader."""
    with pytest.raises(WeightsCorrupt, match="summarizer train reader"):
        load(find(str(tiny.mpnet(tmp_path / "base"))), threads=1)


def test_an_adapter_of_another_size_is_refused(trained: Weights, tmp_path: Path) -> None:
    """An adapter that was trained on another base is named, with the way to mend it."""
    from safetensors.torch import load_file, save_file

    assert trained.adapter is not None
    tensors = load_file(trained.adapter / "adapter_model.safetensors")
    tensors["head.words.weight"] = tensors["head.words.weight"][:, :8].contiguous()
    base = tiny.mpnet(tmp_path / "base")
    (base / "adapter").mkdir()
    save_file(tensors, base / "adapter" / "adapter_model.safetensors", metadata={"scale": "2.0"})
    (base / "adapter" / "adapter_config.json").write_text("{}", encoding="utf-8")
    reader = load(find(str(base)), threads=1)
    with pytest.raises(WeightsCorrupt, match="restore it or train it again"):
        reader.read([("The mayor left.", ["The mayor left."])])


def test_training_names_the_line_that_it_cannot_use(tmp_path: Path) -> None:
    """A pair with an unknown label is one sentence with file and line."""
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"evidence": "a", "sentence": "b", "label": "maybe", "source": "x"}\n')
    with pytest.raises(BadInput, match=r"pairs\.jsonl, line 1: the label 'maybe' is none of"):
        read_pairs([path])


def test_too_few_pairs_are_refused(tmp_path: Path) -> None:
    """Pairs must be enough to keep some aside for measuring."""
    pairs = read_pairs([_pairs(tmp_path, 10)])
    base = find(str(tiny.mpnet(tmp_path / "base")), adapted=False)
    with pytest.raises(BadInput, match="10 pairs are too few"):
        train_reader(
            pairs,
            base,
            tmp_path / "out",
            start=None,
            recipe=Recipe(held_out=8),
            threads=1,
            progress=lambda what, n, total: None,
        )
