"""Summaries to files, folders and every readable form.

What a summary says is decided before.
"""
