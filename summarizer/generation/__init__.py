"""What is asked of a writer, and what is done to its text.

Models are in backends; whether a draft is kept is decided in verification.
"""
