"""Trains a LoRA adapter that teaches a chat model to compose a text over planned evidence.

It learns from texts that hold and, where a pair has refused ones, to find those less likely. Pairs
are read here and made in training.writer_pairs; the prompt is prompt.composition's, as at a
summary. Nothing is generated; how a trained adapter is given to llama.cpp is in gguf.py.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends import Commission, Report
from summarizer.backends.device import check
from summarizer.backends.gguf import base_model
from summarizer.backends.prompt import Form, composition, inert
from summarizer.backends.quiet import quiet
from summarizer.errors import BadInput, BadOption, BadOutput
from summarizer.inputs.lines import read_rows
from summarizer.model_store.weights import Weights
from summarizer.types import Progress, silent

if TYPE_CHECKING:
    import torch

Kind = Literal["reference", "draft"]
"""Who wrote a pair's text: a person, or a larger composer."""

MOST_BYTES = 16_000_000
"""The largest adapter, in bf16: what a folder under models/ may hold."""

_STATE = "state.pt"
_WARM = 0.05  # share of a run in which the learning rate rises
_LEAST = 20  # pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """What a composer is asked for, and a text that the evidence carries. story: the story's id.

    worse: beginnings of texts on the same reports of which the last sentence was refused.
    """

    story: str
    commission: Commission
    text: str
    kind: Kind
    worse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adapter is trained: LoRA (Hu et al., ICLR 2022), ORPO (Hong et al., EMNLP 2024).

    rank: of the low-rank updates, on every linear layer but the embedding; alpha is twice that.
    learning_rate: its peak, after 5 % of the steps; it then falls along a cosine to a tenth.
    batch: pairs a step. epochs: times every pair is seen. held_out: share of stories kept aside.
    preference: weight of the odds ratio against a refused text beside the loss of the one that
    holds (ORPO's lambda); 0 learns from what holds alone. Each epoch draws one refused text a pair.
    max_tokens: of prompt and text; longer pairs are left out, and counted.
    """

    rank: int = 12
    learning_rate: float = 2e-4
    batch: int = 8
    epochs: int = 2
    held_out: float = 0.05
    preference: float = 0.25
    max_tokens: int = 4096
    seed: int = 7

    def __post_init__(self) -> None:
        if min(self.rank, self.batch, self.epochs) < 1 or not 0 < self.held_out < 0.5:
            raise BadOption(
                "rank, batch and epochs must be at least 1, and held_out between 0 and 0.5"
            )
        if self.preference < 0:
            raise BadOption(f"preference is a weight of at least 0, not {self.preference}")


@dataclass(frozen=True, slots=True)
class Trained:
    """The outcome of a run. Losses are mean cross-entropy per token of the texts, in nats.

    too_long: pairs that were left out. tokens_per_second: of prompts and texts, in training.
    preferred: of the held-out refused texts, the share that is less likely than what holds, by the
    mean of their tokens from where the two part; None where there are none.
    """

    pairs: int
    held_out_pairs: int
    too_long: int
    steps: int
    loss_before: float
    loss_after: float
    preferred_before: float | None
    preferred_after: float | None
    tokens_per_second: float


@dataclass(frozen=True, slots=True)
class _Example:
    ids: list[int]
    prompt: int  # how many of ids are the prompt
    worse: tuple[list[int], ...] = ()  # the prompt and a refused text

    @property
    def longest(self) -> int:
        return max(map(len, (self.ids, *self.worse)))


def read_pairs(paths: Iterable[Path]) -> list[Pair]:
    """Pairs of the files that `summarizer train pairs` writes, a JSON object a line.

    Raises UnreadableFile, or BadInput naming file and line.
    """
    return read_rows(paths, _pair, "make pairs with `summarizer train pairs`")


def _pair(row: dict[str, Any]) -> Pair:
    asked = row["commission"]
    reports = tuple(Report(r["outlet"], tuple(r["sentences"])) for r in asked["reports"])
    commission = Commission(reports, tuple(asked["differing"]), asked["words"], asked["seed"])
    worse = tuple(map(str, row.get("worse", ())))
    return Pair(row["story"], commission, row["text"], row["kind"], worse)


def train_writer(
    pairs: Sequence[Pair],
    weights: Weights,
    out: Path,
    *,
    data: Sequence[str] = (),
    recipe: Recipe | None = None,
    device: str = "cpu",
    threads: int | None = None,
    checkpoint_seconds: float = 600.0,
    minutes: float | None = None,
    progress: Progress = silent,
) -> Trained:
    """Train an adapter for a chat model, measured on pairs of stories that are held aside.

    out: gets adapter/ (safetensors, bf16), training.json (recipe, data, scores) and README.md, and
    while it runs checkpoint/, from which a run that was cut off goes on if recipe and data are the
    same. minutes: stop training after so long; the learning rate falls with the time.
    data: names of the files that the pairs are of, for the card.
    Raises BadInput for too few pairs, BadOption for a rank whose adapter is too large,
    UnknownModel for a base without chat, BadOutput where `out` cannot be written.
    """
    import torch

    recipe = recipe or Recipe()
    if len(pairs) < _LEAST:
        raise BadInput(f"{len(pairs)} pairs teach nothing; give at least {_LEAST}")
    check(device)
    if threads is not None:
        torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    run = _Run(weights, recipe, device)
    training, aside = [
        [e for e in map(run.example, side) if e.longest <= recipe.max_tokens]
        for side in _split(pairs, recipe)
    ]
    if not training or not aside:
        raise BadInput(
            f"hardly a pair has at most {recipe.max_tokens} tokens; give shorter ones, or more"
        )
    try:
        (out / "checkpoint").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(f"{out} cannot be written ({error.strerror}); choose another") from error
    before, preferred = run.loss(aside), run.preferred(aside)
    progress(f"held-out loss {before:.3f}", 0, run.steps(training))
    rate = run.train(training, aside, out / "checkpoint", checkpoint_seconds, minutes, progress)
    trained = Trained(
        pairs=len(training),
        held_out_pairs=len(aside),
        too_long=len(pairs) - len(training) - len(aside),
        steps=run.step,
        loss_before=before,
        loss_after=run.loss(aside),
        preferred_before=preferred,
        preferred_after=run.preferred(aside),
        tokens_per_second=rate,
    )
    run.save(out / "adapter", weights.name)
    record = {"base": weights.name, "data": list(data), **asdict(recipe), **asdict(trained)}
    (out / "training.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    (out / "README.md").write_text(_readme(out.name, record), encoding="utf-8")
    shutil.rmtree(out / "checkpoint")
    return trained


def _split(pairs: Sequence[Pair], recipe: Recipe) -> tuple[list[Pair], list[Pair]]:
    """Training and held-out pairs; all pairs of a story fall on the same side."""
    stories = sorted({p.story for p in pairs})
    random.Random(recipe.seed).shuffle(stories)  # noqa: S311 - not a secret
    kept_out = set(stories[: max(1, round(recipe.held_out * len(stories)))])
    return [p for p in pairs if p.story not in kept_out], [p for p in pairs if p.story in kept_out]


def _readme(name: str, record: Mapping[str, object]) -> str:
    table = "\n".join(f"| {key} | {value} |" for key, value in record.items())
    return (
        f"# {name}\n\nA LoRA adapter for the writer {record['base']}, trained by "
        "`summarizer train writer`. The terms of the data named below hold for it too.\n\n"
        f"| | |\n|---|---|\n{table}\n\n## Limits\n\n"
        "Losses are on held-out stories of the same data. What it writes was not read by anyone "
        "unless this card is changed to say so.\n"
    )


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

    def __init__(self, weights: Weights, recipe: Recipe, device: str) -> None:
        import torch
        from peft import LoraConfig, get_peft_model

        # Frozen weights in bf16 halve the time where the processor has instructions for it.
        self.half = _has_bf16(device)
        with quiet():
            base, folder = base_model(weights, torch.bfloat16 if self.half else torch.float32)
        self.form = Form.of(folder, weights.name)
        config = LoraConfig(
            r=recipe.rank,
            lora_alpha=2 * recipe.rank,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        )
        self.model: Any = get_peft_model(base, config).to(device)
        self.recipe, self.device, self.step = recipe, device, 0
        self.by_llama_cpp = weights.file is not None and weights.engine == "llama.cpp"
        self.weights = [p for p in self.model.parameters() if p.requires_grad]
        size = 2 * sum(p.numel() for p in self.weights)
        if size > MOST_BYTES:
            fits = recipe.rank * MOST_BYTES // size
            raise BadOption(
                f"an adapter of rank {recipe.rank} has {size / 1e6:.1f} MB, and may have "
                f"{MOST_BYTES / 1e6:.1f}; give a rank of {fits} or less"
            )
        self.optimiser = torch.optim.AdamW(self.weights, lr=recipe.learning_rate, weight_decay=0.0)

    def example(self, pair: Pair) -> _Example:
        turns = composition(pair.commission)
        if self.by_llama_cpp:  # what is learned from is what will be read
            turns = [(role, inert(said)) for role, said in turns]
        prompt = self.form.chat(turns)
        worse = tuple(prompt + self.form.answer(text)[:-1] for text in pair.worse)  # goes on
        return _Example(prompt + self.form.answer(pair.text), len(prompt), worse)

    def steps(self, examples: Sequence[_Example]) -> int:
        return self.recipe.epochs * math.ceil(len(examples) / self.recipe.batch)

    def batches(self, examples: Sequence[_Example]) -> Iterator[list[_Example]]:
        """Every epoch's batches, shuffled by the seed."""
        size = self.recipe.batch
        for epoch in range(self.recipe.epochs):
            rng = random.Random(f"{self.recipe.seed}-{epoch}")  # noqa: S311 - not a secret
            order = rng.sample(list(examples), len(examples))
            yield from (order[i : i + size] for i in range(0, len(order), size))

    def nats(self, ids: Sequence[int], first: int) -> torch.Tensor:
        """The cross-entropies of tokens `ids[first:]`, each given those before, in nats."""
        import torch

        given = torch.tensor([ids], device=self.device)
        # Logits only where a token of the text is predicted: a tenth of the positions.
        inner = self.model.get_base_model()
        with torch.autocast(self.device.split(":")[0], torch.bfloat16, enabled=self.half):
            states = inner.model(input_ids=given).last_hidden_state
            logits = inner.lm_head(states[0, first - 1 : -1])
        return torch.nn.functional.cross_entropy(logits.float(), given[0, first:], reduction="none")

    def loss(self, examples: Sequence[_Example]) -> float:
        """Mean cross-entropy a token of the texts over all examples, in nats."""
        import torch

        self.model.eval()
        with torch.inference_mode():
            losses = (self.nats(e.ids, e.prompt).sum().item() for e in examples)
            return sum(losses) / _targets(examples)

    def preferred(self, examples: Sequence[_Example]) -> float | None:
        """The share of refused texts that are less likely than what holds; None without any."""
        import torch

        self.model.eval()
        right = []
        with torch.inference_mode():
            for example in (e for e in examples if e.worse):
                kept = self.nats(example.ids, example.prompt)
                for worse in example.worse:
                    parted = _parted(example.ids, worse)
                    refused = self.nats(worse, parted).mean()
                    right.append(bool(kept[parted - example.prompt :].mean() < refused))
        return sum(right) / len(right) if right else None

    def odds_ratio(self, kept: torch.Tensor, example: _Example, worse: list[int]) -> torch.Tensor:
        """ORPO's loss, a scalar: minus the log-sigmoid of the log odds ratio of two texts.

        kept: the cross-entropies of the tokens of the text that holds.
        """
        import torch

        parted = _parted(example.ids, worse)
        chances = (-kept[parted - example.prompt :].mean(), -self.nats(worse, parted).mean())
        better, refused = (log.clamp(max=-1e-6) for log in chances)  # of 1 the odds are infinite
        odds = better - refused - torch.log1p(-better.exp()) + torch.log1p(-refused.exp())
        return -torch.nn.functional.logsigmoid(odds)

    def train(
        self,
        examples: Sequence[_Example],
        aside: Sequence[_Example],
        checkpoint: Path,
        checkpoint_seconds: float,
        minutes: float | None,
        progress: Progress,
    ) -> float:
        """Train from the last checkpoint, if there is one, to the end; returns tokens a second."""
        import torch

        total = self.steps(examples)
        self._resume(checkpoint, examples)
        begun = saved = time.monotonic()
        limit = math.inf if minutes is None else 60 * minutes
        recent: list[float] = []
        seen, busy = 0, 0.0
        for number, batch in enumerate(self.batches(examples)):
            if number < self.step:
                continue
            started = time.monotonic()
            done = max(number / total, (started - begun) / limit)
            if done >= 1:
                break
            self.model.train()
            draw = random.Random(f"{self.recipe.seed}-worse-{number}")  # noqa: S311 - not a secret
            self.optimiser.param_groups[0]["lr"] = self._rate(done)
            nats, targets = 0.0, _targets(batch)
            for example in batch:  # one at a time: no padding, and no more memory than one takes
                kept = self.nats(example.ids, example.prompt)
                loss = kept.sum() / targets
                seen += len(example.ids)
                if example.worse and self.recipe.preference:
                    worse = draw.choice(example.worse)
                    ratio = self.odds_ratio(kept, example, worse)
                    loss = loss + self.recipe.preference / len(batch) * ratio
                    seen += len(worse)
                torch.autograd.backward(loss)
                nats += kept.sum().item()
            torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad()
            self.step = number + 1
            busy += time.monotonic() - started
            recent = [*recent[-49:], nats / targets]
            told = f"loss {sum(recent) / len(recent):.3f}, {seen / busy:,.0f} tokens/s"
            progress(told, self.step, total)
            if time.monotonic() - saved > checkpoint_seconds:
                self._checkpoint(checkpoint, examples)
                progress(f"held-out loss {self.loss(aside):.3f}", self.step, total)
                saved = time.monotonic()
        return seen / busy if busy else 0.0

    def _rate(self, done: float) -> float:
        """The learning rate after a share `done` of the run, in [0, 1]."""
        if done < _WARM:
            return self.recipe.learning_rate * (0.1 + 0.9 * done / _WARM)
        fallen = (done - _WARM) / (1 - _WARM)
        return self.recipe.learning_rate * (0.1 + 0.45 * (1 + math.cos(math.pi * fallen)))

    def _mark(self, examples: Sequence[_Example]) -> str:
        """Identifies a run by its recipe and data: a checkpoint is resumed only by its own run."""
        tokens = sum(len(e.ids) + sum(map(len, e.worse)) for e in examples)
        return json.dumps([asdict(self.recipe), len(examples), tokens])

    def _checkpoint(self, folder: Path, examples: Sequence[_Example]) -> None:
        import torch

        state = {
            "mark": self._mark(examples),
            "step": self.step,
            "weights": [w.detach().cpu() for w in self.weights],
            "optimiser": self.optimiser.state_dict(),
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

    def save(self, folder: Path, base: str) -> None:
        """Write the adapter in bf16, as peft reads it, with the base named and no path in it."""
        import torch
        from peft import get_peft_model_state_dict
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        state = get_peft_model_state_dict(self.model)
        kept = {k: v.detach().cpu().to(torch.bfloat16).contiguous() for k, v in state.items()}
        architecture = str(self.model.config.model_type)
        save_file(kept, folder / "adapter_model.safetensors", {"architecture": architecture})
        config = self.model.peft_config["default"]
        config.base_model_name_or_path = base
        config.inference_mode = True
        config.save_pretrained(folder)


def _parted(ids: Sequence[int], others: Sequence[int]) -> int:
    """The place of the first token that differs; the last common place where none does."""
    both = enumerate(zip(ids, others, strict=False))
    return next((i for i, (a, b) in both if a != b), min(len(ids), len(others)) - 1)


def _targets(examples: Sequence[_Example]) -> int:
    """How many tokens of texts there are to predict."""
    return sum(len(e.ids) - e.prompt for e in examples)
