"""Lexicons of English: what is known of words apart from any text. Data files and their readers.

What a sentence does with its words is read elsewhere in `nlp`. Words are lemmas in lower case.
"""
