"""Training pairs for a writer: cut out of references, made out of articles, or given ready."""

from summarizer.backends.train_writer import Pair
from summarizer.training.writer_pairs.files import cut, read_pairs, split_held_out
from summarizer.training.writer_pairs.pair import is_carried, is_close

__all__ = ["Pair", "cut", "is_carried", "is_close", "read_pairs", "split_held_out"]
