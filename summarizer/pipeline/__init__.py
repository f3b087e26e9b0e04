"""The stages in order: articles are read, claims planned, sentences written, cited and verified.

Each stage is a function in a package of its own; only this package knows the order.
"""
