"""`summarizer train`: our own models, trained on our data or a newsroom's.

The training loops are in backends and the examples in training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options as o

app = typer.Typer(help="Train the models on your own stories.", rich_markup_mode=None)


@app.command()
def writer(
    pairs: Annotated[
        list[Path], typer.Argument(metavar="PAIRS.jsonl …", help="What `train pairs` wrote.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The model folder to write.")],
    base: Annotated[str, typer.Option(help="The chat model to adapt: a name or a folder.")] = "",
    epochs: Annotated[int, typer.Option(help="Passes over the pairs.")] = 2,
    rank: Annotated[int, typer.Option(help="Rank of the low-rank updates.")] = 12,
    rate: Annotated[float, typer.Option(help="Peak learning rate.")] = 2e-4,
    preference: Annotated[
        float, typer.Option(help="Weight of preferring what holds to what was refused; 0: none.")
    ] = 0.25,
    minutes: Annotated[float | None, typer.Option(help="Stop after this many minutes.")] = None,
    seed: Annotated[int, typer.Option(help="Random seed.")] = 7,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    threads: o.Threads = None,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Train a composer's adapter; after an interruption, run the same command to continue."""
    from summarizer.backends.train_writer import Recipe, read_pairs, train_writer
    from summarizer.cli import console
    from summarizer.model_store.cards import lay_down, names
    from summarizer.model_store.weights import DEFAULT_WRITER, find

    base = base or DEFAULT_WRITER
    recipe = Recipe(rank=rank, learning_rate=rate, epochs=epochs, preference=preference, seed=seed)
    known = read_pairs(pairs)
    weights = find(base, adapted=False, offline=offline)
    with console.progress(quiet) as progress:
        trained = train_writer(
            known,
            weights,
            out,
            data=[path.name for path in pairs],
            recipe=recipe,
            device=device,
            threads=threads,
            minutes=minutes,
            progress=progress,
        )
    if base in names():
        lay_down(base, out, lambda folder: None)
    typer.echo(
        f"{out}: {trained.pairs} pairs ({trained.too_long} too long), {trained.steps} steps at "
        f"{trained.tokens_per_second:,.0f} tokens/s, held-out loss {trained.loss_before:.3f} "
        f"before and {trained.loss_after:.3f} after"
    )
    if trained.preferred_before is not None and trained.preferred_after is not None:
        typer.echo(
            f"  of held-out refused texts {trained.preferred_before:.0%} were less likely than "
            f"what holds before, {trained.preferred_after:.0%} after"
        )
    return 0


@app.command()
def pairs(
    stories: Annotated[
        list[Path], typer.Argument(metavar="STORIES.jsonl …", help="Stories with a reference.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Write the pairs here, one per line.")],
    drafts_of: Annotated[
        str | None,
        typer.Option(metavar="MODEL,…", help="Composers whose drafts to take, not references."),
    ] = None,
    threads: o.Threads = None,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Collect texts of which verification passes every sentence, as pairs for `train writer`."""
    import json
    from dataclasses import asdict

    from summarizer import Summarizer
    from summarizer.cli import console
    from summarizer.inputs import iter_stories
    from summarizer.model_store.weights import DEFAULT_READER, find
    from summarizer.outputs.files import Output
    from summarizer.training.writer_pairs import draft_pairs, reference_pairs

    lines = (line for path in stories for line in iter_stories(path))
    told = (line.story for line in lines if line.story is not None)
    found = 0
    with Output(out) as output, console.progress(quiet) as progress:
        models = (drafts_of or "extract").split(",")
        find(DEFAULT_READER, offline=offline)  # without it `extract` would verify by rules alone
        loaded = [Summarizer.load(m, threads=threads, offline=offline) for m in models]
        if drafts_of:
            made = draft_pairs(told, loaded, progress)
        else:
            made = reference_pairs(told, loaded[0], progress)
        for pair in made:
            output.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
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
    threads: o.Threads = None,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
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
    threads: o.Threads = None,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
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
