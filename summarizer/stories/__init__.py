"""A stream of articles to stories: which articles report one event.

Summaries of the stories are for batch.
"""
