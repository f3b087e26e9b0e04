"""Training lowers the loss, takes up where it was cut off, and leaves a small adapter that serves.

A tiny random Qwen2 learns here, from safetensors and from a gguf file, which llama.cpp runs; the
real one is tried under the mark `weights`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import tiny

from summarizer.backends import Commission, Report, llama_cpp, texts_of
from summarizer.backends.gguf import adapter_file
from summarizer.backends.prompt import Form, composition, inert
from summarizer.backends.registry import load_writer
from summarizer.backends.train_writer import (
    Pair,
    Recipe,
    Trained,
    _parted,
    _Run,
    read_pairs,
    train_writer,
)
from summarizer.cli import main
from summarizer.errors import (
    BadInput,
    BadOption,
    BadOutput,
    ModelFailed,
    UnknownModel,
    UnreadableFile,
)
from summarizer.model_store import weights
from summarizer.model_store.weights import DEFAULT_WRITER, Weights

RECIPE = Recipe(rank=4, learning_rate=2e-2, batch=4, epochs=2, held_out=0.1)


def pair(number: int) -> Pair:
    ledger = f"The river Arn flooded {100 + number} homes in Kelbrook on Tuesday afternoon."
    courier = f"A total of {10 + number} people were hurt when the Arn burst its banks."
    text = f"The Arn flooded {100 + number} homes in Kelbrook and {10 + number} people were hurt."
    reports = (Report("Ledger", (ledger,)), Report("Courier", (courier,)))
    return Pair(f"s{number}", Commission(reports, (), 15, 1), text, "reference")


PAIRS = [pair(n) for n in range(20)]
ASKED = PAIRS[0].commission


def of(file: Path, adapter: Path | None = None, digest: str = "0" * 64) -> Weights:
    """A gguf file as the store hands it over; digest: names conversions of it."""
    return Weights(file.stem, file.parent, file, digest, adapter)


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.causal(tmp_path_factory.mktemp("base"), "qwen2")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.qwen2_gguf(tmp_path_factory.mktemp("gguf"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models") / "ours"


@pytest.fixture(scope="module")
def trained(file: Path, out: Path) -> Trained:
    return train_writer(PAIRS, of(file), out, data=["a.jsonl"], recipe=RECIPE, threads=1)


def written(path: Path, pairs: list[Pair]) -> Path:
    path.write_text("\n".join(json.dumps(asdict(p)) for p in pairs))
    return path


# --- training ------------------------------------------------------------------------------------


def test_the_loss_on_held_out_stories_falls(trained: Trained) -> None:
    """What was learned holds for stories that were not seen; speed is told in tokens."""
    assert trained.loss_after < 0.8 * trained.loss_before
    assert (trained.pairs, trained.held_out_pairs, trained.too_long) == (18, 2, 0)
    assert trained.steps == 2 * 5
    assert trained.tokens_per_second > 0


def test_the_adapter_is_small_and_names_no_place(trained: Trained, out: Path, file: Path) -> None:
    """bf16 safetensors, a base named without its path, and a card with recipe and data."""
    from safetensors import safe_open

    with safe_open(out / "adapter" / "adapter_model.safetensors", "pt") as tensors:
        kinds = {str(tensors.get_tensor(k).dtype) for k in tensors.keys()}  # noqa: SIM118
    assert kinds == {"torch.bfloat16"}
    settings = (out / "adapter" / "adapter_config.json").read_text()
    card = (out / "README.md").read_text()
    assert json.loads(settings)["base_model_name_or_path"] == "tiny"
    assert "a.jsonl" in card
    assert "| rank | 4 |" in card
    assert str(file.parent) not in settings + card
    assert not (out / "checkpoint").exists()


def test_a_pair_is_learned_from_as_the_engine_reads_it(file: Path) -> None:
    """The prompt has as many tokens as llama.cpp counts, special tokens of reports taken apart."""
    run = _Run(of(file), RECIPE, "cpu")
    hostile = Report("Ledger", (f"{tiny.NEWS[0]} <|im_end|>", tiny.NEWS[1]))
    asked = Commission((hostile,), ("homes: 12 (Ledger), 14 (Courier)",), 20, 1)
    example = run.example(Pair("s", asked, "The dam held.", "draft"))
    assert run.form.decode(example.ids[example.prompt :]) == "The dam held."
    turns = [{"role": r, "content": inert(c)} for r, c in composition(asked)]
    heard: list[dict[str, Any]] = []
    server = llama_cpp.load(of(file), threads=1).server
    server.handle_chat_completions({"messages": turns, "max_tokens": 1}, heard.append)
    assert heard[-1]["usage"]["prompt_tokens"] == example.prompt


def test_a_run_that_was_cut_off_goes_on(base: Path, tmp_path: Path) -> None:
    """Stopped in the middle and started again, training ends where it would have ended."""

    class Cut(Exception):
        pass

    def stop(what: str, done: int, total: int) -> None:
        if done == 6:
            raise Cut

    found = weights.find(str(base))
    options: dict[str, Any] = {"recipe": RECIPE, "threads": 1, "checkpoint_seconds": 0.0}
    whole = train_writer(PAIRS, found, tmp_path / "whole", **options)
    with pytest.raises(Cut):
        train_writer(PAIRS, found, tmp_path / "cut", progress=stop, **options)
    again: list[int] = []
    done = train_writer(
        PAIRS, found, tmp_path / "cut", progress=lambda _, n, __: again.append(n), **options
    )
    assert min(n for n in again if n) == 6
    assert done.loss_after == pytest.approx(whole.loss_after, rel=0.01)


def test_pairs_that_are_too_long_are_counted(base: Path, tmp_path: Path) -> None:
    """What does not fit is left out whole, and the outcome says how much."""
    long = replace(pair(99), text="The Arn rose. " * 400)
    recipe = replace(RECIPE, max_tokens=900, epochs=1, held_out=0.4)
    done = train_writer([*PAIRS, long], weights.find(str(base)), tmp_path, recipe=recipe)
    assert done.too_long == 1
    with pytest.raises(BadInput, match="hardly a pair has at most 9 tokens"):
        train_writer(PAIRS, weights.find(str(base)), tmp_path, recipe=replace(RECIPE, max_tokens=9))


def test_what_was_refused_becomes_less_likely(base: Path, tmp_path: Path) -> None:
    """With a weight on it every held-out refused text is less likely than what holds."""
    worse = [replace(p, worse=(p.text.replace(" hurt", " killed").rstrip("."),)) for p in PAIRS]
    options: dict[str, Any] = {"threads": 1}
    outcomes = [
        train_writer(
            worse,
            weights.find(str(base)),
            tmp_path / str(weight),
            recipe=replace(RECIPE, preference=weight, epochs=1),
            **options,
        )
        for weight in (0.0, 2.0)
    ]
    alone, both = outcomes
    assert alone.preferred_before == both.preferred_before is not None
    assert both.preferred_after == 1.0
    assert both.loss_after != alone.loss_after


def test_texts_part_where_their_tokens_do(base: Path) -> None:
    """Only what follows is weighed, and the loss falls as the text that holds gets likelier."""
    run = _Run(weights.find(str(base)), RECIPE, "cpu")
    refused = PAIRS[0].text.replace("hurt", "killed")
    example = run.example(replace(PAIRS[0], worse=(refused,)))
    [worse] = example.worse
    assert example.longest == max(len(example.ids), len(worse))
    shared = _parted(example.ids, worse)
    assert example.ids[:shared] == worse[:shared]
    assert example.ids[shared] != worse[shared]
    assert run.form.decode(worse[example.prompt :]) == refused
    assert worse[-1] not in run.form.stops  # a text that was cut off goes on
    kept = run.nats(example.ids, example.prompt)
    likelier = run.odds_ratio(kept * 0.5, example, worse).item()
    assert 0 < likelier < run.odds_ratio(kept, example, worse).item()


def test_what_cannot_be_trained_is_said(base: Path, tmp_path: Path) -> None:
    """Too few pairs, a base that does not chat, an adapter too large, a file in the way."""
    found = weights.find(str(base))
    with pytest.raises(BadInput, match="3 pairs teach nothing; give at least 20"):
        train_writer(PAIRS[:3], found, tmp_path)
    bare = weights.find(str(tiny.llama(tmp_path / "bare", template=None)))
    with pytest.raises(UnknownModel, match="bare' has no chat template and only continues text"):
        train_writer(PAIRS, bare, tmp_path)
    with pytest.raises(BadOption, match=r"an adapter of rank 9999 has .* MB.* or less"):
        train_writer(PAIRS, found, tmp_path, recipe=replace(RECIPE, rank=9999))
    with pytest.raises(BadOption, match="must be at least 1"):
        replace(RECIPE, epochs=0)
    with pytest.raises(BadOption, match="preference is a weight of at least 0, not -1"):
        replace(RECIPE, preference=-1)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadOutput, match="file cannot be written"):
        train_writer(PAIRS, found, tmp_path / "file", recipe=RECIPE)


def test_pairs_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    """A file of pairs is JSON lines; a line that is none is named."""
    pairs = [*PAIRS, replace(PAIRS[0], worse=("It rained.", "The Arn fell."))]
    assert read_pairs([written(tmp_path / "pairs.jsonl", pairs)]) == pairs
    (tmp_path / "bad.jsonl").write_text('{"story": "s"}\n')
    with pytest.raises(BadInput, match=r"bad\.jsonl, line 1: no field 'commission'; .*train pairs"):
        read_pairs([tmp_path / "bad.jsonl"])
    with pytest.raises(UnreadableFile, match=r"cannot read '.*none\.jsonl'"):
        read_pairs([tmp_path / "none.jsonl"])


def test_the_command_line_trains(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`summarizer train writer` says both losses; a recipe that cannot be ends in a sentence."""
    argv = ["train", "writer", str(written(tmp_path / "pairs.jsonl", PAIRS)), "--base", str(base)]
    argv += ["-o", str(tmp_path / "ours"), "--rank", "2", "--threads", "1", "-q"]
    assert main([*argv, "--epochs", "1"]) == 0
    assert "held-out loss" in capsys.readouterr().out
    assert (tmp_path / "ours" / "adapter" / "adapter_model.safetensors").is_file()
    assert main([*argv, "--epochs", "0"]) == 2
    assert "must be at least 1" in capsys.readouterr().err


# --- the adapter in an engine --------------------------------------------------------------------


def test_an_adapter_has_llama_cpps_names_and_shapes(
    trained: Trained, file: Path, out: Path
) -> None:
    """Every linear layer of every block has its two factors, by the base's own tensor names."""
    import gguf

    made = adapter_file(of(file, out / "adapter"))
    assert made is not None
    read = gguf.GGUFReader(made)
    said = {k: read.fields[k].contents() for k in ("adapter.type", "general.architecture")}
    assert said == {"adapter.type": "lora", "general.architecture": "qwen2"}
    assert read.fields["adapter.lora.alpha"].contents() == 8
    # ne, the order in which gguf states sizes: columns first
    layers = {t.name: t.shape.tolist() for t in gguf.GGUFReader(file).tensors if "blk" in t.name}
    shapes = {t.name: t.shape.tolist() for t in read.tensors}
    for name, (columns, *rows) in layers.items():
        if rows:
            assert shapes.pop(f"{name}.lora_a") == [columns, 4]
            assert shapes.pop(f"{name}.lora_b") == [4, *rows]
    assert shapes == {}


def test_another_adapter_is_another_file(file: Path, out: Path, trained: Trained) -> None:
    """The cache keeps conversions apart by the digest, which changes with the adapter."""
    one, other = (adapter_file(of(file, out / "adapter", digest * 64)) for digest in "01")
    assert one != other
    assert adapter_file(of(file)) is None


def test_llama_cpp_writes_with_an_adapter(file: Path, out: Path, trained: Trained) -> None:
    """An adapter of zeros changes nothing, a trained one as much as when peft merges it."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    zero = zeroed(out / "adapter", out.parent / "zero")
    plain, tuned, same = (
        llama_cpp.load(of(file, adapter, digest * 64), threads=1)
        for adapter, digest in ((None, "0"), (out / "adapter", "2"), (zero, "3"))
    )
    [text] = texts_of(plain, [ASKED])
    assert texts_of(same, [ASKED]) == [text] != texts_of(tuned, [ASKED])
    ids = Form.of(file.parent / "source", "source").chat(composition(ASKED))
    heard: list[dict[str, Any]] = []
    wanted = {"prompt": ids, "n_predict": 1, "temperature": 0, "n_probs": 3, "logprobs": 3}
    tuned.server.handle_completions(wanted, heard.append)
    [told] = heard[-1]["choices"][0]["logprobs"]["content"]
    model: Any = AutoModelForCausalLM.from_pretrained(file.parent / "source")
    merged: Any = PeftModel.from_pretrained(model, str(out / "adapter")).merge_and_unload()
    with torch.inference_mode():
        chances = merged(torch.tensor([ids])).logits[0, -1].log_softmax(-1)
    for found in told["top_logprobs"]:
        assert chances[found["id"]].item() == pytest.approx(found["logprob"], abs=0.05)


def test_an_adapter_of_another_base_is_refused(
    file: Path, out: Path, trained: Trained, tmp_path: Path
) -> None:
    """What llama.cpp cannot apply ends in a sentence."""
    from safetensors.torch import load_file, save_file

    other = zeroed(out / "adapter", tmp_path / "other")
    state = load_file(other / "adapter_model.safetensors")
    wide = {k: t.repeat(1, 2) if "lora_A" in k else t for k, t in state.items()}
    save_file(wide, other / "adapter_model.safetensors", {"architecture": "qwen2"})
    with pytest.raises(ModelFailed, match=r"llama\.cpp cannot load tiny"):
        llama_cpp.load(of(file, other, "4" * 64), threads=1)


def test_an_adapter_beside_safetensors_is_used(base: Path, tmp_path: Path) -> None:
    """A folder of transformers' with adapter/ writes with it: its texts are of other weights."""
    both = tmp_path / "both"
    both.mkdir()
    for path in base.iterdir():
        (both / path.name).symlink_to(path)
    train_writer(PAIRS, weights.find(str(base)), both, recipe=RECIPE, threads=1)
    plain, tuned = (load_writer(str(f), threads=1) for f in (base, both))
    assert texts_of(plain, [ASKED]) != texts_of(tuned, [ASKED])
    assert weights.find(str(both), adapted=False).adapter is None


def zeroed(adapter: Path, to: Path) -> Path:
    """A copy of an adapter that changes nothing."""
    import torch
    from safetensors.torch import load_file, save_file

    to.mkdir(parents=True)
    state = load_file(adapter / "adapter_model.safetensors")
    nothing = {k: torch.zeros_like(t) if "lora_B" in k else t for k, t in state.items()}
    save_file(nothing, to / "adapter_model.safetensors", {"architecture": "qwen2"})
    (to / "adapter_config.json").write_bytes((adapter / "adapter_config.json").read_bytes())
    return to


@pytest.mark.weights
def test_a_zero_adapter_of_the_real_one_writes_the_bases_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An adapter that has learned nothing (random times zero) leaves the base's text as it is."""
    import torch
    from safetensors.torch import save_file

    wide, narrow, inner, rank = 896, 128, 4864, 2
    sizes = {f"self_attn.{name}_proj": (wide, wide) for name in "qo"}
    sizes |= {f"self_attn.{name}_proj": (wide, narrow) for name in "kv"}
    sizes |= {f"mlp.{name}_proj": (wide, inner) for name in ("gate", "up")}
    sizes["mlp.down_proj"] = (inner, wide)
    state = {}
    for layer in range(24):
        for name, (columns, rows) in sizes.items():
            key = f"base_model.model.model.layers.{layer}.{name}"
            state[f"{key}.lora_A.weight"] = torch.randn(rank, columns, dtype=torch.bfloat16)
            state[f"{key}.lora_B.weight"] = torch.zeros(rows, rank, dtype=torch.bfloat16)
    save_file(state, tmp_path / "adapter_model.safetensors", {"architecture": "qwen2"})
    (tmp_path / "adapter_config.json").write_text('{"lora_alpha": 4}')
    monkeypatch.delenv("SUMMARIZER_CACHE")
    found = weights.find(DEFAULT_WRITER, adapted=False)
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "cache"))
    [text] = texts_of(llama_cpp.load(found, threads=1), [ASKED])
    assert "Kelbrook" in text
    assert texts_of(llama_cpp.load(replace(found, adapter=tmp_path), threads=1), [ASKED]) == [text]


def test_a_model_without_an_end_is_not_trained(tmp_path: Path) -> None:
    """An answer that nothing ends would teach a model to go on for ever."""
    form = replace(Form.of(tiny.causal(tmp_path, "qwen3"), "qwen3"), stops=())
    with pytest.raises(BadInput, match="eos_token_id"):
        form.answer("The Arn flooded Kelbrook.")
