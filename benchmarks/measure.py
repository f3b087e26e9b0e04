"""One system, one process: seconds a story and peak memory, written to a file as JSON.

    python -m benchmarks.measure SYSTEM IN.json OUT.json

SYSTEM is a model of summarizer (extract, default, …) or "whole-articles": the smaller chat model
given the whole articles through transformers' own generation.
IN: {"stories": [Story], "words": N, "threads": N | null, "targets": {story: words}}.
Comparing systems is `__main__`'s work, not this file's.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.memory import peak_mib
from summarizer.schema import Story

WHOLE_ARTICLES = "whole-articles"
PROMPT = "Summarize these news articles in about {words} words.\n\n{articles}"

Summarise = Callable[[Story], str]


def ours(model: str, asked: Mapping[str, Any], begun: float) -> tuple[Summarise, dict[str, float]]:
    """A model of summarizer, with the seconds from start to loaded and to its first sentence."""
    from summarizer import Summarizer

    summarizer = Summarizer.load(model, threads=asked["threads"])
    times = {"load_seconds": time.perf_counter() - begun}
    first = Story.model_validate(asked["stories"][0])
    next(iter(summarizer.stream(first, words=asked["words"])), None)
    times["first_sentence_seconds"] = time.perf_counter() - begun
    return lambda story: summarizer.summarize(story, words=asked["words"]).text, times


def whole_articles(asked: Mapping[str, Any], begun: float) -> tuple[Summarise, dict[str, float]]:
    """A chat model given everything: greedy, with a cache of keys and values.

    It writes until it has as many words as our summary of the story has (`targets`), its end
    mark suppressed, so that both are timed on the same length. Articles beyond its context
    are cut at the end, in their favour.
    """
    import torch
    from transformers import AutoTokenizer, StoppingCriteria

    from summarizer.backends.gguf import base_model
    from summarizer.model_store.weights import DEFAULT_WRITER, find

    if asked["threads"]:
        torch.set_num_threads(asked["threads"])
    model, folder = base_model(find(DEFAULT_WRITER, adapted=False), torch.bfloat16)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    times = {"load_seconds": time.perf_counter() - begun}
    context = model.config.max_position_embeddings

    class EnoughWords(StoppingCriteria):
        """Stops where the written text has so many words."""

        def __init__(self, start: int, words: int) -> None:
            self.start, self.words = start, words

        def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
            text = str(tokenizer.decode(input_ids[0, self.start :], skip_special_tokens=True))
            return torch.tensor([len(text.split()) > self.words], device=input_ids.device)

    def summarise(story: Story) -> str:
        words = asked["targets"].get(story.id, asked["words"])
        room = 4 * words  # more tokens than so many words ever take; the words end it
        articles = "\n\n".join(f"{a.title or ''}\n{a.text}" for a in story.articles)
        instruction = tokenizer.apply_chat_template(
            [{"role": "user", "content": PROMPT.format(words=words, articles=articles)}],
            add_generation_prompt=True,
            tokenize=False,
        )
        tokens = tokenizer(
            instruction, return_tensors="pt", truncation=True, max_length=context - room
        )
        start = tokens["input_ids"].shape[1]
        with torch.inference_mode():
            written = model.generate(
                **tokens,
                do_sample=False,
                min_new_tokens=room,
                max_new_tokens=room,
                stopping_criteria=[EnoughWords(start, words)],
                pad_token_id=tokenizer.eos_token_id,
            )
        return str(tokenizer.decode(written[0, start:], skip_special_tokens=True))

    return summarise, times


def measure(system: str, asked: Mapping[str, Any], begun: float) -> dict[str, Any]:
    """Load, then summarise every story once, timing each; the loading is not in the seconds."""
    if system == WHOLE_ARTICLES:
        summarise, times = whole_articles(asked, begun)
    else:
        summarise, times = ours(system, asked, begun)
    seconds: dict[str, float] = {}
    words: dict[str, int] = {}
    for story in map(Story.model_validate, asked["stories"]):
        started = time.perf_counter()
        text = summarise(story)
        seconds[story.id] = time.perf_counter() - started
        words[story.id] = len(text.split())
    return {"seconds": seconds, "words": words, "peak_mib": peak_mib(), **times}


def main(system: str, source: str, target: str) -> None:
    """Run one system as IN says and write OUT."""
    begun = time.perf_counter()
    asked = json.loads(Path(source).read_text(encoding="utf-8"))
    Path(target).write_text(json.dumps(measure(system, asked, begun)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
