"""Trains a LoRA adapter that teaches a writer to fuse evidence into one neutral sentence.

Pairs are given (training.writer_pairs makes them), prompts are made in prompt.py. Nothing is
generated here; the adapter is merged into the weights where they are converted (gguf.py).
"""

from __future__ import annotations

import json
import math
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends.gguf import hugging_face_folder
from summarizer.backends.prompt import Form
from summarizer.errors import BadInput, BadOption, BadOutput
from summarizer.model_store.weights import TRAINED_WRITER, adapter_in, describe, find, names
from summarizer.types import Progress, silent

if TYPE_CHECKING:
    import torch

Kind = Literal["summary", "title", "fusion", "retold", "standing", "recast", "plain", "own"]
"""Where a pair comes from: a reference, ready pairs, or one of the exercises of training."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Evidence sentences (1 to 4) and the one sentence or headline that says what they say.

    refused: drafts of the same evidence that verification refused.
    """

    evidence: tuple[str, ...]
    target: str
    task: Literal["sentence", "title"]
    story: str
    kind: Kind = "summary"
    refused: tuple[str, ...] = ()


_STATE = "state.pt"
_WARM = 0.05  # share of a run in which the learning rate rises


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adapter is trained. Source of LoRA: Hu et al., ICLR 2022.

    rank, alpha: of the low-rank updates, on every linear layer but the embedding.
    learning_rate: its peak, after 5 % of the steps; it then falls along a cosine to a tenth.
    batch: pairs a step. epochs: times every pair is seen. held_out: share of stories kept aside.
    close: train on pairs alone whose target keeps close to its evidence (pair.is_close).
    plainer: share of the pairs that are told once more with a loaded word in their evidence.
    prefer: weight of the odds of a target against those of a refused draft of the same evidence,
    where a pair has one; source: Hong et al., "ORPO", EMNLP 2024.
    """

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    learning_rate: float = 3e-4
    batch: int = 8
    epochs: int = 2
    held_out: float = 0.04
    close: bool = False
    plainer: float = 0.2
    prefer: float = 0.0
    max_tokens: int = 400
    seed: int = 7

    def __post_init__(self) -> None:
        if min(self.rank, self.batch, self.epochs) < 1 or not 0 < self.held_out < 0.5:
            raise BadOption(
                "rank, batch and epochs must be at least 1, and held_out between 0 and 0.5"
            )
        if self.prefer < 0:
            raise BadOption(f"prefer is {self.prefer}; it is a weight of at least 0")


@dataclass(frozen=True, slots=True)
class Trained:
    """The outcome of a run. Losses are mean cross-entropy per target token, in nats."""

    pairs: int
    held_out_pairs: int
    steps: int
    loss_before: float
    loss_after: float
    adapter: Path


@dataclass(frozen=True, slots=True)
class _Example:
    ids: list[int]
    prompt: int  # how many of ids are the prompt
    refused: tuple[list[int], ...] = ()  # the same prompt with a draft that verification refused


def train_writer(
    training: Sequence[Pair],
    held: Sequence[Pair],
    out: Path,
    *,
    data: Sequence[str] = (),
    base: str = TRAINED_WRITER,
    start: Path | None = None,
    recipe: Recipe | None = None,
    device: str = "cpu",
    threads: int | None = None,
    checkpoint_seconds: float = 600.0,
    minutes: float | None = None,
    offline: bool = False,
    progress: Progress = silent,
) -> Trained:
    """Train an adapter for `base` on pairs, measure it on those held aside, write it to `out`.

    out: gets adapter/ (safetensors, bf16), training.json (recipe, data, scores), README.md and the
    base's model.toml, so that its path is a model's name; while it runs, checkpoint/, from which a
    run that was cut off goes on if recipe and data are the same. An adapter that the base has
    already is left out: training begins from the base's own weights.
    start: a folder with an adapter of the same base and rank to go on from, as a second round does.
    minutes: stop training after so long, wherever it is; the learning rate falls with the time.
    data: names of the files that the pairs are of, for the card.
    Raises BadOutput where `out` cannot be written, and what `model_store.weights.find` raises.
    """
    import torch

    recipe = recipe or Recipe()
    if threads is not None:
        torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    weights = find(base, adapted=False, offline=offline)
    folder = hugging_face_folder(weights)
    form = Form.of(folder, trained=True)
    examples = [e for e in (_example(form, p) for p in training) if len(e.ids) <= recipe.max_tokens]
    aside = [e for e in (_example(form, p) for p in held) if len(e.ids) <= recipe.max_tokens]
    run = _Run(folder, form, recipe, device, start)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "checkpoint").mkdir(exist_ok=True)
    except OSError as error:
        raise BadOutput(f"{out} cannot be written ({error.strerror}); choose another") from error
    before = run.loss(aside)
    progress(f"held-out loss {before:.3f}", 0, run.steps(examples))
    step = run.train(examples, aside, out, checkpoint_seconds, minutes, progress)
    after = run.loss(aside)
    run.save(out / "adapter", weights.name)
    trained = Trained(len(examples), len(aside), step, before, after, out / "adapter")
    record = {**asdict(recipe), **asdict(trained), "adapter": "adapter", "base": weights.name}
    record["data"] = list(data)
    record["kinds"] = dict(Counter(p.kind for p in training))
    record["started_from"] = None if start is None else start.name
    (out / "training.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    (out / "README.md").write_text(_readme(out.name, record), encoding="utf-8")
    if base in names():
        shutil.copyfile(describe(base).folder / "model.toml", out / "model.toml")
    shutil.rmtree(out / "checkpoint")
    return trained


def _readme(name: str, record: Mapping[str, object]) -> str:
    table = "\n".join(f"| {key} | {value} |" for key, value in record.items())
    return (
        f"# {name}\n\nA LoRA adapter for the writer {record['base']}, trained by "
        "`summarizer train writer`. The terms of the data named below hold for it too.\n\n"
        f"| | |\n|---|---|\n{table}\n\n## Limits\n\n"
        "Losses are on held-out stories of the same data. What it writes was not read by anyone "
        "unless this card is changed to say so; use it with verification on.\n"
    )


def _example(form: Form, pair: Pair) -> _Example:
    prompt = form.prompt(pair.evidence, pair.task)
    refused = tuple(prompt + form.answer(draft) for draft in pair.refused)
    return _Example(prompt + form.answer(pair.target), len(prompt), refused)


def _log_rest(log_chance: torch.Tensor) -> torch.Tensor:
    """log(1 - p) of log p, p in (0, 1), where neither end overflows."""
    import torch

    return torch.log(-torch.expm1(log_chance.clamp(max=-1e-6)))


def _has_bf16(device: str) -> bool:
    import torch

    supported: bool = (
        torch.ops.mkldnn._is_mkldnn_bf16_supported()
        if device == "cpu"
        else torch.cuda.is_bf16_supported()
    )
    return supported


class _Run:
    """One training run: the model, its optimiser, and where it is in the data."""

    def __init__(
        self, folder: Path, form: Form, recipe: Recipe, device: str, start: Path | None
    ) -> None:
        import torch
        from peft import LoraConfig, PeftModel, get_peft_model
        from transformers import AutoModelForCausalLM

        # Frozen weights in bf16 halve the time where the processor has instructions for it.
        self.half = _has_bf16(device)
        dtype = torch.bfloat16 if self.half else torch.float32
        model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype)
        config = LoraConfig(
            r=recipe.rank,
            lora_alpha=recipe.alpha,
            lora_dropout=recipe.dropout,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        )
        if start is None:
            self.model: Any = get_peft_model(model, config).to(device)
        else:
            adapter = adapter_in(start)
            if adapter is None:
                raise BadInput(f"{start} holds no adapter to go on from; name a trained folder")
            self.model = PeftModel.from_pretrained(model, adapter, is_trainable=True).to(device)
        self.recipe, self.device, self.pad = recipe, device, form.stops[0]
        self.weights = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(self.weights, lr=recipe.learning_rate, weight_decay=0.0)
        self.step = 0

    def steps(self, examples: Sequence[_Example]) -> int:
        return self.recipe.epochs * math.ceil(len(examples) / self.recipe.batch)

    def batches(self, examples: Sequence[_Example]) -> Iterator[list[_Example]]:
        """Every epoch's batches, shuffled by the seed; lengths within a batch are alike."""
        size = self.recipe.batch
        for epoch in range(self.recipe.epochs):
            rng = random.Random(f"{self.recipe.seed}-{epoch}")  # noqa: S311 - not a secret
            order = rng.sample(list(examples), len(examples))
            pools = [order[i : i + 16 * size] for i in range(0, len(order), 16 * size)]
            for pool in pools:
                pool.sort(key=lambda e: len(e.ids))
                cut = [pool[i : i + size] for i in range(0, len(pool), size)]
                rng.shuffle(cut)
                yield from cut

    def nats(self, batch: Sequence[_Example]) -> tuple[torch.Tensor, torch.Tensor]:
        """(n,) sums of each target's cross-entropies, and (n,) how many tokens it has."""
        import torch

        width = max(len(e.ids) for e in batch)
        ids = torch.full((len(batch), width), self.pad)
        asked = torch.zeros(len(batch), width, dtype=torch.bool)
        mask = torch.zeros(len(batch), width, dtype=torch.long)
        for row, example in enumerate(batch):
            ids[row, : len(example.ids)] = torch.tensor(example.ids)
            mask[row, : len(example.ids)] = 1
            asked[row, example.prompt - 1 : len(example.ids) - 1] = True
        ids, mask, asked = (t.to(self.device) for t in (ids, mask, asked))
        # Logits only where a target token is predicted: a fifth of the positions.
        inner = self.model.get_base_model()
        with torch.autocast(self.device.split(":")[0], torch.bfloat16, enabled=self.half):
            states = inner.model(input_ids=ids, attention_mask=mask).last_hidden_state
            logits = inner.lm_head(states[asked])
        wanted = ids[:, 1:][asked[:, :-1]]
        each = torch.nn.functional.cross_entropy(logits.float(), wanted, reduction="none")
        rows = asked.nonzero()[:, 0]
        return each.new_zeros(len(batch)).index_add(0, rows, each), asked.sum(1)

    def odds(self, batch: Sequence[_Example], nats: torch.Tensor) -> torch.Tensor | None:
        """ORPO's term: how little likelier a target is than a refused draft; None without any.

        nats: (n,) mean cross-entropy of each target of the batch.
        """
        import torch

        rows = [row for row, example in enumerate(batch) if example.refused]
        if not self.recipe.prefer or not rows:
            return None
        # Another refused draft at each epoch; all of a batch in one pass.
        worse = [batch[r].refused[self.step % len(batch[r].refused)] for r in rows]
        asked = zip(worse, rows, strict=True)
        sums, counts = self.nats([_Example(ids, batch[r].prompt) for ids, r in asked])
        better = -nats[rows]
        other = -(sums / counts)
        ratio = (better - other) - (_log_rest(better) - _log_rest(other))
        return -torch.nn.functional.logsigmoid(ratio).sum() / len(batch)

    def loss(self, examples: Sequence[_Example]) -> float:
        """Mean cross-entropy a target token over all examples, in nats."""
        import torch

        self.model.eval()
        ordered = sorted(examples, key=lambda e: len(e.ids))
        size, nats, tokens = self.recipe.batch, 0.0, 0
        with torch.inference_mode():
            for i in range(0, len(ordered), size):
                sums, counts = self.nats(ordered[i : i + size])
                nats, tokens = nats + sums.sum().item(), tokens + int(counts.sum())
        return nats / max(tokens, 1)

    def train(
        self,
        examples: Sequence[_Example],
        aside: Sequence[_Example],
        out: Path,
        checkpoint_seconds: float,
        minutes: float | None,
        progress: Progress,
    ) -> int:
        """Train from the last checkpoint, if there is one, to the end; returns the steps taken."""
        import torch

        total = self.steps(examples)
        self._resume(out / "checkpoint", examples)
        begun = saved = time.monotonic()
        limit = math.inf if minutes is None else 60 * minutes
        recent: list[float] = []
        for number, batch in enumerate(self.batches(examples)):
            if number < self.step:
                continue
            done = max(number / total, (time.monotonic() - begun) / limit)
            if done >= 1:
                break
            self.model.train()
            self.optimiser.param_groups[0]["lr"] = self._rate(done)
            sums, counts = self.nats(batch)
            loss = sums.sum() / counts.sum()
            odds = self.odds(batch, sums / counts)
            torch.autograd.backward(loss if odds is None else loss + self.recipe.prefer * odds)
            torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad()
            self.step = number + 1
            recent = [*recent[-49:], loss.item()]
            progress(f"loss {sum(recent) / len(recent):.3f}", self.step, total)
            if time.monotonic() - saved > checkpoint_seconds:
                self._checkpoint(out / "checkpoint", examples)
                progress(f"held-out loss {self.loss(aside):.3f}", self.step, total)
                saved = time.monotonic()
        return self.step

    def _rate(self, done: float) -> float:
        """The learning rate after a share `done` of the run, in [0, 1]."""
        if done < _WARM:
            return self.recipe.learning_rate * (0.1 + 0.9 * done / _WARM)
        fallen = (done - _WARM) / (1 - _WARM)
        return self.recipe.learning_rate * (0.1 + 0.45 * (1 + math.cos(math.pi * fallen)))

    def _mark(self, examples: Sequence[_Example]) -> str:
        """Identifies a run by its recipe and data: a checkpoint is resumed only by its own run."""
        return json.dumps([asdict(self.recipe), len(examples), sum(len(e.ids) for e in examples)])

    def _checkpoint(self, folder: Path, examples: Sequence[_Example]) -> None:
        import torch

        state = {
            "mark": self._mark(examples),
            "step": self.step,
            "weights": [w.detach().cpu() for w in self.weights],
            "optimiser": self.optimiser.state_dict(),
            "rng": torch.get_rng_state(),
        }
        part = folder / f"{_STATE}.part"
        torch.save(state, part)
        part.replace(folder / _STATE)

    def _resume(self, folder: Path, examples: Sequence[_Example]) -> None:
        import torch

        path = folder / _STATE
        if not path.is_file():
            return
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["mark"] != self._mark(examples):
            return
        self.step = state["step"]
        with torch.no_grad():
            for weight, kept in zip(self.weights, state["weights"], strict=True):
                weight.copy_(kept)
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["rng"])

    def save(self, folder: Path, base: str) -> None:
        """Write the adapter in bf16, as peft reads it, with the base named and no path in it."""
        import torch
        from peft import get_peft_model_state_dict
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        state = get_peft_model_state_dict(self.model)
        kept = {k: v.detach().cpu().to(torch.bfloat16).contiguous() for k, v in state.items()}
        save_file(kept, folder / "adapter_model.safetensors")
        config = self.model.peft_config["default"]
        config.base_model_name_or_path = base
        config.inference_mode = True
        config.save_pretrained(folder)
