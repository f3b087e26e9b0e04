"""quiet: what other libraries write on the terminal while a model is loaded, and does not arrive.

Our own bars and warnings are tested with the command line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from tqdm.auto import tqdm
from transformers.utils import logging

from summarizer.backends.quiet import quiet
from summarizer.model_store.weights import DEFAULT_ENCODER


def noise() -> None:
    """A bar, a warning and a message, as libraries write them."""
    list(tqdm(range(3), desc="a bar"))
    warnings.warn("a warning", FutureWarning, stacklevel=1)
    logging.get_logger("transformers.noise").warning("a message")


def test_a_load_is_silent_and_what_follows_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    """Bars, warnings and messages are off inside, and as they were afterwards."""
    before = logging.get_verbosity()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        with quiet(), quiet():
            noise()
        assert capfd.readouterr().err == ""
        with pytest.warns(FutureWarning, match="a warning"):
            noise()
    assert "a bar" in capfd.readouterr().err
    assert logging.get_verbosity() == before


def test_an_error_of_a_load_is_raised_and_ends_the_silence(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What fails inside is raised as it is, and bars are drawn again."""
    with pytest.raises(ValueError, match="no such model"), quiet():
        raise ValueError("no such model")
    list(tqdm(range(3), desc="a bar"))
    assert "a bar" in capfd.readouterr().err


@pytest.mark.weights
@pytest.mark.slow
def test_converting_the_encoder_writes_nothing(tmp_path: Path) -> None:
    """The first load, which converts the weights, leaves standard error to us."""
    code = "from summarizer.backends.registry import load_encoder; load_encoder(offline=True)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "SUMMARIZER_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout + done.stderr == ""
    assert len([path for path in (tmp_path / DEFAULT_ENCODER).iterdir() if path.is_dir()]) == 1
