"""What is asked of a composer, and what is done to the sentences of a text.

Models are in backends; whether a sentence is kept is decided in verification.
"""
