"""The default writer's base model in transformers' own form, for the peer that runs it so.

Our writer runs a conversion of the same weights; nothing of ours is in this one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.model_store import weights

BASE = "smollm2-135m"


def folder() -> Path:
    """The base model's folder in the cache: bfloat16 safetensors, converted once."""
    found = weights.find(BASE)
    if found.file is None:
        return found.folder
    return weights.converted(found, "benchmark-transformers-bf16", lambda to: _build(found, to))


def _build(found: weights.Weights, to: Path) -> None:
    # A model read from GGUF refuses to be saved: its weights go into a plain one of its config.
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

    if found.file is None:
        raise ValueError(f"{found.name} is not one file; there is nothing to convert")
    source, name = str(found.file.parent), found.file.name
    tokenizer: Any = AutoTokenizer.from_pretrained(source, gguf_file=name)
    read: Any = AutoModelForCausalLM.from_pretrained(source, gguf_file=name, dtype=torch.float32)
    settings = read.config.to_dict()
    settings.pop("quantization_config", None)
    plain: Any = LlamaForCausalLM(LlamaConfig(**settings))
    plain.load_state_dict(read.state_dict())
    plain.tie_weights()
    plain.to(torch.bfloat16).save_pretrained(to)
    tokenizer.save_pretrained(to)
