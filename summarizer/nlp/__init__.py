"""English: the only package that knows the language. Sentences come in, what they say goes out.

Imports nothing of the stages; spaCy is loaded when the first text is parsed.
"""

from summarizer.nlp.normalise import Normalised, normalise
from summarizer.nlp.parse import Entity, Parsed, Parser, Token, parse

__all__ = ["Entity", "Normalised", "Parsed", "Parser", "Token", "normalise", "parse"]
