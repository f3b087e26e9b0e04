"""What is asked of a writer, and what is done to its text.

Models are in backends; whether a draft may stand is for verification.
"""
