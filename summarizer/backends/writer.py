"""Chat models by transformers as composers: folders and models of the hub.

Prompts are in prompt.py, gguf files in llama_cpp.py, models that read a source and write a target
in seq2seq.py; whether a text is true is decided in verification.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.backends import Commission, Composer, Correction, PartialText
from summarizer.backends.chat import Request, request_of
from summarizer.backends.device import batch_size, halving, place
from summarizer.backends.prompt import Form, unthought
from summarizer.backends.tokens import padded, until
from summarizer.model_store.weights import Weights

_BATCH = 1  # at once on a CPU: whole reports are long, and several would fill its memory

Generate = Callable[[list[list[int]], int], list[list[int]]]
"""(prompts, most new tokens) to the greedy continuation of each prompt."""


@dataclass(frozen=True, slots=True)
class ChatWriter:
    """A chat model that yields each text whole.

    Nothing is sampled, so the seed is not used, and a commission gives the same text whatever else
    is in its batch, but for the last bits of floating point (docs/LOG.md, writer).
    """

    name: str
    form: Form
    generate: Generate

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield each text once; "", with all of it unread, where its prompt does not fit."""
        texts = self._answers(list(map(request_of, commissions)))
        for i, (commission, text) in enumerate(zip(commissions, texts, strict=True)):
            unread = commission.sentences if text is None else 0
            yield PartialText(i, unthought(text or ""), unread=unread)

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence in other words; "" where its prompt does not fit."""
        answers = self._answers(list(map(request_of, corrections)))
        return [unthought(text or "") for text in answers]

    def _answers(self, requests: Sequence[Request]) -> list[str | None]:
        """What the model says to each request; None where it does not fit the model."""
        texts: list[str | None] = [None] * len(requests)
        groups: dict[int, list[tuple[int, list[int]]]] = {}
        for i, request in enumerate(requests):
            prompt = self.form.chat(request.turns)
            if len(prompt) <= self.form.limit(request.new):
                groups.setdefault(request.new, []).append((i, prompt))
        for new, asked in groups.items():
            asked.sort(key=lambda item: len(item[1]))
            found = self.generate([prompt for _, prompt in asked], new)
            for (i, _), ids in zip(asked, found, strict=True):
                texts[i] = self.form.decode(ids)
        return texts


def load(weights: Weights, *, device: str, threads: int) -> Composer:
    """Load a folder of checked weights. device: "cpu", "auto" or a CUDA device that is there.

    An encoder-decoder is told by its config.json; everything else must have a chat template.
    threads: of torch in the whole process, 1 or more, set for device "cpu" alone. Raises
    UnknownModel for a kind that transformers does not know, or a folder without tokenizer or
    template.
    """
    folder = weights.folder
    if is_encoder_decoder(folder):
        from summarizer.backends import seq2seq

        return seq2seq.load(weights, folder, device=device, threads=threads)
    form = Form.of(folder, weights.name)
    generate = on_torch(folder, form, device, threads, weights.adapter)
    return ChatWriter(f"{weights.name}@{weights.digest[:8]}/torch", form, generate)


def on_torch(
    folder: Path, form: Form, device: str, threads: int, adapter: Path | None = None
) -> Generate:
    """transformers' own engine: bf16 on a GPU, 32-bit floats on a CPU; an adapter is merged in."""
    import torch
    from transformers import AutoModelForCausalLM, GenerationConfig

    model = place(AutoModelForCausalLM, folder, device)
    if adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
    if device == "cpu":
        torch.set_num_threads(threads)
    pad = form.stops[0] if form.stops else 0
    # Nothing of the folder's own: its temperature, penalties and lengths are for a chat.
    settings: Any = GenerationConfig
    model.generation_config = settings(
        do_sample=False, eos_token_id=list(form.stops) or None, pad_token_id=pad
    )

    def batch(prompts: Sequence[list[int]], new: int) -> list[list[int]]:
        with torch.inference_mode():
            ids, mask = (tensor.to(model.device) for tensor in padded(prompts, pad, left=True))
            generated = model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=new)
        rows = torch.as_tensor(generated)[:, ids.shape[1] :].tolist()
        return [until(row, form.stops) for row in rows]

    def generate(prompts: list[list[int]], new: int) -> list[list[int]]:
        longest = max(map(len, prompts), default=0) + new
        return halving(lambda part: batch(part, new), prompts, batch_size(model, longest, _BATCH))

    return generate


def is_encoder_decoder(folder: Path) -> bool:
    """Whether a folder's config.json says that its model reads a source and writes a target."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    return bool(config.get("is_encoder_decoder"))
