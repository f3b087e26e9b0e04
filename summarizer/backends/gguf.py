"""A Llama-like gguf file, and a LoRA adapter if there is one, as an ordinary Hugging Face folder.

Done once a model; the result is kept by weights.converted. Nothing is generated or trained here.
"""

from __future__ import annotations

from pathlib import Path

from summarizer.model_store.weights import Weights, converted


def hugging_face_folder(weights: Weights) -> Path:
    """The folder to load with from_pretrained: the given one, or the cached conversion of a gguf.

    A conversion takes about 20 s and two bytes a parameter.
    """
    if weights.file is None and weights.adapter is None:
        return weights.folder
    import transformers

    def build(into: Path) -> None:
        _convert(weights, into)

    return converted(weights, f"hf-{transformers.__version__}", build)


def _convert(weights: Weights, into: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = str(weights.folder)
    if weights.file is None:
        model = AutoModelForCausalLM.from_pretrained(folder, use_safetensors=True)
        tokenizer = AutoTokenizer.from_pretrained(folder)
    else:
        tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=weights.file.name)
        quantised = AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=weights.file.name, dtype=torch.float32
        )
        # A model read from gguf refuses save_pretrained: move its weights into one that does not.
        config = quantised.config
        del config.quantization_config
        model = type(quantised)(config)
        model.load_state_dict(quantised.state_dict())
        model.tie_weights()
        del quantised
    if weights.adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, str(weights.adapter)).merge_and_unload()
    torch.nn.Module.half(model)  # what was 4 bits is not worth 32 on disk
    model.save_pretrained(into)
    tokenizer.save_pretrained(into)
