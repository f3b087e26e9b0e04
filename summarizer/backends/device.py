"""Is there a device of that name on this machine?

Which device a model is put on is its loader's to do.
"""

from __future__ import annotations

from summarizer.errors import BadOption


def check(device: str) -> None:
    """Raises BadOption unless `device` is "cpu" or a CUDA device that torch finds here."""
    if device == "cpu":
        return
    if not device.startswith("cuda"):
        raise BadOption(f"device is {device!r}; have: cpu, cuda")

    import torch

    if not torch.cuda.is_available():
        raise BadOption(
            f"device is {device!r} but torch finds no CUDA device here; use device 'cpu'"
        )
