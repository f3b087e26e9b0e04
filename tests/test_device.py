"""Where a model lies and how much it takes at once: on a machine without a GPU, so memory is faked.

Real models on a real GPU were not run; what they would be told is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import tiny
import torch

from summarizer.backends import Commission, Report, device, texts_of
from summarizer.backends.prompt import Form
from summarizer.backends.registry import load_writer
from summarizer.backends.writer import on_torch
from summarizer.errors import BadOption, ModelFailed


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> Iterator[None]:
    """What other tests left in memory is not looked through whenever some is to be made free."""
    gc.freeze()
    yield
    gc.unfreeze()


class Memory:
    """A run that holds `room` items at once and fails as an engine does when it is given more."""

    def __init__(self, room: int, error: Exception) -> None:
        self.room = room
        self.error = error
        self.sizes: list[int] = []

    def __call__(self, part: Sequence[int]) -> list[int]:
        self.sizes.append(len(part))
        if len(part) > self.room:
            raise self.error
        return [10 * item for item in part]


FULL = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 8.00 GB)"),
    RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"),
    MemoryError(),
]


@pytest.mark.parametrize("error", FULL, ids=lambda e: type(e).__name__)
def test_a_batch_too_large_is_halved_and_the_rest_goes_on_so(error: Exception) -> None:
    """Out of memory costs one failed batch a halving; every item is found, in order, once."""
    memory = Memory(3, error)
    assert device.halving(memory, list(range(20)), 16) == [10 * i for i in range(20)]
    assert memory.sizes == [16, 8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]


def test_one_item_too_large_is_said() -> None:
    """Where a single prompt is too much, the user is told what to change."""
    with pytest.raises(ModelFailed, match="single prompt; choose a smaller model, or device 'cpu'"):
        device.halving(Memory(0, torch.OutOfMemoryError("CUDA out of memory")), [1, 2], 2)


def test_another_error_is_not_taken_for_full_memory() -> None:
    """A bug is not retried at half the size."""
    memory = Memory(1, RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        device.halving(memory, [1, 2], 2)
    assert memory.sizes == [2]


def test_an_engine_that_runs_out_of_memory_writes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real model whose memory is full at more than one sequence writes what it writes anyway."""
    from transformers import LlamaForCausalLM

    folder = tiny.llama(tmp_path)
    form = Form.of(folder, "tiny")
    generate = on_torch(folder, form, "cpu", 1)
    prompts = [form.text.ids(s) for s in tiny.NEWS]
    whole = generate(prompts, 8)
    forward, seen = LlamaForCausalLM.forward, []

    def full(self: Any, *args: Any, **options: Any) -> Any:
        seen.append(len(options["input_ids"]))
        if seen[-1] > 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return forward(self, *args, **options)

    monkeypatch.setattr("summarizer.backends.writer._BATCH", 4)
    monkeypatch.setattr(LlamaForCausalLM, "forward", full)
    assert generate(prompts, 8) == whole
    assert seen[:3] == [4, 2, 1]
    assert set(seen[2:]) == {1}


def test_a_batch_is_as_large_as_the_free_memory_lets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a GPU the caches of a batch take a fixed share of what is free; on a CPU nothing grows."""
    from transformers import AutoModelForCausalLM

    model: Any = AutoModelForCausalLM.from_pretrained(tiny.llama(tmp_path))
    # keys and values, 2 layers, 1 head of width 16, 4 bytes
    assert device.token_bytes(model) == 2 * 2 * 1 * 16 * 4
    assert device.batch_size(model, 500, 4) == 4

    class Elsewhere(torch.nn.Module):
        config = model.config

        def parameters(self, recurse: bool = True) -> Any:
            class Weight:
                device = torch.device("cuda:0")

                @staticmethod
                def element_size() -> int:
                    return 2

            return iter([Weight()])

    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (1_280_000_000, 2_000_000_000))
    assert device.batch_size(Elsewhere(), 500, 4) == int(0.6 * 1_280_000_000 / (500 * 128))
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (1000, 2_000_000_000))
    assert device.batch_size(Elsewhere(), 500, 4) == 4


def test_a_gpu_gets_bf16_and_a_cpu_whole_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the memory where the hardware is made for it, all of the digits where it is not."""
    assert device.placement("cpu") == {"dtype": torch.float32, "device_map": {"": "cpu"}}
    assert device.placement("auto") == {"dtype": torch.float32, "device_map": "auto"}
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert device.placement("cuda:1") == {"dtype": torch.bfloat16, "device_map": {"": "cuda:1"}}
    assert device.placement("auto") == {"dtype": torch.bfloat16, "device_map": "auto"}


@pytest.mark.parametrize(
    ("name", "says"),
    [("tpu", "have: cpu, cuda"), ("cuda:x", "have: cpu, cuda"), ("cuda:9", r"1 CUDA device\(s\)")],
)
def test_a_device_that_is_not_here_is_refused(
    name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device is checked before a model is loaded onto it."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    device.check("cuda:0")
    with pytest.raises(BadOption, match=says):
        device.check(name)


def test_a_device_map_gives_the_same_text(tmp_path: Path) -> None:
    """`auto` lets accelerate place the layers; without a GPU that is the CPU."""
    folder = str(tiny.llama(tmp_path))
    asked = [Commission((Report("Ledger", (s,)),), (), 12, 1) for s in tiny.NEWS]
    spread = load_writer(folder, device="auto", threads=1)
    assert texts_of(spread, asked) == texts_of(load_writer(folder, threads=1), asked)
