"""Evidence to drafts with an encoder-decoder: PRIMERA and LED, PEGASUS, T5, BART.

How each wants its source written is here; the cleaning of drafts is in prompt.py. These models
were trained to summarise, not to follow a request: they write sentences, and no headlines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.backends import Brief, Writer
from summarizer.backends.device import batch_size, halving, place
from summarizer.backends.prompt import MAX_EVIDENCE_TOKENS, clean, room
from summarizer.backends.tokens import Plain, fitting, positions, tokenizer, until
from summarizer.model_store.weights import Weights

_BEAMS = 4  # at least so many, as such models are used; the folder may ask for more
_BATCH = 4  # sources at once on a CPU
_DOCUMENT = "<doc-sep>"
_KEPT = ("decoder_start_token_id", "forced_bos_token_id", "bos_token_id", "eos_token_id")
"""What a folder's generation settings must say for its model to write at all."""

Source = tuple[list[int], list[int]]
"""Token ids, and the places among them that attend to all others (LED's global attention)."""

Generate = Callable[[list[Source], int, int], list[list[list[int]]]]
"""(sources, n, most new tokens) to n or fewer outputs of each source, likeliest first."""


@dataclass(frozen=True, slots=True)
class SourceForm:
    """How a model's folder wants its source: the tokens around it and between its sentences.

    plain: the tokenizer for contents. decoder: the same one, for outputs.
    start, end: ids around every source. prefix: ids of what the task is called (T5).
    between: ids after every sentence but the last; after the last too where `closes`.
    attend: whether the first token and those between sentences attend to all others.
    limit: the ids that a source may have.
    """

    plain: Plain
    decoder: Any
    start: tuple[int, ...]
    end: tuple[int, ...]
    prefix: tuple[int, ...]
    between: tuple[int, ...]
    closes: bool
    attend: bool
    limit: int

    @classmethod
    def of(cls, folder: Path, separator: str | None = None) -> SourceForm:
        """Read the tokenizer and config.json.

        separator: the text that the model learned to see between its sources; where none is given,
        `<doc-sep>` if the model has that token, else nothing but a space.
        """
        config = json.loads((folder / "config.json").read_text("utf-8"))
        plain, markup = Plain.of(folder), tokenizer(folder)
        whole = list(markup.encode("a", add_special_tokens=True).ids)
        inner = list(markup.encode("a", add_special_tokens=False).ids)
        at = next(i for i in range(len(whole)) if whole[i : i + len(inner)] == inner)
        document = markup.token_to_id(_DOCUMENT)
        between: tuple[int, ...] = () if document is None else (document,)
        if separator is not None:
            between = tuple(plain.ids(separator))
        return cls(
            plain=plain,
            decoder=markup,
            start=tuple(whole[:at]),
            end=tuple(whole[at + len(inner) :]),
            prefix=tuple(plain.ids(_prefix(config))) if _prefix(config) else (),
            between=between,
            closes=document is not None and separator is None,
            attend=config["model_type"] == "led",
            limit=min(positions(config) or MAX_EVIDENCE_TOKENS, MAX_EVIDENCE_TOKENS),
        )

    def read(self, brief: Brief) -> list[str]:
        """The evidence sentences of a brief that reach the model, best first, each whole."""
        lengths = [len(self._sentence(s)) + len(self.between) for s in brief.evidence]
        return fitting(
            brief.evidence, lengths, self.limit - len(self.start + self.prefix + self.end)
        )

    def source(self, evidence: Sequence[str]) -> Source:
        """The ids of a source, and the places that attend to all others."""
        ids = [*self.start, *self.prefix]
        places = [0]
        for i, sentence in enumerate(evidence):
            ids += self._sentence(sentence)
            if self.closes or i + 1 < len(evidence):
                places += range(len(ids), len(ids) + len(self.between))
                ids += self.between
        return [*ids, *self.end], places if self.attend else []

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids as text, special tokens left out; PEGASUS writes a line end as `<n>`."""
        text: str = self.decoder.decode(list(ids), skip_special_tokens=True)
        return text.replace("<n>", "\n")

    def _sentence(self, text: str) -> list[int]:
        return self.plain.ids(f" {' '.join(text.split())}")


def _prefix(config: dict[str, Any]) -> str:
    """What the model was taught to read before a text that it is to summarise."""
    tasks = config.get("task_specific_params") or {}
    told = (tasks.get("summarization") or {}).get("prefix")
    return told if told is not None else "summarize:" if config["model_type"] == "t5" else ""


@dataclass(frozen=True, slots=True)
class SourceWriter:
    """Drafts by beam search, the likeliest first; nothing is sampled, so the seed is not used.

    A brief gives the same drafts whatever else is in its batch, but for the last bits of floating
    point.
    """

    name: str
    form: SourceForm
    generate: Generate

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return 0 to `n` cleaned, different drafts a brief; none for a headline."""
        drafts: list[list[str]] = [[] for _ in briefs]
        if n < 1:
            return drafts
        groups: dict[int, list[tuple[int, Source]]] = {}
        for i, brief in enumerate(briefs):
            evidence = self.form.read(brief) if brief.task == "sentence" else []
            if evidence:
                groups.setdefault(room(brief), []).append((i, self.form.source(evidence)))
        for new, asked in groups.items():
            asked.sort(key=lambda item: len(item[1][0]))
            found = self.generate([source for _, source in asked], n, new)
            for (i, _), outputs in zip(asked, found, strict=True):
                drafts[i] = clean(map(self.form.decode, outputs), briefs[i])[:n]
        return drafts

    def reads(self, brief: Brief) -> int:
        """How many of a brief's evidence sentences reach the model."""
        return len(self.form.read(brief))


def load(weights: Weights, folder: Path, *, device: str, threads: int) -> Writer:
    """Load an encoder-decoder from checked weights that lie in `folder`.

    device, threads and errors: as for `writer.load`.
    """
    form = SourceForm.of(folder, weights.separator)
    name = f"{weights.name}@{weights.digest[:8]}/torch"
    return SourceWriter(name, form, on_torch(folder, device, threads))


def on_torch(folder: Path, device: str, threads: int) -> Generate:
    """transformers' engine: bf16 on a GPU, 32-bit floats on a CPU."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, GenerationConfig

    model = place(AutoModelForSeq2SeqLM, folder, device)
    if device == "cpu":
        torch.set_num_threads(threads)
    own = model.generation_config
    pad = own.pad_token_id if own.pad_token_id is not None else model.config.pad_token_id
    # The folder's lengths are those of a whole summary; here one sentence is asked for.
    settings: Any = GenerationConfig
    model.generation_config = settings(
        do_sample=False,
        pad_token_id=pad,
        length_penalty=own.length_penalty,
        no_repeat_ngram_size=own.no_repeat_ngram_size,
        **{name: getattr(own, name) for name in _KEPT},
    )
    own_beams = own.num_beams or 1
    ends = own.eos_token_id if isinstance(own.eos_token_id, list) else [own.eos_token_id]

    def padded(sources: Sequence[Source]) -> dict[str, torch.Tensor]:
        width = max(len(ids) for ids, _ in sources)
        given = {
            "input_ids": torch.full((len(sources), width), pad),
            "attention_mask": torch.zeros(len(sources), width, dtype=torch.long),
        }
        if any(places for _, places in sources):
            given["global_attention_mask"] = torch.zeros(len(sources), width, dtype=torch.long)
        for row, (ids, places) in enumerate(sources):  # on the right: nothing follows a source
            given["input_ids"][row, : len(ids)] = torch.tensor(ids)
            given["attention_mask"][row, : len(ids)] = 1
            if places:
                given["global_attention_mask"][row, places] = 1
        return {name: tensor.to(model.device) for name, tensor in given.items()}

    def batch(sources: Sequence[Source], n: int, new: int) -> list[list[list[int]]]:
        beams = max(n, own_beams, _BEAMS)
        with torch.inference_mode():
            rows = model.generate(
                **padded(sources),
                max_new_tokens=new,
                num_beams=beams,
                num_return_sequences=n,
                early_stopping=True,
            ).tolist()
        outputs = [until(row[1:], ends) for row in rows]  # without the token that starts them all
        return [outputs[i * n : (i + 1) * n] for i in range(len(sources))]

    def generate(sources: list[Source], n: int, new: int) -> list[list[list[int]]]:
        longest = max((len(ids) for ids, _ in sources), default=0) + new
        size = batch_size(model, longest * max(n, own_beams, _BEAMS), _BATCH)
        return halving(lambda part: batch(part, n, new), sources, size)

    return generate
