"""Where a torch model is placed and how much it takes at once: devices, batch sizes.

Nothing here knows what the model is for.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from summarizer.errors import BadOption, ModelFailed, UnknownModel

if TYPE_CHECKING:
    import torch

Item = TypeVar("Item")
Found = TypeVar("Found")

_SHARE = 0.6
"""Share of the free memory that a batch's caches may take; activations have the rest."""

_FULL = ("out of memory", "can't allocate memory", "alloc_failed")
"""How engines other than CUDA's allocator say that memory is full (MPS, CPU, cuBLAS)."""


def check(device: str) -> None:
    """Raises BadOption unless `device` is "cpu", "auto" or a CUDA device that torch finds here."""
    if device in {"cpu", "auto"}:
        return
    kind, _, index = device.partition(":")
    if kind != "cuda" or (index and not index.isdecimal()):
        raise BadOption(f"device is {device!r}; have: cpu, cuda, cuda:N, auto")

    import torch

    if not torch.cuda.is_available():
        raise BadOption(
            f"device is {device!r} but torch finds no CUDA device here; use device 'cpu'"
        )
    if index and int(index) >= torch.cuda.device_count():
        raise BadOption(
            f"device is {device!r} but torch finds {torch.cuda.device_count()} CUDA device(s) here"
        )


def placement(device: str) -> dict[str, Any]:
    """What from_pretrained is told: bf16 on a GPU, 32-bit floats on a CPU, and where to put it.

    "auto" spreads the layers over every GPU, and over the CPU's memory where they do not hold it.
    """
    import torch

    on_gpu = device != "cpu" and torch.cuda.is_available()
    dtype = torch.bfloat16 if on_gpu else torch.float32
    return {"dtype": dtype, "device_map": "auto" if device == "auto" else {"": device}}


def place(kind: Any, folder: Path, device: str) -> Any:
    """Load a folder's model by one of transformers' Auto classes, safetensors only, ready to run.

    Raises UnknownModel where transformers does not know its kind or it would bring its own code.
    """
    import torch

    try:
        model = kind.from_pretrained(
            folder, use_safetensors=True, trust_remote_code=False, **placement(device)
        )
    except (ValueError, KeyError, OSError) as error:
        raise UnknownModel(
            f"the model in {folder.name!r} cannot be loaded ({_first_line(error)}); choose one of "
            "a kind that transformers knows without code of its own"
        ) from error
    torch.nn.Module.train(model, False)
    return model


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:160].rstrip(".")


def batch_size(model: torch.nn.Module, tokens: int, least: int) -> int:
    """How many sequences of `tokens` tokens go through `model` at once: by what the GPU has free.

    least: the answer on a CPU, and the smallest on a GPU. The estimate is of the key-value cache,
    which is most of what a sequence takes; `halving` corrects one that was too high.
    """
    import torch

    devices = {p.device for p in model.parameters() if p.device.type == "cuda"}
    if not devices:
        return least
    free = min(torch.cuda.mem_get_info(d)[0] for d in devices)
    return max(least, int(_SHARE * free / (tokens * token_bytes(model))))


def token_bytes(model: torch.nn.Module) -> int:
    """Bytes of key-value cache that one token of one sequence takes."""
    whole: Any = model.config
    config: Any = whole.get_text_config(decoder=True)
    layers = int(config.num_hidden_layers)
    heads = int(config.num_attention_heads)
    kept = getattr(config, "num_key_value_heads", None) or heads
    width = getattr(config, "head_dim", None) or config.hidden_size // heads
    # An encoder-decoder keeps keys and values of what it reads as well as of what it writes.
    sides = 2 if getattr(whole, "is_encoder_decoder", False) else 1
    size = next(model.parameters()).element_size()
    return max(1, 2 * sides * layers * int(kept) * int(width) * size)


def halving(
    run: Callable[[Sequence[Item]], Sequence[Found]], items: Sequence[Item], size: int
) -> list[Found]:
    """Run `items` in batches of `size`; a batch that memory does not hold is halved and run again.

    What had to be halved stays so for the rest of the call. Raises ModelFailed where one item alone
    is too much.
    """
    found: list[Found] = []
    while len(found) < len(items):
        part = items[len(found) : len(found) + size]
        fresh = _unless_full(run, part)
        if fresh is not None:
            found.extend(fresh)
        elif len(part) > 1:
            size = len(part) // 2
        else:
            raise ModelFailed(
                "the model ran out of memory with a single prompt; choose a smaller model, "
                "or device 'cpu' or 'auto'"
            )
    return found


def _unless_full(
    run: Callable[[Sequence[Item]], Sequence[Found]], part: Sequence[Item]
) -> Sequence[Found] | None:
    """What `run` found, or None where memory was full; what the failed run held is freed."""
    try:
        return run(part)
    except (MemoryError, RuntimeError) as error:
        if not is_full(error):
            raise
    # Outside the handler, where the traceback no longer holds the batch's tensors.
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return None


def is_full(error: BaseException) -> bool:
    """Whether an error says that memory is full."""
    import torch

    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    said = str(error).lower()
    return any(words in said for words in _FULL)
