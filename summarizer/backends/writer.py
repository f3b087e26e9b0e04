"""Evidence to drafts with a causal transformer by transformers: folders and models of the hub.

Prompts and the cleaning of drafts are in prompt.py, gguf files in llama_cpp.py, models that read a
source and write a target in seq2seq.py; whether a draft is true is decided in verification.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.backends import Brief, Commission, Correction, Writer
from summarizer.backends.chat import Request, composed, corrected
from summarizer.backends.device import batch_size, halving, place
from summarizer.backends.prompt import Form, clean, room
from summarizer.backends.tokens import until
from summarizer.model_store.weights import Weights

_BATCH = 4  # sequences at once on a CPU: keeps the whole process of a small model under 2 GiB
_MIN_FIRST = 0.02  # an alternative's first token is at least this likely

Generate = Callable[[list[list[int]], int, int], list[list[list[int]]]]
"""(prompts, n, most new tokens) to n or fewer continuations of each prompt, greedy first."""


@dataclass(frozen=True, slots=True)
class CausalWriter:
    """Drafts by greedy decoding; further ones by starting from the next likeliest first words.

    Nothing is sampled, so the seed is not used, and a brief gives the same drafts whatever else is
    in its batch, but for the last bits of floating point (docs/LOG.md, writer).
    """

    name: str
    form: Form
    generate: Generate

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return at most `n` cleaned, different drafts a brief, the greedy one first."""
        drafts: list[list[str]] = [[] for _ in briefs]
        if n < 1:
            return drafts
        groups: dict[tuple[int, str], list[tuple[int, list[int]]]] = {}
        for i, brief in enumerate(briefs):
            ids = self.form.ids(brief)
            if ids is not None:
                groups.setdefault((room(brief), brief.task), []).append((i, ids))
        for (new, _), asked in groups.items():
            asked.sort(key=lambda item: len(item[1]))
            found = self.generate([ids for _, ids in asked], n, new)
            for (i, _), continuations in zip(asked, found, strict=True):
                raw = [self.form.decode(c) for c in continuations]
                drafts[i] = clean(raw, briefs[i])[:n]
        return drafts

    def reads(self, brief: Brief) -> int:
        """How many of a brief's evidence sentences reach the model."""
        return len(self.form.read(brief))


@dataclass(frozen=True, slots=True)
class ChatWriter(CausalWriter):
    """A causal writer that follows instructions: it can also write a whole text."""

    def compose(self, commissions: Sequence[Commission]) -> list[str]:
        """Return a text for each commission; "" where its prompt does not fit the model."""
        return composed(self._answers, commissions)

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence in other words."""
        return corrected(self._answers, corrections)

    def _answers(self, requests: Sequence[Request]) -> list[str]:
        texts = []
        for request in requests:
            prompt = self.form.chat(request.turns)
            found: list[int] = []
            if len(prompt) <= self.form.limit(request.new):
                [[found]] = self.generate([prompt], 1, request.new)
            texts.append(self.form.decode(found))
        return texts


def load(weights: Weights, *, device: str, threads: int) -> Writer:
    """Load a folder of checked weights. device: "cpu", "auto" or a CUDA device that is there.

    An encoder-decoder is told by its config.json; everything else continues text. threads: of torch
    in the whole process, 1 or more, set for device "cpu" alone. Raises UnknownModel for a kind that
    transformers does not know, or a folder without tokenizer.
    """
    folder = weights.folder
    if is_encoder_decoder(folder):
        from summarizer.backends import seq2seq

        return seq2seq.load(weights, folder, device=device, threads=threads)
    form = Form.of(folder)
    kind = CausalWriter if form.template is None else ChatWriter
    generate = on_torch(folder, form, device, threads, weights.adapter)
    return kind(f"{weights.name}@{weights.digest[:8]}/torch", form, generate)


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

    def padded(prompts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        width = max(map(len, prompts))
        ids = torch.full((len(prompts), width), pad)
        mask = torch.zeros(len(prompts), width, dtype=torch.long)
        for row, prompt in enumerate(prompts):  # on the left: the answer follows on the right
            ids[row, width - len(prompt) :] = torch.tensor(prompt)
            mask[row, width - len(prompt) :] = 1
        return ids.to(model.device), mask.to(model.device)

    def openings(prompts: Sequence[list[int]], n: int) -> list[list[int]]:
        """For each prompt the likeliest first tokens, at most n of them."""
        ids, mask = padded(prompts)
        places = (mask.cumsum(1) - 1).clamp(min=0)
        last = model(input_ids=ids, attention_mask=mask, position_ids=places).logits[:, -1]
        top = last.float().softmax(-1).topk(n)
        return [
            [
                t
                for rank, (p, t) in enumerate(zip(ps, ts, strict=True))
                if not rank or p > _MIN_FIRST
            ]
            for ps, ts in zip(top.values.tolist(), top.indices.tolist(), strict=True)
        ]

    def batch(prompts: Sequence[list[int]], n: int, new: int) -> list[list[list[int]]]:
        with torch.inference_mode():
            firsts = openings(prompts, n)
            begun = [[*p, t] for p, ts in zip(prompts, firsts, strict=True) for t in ts]
            ids, mask = padded(begun)
            generated = model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=new - 1)
        rows = iter(torch.as_tensor(generated)[:, ids.shape[1] - 1 :].tolist())
        return [[until(next(rows), form.stops) for _ in ts] for ts in firsts]

    def generate(prompts: list[list[int]], n: int, new: int) -> list[list[list[int]]]:
        longest = max(map(len, prompts), default=0) + new
        size = batch_size(model, longest * n, max(1, _BATCH // n))
        return halving(lambda part: batch(part, n, new), prompts, size)

    return generate


def is_encoder_decoder(folder: Path) -> bool:
    """Whether a folder's config.json says that its model reads a source and writes a target."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    return bool(config.get("is_encoder_decoder"))
