"""A chat model in a gguf file by llama.cpp, on the CPU: whole texts, and single sentences again.

The engine runs in this process. Its prompts are made in prompt.py, as for every chat model.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.backends import Brief, Commission, Correction
from summarizer.backends.prompt import (
    Message,
    clean,
    composed_room,
    composition,
    corrected_room,
    correction,
    messages,
    room,
    unthought,
)
from summarizer.errors import ModelFailed
from summarizer.model_store.weights import Weights

CONTEXT = 8_192
"""Positions of prompt and answer together: memory for them is set aside at once (230 MB)."""

_MARKUP = re.compile(r"<(?=[|/\w])")
"""How the special tokens of chat models begin: the engine reads them in a prompt's text, too."""

Answer = Callable[[Sequence[Message], int, int], str]
"""(turns, most new tokens, seed) to what the model says, greedily decoded."""


@dataclass(frozen=True, slots=True)
class LlamaWriter:
    """Whole texts, corrected sentences and headlines, each by one greedy answer."""

    name: str
    answer: Answer

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return one cleaned draft a brief, or none: greedy decoding has no second one."""
        if n < 1:
            return [[] for _ in briefs]
        return [clean([self._draft(brief)], brief) for brief in briefs]

    def _draft(self, brief: Brief) -> str:
        return self.answer(messages(brief.evidence, brief.task), room(brief), brief.seed)

    def compose(self, commissions: Sequence[Commission]) -> list[str]:
        """Return a text for each commission."""
        return [
            unthought(self.answer(composition(c), composed_room(c), c.seed)) for c in commissions
        ]

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence in other words."""
        return [
            unthought(self.answer(correction(c), corrected_room(c), c.seed)) for c in corrections
        ]


def load(weights: Weights, *, threads: int) -> LlamaWriter:
    """Load a gguf file. Raises ModelFailed where the engine refuses it or is not installed."""
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelFailed(
            f"the model {weights.name} needs llama.cpp; run `pip install xllamacpp`"
        ) from error

    settings: Any = xllamacpp.CommonParams()
    settings.model.path = str(weights.file)
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    settings.n_gpu_layers = 0
    settings.cpuparams.n_threads = threads
    settings.cpuparams_batch.n_threads = threads
    settings.warmup = False
    settings.verbosity = -1
    # The engine opens a port of this machine for itself, with a key that only this process has.
    settings.api_keys = [secrets.token_hex(32)]
    try:
        server: Any = xllamacpp.Server(settings)
    except RuntimeError as error:
        raise ModelFailed(
            f"llama.cpp cannot load {weights.name} ({error}); run `summarizer models pull "
            f"{weights.name}` to check its file"
        ) from error
    return LlamaWriter(f"{weights.name}@{weights.digest[:8]}/llama.cpp", _asking(server))


def _asking(server: Any) -> Answer:
    def answer(turns: Sequence[Message], new: int, seed: int) -> str:
        asked = {
            "messages": [{"role": role, "content": _inert(said)} for role, said in turns],
            "max_tokens": new,
            "temperature": 0.0,
            "seed": seed,
            "cache_prompt": False,  # what was asked before must not change a last bit
        }
        heard: list[dict[str, Any]] = []
        server.handle_chat_completions(asked, heard.append)
        try:
            return str(heard[-1]["choices"][0]["message"]["content"] or "")
        except (IndexError, KeyError) as error:
            said = heard[-1].get("error", {}).get("message", "no answer") if heard else "no answer"
            raise ModelFailed(
                f"llama.cpp did not write ({said}); ask for a shorter text"
            ) from error

    return answer


def _inert(text: str) -> str:
    """The text with the beginnings of special tokens taken apart: `<|im_end|>` is text."""
    return _MARKUP.sub("< ", text)
