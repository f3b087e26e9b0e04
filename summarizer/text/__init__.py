"""Articles to sentences: what is reporting, and where each sentence begins and ends.

Files are read in inputs; what sentences say is for nlp.
"""
