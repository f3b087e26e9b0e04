"""The reader's network: an MPNet encoder with low-rank updates, a head for the pair, one for words.

Built here for training and for inference; text, batches and verdicts are elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.backends.quiet import quiet
from summarizer.errors import WeightsCorrupt
from summarizer.model_store.weights import Weights

if TYPE_CHECKING:
    import torch
    from torch import nn

LABELS = ("contradicted", "neither", "carried")
"""What the head for the pair tells apart, in the order of its logits."""

UPDATED = ("attn.q", "attn.k", "attn.v", "attn.o", "intermediate.dense", "output.dense")
"""The linear maps of a layer that are updated."""

FIRST_UPDATED = 2
"""Layers below stay as they were: training is a sixth faster, and they hold spelling and syntax."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A batch of pairs as ids: (n, length) int64 each.

    ids: the evidence, then the sentence, between marks. mask: 1 where there is a token. asked: 1
    where the token is of the sentence.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    asked: torch.Tensor


def base(folder: Path) -> nn.Module:
    """The encoder as published, without dropout (which is slow on a CPU), in float32."""
    from torch import nn
    from transformers import MPNetModel

    with quiet():  # the base has no pooler, which a user need not be told
        encoder: nn.Module = MPNetModel.from_pretrained(
            folder, use_safetensors=True, add_pooling_layer=False
        )
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return encoder


def heads(width: int) -> dict[str, nn.Module]:
    """ "pair": (n, 2 width) -> (n, 3) logits of LABELS; "words": (n, length, width) -> (…, 1)."""
    from torch import nn

    pair = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, len(LABELS)))
    return {"pair": pair, "words": nn.Linear(width, 1)}


def forward(
    encoder: nn.Module, on_top: Mapping[str, nn.Module], batch: Encoded
) -> tuple[torch.Tensor, torch.Tensor]:
    """The pair's logits (n, 3), and for each token the logit that it is at fault (n, length)."""
    import torch

    states = encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
    asked = batch.asked.unsqueeze(-1).to(states.dtype)
    mean = (states * asked).sum(1) / asked.sum(1).clamp(min=1)
    pair = on_top["pair"](torch.cat([states[:, 0], mean], -1))
    return pair, on_top["words"](states).squeeze(-1)


def merged(weights: Weights, dtype: torch.dtype) -> tuple[nn.Module, dict[str, nn.Module]]:
    """The trained encoder, its updates added to the base's weights, and its heads; for reading.

    Raises WeightsCorrupt where the adapter does not fit the base, or there is none.
    """
    import torch
    from safetensors import SafetensorError, safe_open

    if weights.adapter is None:
        raise WeightsCorrupt(f"{weights.name} has no adapter, and is no reader without")
    path = weights.adapter / "adapter_model.safetensors"
    encoder: Any = base(weights.folder)
    on_top = heads(int(encoder.config.hidden_size))
    try:
        with safe_open(str(path), framework="pt") as file:
            scale = float((file.metadata() or {})["scale"])
            tensors = {key: file.get_tensor(key).float() for key in file.keys()}  # noqa: SIM118
        with torch.no_grad():
            for number, layer in enumerate(encoder.encoder.layer):
                for part, linear in _linears(layer).items():
                    down = tensors.pop(f"layer.{number}.{part}.down", None)
                    if down is not None:
                        up = tensors.pop(f"layer.{number}.{part}.up")
                        linear.weight += scale * (up @ down)
            for name, head in on_top.items():
                own = {k: tensors.pop(f"head.{name}.{k}") for k in head.state_dict()}
                head.load_state_dict(own)
    except (SafetensorError, KeyError, ValueError, RuntimeError, OSError) as error:
        raise WeightsCorrupt(
            f"{path} is no adapter of this reader ({error}); restore it or train it again"
        ) from error
    if tensors:
        raise WeightsCorrupt(f"{path} is an adapter of another reader: it has {min(tensors)}")
    ready = {name: head.to(dtype).eval() for name, head in on_top.items()}
    return encoder.to(dtype).eval(), ready


def _linears(layer: Any) -> dict[str, Any]:
    """The updated maps of one layer, by the names of UPDATED."""
    found = {}
    for name, module in layer.named_modules():
        for part in UPDATED:
            if name == part or name.endswith(f".{part}"):
                found[part] = module
    # "attention.…output.dense" does not exist in MPNet: each part names one map of a layer.
    return found
