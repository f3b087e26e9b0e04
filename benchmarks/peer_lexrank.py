"""Peer (b): sumy's LexRank over sentences that are already split; run by sumy's own environment.

Nothing of summarizer is imported here. sumy's tokeniser wants NLTK's data, so words are
handed to its document classes by a plain tokeniser; its graph and ranking are its own.

    python -m benchmarks.peer_lexrank IN.json OUT.json
"""

import json
import re
import statistics
import sys
import time
from pathlib import Path

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks.memory import peak_mib


class Words:
    """What sumy asks of a tokeniser for text in sentences."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", text))


def summarise(sentences: list[str], words: int) -> list[str]:
    """The sentences ranked highest that come to about `words` words."""
    document = ObjectDocumentModel([Paragraph([Sentence(s, Words) for s in sentences])])
    mean = statistics.mean(len(s.split()) for s in sentences)
    ranked = LexRankSummarizer()(document, max(1, round(words / mean)))
    return [str(s) for s in ranked]


def main(source: str, target: str) -> None:
    """Read {"stories": [{"id", "sentences"}], "words"}, write seconds, words and peak memory."""
    asked = json.loads(Path(source).read_text(encoding="utf-8"))
    seconds, written = {}, {}
    for story in asked["stories"]:
        begun = time.perf_counter()
        summary = summarise(story["sentences"], asked["words"])
        seconds[story["id"]] = time.perf_counter() - begun
        written[story["id"]] = sum(len(s.split()) for s in summary)
    result = {"seconds": seconds, "words": written, "peak_mib": peak_mib()}
    Path(target).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
