"""Texts to token ids, and what of them a model can take.

Article text never becomes a control token; what a prompt says is in prompt.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import UnknownModel

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

_RULING = re.compile(r"<\S+>|\[\S+\]")


def _rules(added: Iterable[tuple[int, Any]]) -> dict[int, str]:
    """The control tokens among the added ones, by id: special ones, and those that look so."""
    return {
        i: token.content
        for i, token in added
        if len(token.content) > 1
        and (token.special or _RULING.fullmatch(token.content))
        and "unk" not in token.content.lower()
    }


@dataclass(frozen=True, slots=True)
class Plain:
    """A tokenizer for what others wrote: none of its ids is a control token.

    rules: the strings of the control tokens, by id.
    """

    tokenizer: Tokenizer
    rules: Mapping[int, str]

    @classmethod
    def of(cls, folder: Path) -> Plain:
        """A folder's tokenizer with its special tokens switched off."""
        off = tokenizer(folder)
        off.encode_special_tokens = True
        return cls(off, _rules(off.get_added_tokens_decoder().items()))

    def ids(self, content: str) -> list[int]:
        """The ids of `content`, without tokens before or after it.

        Special tokens are off, which is enough for most models. A unigram model has them among
        its pieces all the same, and some control tokens are not marked as special (`<think>`):
        what still comes out as one is encoded with a space after its first character.
        """
        ids = self._encoded(content)
        while not self.rules.keys().isdisjoint(ids):
            for token in {self.rules[i] for i in ids if i in self.rules}:
                content = content.replace(token, f"{token[0]} {token[1:]}")
            broken = self._encoded(content)
            if broken == ids:  # spelled otherwise than in the vocabulary: the token is left out
                return [i for i in ids if i not in self.rules]
            ids = broken
        return ids

    def _encoded(self, content: str) -> list[int]:
        return list(self.tokenizer.encode(content, add_special_tokens=False).ids)


_OLDER = {"vocab.json", "vocab.txt"}
"""Vocabularies of before tokenizer.json, beside sentencepiece's `*.model`."""


def tokenizer(folder: Path) -> Tokenizer:
    """A folder's tokenizer, without padding or truncation; each call gives a new one.

    From tokenizer.json; where there is none, from the older files (a sentencepiece model, or
    vocab.json and merges.txt), which transformers converts. Raises UnknownModel without any.
    """
    from tokenizers import Tokenizer

    if (folder / "tokenizer.json").is_file():
        read = Tokenizer.from_file(str(folder / "tokenizer.json"))
    else:
        if not any(path.name in _OLDER or path.suffix == ".model" for path in folder.iterdir()):
            # transformers 5 would make an empty vocabulary of it, and say nothing.
            raise UnknownModel(
                f"the folder {folder.name!r} has no tokenizer that is read; it needs "
                "tokenizer.json, a sentencepiece model, or vocab.json with merges.txt"
            )
        from transformers import AutoTokenizer

        read = AutoTokenizer.from_pretrained(folder, trust_remote_code=False).backend_tokenizer
    read.no_padding()
    read.no_truncation()
    return read


def positions(config: dict[str, Any]) -> int | None:
    """How many tokens a model of that config.json takes at once; None where it does not say."""
    config = {**config, **config.get("text_config", {})}
    names = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
    found = next((config[name] for name in names if config.get(name)), None)
    return None if found is None else int(found)


def until(ids: Sequence[int], stops: Sequence[int]) -> list[int]:
    """The ids of the tokens before the first that ends a text; all where none does."""
    end = next((i for i, t in enumerate(ids) if t in stops), len(ids))
    return list(ids[:end])


def padded(
    rows: Sequence[Sequence[int]], pad: int, *, left: bool = False
) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids as (n, longest) int64, and a mask of that shape: 1 where there is a token.

    left: whether the padding stands before the ids, as for what a model goes on from.
    """
    import torch

    width = max(map(len, rows))
    ids = torch.full((len(rows), width), pad)
    mask = torch.zeros_like(ids)
    for row, own in enumerate(rows):
        at = width - len(own) if left else 0
        ids[row, at : at + len(own)] = torch.tensor(own)
        mask[row, at : at + len(own)] = 1
    return ids, mask
