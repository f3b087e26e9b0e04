"""Where the sources differ: figures, dates, names, denials, each with who says it.

Reads groups of evidence; it chooses nothing for the summary and averages nothing.
"""

from summarizer.disagreements.pairing import NearReadings, disagreements, near_readings
from summarizer.disagreements.updates import updates

__all__ = ["NearReadings", "disagreements", "near_readings", "updates"]
