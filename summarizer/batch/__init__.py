"""Many stories: a runner with a journal, and the same on many machines.

What is done with one story is for pipeline.
"""
