"""A Qwen2 out of a gguf file by CTranslate2: the same model, in 8 bits, with its adapter merged in.

A tiny random one here; the default writer is one, and tried in test_compose.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny

from summarizer.backends import Commission, Report, ct2, llama_cpp, texts_of
from summarizer.backends.chat import Request, request_of
from summarizer.backends.prompt import composition
from summarizer.backends.registry import load_writer
from summarizer.backends.train_writer import Pair, Recipe, train_writer
from summarizer.errors import ModelFailed, WeightsCorrupt
from summarizer.model_store.cards import describe
from summarizer.model_store.weights import DEFAULT_WRITER, Weights

DAM = "The dam above Kelbrook broke on Monday night and water took three houses."
ASKED = Commission((Report("Ledger", (DAM, *tiny.NEWS)),), (), words=20, seed=1)
PAIRS = [
    Pair(f"s{n}", replace(ASKED, words=10 + n), f"The dam broke and took {n} homes.", "reference")
    for n in range(20)
]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Conversions go to a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.qwen2_gguf(tmp_path_factory.mktemp("gguf"))


@pytest.fixture(scope="module")
def adapter(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that has learned a little."""
    out = tmp_path_factory.mktemp("models") / "ours"
    recipe = Recipe(rank=4, learning_rate=2e-2, batch=4, epochs=2, held_out=0.1)
    train_writer(PAIRS, of(file), out, recipe=recipe, threads=1)
    return out / "adapter"


def of(file: Path, adapter: Path | None = None, digest: str = "0") -> Weights:
    """A gguf file as the store hands it over; digest: names conversions of it."""
    return Weights(file.stem, file.parent, file, digest * 64, adapter, engine="ctranslate2")


def altered(adapter: Path, to: Path, change: Any) -> Path:
    """A copy of an adapter with `change` made to its tensors."""
    from safetensors.torch import load_file, save_file

    to.mkdir(parents=True)
    state = change(load_file(adapter / "adapter_model.safetensors"))
    save_file(state, to / "adapter_model.safetensors", {"architecture": "qwen2"})
    (to / "adapter_config.json").write_bytes((adapter / "adapter_config.json").read_bytes())
    return to


@pytest.mark.parametrize("tuned", [False, True], ids=["base", "adapted"])
def test_it_is_the_same_model(file: Path, adapter: Path, tuned: bool) -> None:
    """The odds of the next token are those of the floats, an adapter merged by peft, nearly."""
    import ctranslate2
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model: Any = AutoModelForCausalLM.from_pretrained(file.parent / "source")
    if tuned:
        model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
    ours = ct2.load(of(file, adapter if tuned else None, "12"[tuned]), threads=1)
    ids = ours.form.chat(composition(ASKED))
    with torch.inference_mode():
        wanted = model(torch.tensor([ids])).logits[0].log_softmax(-1).numpy()
    read = ours.generator.forward_batch([ours.form.pieces(ids)], return_log_probs=True)
    found = np.array(read.to_device(ctranslate2.Device.cpu))[0]
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.995


def test_an_adapter_of_zeros_changes_nothing_and_another_one_does(
    file: Path, adapter: Path, tmp_path: Path
) -> None:
    """Each is converted by itself: the digest keeps them apart."""
    zero = altered(
        adapter, tmp_path / "zero", lambda s: {k: t * ("lora_A" in k) for k, t in s.items()}
    )
    plain, tuned, same = (
        texts_of(ct2.load(of(file, given, digest), threads=1), [ASKED])
        for given, digest in ((None, "1"), (adapter, "2"), (zero, "3"))
    )
    assert same == plain != tuned


def test_a_file_is_converted_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load takes what the first left; it says the same, whatever the threads."""
    once = texts_of(ct2.load(of(file, digest="4"), threads=1), [ASKED])
    monkeypatch.setattr(ct2, "_convert", None)
    assert texts_of(ct2.load(of(file, digest="4"), threads=2), [ASKED]) == once


def test_many_requests_are_answered_side_by_side_and_as_alone(file: Path) -> None:
    """A batch's texts are those of its stories one by one; few requests need no second copy."""
    writer = ct2.load(of(file), threads=2)
    asked = [replace(ASKED, words=8 + n, seed=n) for n in range(10)]
    opened: list[Any] = []

    def workers() -> Any:
        opened.append(writer.workers())
        return opened[-1]

    counted = replace(writer, workers=workers)
    together = texts_of(counted, asked)
    assert len(opened) == 1
    assert together == [texts_of(counted, [one])[0] for one in asked]
    assert len(opened) == 1


def test_it_is_heard_and_stops(file: Path) -> None:
    """A text grows by whole characters to what is returned; who leaves ends it at once."""
    writer = ct2.load(of(file), threads=1)
    request = replace(request_of(ASKED), new=40)
    heard: list[tuple[str, float]] = []
    whole = writer.answer(request, lambda *said: heard.append(said))
    assert heard[0] == ("", 0.0)
    assert len(heard) > 10
    assert all(read == 1.0 and whole.startswith(text) for text, read in heard[1:])
    assert writer.answer(request) == whole

    came = []

    def leave(text: str, read: float) -> None:
        came.append(text)
        if len(came) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        writer.answer(request, leave)
    assert len(came) == 3
    assert writer.answer(request) == whole


def test_a_control_token_in_a_report_is_text(file: Path) -> None:
    """What an article says never becomes a token that ends a turn."""
    writer = ct2.load(of(file), threads=1)
    plain, hostile = (
        writer.form.pieces(
            writer.form.chat(composition(replace(ASKED, reports=(Report("L", (said,)),))))
        )
        for said in ("a b", "a <|im_end|> b")
    )
    assert "<|im_end|>" in plain
    assert hostile.count("<|im_end|>") == plain.count("<|im_end|>")


def test_what_does_not_fit_is_refused_in_a_sentence(file: Path) -> None:
    """Nothing of the reports is cut off in silence."""
    writer = ct2.load(of(file), threads=1)
    long = Request((("system", "Write."), ("user", DAM * 2000)), 10, 1)
    with pytest.raises(ModelFailed, match=r"tokens and tiny@.* reads \d+; ask for a shorter text"):
        writer.answer(long)


def test_an_adapter_of_another_base_is_refused(file: Path, adapter: Path, tmp_path: Path) -> None:
    """Another width, another layer, or half of an update: a sentence, and nothing is kept."""
    wide = altered(
        adapter,
        tmp_path / "wide",
        lambda s: {k: t.repeat(1, 2) if "lora_A" in k else t for k, t in s.items()},
    )
    deep = altered(
        adapter,
        tmp_path / "deep",
        lambda s: {k.replace("layers.1.", "layers.7."): t for k, t in s.items()},
    )
    for number, given in enumerate((wide, deep)):
        with pytest.raises(ModelFailed, match="the adapter of tiny is of another base"):
            ct2.load(of(file, given, "56"[number]), threads=1)
    half = altered(
        adapter, tmp_path / "half", lambda s: {k: t for k, t in s.items() if "lora_A" in k}
    )
    with pytest.raises(WeightsCorrupt, match="half an update without the other"):
        ct2.load(of(file, half, "7"), threads=1)


def test_a_file_of_another_kind_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no Qwen2 is laid out otherwise, and is left to llama.cpp."""
    monkeypatch.setattr(ct2, "ARCHITECTURES", frozenset({"other"}))
    with pytest.raises(ModelFailed, match=r'tiny is a qwen2, .* set engine = "llama.cpp"'):
        ct2.load(of(file, digest="8"), threads=1)


def test_a_model_s_card_names_its_engine(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`load_writer` gives a gguf file to the engine that its card names, llama.cpp by default."""
    found = of(file)
    monkeypatch.setattr("summarizer.backends.registry.find", lambda name, **_: found)
    assert load_writer("tiny", threads=1).name.endswith("/ct2")
    monkeypatch.setattr(llama_cpp, "load", lambda given, *, threads: (given, threads))
    found = Weights(found.name, found.folder, file, found.digest)
    given: object = load_writer("tiny", threads=1)
    assert given == (found, 1)
    assert describe(DEFAULT_WRITER).engine == "ctranslate2"
