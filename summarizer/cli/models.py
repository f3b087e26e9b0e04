"""`summarizer models`: what models there are and what this machine holds of them.

Finding, fetching and checking weights is in model_store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.model_store.cards import ModelCard
    from summarizer.model_store.weights import Held

app = typer.Typer(help="List, show, pull and remove models.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name from 'summarizer models list'.")]


@app.callback(invoke_without_command=True)
def _root(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        show_all()


@app.command("list")
def show_all() -> int:
    """List every model with its task, state, size and licence."""
    from summarizer.model_store import cards, weights

    rows = [("NAME", "TASK", "STATE", "SIZE", "LICENCE")]
    for name in cards.names():
        card, held = cards.describe(name), weights.held(name)
        rows.append((name, card.task, held.state, _size(card.source.bytes), card.licence))
    for name in weights.pulled():
        held = weights.held(name)
        rows.append((name, "writer", held.state, _size(held.bytes), "see the hub"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())
    return 0


@app.command()
def show(name: Name) -> int:
    """Show a model's card: where its weights come from, its licence and its limits."""
    from summarizer.model_store import cards, weights

    card, held = cards.describe(name), weights.held(name)
    for line in _facts(card, held):
        typer.echo(line)
    typer.echo(f"\n{card.readme.rstrip()}")
    return 0


@app.command()
def pull(name: Name) -> int:
    """Fetch a model's weights (or those of org/name@revision on the hub) and check them.

    Corrupt files are fetched again. A branch or tag is pinned to its commit at the first pull.
    """
    from summarizer.model_store import weights

    weights.pull(name)
    typer.echo(f"{name}: {weights.held(name).state}")
    return 0


@app.command()
def remove(name: Name) -> int:
    """Delete a model's files from the cache; the next use fetches them again."""
    from summarizer.model_store import weights

    typer.echo(f"{name}: {_size(weights.remove(name))} freed")
    return 0


def _facts(card: ModelCard, held: Held) -> list[str]:
    facts = {
        "name": card.name,
        "title": card.title,
        "task": card.task,
        "state": f"{held.state}, {_size(held.bytes)} in the cache",
        "source": f"{card.source}, {_size(card.source.bytes)}",
        "pinned": _pin(card, held.commit),
        "licence": card.licence,
    }
    lines = [f"{name:8} {value}" for name, value in facts.items()]
    return lines + [f"{'limit':8} {limit}" for limit in card.limits]


def _pin(card: ModelCard, commit: str | None) -> str:
    if card.source.kind != "hub":
        return f"sha256 {card.source.sha256}"
    return f"commit {commit}" if commit else "not yet: the commit of the first pull will be kept"


def _size(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 500_000 else f"{count / 1e3:,.0f} kB"
