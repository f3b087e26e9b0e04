"""Disjoint sets of whatever can be hashed, joined two by two.

What is joined, and which member stands for a set, is for those who join.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class DisjointSets(Generic[K]):
    """Sets of one member each, until they are joined (path halving; the caller picks the root)."""

    def __init__(self) -> None:
        self._above: dict[K, K] = {}

    def root(self, member: K) -> K:
        """The one that stands for the set of a member."""
        while (above := self._above.get(member, member)) != member:
            self._above[member] = member = self._above.get(above, above)
        return member

    def join(self, to: K, member: K) -> None:
        """The set of `member` becomes part of the set of `to`, whose root stays."""
        root, own = self.root(to), self.root(member)
        if root != own:
            self._above[own] = root
