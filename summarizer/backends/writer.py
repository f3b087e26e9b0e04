"""Evidence to drafts with a causal transformer: CTranslate2 for the default on a CPU, else torch.

Prompts and the cleaning of drafts are in prompt.py, conversion from gguf in gguf.py, models that
read a source and write a target in seq2seq.py; whether a draft is true is decided in verification.
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
from summarizer.backends.gguf import hugging_face_folder
from summarizer.backends.prompt import (
    Form,
    clean,
    room,
)
from summarizer.backends.tokens import until
from summarizer.model_store.weights import Weights, converted

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
    branches: bool = False

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
    """Load a writer from checked weights. device: "cpu", "auto" or a CUDA device that is there.

    An encoder-decoder is told by its config.json; everything else continues text.
    """
    folder = hugging_face_folder(weights)
    if is_encoder_decoder(folder):
        from summarizer.backends import seq2seq

        return seq2seq.load(weights, folder, device=device, threads=threads)
    form = Form.of(folder, trained=weights.adapter is not None)
    # What was trained to write a sentence from bare reports no longer follows instructions.
    kind = CausalWriter if form.trained or form.template is None else ChatWriter
    name = f"{weights.name}@{weights.digest[:8]}"
    if device == "cpu" and weights.file is not None:
        model = generator(weights, folder, threads)
        return kind(f"{name}/ct2", form, on_ctranslate2(model, form), True)
    return kind(f"{name}/torch", form, on_torch(folder, form, device, threads))


def generator(weights: Weights, folder: Path, threads: int, compute_type: str = "int8") -> Any:
    """The engine of a CPU: converted once, then `threads` workers of one thread each."""
    import ctranslate2

    def build(into: Path) -> None:
        from ctranslate2.converters import TransformersConverter

        TransformersConverter(str(folder)).convert(str(into), quantization="float16", force=True)

    # In int8 a draft depends on the others in its batch (4 of 16 equal to single runs), in floats a
    # token costs twice as much: so int8, one prompt a batch, the workers in parallel (docs/LOG.md).
    return ctranslate2.Generator(
        str(converted(weights, f"ct2-{ctranslate2.__version__}-float16", build)),
        device="cpu",
        compute_type=compute_type,
        inter_threads=threads,  # one thread a worker: threads of one worker wait for each other
        intra_threads=1,
    )


def on_ctranslate2(model: Any, form: Form) -> Generate:
    """Continuations by CTranslate2."""

    def opened(prompts: Sequence[list[int]]) -> list[str] | None:
        """What every prompt of the task opens with (instructions, examples): computed once."""
        opening = form.opening(prompts[0])
        return words(opening) if all(p[: len(opening)] == opening for p in prompts) else None

    def words(ids: Sequence[int]) -> list[str]:
        return [form.markup.id_to_token(i) or "" for i in ids]

    def greedy(prompts: Sequence[list[int]], new: int) -> list[list[list[int]]]:
        opening = opened(prompts)
        results = model.generate_batch(
            [words(p[len(opening or ()) :]) for p in prompts],
            static_prompt=opening,
            max_batch_size=1,
            max_length=new,
            end_token=list(form.stops),
            include_prompt_in_result=False,
        )
        return [[r.sequences_ids[0]] for r in results]

    def alternatives(prompts: Sequence[list[int]], n: int, new: int) -> list[list[list[int]]]:
        """The n likeliest first tokens, each followed greedily; a prompt is read once for all.

        A prompt's alternatives always form one batch, so no draft depends on other prompts.
        """
        opening = opened(prompts)
        rests = [p[len(opening or ()) :] for p in prompts]
        begun = [
            model.generate_batch(
                [words(rest)],
                static_prompt=opening,
                max_batch_size=1,
                max_length=len(opening or ()) + len(rest) + new,
                num_hypotheses=n,
                return_alternatives=True,
                min_alternative_expansion_prob=_MIN_FIRST,
                end_token=list(form.stops),
                # Without the prompt in the result, words of the *prompt* become alternatives.
                include_prompt_in_result=True,
                asynchronous=True,
            )
            for rest in rests
        ]
        # A result leaves out its very first token, which is the opening's where there is one.
        gone = 0 if opening else 1
        return [
            [ids[len(rest) - gone :][:new] for ids in waiting.result().sequences_ids]
            for rest, [waiting] in zip(rests, begun, strict=True)
        ]

    return lambda prompts, n, new: greedy(prompts, new) if n == 1 else alternatives(prompts, n, new)


def on_torch(folder: Path, form: Form, device: str, threads: int) -> Generate:
    """transformers' own engine: bf16 on a GPU, 32-bit floats on a CPU."""
    import torch
    from transformers import AutoModelForCausalLM, GenerationConfig

    model = place(AutoModelForCausalLM, folder, device)
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
