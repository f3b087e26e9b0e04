"""Larger judges by name or folder: models that were trained to say whether a text follows.

A classifier of (premise, hypothesis), as NLI models are, or a T5 that answers 0 or 1, as MiniCheck
does; in torch. Our own verifier is in verification.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.backends.premises import premises
from summarizer.backends.tokens import positions
from summarizer.errors import WeightsCorrupt
from summarizer.model_store.weights import Weights

if TYPE_CHECKING:
    import torch

_BATCH = 8
_MAX_TOKENS = 2_048  # of a premise and its sentence, where the model sets no lower limit

Chances = Callable[[Sequence[tuple[str, str]]], list[float]]
"""(premise, sentence) pairs to the chance that each sentence follows."""


@dataclass(frozen=True, slots=True)
class EntailmentJudge:
    """Support as the chance that the sentence follows from its evidence.

    size: tokens of a text. room: tokens of premise and sentence together. Evidence that does not
    fit in one premise is given in several, of whole sentences, and the best one counts; a single
    sentence that is too long alone is given in pieces of words. Nothing is cut off.
    """

    name: str
    chances: Chances
    size: Callable[[str], int]
    room: int

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """Return for each (sentence, evidence sentences) a support in [0, 1]; 0 without any."""
        asked = [
            (i, premise, sentence)
            for i, (sentence, evidence) in enumerate(pairs)
            for premise in premises(
                evidence, max(16, self.room - self.size(sentence) - 8), self.size
            )
        ]
        asked.sort(key=lambda item: len(item[1]))
        best = [0.0] * len(pairs)
        for start in range(0, len(asked), _BATCH):
            batch = asked[start : start + _BATCH]
            found = self.chances([(premise, sentence) for _, premise, sentence in batch])
            for (i, _, _), chance in zip(batch, found, strict=True):
                best[i] = max(best[i], chance)
        return best


def load(weights: Weights, *, threads: int) -> EntailmentJudge:
    """Load a classifier or a T5 from a folder, on the CPU.

    Raises WeightsCorrupt where the folder holds neither, or a classifier without a label for what
    follows.
    """
    import torch
    from transformers import AutoTokenizer

    config = json.loads((weights.folder / "config.json").read_text(encoding="utf-8"))
    kinds = [str(name) for name in config.get("architectures") or ()]
    torch.set_num_threads(threads)
    tokenizer: Any = AutoTokenizer.from_pretrained(weights.folder)
    tokenizer.backend_tokenizer.encode_special_tokens = True  # "</s>" in an article is text
    if any(k.endswith("ForSequenceClassification") for k in kinds):
        chances, limit = _classifier(weights, tokenizer), (positions(config) or _MAX_TOKENS) - 2
    elif any(k.startswith("T5") for k in kinds):
        chances, limit = _answering(weights, tokenizer), _MAX_TOKENS
    else:
        raise WeightsCorrupt(
            f"{str(weights.folder)!r} is no judge: its config.json names "
            f"{', '.join(kinds) or 'no architecture'}; give a sequence classifier or a T5"
        )
    room = min(limit, _MAX_TOKENS, int(tokenizer.model_max_length))

    def size(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False).input_ids)

    return EntailmentJudge(f"{weights.name}@{weights.digest[:8]}", chances, size, room)


def _classifier(weights: Weights, tokenizer: Any) -> Chances:
    import torch
    from transformers import AutoModelForSequenceClassification

    model = AutoModelForSequenceClassification.from_pretrained(
        weights.folder, use_safetensors=True
    ).eval()
    names = {int(i): str(name).lower() for i, name in model.config.id2label.items()}
    known = ("entail", "supported", "consistent")
    follows = [i for i, name in names.items() if name.startswith(known)]
    if not follows and len(names) == 2:
        follows = [1]  # two labels without names: 1 is "supported" by custom
    if len(follows) != 1:
        raise WeightsCorrupt(
            f"{str(weights.folder)!r} has the labels {', '.join(names.values())}; a judge needs "
            "one that is called entailment"
        )

    def chances(pairs: Sequence[tuple[str, str]]) -> list[float]:
        with torch.inference_mode():
            premises, sentences = [p for p, _ in pairs], [s for _, s in pairs]
            batch = tokenizer(premises, sentences, padding=True, return_tensors="pt")
            found: list[float] = model(**batch).logits.float().softmax(-1)[:, follows[0]].tolist()
            return found

    return chances


def _answering(weights: Weights, tokenizer: Any) -> Chances:
    """MiniCheck's form (Tang et al., EMNLP 2024): "predict: premise</s>sentence", answer 0 or 1."""
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(weights.folder, use_safetensors=True).eval()

    def ids(text: str) -> list[int]:
        return list(tokenizer(text, add_special_tokens=False).input_ids)

    answers = [ids(a) for a in ("0", "1")]
    begin = int(model.config.decoder_start_token_id)
    end = int(tokenizer.eos_token_id)

    def log_chance(batch: Any, answer: Sequence[int]) -> torch.Tensor:
        """(n,): of the whole answer; a tokenizer may write "0" in two pieces and "1" in one."""
        given = torch.tensor([[begin, *answer[:-1]]]).expand(len(batch.input_ids), -1)
        logits = model(
            input_ids=batch.input_ids, attention_mask=batch.attention_mask, decoder_input_ids=given
        ).logits.float()
        wanted = torch.tensor([list(answer)]).expand(len(given), -1)[..., None]
        each: torch.Tensor = logits.log_softmax(-1).gather(-1, wanted).squeeze(-1)
        return each.sum(-1)

    def chances(pairs: Sequence[tuple[str, str]]) -> list[float]:
        with torch.inference_mode():
            asked = [[*ids(f"predict: {p}"), end, *ids(s), end] for p, s in pairs]
            batch = tokenizer.pad({"input_ids": asked}, return_tensors="pt")
            both = torch.stack([log_chance(batch, a) for a in answers], -1)
            found: list[float] = both.softmax(-1)[:, 1].tolist()
            return found

    return chances
