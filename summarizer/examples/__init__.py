"""The bundled stories, written for this project: places, people and outlets are invented.

They serve the demo, the page and the tests. Only their loader lives here; a story is one JSON file.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable

from summarizer.errors import BadOption
from summarizer.schema import Story, Summary

FINISHED = "ferry"
"""The example of which a summary is bundled, as `make example` writes it."""


def names() -> tuple[str, ...]:
    """The bundled stories by name, in alphabetical order; the first is the demo."""
    return tuple(sorted(_resources()))


def load(name: str) -> Story:
    """The bundled story of that name.

    Raises BadOption, with the names there are, if there is none.
    """
    resources = _resources()
    if name not in resources:
        near = get_close_matches(name, resources, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise BadOption(f"no example named {name!r}; have: {', '.join(names())}.{hint}")
    return Story.model_validate_json(resources[name].read_bytes())


def finished() -> Summary:
    """The summary of the example FINISHED that the default model wrote, word for word."""
    made = files(__name__).joinpath("summaries", f"{FINISHED}.json")
    return Summary.from_json(made.read_text(encoding="utf-8"))


def _resources() -> dict[str, Traversable]:
    found = (r for r in files(__name__).iterdir() if r.name.endswith(".json"))
    return {r.name.removesuffix(".json"): r for r in found}
