"""`summarizer train`: our own models, trained on our data or a newsroom's.

The training loops are in backends and the examples in training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import BadOption

app = typer.Typer(help="Train the models on your own stories.", rich_markup_mode=None)


@app.command()
def writer(
    stories: Annotated[
        list[Path],
        typer.Argument(metavar="STORIES.jsonl …", help="Stories with a reference, or pairs."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The model folder to write.")],
    base: Annotated[str, typer.Option(help="The writer to adapt: a name or a folder.")] = "default",
    start: Annotated[
        Path | None, typer.Option("--from", help="Continue from this trained model folder.")
    ] = None,
    close: Annotated[
        bool,
        typer.Option("--close", help="Only pairs that keep close to their evidence."),
    ] = False,
    prefer: Annotated[
        float, typer.Option(help="Weight of targets against refused drafts, where pairs have any.")
    ] = 0.0,
    epochs: Annotated[int, typer.Option(help="Passes over the pairs.")] = 2,
    rank: Annotated[int, typer.Option(help="Rank of the low-rank updates.")] = 16,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 3e-4,
    minutes: Annotated[float | None, typer.Option(help="Stop after this many minutes.")] = None,
    seed: Annotated[int, typer.Option(help="Random seed.")] = 7,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    threads: Annotated[int | None, typer.Option(help="CPU threads (default: all).")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Download nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> int:
    """Train a writer's adapter; after an interruption, run the same command to continue."""
    from summarizer.backends.train_writer import Recipe
    from summarizer.cli import console
    from summarizer.model_store.weights import TRAINED_WRITER
    from summarizer.training.writer import train_on_files

    with console.progress(quiet) as progress:
        trained = train_on_files(
            stories,
            out,
            base=TRAINED_WRITER if base == "default" else base,
            start=start,
            recipe=Recipe(
                rank=rank,
                learning_rate=rate,
                epochs=epochs,
                seed=seed,
                close=close,
                prefer=prefer,
            ),
            device=device,
            threads=threads,
            minutes=minutes,
            offline=offline,
            progress=progress,
        )
    typer.echo(
        f"{out}: {trained.pairs} pairs, {trained.steps} steps, held-out loss "
        f"{trained.loss_before:.3f} before and {trained.loss_after:.3f} after"
    )
    return 0


@app.command()
def drafts(
    stories: Annotated[
        list[Path], typer.Argument(metavar="STORIES.jsonl …", help="Stories to write about.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Write the pairs here, one per line.")],
    model: Annotated[str, typer.Option(help="The writer: a name or a trained folder.")] = "default",
    each: Annotated[int, typer.Option(help="Drafts per claim.")] = 4,
    threads: Annotated[int | None, typer.Option(help="CPU threads (default: all).")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Download nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> int:
    """Collect a writer's drafts that pass verification, as pairs for `train writer`."""
    import json

    from summarizer import Summarizer
    from summarizer.cli import console
    from summarizer.inputs import iter_stories
    from summarizer.outputs.files import Output
    from summarizer.training.writer_pairs.own import own_pairs

    if each < 1:
        raise BadOption(f"--each is {each}; give at least 1")
    lines = (line for path in stories for line in iter_stories(path))
    told = (line.story for line in lines if line.story is not None)
    found = 0
    with Output(out) as output, console.progress(quiet) as progress:
        summarizer = Summarizer.load(model, threads=threads, offline=offline)
        for pair in own_pairs(told, summarizer, each, progress):
            output.write(json.dumps(pair, ensure_ascii=False) + "\n")
            found += 1
    typer.echo(f"{out}: {found} pairs")
    return 0


@app.command()
def cite(
    stories: Annotated[
        list[Path],
        typer.Argument(metavar="STORIES.jsonl …", help='Stories with "gold": marked evidence.'),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The model folder to write.")],
    threads: Annotated[int | None, typer.Option(help="CPU threads (default: all).")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Download nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> int:
    """Train the citation model on evidence that people marked."""
    from summarizer.backends import CloseEncoder
    from summarizer.backends.registry import load_encoder
    from summarizer.cli import console
    from summarizer.errors import BadInput
    from summarizer.inputs import iter_stories
    from summarizer.model_store.cards import lay_down
    from summarizer.model_store.weights import DEFAULT_CITER
    from summarizer.training.citer_examples import example, train

    encoder = load_encoder(threads=threads, offline=offline)
    if not isinstance(encoder, CloseEncoder):
        raise BadInput(f"the encoder {encoder.name!r} gives no states of word pieces; name another")
    examples = []
    with console.progress(quiet) as progress:
        for path in stories:
            for line in iter_stories(path):
                if line.error is not None:
                    raise line.error
                if line.story is not None and line.story.gold:
                    examples.append(example(line.story, encoder))
                    progress("reading", len(examples), 0)
        citer = train(examples, out.name, progress)
    lay_down(DEFAULT_CITER, out, citer.save)
    marked = sum(int(e.right.sum()) for e in examples)
    typer.echo(f"{out}: {len(examples)} stories, {marked} marked pairs")
    return 0


@app.command()
def reader(
    pairs: Annotated[
        list[Path],
        typer.Argument(metavar="PAIRS.jsonl …", help="Evidence, sentences and labels."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The model folder to write.")],
    base: Annotated[str, typer.Option(help="The encoder to train: a name or a folder.")] = "",
    start: Annotated[
        Path | None, typer.Option("--from", help="Continue from this trained model folder.")
    ] = None,
    rank: Annotated[int, typer.Option(help="Rank of the low-rank updates.")] = 32,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 3e-4,
    seed: Annotated[int, typer.Option(help="Random seed.")] = 7,
    threads: Annotated[int | None, typer.Option(help="CPU threads (default: all).")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Download nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> int:
    """Train the model that reads whether evidence supports a sentence, and which words not."""
    from summarizer.backends.registry import cores
    from summarizer.backends.train_reader import Recipe, read_pairs, train_reader
    from summarizer.cli import console
    from summarizer.model_store.cards import lay_down
    from summarizer.model_store.weights import DEFAULT_READER, find

    known = read_pairs(pairs)
    weights = find(base or DEFAULT_READER, adapted=False, offline=offline)
    with console.progress(quiet) as progress:
        trained = train_reader(
            known,
            weights,
            out / "adapter",
            start=None if start is None else start / "adapter",
            recipe=Recipe(rank=rank, rate=rate, seed=seed),
            threads=threads or cores(),
            progress=progress,
        )
    lay_down(DEFAULT_READER, out, lambda folder: None)
    typer.echo(
        f"{out}: {trained.pairs} pairs, {trained.steps} steps, {trained.seconds / 60:.0f} min; of "
        f"held-out pairs {trained.carried_right:.1%} of the carried and "
        f"{trained.not_carried_right:.1%} of the others read right"
    )
    for kind, (n, right) in trained.by_kind.items():
        typer.echo(f"  {kind:28s} {n:5d}  {right:.1%}")
    return 0
