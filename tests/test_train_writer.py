"""Training lowers the loss, takes up where it was cut off, and leaves a small adapter that serves.

A tiny random model learns here; what the real one learns is in its card.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import tiny

from summarizer.backends import train_writer as training
from summarizer.backends.registry import load_writer
from summarizer.backends.train_writer import Recipe
from summarizer.cli import main
from summarizer.errors import BadInput, BadOption, BadOutput
from summarizer.model_store import weights
from summarizer.training.writer import train_on_files

RECIPE = Recipe(rank=4, alpha=8, learning_rate=2e-2, batch=4, epochs=3, held_out=0.1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.llama(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "pairs.jsonl"
    rows = []
    for i in range(30):
        first = f"The river Arn flooded {100 + i} homes in Kelbrook on Tuesday afternoon."
        second = f"A total of {10 + i} people were hurt when the Arn burst its banks in Kelbrook."
        fused = (
            f"The Arn flooded {100 + i} homes in Kelbrook on Tuesday and {10 + i} people were hurt."
        )
        rows.append({"id": f"p{i}", "sources": [first, second], "fused": fused})
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture(scope="module")
def trained(base: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> training.Trained:
    out = tmp_path_factory.mktemp("models") / "ours"
    return train_on_files([data], out, base=str(base), recipe=RECIPE, threads=1)


def test_the_loss_on_held_out_pairs_falls(trained: training.Trained) -> None:
    """What was learned holds for pairs that were not seen."""
    assert trained.loss_after < 0.8 * trained.loss_before
    assert trained.steps == 3 * -(-trained.pairs // 4)
    assert trained.held_out_pairs == 3


def test_the_adapter_is_small_and_names_no_place(trained: training.Trained, base: Path) -> None:
    """bf16 safetensors, a base named without its path, and a card with recipe and data."""
    from safetensors import safe_open

    with safe_open(trained.adapter / "adapter_model.safetensors", "pt") as tensors:
        kinds = {str(tensors.get_tensor(k).dtype) for k in tensors.keys()}  # noqa: SIM118
    assert kinds == {"torch.bfloat16"}
    settings = (trained.adapter / "adapter_config.json").read_text()
    assert json.loads(settings)["base_model_name_or_path"] == base.name
    card = (trained.adapter.parent / "README.md").read_text()
    assert "pairs.jsonl" in card
    assert "| rank | 4 |" in card
    assert str(base.parent) not in settings + card
    assert not (trained.adapter.parent / "checkpoint").exists()


def test_an_adapter_beside_the_weights_is_used(
    trained: training.Trained, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model folder with adapter/ writes with it: its drafts are those of other weights."""
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "cache"))
    both = tmp_path / "both"
    both.mkdir()
    for path in base.iterdir():
        (both / path.name).symlink_to(path)
    (both / "adapter").symlink_to(trained.adapter)
    plain, tuned = load_writer(str(base), threads=1), load_writer(str(both), threads=1)
    assert plain.name.split("@")[1] != tuned.name.split("@")[1]
    assert weights.find(str(both), adapted=False).adapter is None
    import torch
    from safetensors.torch import load_file

    (merged,) = (tmp_path / "cache" / "both").glob("hf-*/model.safetensors")
    key = "model.layers.0.self_attn.q_proj.weight"
    changed = load_file(merged)[key].float() - load_file(base / "model.safetensors")[key]
    assert torch.linalg.matrix_norm(changed) > 0.01


def test_a_run_that_was_cut_off_goes_on(
    base: Path, data: Path, trained: training.Trained, tmp_path: Path
) -> None:
    """Stopped in the middle and started again, training ends where it would have ended."""

    class Cut(Exception):
        pass

    def stop(what: str, done: int, total: int) -> None:
        if done == 8:
            raise Cut

    again: list[int] = []
    options = {"base": str(base), "recipe": RECIPE, "threads": 1, "checkpoint_seconds": 0.0}
    with pytest.raises(Cut):
        train_on_files([data], tmp_path, progress=stop, **options)  # type: ignore[arg-type]
    steps = lambda what, done, total: again.append(done)  # noqa: E731
    done = train_on_files([data], tmp_path, progress=steps, **options)  # type: ignore[arg-type]
    assert min(d for d in again if d) > 6
    assert done.loss_after == pytest.approx(trained.loss_after, rel=0.05)


def test_too_few_pairs_are_refused(base: Path, tmp_path: Path) -> None:
    """A handful of pairs teaches nothing; the error says how many were found."""
    path = tmp_path / "few.jsonl"
    path.write_text('{"id": "a", "sources": ["It rained."], "fused": "Snow fell on Kelbrook."}\n')
    with pytest.raises(BadInput, match="only 0 training pairs are carried"):
        train_on_files([path], tmp_path / "out", base=str(base))


def test_an_output_that_cannot_be_written_is_named(base: Path, data: Path, tmp_path: Path) -> None:
    """A file in the way of the output folder ends in a sentence."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadOutput, match="file cannot be written"):
        train_on_files([data], tmp_path / "file", base=str(base))


def test_a_recipe_out_of_range_is_refused() -> None:
    """Nonsense numbers are refused before a model is loaded."""
    with pytest.raises(BadOption, match="must be at least 1"):
        replace(RECIPE, epochs=0)


def test_the_command_line_trains(
    base: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`summarizer train writer` writes the model folder and says both losses."""
    argv = ["train", "writer", str(data), "-o", str(tmp_path / "ours"), "--base", str(base)]
    assert main([*argv, "--rank", "2", "--epochs", "1", "--threads", "1", "-q"]) == 0
    assert "held-out loss" in capsys.readouterr().out
    assert (tmp_path / "ours" / "adapter" / "adapter_model.safetensors").is_file()


def test_the_command_line_names_a_bad_recipe(
    base: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recipe that cannot be exits with 2 and one sentence."""
    argv = ["train", "writer", str(data), "-o", str(tmp_path), "--base", str(base)]
    assert main([*argv, "--epochs", "0"]) == 2
    assert "must be at least 1" in capsys.readouterr().err


def test_a_refused_draft_becomes_less_likely_than_the_one_that_held(
    base: Path, data: Path, tmp_path: Path
) -> None:
    """With `prefer` the gap between the two grows further than without, on pairs not trained on."""
    from summarizer.backends.gguf import hugging_face_folder
    from summarizer.backends.prompt import Form
    from summarizer.backends.train_writer import _example, _Run
    from summarizer.training.writer_pairs import read_pairs

    path = tmp_path / "refused.jsonl"
    rows = [json.loads(line) for line in data.read_text().splitlines()]
    for i, row in enumerate(rows):
        row["refused"] = [f"Kelbrook flooded the Arn on Tuesday and {i} homes were hurt in people."]
    path.write_text("\n".join(map(json.dumps, rows)))
    found = weights.find(str(base), adapted=False)
    folder = hugging_face_folder(found)
    form = Form.of(folder, trained=True)
    pairs = read_pairs(path)
    assert all(p.refused for p in pairs)

    def gap(prefer: float) -> float:
        out = tmp_path / f"prefer-{prefer}"
        recipe = replace(RECIPE, prefer=prefer)
        train_on_files([path], out, base=str(base), recipe=recipe, threads=1)
        run = _Run(folder, form, recipe, "cpu", out)
        held = [_example(form, p) for p in pairs]
        worse = [replace(e, ids=e.refused[0], refused=()) for e in held]
        return run.loss(worse) - run.loss(held)

    assert gap(1.0) > gap(0.0) + 0.5


def test_refused_drafts_are_ignored_unless_asked_for(base: Path, data: Path) -> None:
    """Without `prefer` a pair's refused drafts take no part in the loss."""
    from summarizer.backends.prompt import Form
    from summarizer.backends.train_writer import _example, _Run
    from summarizer.training.writer_pairs import Pair

    form = Form.of(base, trained=True)
    pair = Pair(("The Arn rose.",), "The Arn rose.", "sentence", "s", refused=("Arn the rose.",))
    batch = [_example(form, pair)]
    run = _Run(base, form, RECIPE, "cpu", None)
    sums, counts = run.nats(batch)
    assert run.odds(batch, sums / counts) is None
    run = _Run(base, form, replace(RECIPE, prefer=0.5), "cpu", None)
    assert run.odds(batch, sums / counts) is not None
    plain = [replace(batch[0], refused=())]
    assert run.odds(plain, sums / counts) is None
