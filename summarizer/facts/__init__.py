"""What a sentence asserts that can be checked exactly: numbers, dates, names, quotations, polarity.

Reads text, decides nothing about a summary. Rooms (compare, plan, cite, verify) read facts;
facts knows none of them.
"""
