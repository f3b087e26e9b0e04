"""Trains the reader with torch: pairs with labels and words at fault in, an adapter out.

Low-rank updates of the upper layers and two small heads; how pairs are made is in training.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends.reader import Pair, batched, encode, tokenizer_of
from summarizer.backends.reader_network import FIRST_UPDATED, UPDATED, base, forward, heads
from summarizer.errors import BadInput
from summarizer.inputs.lines import read_rows
from summarizer.model_store.weights import Weights

if TYPE_CHECKING:
    import torch

Label = Literal["contradiction", "neutral", "entailment", "not_entailed"]
"""not_entailed: neutral or contradiction, which of the two is not said."""

_LABELS: dict[str, int] = {"contradiction": 0, "neutral": 1, "entailment": 2, "not_entailed": 3}
_CHUNK = 2_048  # pairs that are sorted by length together, so that a batch has little padding
_WORDS_WEIGHT = 0.5  # of the words' loss beside the pair's
_FAULT_WEIGHT = 3.0  # of a word at fault beside one that is not: there are few
_CHECKPOINT = 200  # steps


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a reader is trained.

    rank: of the updates. rate: peak learning rate, reached after a twentieth of the steps and then
    falling to 2 % of it. tokens: padded tokens of a batch. held_out: pairs kept for measuring.
    """

    rank: int = 32
    rate: float = 3e-4
    tokens: int = 1_600
    held_out: int = 1_000
    seed: int = 7


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Evidence sentences, a sentence, whether it is carried, and the words at fault where known.

    spans: half-open code points of `sentence`; None where unknown. kind: how it was made.
    """

    parts: tuple[str, ...]
    sentence: str
    label: Label
    kind: str
    spans: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training came to: pairs seen, steps, seconds, and shares of held-out pairs read right.

    by_kind: kind -> (held-out pairs, share of them read right).
    """

    pairs: int
    steps: int
    seconds: float
    carried_right: float
    not_carried_right: float
    by_kind: dict[str, tuple[int, float]]


def read_pairs(paths: Iterable[Path]) -> list[LabelledPair]:
    """Lines {"evidence": text or [text, …], "sentence", "label", "kind" or "source", "spans"?}.

    Raises UnreadableFile; BadInput, naming file and line, where a field is missing or a label is
    unknown.
    """
    return read_rows(paths, _labelled, 'give "evidence", "sentence", "label" and "source"')


def _labelled(row: dict[str, Any]) -> LabelledPair:
    evidence, label, spans = row["evidence"], row["label"], row.get("spans")
    if label not in _LABELS:
        raise ValueError(f"the label {label!r} is none of {', '.join(_LABELS)}")
    return LabelledPair(
        (evidence,) if isinstance(evidence, str) else tuple(map(str, evidence)),
        str(row["sentence"]),
        label,
        str(row.get("kind") or row["source"]),
        None if spans is None else tuple((int(a), int(b)) for a, b in spans),
    )


def train_reader(
    pairs: Sequence[LabelledPair],
    weights: Weights,
    out: Path,
    *,
    start: Path | None,
    recipe: Recipe,
    threads: int,
    progress: Callable[[str, int, int], None],
) -> Trained:
    """Train on all pairs once and write adapter_model.safetensors into the folder `out`.

    The first `recipe.held_out` pairs after shuffling are kept aside and read at the end. start: the
    folder of an adapter to go on from. The adapter is written every 200 steps, so that a run that
    is cut off leaves one. Seeded; on other machines or numbers of threads it comes out a little
    different. Raises BadInput where there are too few pairs.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from torch import nn

    if len(pairs) < 2 * recipe.held_out:
        raise BadInput(
            f"{len(pairs)} pairs are too few to keep {recipe.held_out} of them aside; give more"
        )
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    chance = Random(recipe.seed)  # noqa: S311
    order = list(pairs)
    chance.shuffle(order)
    held, known = order[: recipe.held_out], order[recipe.held_out :]
    tokenizer = tokenizer_of(weights)
    published: Any = base(weights.folder)
    encoder: Any = get_peft_model(
        published,
        LoraConfig(
            r=recipe.rank,
            lora_alpha=2 * recipe.rank,
            target_modules=list(UPDATED),
            layers_to_transform=list(range(FIRST_UPDATED, published.config.num_hidden_layers)),
            layers_pattern="layer",
        ),
    )
    on_top = heads(int(encoder.config.hidden_size))
    network = nn.ModuleDict({"encoder": encoder, **on_top})
    if start is not None:
        _load(network, start)
    for parameter in network.parameters():
        if not parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.01)
    encoded = [_encode(tokenizer, p) for p in known]
    batches = _batches([len(e.pair.ids) for e in encoded], recipe.tokens, chance)
    began = time.monotonic()

    def run(rows: Sequence[_Example]) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, faults = forward(encoder, on_top, batched([e.pair for e in rows]))
        return logits.float(), faults.float()

    for step, rows in enumerate(batches, 1):
        share = min(1.0, 20 * step / len(batches)) * max(0.02, 1 - step / len(batches))
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * share
        chosen = [encoded[i] for i in rows]
        loss: Any = _loss(*run(chosen), chosen)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % _CHECKPOINT == 0:
            _save(network, recipe, out)
        progress(f"training, loss {loss.item():.3f}", step, len(batches))
    _save(network, recipe, out)
    network.eval()
    right: list[bool] = []
    with torch.inference_mode():
        for n, pair in enumerate(held, 1):
            logits, _ = run([_encode(tokenizer, pair)])
            said = float(logits[0].softmax(-1)[2]) >= 0.5
            right.append(said == (pair.label == "entailment"))
            progress("measuring", n, len(held))
    return _trained(held, right, len(known), len(batches), time.monotonic() - began)


# --- examples ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Example:
    """A pair as ids, its label's number, and for each token of the sentence whether at fault."""

    pair: Pair
    label: int
    faults: tuple[bool, ...] | None


def _encode(tokenizer: Any, pair: LabelledPair) -> _Example:
    encoded = encode(tokenizer, " ".join(pair.parts), pair.sentence)
    faults = None
    if pair.spans is not None:
        faults = tuple(any(a < end and start < b for a, b in pair.spans)
                       for start, end in encoded.spans)  # fmt: skip
    return _Example(encoded, _LABELS[pair.label], faults)


def _batches(lengths: Sequence[int], tokens: int, chance: Random) -> list[list[int]]:
    """Indices in batches of about one length, none of more than `tokens` padded tokens."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), _CHUNK):
        batch: list[int] = []
        for i in sorted(order[start : start + _CHUNK], key=lambda i: lengths[i]):
            if batch and (len(batch) + 1) * lengths[i] > tokens:
                batches.append(batch)
                batch = []
            batch.append(i)
        batches.append(batch)
    chance.shuffle(batches)
    return batches


def _loss(logits: torch.Tensor, faults: torch.Tensor, examples: Sequence[_Example]) -> torch.Tensor:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    label = torch.tensor([e.label for e in examples])
    chances = torch.log_softmax(logits, -1)
    named = -chances.gather(1, label.clamp(max=2)[:, None])[:, 0]
    not_carried = -torch.log1p(-chances[:, 2].exp().clamp(max=1 - 1e-6))
    loss = torch.where(label < 3, named, not_carried).mean()
    wanted = torch.full(faults.shape, -1.0)
    for row, example in enumerate(examples):
        if example.faults is not None:
            first = example.pair.first
            wanted[row, first : first + len(example.faults)] = torch.tensor(example.faults).float()
    known = wanted >= 0
    if known.any():
        loss = loss + _WORDS_WEIGHT * binary_cross_entropy_with_logits(
            faults[known], wanted[known], pos_weight=torch.tensor(_FAULT_WEIGHT)
        )
    return loss


def _trained(
    held: Sequence[LabelledPair], right: Sequence[bool], pairs: int, steps: int, seconds: float
) -> Trained:
    def share(kept: Iterable[bool]) -> float:
        found = list(kept)
        return sum(found) / len(found) if found else 0.0

    both = list(zip(held, right, strict=True))
    kinds = sorted({p.kind for p in held})
    by_kind = {k: [r for p, r in both if p.kind == k] for k in kinds}
    return Trained(
        pairs=pairs,
        steps=steps,
        seconds=seconds,
        carried_right=share(r for p, r in both if p.label == "entailment"),
        not_carried_right=share(r for p, r in both if p.label != "entailment"),
        by_kind={k: (len(found), share(found)) for k, found in by_kind.items()},
    )


# --- the adapter's file --------------------------------------------------------------------------


def _parts(network: Any) -> dict[str, Any]:
    """The trained tensors by the names of the adapter's file; see reader_network.merged."""
    found: dict[str, Any] = {}
    for name, tensor in network.state_dict().items():
        pieces = name.split(".")
        if "lora_A" in pieces or "lora_B" in pieces:
            side = "lora_A" if "lora_A" in pieces else "lora_B"
            at, end = pieces.index("layer"), pieces.index(side)
            part = ".".join(pieces[end - 2 : end])
            way = "down" if side == "lora_A" else "up"
            found[f"layer.{pieces[at + 1]}.{part}.{way}"] = tensor
        elif pieces[0] != "encoder":
            found[f"head.{name}"] = tensor
    return found


def _save(network: Any, recipe: Recipe, out: Path) -> None:
    import torch
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    path = out / "adapter_model.safetensors"
    fresh = path.with_suffix(".part")
    tensors = {k: t.detach().to(torch.bfloat16).contiguous() for k, t in _parts(network).items()}
    save_file(tensors, str(fresh), metadata={"scale": "2.0", "rank": str(recipe.rank)})
    fresh.replace(path)


def _load(network: Any, folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    path = folder / "adapter_model.safetensors"
    there = load_file(str(path))
    parts = _parts(network)
    if there.keys() != parts.keys() or any(there[k].shape != t.shape for k, t in parts.items()):
        raise BadInput(f"{path} is an adapter of another rank or base; start anew or give its own")
    with torch.no_grad():
        for name, tensor in parts.items():
            tensor.copy_(there[name])
