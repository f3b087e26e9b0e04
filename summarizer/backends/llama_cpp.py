"""A chat model in a gguf file by llama.cpp, on the CPU: whole texts, and single sentences again.

The engine runs in this process. Its prompts are made in prompt.py, as for every chat model.
"""

from __future__ import annotations

import secrets
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from summarizer.backends.chat import Chat, OnText, Request
from summarizer.backends.gguf import adapter_file
from summarizer.backends.prompt import inert
from summarizer.errors import ModelFailed
from summarizer.model_store.weights import Weights

CONTEXT = 8_192
"""Positions of prompt and answer together: memory for them is set aside at once (230 MB)."""

_PART = 512
"""Tokens of a prompt that are read between two reports of progress: the engine's own inner step."""


@dataclass(frozen=True, slots=True)
class LlamaWriter(Chat):
    """A chat model in this process. server: xllamacpp's."""

    server: Any

    def answer(self, request: Request, on_text: OnText | None = None) -> str:
        """Return what the model says to a request, heard token by token.

        Raises ModelFailed where the request does not fit its context.
        """
        asked = {
            "messages": [{"role": role, "content": inert(said)} for role, said in request.turns],
            "max_tokens": request.new,
            "temperature": 0.0,
            "seed": request.seed,
            "cache_prompt": False,  # what was asked before must not change a last bit
            "stream": True,
            "return_progress": True,
        }
        text, fault, ended = "", "no answer", False
        stopped: CancelledError | None = None

        def came(event: dict[str, Any]) -> bool:
            """Take one event; True stops the engine, which would swallow what is raised here."""
            nonlocal text, fault, ended, stopped
            if "error" in event:
                fault = event["error"].get("message", fault)
                return False
            for choice in event.get("choices", ()):
                text += choice["delta"].get("content") or ""
                ended = ended or choice["finish_reason"] is not None
            reading = event.get("prompt_progress")
            try:
                if on_text is not None:
                    on_text(text, reading["processed"] / reading["total"] if reading else 1.0)
            except CancelledError as error:  # raised again below, outside the engine
                stopped = error
            return stopped is not None

        self.server.handle_chat_completions(asked, came)
        if stopped is not None:
            raise stopped
        if not ended:
            raise ModelFailed(f"llama.cpp did not write ({fault}); ask for a shorter text")
        return text


def load(weights: Weights, *, threads: int) -> LlamaWriter:
    """Load a gguf file, with its adapter where it has one.

    Raises ModelFailed where the engine refuses them or is not installed.
    """
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
    settings.n_batch = _PART
    settings.n_gpu_layers = 0
    settings.cpuparams.n_threads = threads
    settings.cpuparams_batch.n_threads = threads
    settings.warmup = False
    settings.verbosity = -1
    adapter = adapter_file(weights)
    if adapter is not None:
        update: Any = xllamacpp.CommonAdapterLoraInfo()
        update.path = str(adapter)
        update.scale = 1.0
        settings.lora_adapters = [update]
    # The engine opens a port of this machine for itself, with a key that only this process has.
    settings.api_keys = [secrets.token_hex(32)]
    try:
        server: Any = xllamacpp.Server(settings)
    except RuntimeError as error:
        raise ModelFailed(
            f"llama.cpp cannot load {weights.name} ({error}); run `summarizer models pull "
            f"{weights.name}` to check its file"
        ) from error
    name = f"{weights.name}@{weights.digest[:8]}/llama.cpp"
    return LlamaWriter(name, server)
