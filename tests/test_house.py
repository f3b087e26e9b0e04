"""Rules of the table of the package's size: which docstrings say too little.

What the package's order must be is in test_architecture.py.
"""

from __future__ import annotations

import pytest

from benchmarks import house
from benchmarks.imports import ROOT


@pytest.mark.parametrize(
    ("source", "lacking"),
    [
        ('def f(x: float) -> str:\n    """Say it."""', ["a unit, range or shape"]),
        ('def f(x: float) -> str:\n    """Say it. x: seconds."""', []),
        ('def f(x: str) -> NDArray[float32]:\n    """Embed it."""', ["a unit, range or shape"]),
        ('def f(x: str) -> NDArray[float32]:\n    """Embed it: (n, dim)."""', []),
        ('def f(x: str) -> str:\n    """Say it."""', []),
        ('class A:\n    """A pause."""\n    x: float', ["a unit, range or shape"]),
        ('class A:\n    """A pause."""\n    x: float  # seconds', []),
        ('def f() -> None:\n    """Do it."""\n    raise BadInput("no")', ["what raises BadInput"]),
        ('def f() -> None:\n    """Do it. Raises BadInput."""\n    raise BadInput("no")', []),
        ('def f() -> None:\n    """Do it."""\n    raise error', []),
        ('def f() -> None:\n    """Do it."""\n    def g():\n        raise BadInput("no")', []),
        ('def _f(x: float) -> None:\n    """Do it."""\n    raise BadInput("no")', []),
        ('class A:\n  """It."""\n  def f(self) -> int: """Do."""', ["a unit, range or shape"]),
    ],
)  # fmt: skip
def test_a_docstring_gives_measures_and_errors(source: str, lacking: list[str]) -> None:
    """A number or an array needs a measure, a raise the name of its error or "Raises"."""
    assert [lack for _, _, lack in house.lacking(source)] == lacking


def test_the_table_counts_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """Each row has a figure; what is listed stands below the table, under the folder asked for."""
    assert house.main(["--list", "--under", str(ROOT / "summarizer" / "evaluation")]) == 0
    said = capsys.readouterr().out
    for row in ("lines of the package", "backward arrows", "lines of docs/LOG.md"):
        assert row in said
    assert "docstrings that say too little │ 0 " in said
