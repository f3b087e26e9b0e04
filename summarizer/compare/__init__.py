"""Who reported what, where the sources differ, and which words are one side's.

Reads groups of evidence; it chooses nothing for the summary and averages nothing.
"""

from summarizer.compare.coverage import coverage
from summarizer.compare.differences import disagreements
from summarizer.compare.loaded import tone

__all__ = ["coverage", "disagreements", "tone"]
