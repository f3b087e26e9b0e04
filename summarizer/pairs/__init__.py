"""Training pairs for a writer: cut out of references, made out of articles, or given ready."""

from summarizer.pairs.files import cut, read_pairs, split_held_out
from summarizer.pairs.pair import Pair, is_carried, is_close

__all__ = ["Pair", "cut", "is_carried", "is_close", "read_pairs", "split_held_out"]
