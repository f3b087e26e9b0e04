"""Logistic regression by Newton's method, in numpy: what joins features into a calibrated score.

Only the fit lives here; features are defined where they are computed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def fit(table: Array, right: NDArray[np.bool_], l2: float, weight: Array | None = None) -> Array:
    """Fit log-odds = intercept + table @ weights; returns (1 + n_features,) for unscaled features.

    table: (n, n_features). right: (n,). weight: (n,) of each row, all 1 if None. l2: the penalty
    on the squared weights of features scaled to unit deviation; the intercept is free.
    """
    mean, scale = table.mean(0), table.std(0) + 1e-9
    x = np.column_stack([np.ones(len(table)), (table - mean) / scale])
    row = np.ones(len(table)) if weight is None else weight
    penalty = np.full(x.shape[1], l2)
    penalty[0] = 0.0
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (row * (p - right)) + penalty * w
        curve = (x.T * (row * p * (1 - p))) @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    w[1:] /= scale
    w[0] -= w[1:] @ mean
    return w
