"""Keeps other libraries from writing on the terminal while they load or convert a model.

The bars and warnings that a user sees are ours. Nothing is loaded here.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ONE_AT_A_TIME = threading.RLock()
"""What is switched off here is off for the whole process: two threads would restore it wrongly."""


@contextmanager
def quiet() -> Iterator[None]:
    """Switch off Python's warnings, tqdm's bars and transformers' messages; errors are raised.

    Afterwards all is as it was: a program that uses this package keeps its own settings.
    """
    from tqdm import tqdm
    from transformers.utils import logging

    theirs: Any = logging
    bar: Any = tqdm
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        begin, verbosity = bar.__init__, theirs.get_verbosity()

        def hidden(self: Any, *args: Any, **options: Any) -> None:
            begin(self, *args, **{**options, "disable": True})

        warnings.simplefilter("ignore")
        theirs.set_verbosity_error()
        # transformers has a switch for its bars that the one over a gguf's tensors does not heed.
        bar.__init__ = hidden
        try:
            yield
        finally:
            bar.__init__ = begin
            theirs.set_verbosity(verbosity)
