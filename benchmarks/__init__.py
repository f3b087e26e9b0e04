"""Ours against peers, on the same work in one run. No part of the installed package."""
