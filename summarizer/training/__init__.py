"""Training data for the entailment reader: true rewrites, false edits and their assembly.

Nothing here runs when a summary is made; the models that learn from it are in `backends`.
"""
