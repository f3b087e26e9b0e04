"""The one place where commands load models: every verb that needs a Summarizer calls `load`.

Tests replace it by stand-ins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.cli import console
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.api import Summarizer
    from summarizer.config import Config


def load(
    model: str,
    *,
    device: str = "cpu",
    threads: int | None = None,
    offline: bool = False,
    config: Config | None = None,
    judge: str = "default",
    compose: bool | None = None,
    quiet: bool = True,
) -> Summarizer:
    """Load a Summarizer; unless `quiet`, say where its texts will be sent, if anywhere.

    Raises BadOption or ModelError, of which errors.py has the kinds.
    """
    from summarizer.api import Summarizer

    loaded = Summarizer.load(
        model,
        device=device,
        threads=threads,
        offline=offline,
        config=config,
        judge=judge,
        compose=compose,
    )
    console.warn(loaded.notices, quiet)
    return loaded


def check_threads(threads: int | None) -> None:
    """Raises BadOption unless `threads` is None or at least 1."""
    if threads is not None and threads < 1:
        raise BadOption(f"--threads is {threads}; give at least 1")
