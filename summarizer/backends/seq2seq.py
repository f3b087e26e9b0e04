"""Encoder-decoders as composers: PRIMERA and LED, PEGASUS, T5, BART.

How each wants its source written is here. These models were trained to summarise, not to follow a
request: they cannot correct a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.backends import Commission, Composer, Correction, PartialText, Report
from summarizer.backends.device import batch_size, halving, place
from summarizer.backends.prompt import MAX_COMPOSED_TOKENS, composed_room
from summarizer.backends.tokens import Plain, padded, positions, tokenizer, until
from summarizer.model_store.weights import Weights

_BEAMS = 4  # at least so many, as such models are used; the folder may ask for more
_BATCH = 1  # at once on a CPU: whole reports are long, and several would fill its memory
_DOCUMENT = "<doc-sep>"
_KEPT = ("decoder_start_token_id", "forced_bos_token_id", "bos_token_id", "eos_token_id")
"""What a folder's generation settings must say for its model to write at all."""

Source = tuple[list[int], list[int]]
"""Token ids, and the places among them that attend to all others (LED's global attention)."""

Generate = Callable[[list[Source], int], list[list[int]]]
"""(sources, most new tokens) to the likeliest output of each source."""


@dataclass(frozen=True, slots=True)
class SourceForm:
    """How a model's folder wants its source: the tokens around it and between its reports.

    plain: the tokenizer for contents. decoder: the same one, for outputs.
    start, end: ids around every source. prefix: ids of what the task is called (T5).
    between: ids after every report but the last; after the last too where `closes`.
    attend: whether the first token and those between reports attend to all others.
    limit, longest: the ids that a source and an output may have.
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
    longest: int

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
            limit=min(positions(config) or MAX_COMPOSED_TOKENS, MAX_COMPOSED_TOKENS),
            longest=_longest(config),
        )

    def read(self, reports: Sequence[Report]) -> list[list[str]]:
        """The sentences of each report that reach the model, each whole, in their order.

        Taken in turns, the first of every report first: news tells first what matters.
        """
        left = self.limit - len(self.start + self.prefix + self.end)
        kept: list[set[int]] = [set() for _ in reports]
        places = sorted((n, i) for i, r in enumerate(reports) for n in range(len(r.sentences)))
        for n, i in places:
            length = len(self._sentence(reports[i].sentences[n]))
            length += 0 if kept[i] else len(self.between)
            if length <= left:
                kept[i].add(n)
                left -= length
        return [[r.sentences[n] for n in sorted(ns)] for r, ns in zip(reports, kept, strict=True)]

    def source(self, reports: Sequence[Sequence[str]]) -> Source:
        """The ids of a source of reports' sentences, and the places that attend to all others."""
        ids = [*self.start, *self.prefix]
        places = [0]
        for i, sentences in enumerate(reports):
            for sentence in sentences:
                ids += self._sentence(sentence)
            if self.closes or i + 1 < len(reports):
                places += range(len(ids), len(ids) + len(self.between))
                ids += self.between
        return [*ids, *self.end], places if self.attend else []

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids as text, special tokens left out; PEGASUS writes a line end as `<n>`."""
        text: str = self.decoder.decode(list(ids), skip_special_tokens=True)
        return text.replace("<n>", "\n")

    def _sentence(self, text: str) -> list[int]:
        return self.plain.ids(f" {' '.join(text.split())}")


def _longest(config: dict[str, Any]) -> int:
    """The ids that an output may have; T5's positions are relative, and bound none."""
    names = ("max_decoder_position_embeddings", "max_position_embeddings")
    found = next((int(config[name]) for name in names if config.get(name)), MAX_COMPOSED_TOKENS)
    return found - 1  # the token that starts them all


def _prefix(config: dict[str, Any]) -> str:
    """What the model was taught to read before a text that it is to summarise."""
    tasks = config.get("task_specific_params") or {}
    told = (tasks.get("summarization") or {}).get("prefix")
    return told if told is not None else "summarize:" if config["model_type"] == "t5" else ""


@dataclass(frozen=True, slots=True)
class SourceWriter:
    """Texts by beam search, each yielded whole; nothing is sampled, so the seed is not used.

    A commission gives the same text whatever else is in its batch, but for the last bits of
    floating point.
    """

    name: str
    form: SourceForm
    generate: Generate

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield each text once; "" where not one sentence fits into what the model reads."""
        read = [self.form.read(commission.reports) for commission in commissions]
        texts = [""] * len(commissions)
        groups: dict[int, list[tuple[int, Source]]] = {}
        for i, commission in enumerate(commissions):
            if reports := [sentences for sentences in read[i] if sentences]:
                new = min(composed_room(commission), self.form.longest)
                groups.setdefault(new, []).append((i, self.form.source(reports)))
        for new, asked in groups.items():
            asked.sort(key=lambda item: len(item[1][0]))
            found = self.generate([source for _, source in asked], new)
            for (i, _), ids in zip(asked, found, strict=True):
                texts[i] = self.form.decode(ids)
        for i, commission in enumerate(commissions):
            yield PartialText(i, texts[i], unread=commission.sentences - sum(map(len, read[i])))

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return nothing for each: such a model follows no request."""
        return ["" for _ in corrections]


def load(weights: Weights, folder: Path, *, device: str, threads: int) -> Composer:
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
    # The folder's lengths are those of its training data; here a length is asked for.
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

    def given(sources: Sequence[Source]) -> dict[str, torch.Tensor]:
        ids, mask = padded([ids for ids, _ in sources], pad)
        tensors = {"input_ids": ids, "attention_mask": mask}
        if any(places for _, places in sources):
            tensors["global_attention_mask"] = torch.zeros_like(ids)
            for row, (_, places) in enumerate(sources):
                tensors["global_attention_mask"][row, places] = 1
        return {name: tensor.to(model.device) for name, tensor in tensors.items()}

    beams = max(own_beams, _BEAMS)

    def batch(sources: Sequence[Source], new: int) -> list[list[int]]:
        with torch.inference_mode():
            rows = model.generate(
                **given(sources), max_new_tokens=new, num_beams=beams, early_stopping=True
            ).tolist()
        return [until(row[1:], ends) for row in rows]  # without the token that starts them all

    def generate(sources: list[Source], new: int) -> list[list[int]]:
        longest = max((len(ids) for ids, _ in sources), default=0) + new
        size = batch_size(model, longest * beams, _BATCH)
        return halving(lambda part: batch(part, new), sources, size)

    return generate
