"""A gguf file for training by transformers, and a trained adapter by a gguf file's names.

Conversions are kept by weights.converted. Nothing is generated or trained here.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import BadOption, WeightsCorrupt
from summarizer.model_store.weights import Weights, converted

ARCHITECTURES = frozenset({"qwen2"})
"""What gguf files and transformers lay out alike: a Llama's rows are permuted in gguf files."""

_KEY = "base_model.model."
_LORA = {".lora_A.weight": "down", ".lora_B.weight": "up"}


class Update(NamedTuple):
    """What an adapter adds to one tensor, scale * up @ down: (rank, in) and (out, rank)."""

    down: NDArray[np.float32]
    up: NDArray[np.float32]
    scale: float


def base_model(weights: Weights, dtype: Any) -> tuple[Any, Path]:
    """The causal model to adapt, and a folder with its tokenizer and config.json.

    dtype: torch's. A gguf file's quantised weights become ordinary ones of that type.
    Raises BadOption for a gguf file of an architecture that is not among ARCHITECTURES.
    """
    from transformers import AutoModelForCausalLM

    if weights.file is None:
        safe = {"use_safetensors": True, "trust_remote_code": False}
        folder = weights.folder
        return AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, **safe), folder
    tokenizer = tokenizer_folder(weights)
    kind = json.loads((tokenizer / "config.json").read_text("utf-8"))["model_type"]
    if kind not in ARCHITECTURES:
        raise BadOption(
            f"{weights.name} is a {kind}; adapters are trained for gguf files of: "
            f"{', '.join(sorted(ARCHITECTURES))}"
        )
    model = AutoModelForCausalLM.from_pretrained(
        weights.folder, gguf_file=weights.file.name, dtype=dtype
    )
    return model, tokenizer


def tokenizer_folder(weights: Weights) -> Path:
    """A folder with the tokenizer, chat template and config.json of a gguf file, made once."""

    def build(into: Path) -> None:
        from transformers import AutoConfig, AutoTokenizer

        file: Any = weights.file
        AutoConfig.from_pretrained(weights.folder, gguf_file=file.name).save_pretrained(into)
        AutoTokenizer.from_pretrained(weights.folder, gguf_file=file.name).save_pretrained(into)

    return converted(weights, f"tokenizer-{version('transformers')}", build)


def adapter_file(weights: Weights) -> Path | None:
    """The adapter of a gguf model as a gguf file, made once; None where there is no adapter."""
    adapter = weights.adapter
    if adapter is None:
        return None
    made = converted(
        weights, f"lora-{version('gguf')}", lambda into: _convert(adapter, into / "adapter.gguf")
    )
    return made / "adapter.gguf"


def _convert(adapter: Path, to: Path) -> None:
    """Write peft's low-rank updates under llama.cpp's names, in 32-bit floats.

    lora_a: (rank, in), lora_b: (out, rank), of `blk.N.NAME.weight`; their product is scaled by
    alpha / rank.
    """
    import gguf

    found = updates(adapter)
    settings = json.loads((adapter / "adapter_config.json").read_text("utf-8"))
    writer = gguf.GGUFWriter(to, _architecture(adapter))
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(settings["lora_alpha"]))
    for name, update in found.items():
        writer.add_tensor(f"{name}.lora_a", update.down)
        writer.add_tensor(f"{name}.lora_b", update.up)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def updates(adapter: Path) -> dict[str, Update]:
    """What an adapter of ours adds, by the names of a gguf file's tensors.

    Raises WeightsCorrupt where a tensor is of nothing that a gguf file has.
    """
    import gguf
    from safetensors import safe_open

    architecture = _architecture(adapter)
    settings = json.loads((adapter / "adapter_config.json").read_text("utf-8"))
    with safe_open(adapter / "adapter_model.safetensors", "pt") as file:
        tensors = {key: file.get_tensor(key).float().numpy() for key in file.keys()}  # noqa: SIM118
    if architecture not in ARCHITECTURES:
        raise WeightsCorrupt(
            f"the adapter in {adapter} is of no architecture that a gguf file can be given one of; "
            "train it with `summarizer train writer`"
        )
    [kind] = [k for k, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture]
    layers = 1 + max(int(key.partition(".layers.")[2].partition(".")[0] or 0) for key in tensors)
    names = gguf.get_tensor_name_map(kind, layers)
    sides: dict[str, dict[str, Any]] = {}
    for key, values in tensors.items():
        side = next((s for s in _LORA if key.endswith(s)), "")
        name = names.get_name(key.removeprefix(_KEY).removesuffix(side)) if side else None
        if name is None:
            raise WeightsCorrupt(f"the adapter in {adapter} has {key!r}, which is no LoRA update")
        sides.setdefault(f"{name}.weight", {})[_LORA[side]] = values
    if any(len(found) < len(_LORA) for found in sides.values()):
        raise WeightsCorrupt(f"the adapter in {adapter} has half an update without the other")
    alpha = float(settings["lora_alpha"])
    return {
        name: Update(**found, scale=alpha / len(found["down"])) for name, found in sides.items()
    }


def _architecture(adapter: Path) -> str:
    """What an adapter says that it is of; "" where it does not."""
    from safetensors import safe_open

    with safe_open(adapter / "adapter_model.safetensors", "np") as file:
        return str((file.metadata() or {}).get("architecture", ""))
