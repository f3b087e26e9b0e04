"""Evidence cut to what a model reads at once: whole sentences together, nothing left out.

What the model makes of each part is its own module's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence


def premises(evidence: Sequence[str], room: int, size: Callable[[str], int]) -> Iterator[str]:
    """Parts of the evidence of at most `room` tokens, each of whole sentences, in order.

    size: the tokens of a text. A single sentence that is too long is given in pieces of words.
    """
    held: list[str] = []
    used = 0
    for part in (p for e in evidence for p in _pieces(e, room, size)):
        need = size(part) + 1
        if held and used + need > room:
            yield " ".join(held)
            held, used = [], 0
        held.append(part)
        used += need
    if held:
        yield " ".join(held)


def _pieces(text: str, room: int, size: Callable[[str], int]) -> Iterator[str]:
    words = text.split()
    if size(text) < room or len(words) < 2:
        yield text
        return
    half = len(words) // 2
    yield from _pieces(" ".join(words[:half]), room, size)
    yield from _pieces(" ".join(words[half:]), room, size)
