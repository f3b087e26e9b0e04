"""Where models lie on this machine: cards, downloads, hashes, the cache.

Loading weights into a model is for backends.
"""
