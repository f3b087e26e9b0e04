"""Whether a sentence is carried by its evidence: alignment, a trained reader, and exact checks.

Reads sentences and evidence; chooses nothing for a summary and cites nothing.
"""
