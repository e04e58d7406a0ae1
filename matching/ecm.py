"""recordlinkage's ECM kernel, fed with distinct patterns and their counts; the only module that imports that library, since it is slow to import."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from recordlinkage.algorithms.nb_sklearn import ECM

Floats = NDArray[np.float64]

# The start counts as so many pairs: a level or field that a sample happens to miss keeps its start and never becomes impossible.
START_PAIRS = 20.0


class PatternECM(ECM):  # type: ignore[misc]
    """Expectation and conditional maximisation over patterns of comparison levels (Winkler 1988; Meng and Rubin 1993).

    The kernel's own `fit` takes one row a pair, knows two classes and rejects missing values. Here a pattern is a row of zeros and ones
    (a column a level), weighted with the number of pairs that show it; a field that is missing is a run of zeros and so says nothing.
    The E-step is the kernel's.
    """

    def __init__(self, max_iter: int = 200, atol: float = 1e-5) -> None:
        super().__init__(init="random", max_iter=max_iter, binarize=None, atol=atol)

    def _transform_data(self, patterns: Floats) -> Floats:
        """The patterns are zeros and ones already, so the kernel's binarising is left out."""
        return patterns

    def fit_counts(
        self, patterns: Floats, counts: Floats, start: Floats, priors: Floats, fields: list[slice], is_free: NDArray[np.bool_], are_priors_free: bool = True
    ) -> "PatternECM":
        """Fit from a start.

        Args:
            patterns: patterns x levels, zeros and ones.
            counts: pairs by pattern.
            start: classes x levels, probability of a level given the class.
            priors: share of each class to start from.
            fields: which levels belong to one field.
            is_free: classes x fields; False keeps the start's probabilities.
            are_priors_free: False keeps the shares of the classes.

        Returns:
            Itself, with `class_log_prior_` and `feature_log_prob_` as the kernel names them.
        """
        self.classes_ = np.arange(len(start))
        self.feature_log_prob_, self.class_log_prior_ = np.log(start), np.log(priors)
        for _ in range(self.max_iter):
            before = np.exp(self.feature_log_prob_)
            self._maximise(patterns, self.predict_proba(patterns) * counts[:, None], start, fields, is_free)
            if not are_priors_free:
                self.class_log_prior_ = np.log(priors)
            if np.allclose(np.exp(self.feature_log_prob_), before, rtol=0, atol=self.atol):
                break
        return self

    def _maximise(self, patterns: Floats, weighted: Floats, start: Floats, fields: list[slice], is_free: NDArray[np.bool_]) -> None:
        seen = weighted.T @ patterns + START_PAIRS * start
        for position, levels in enumerate(fields):
            free = is_free[:, position]
            # A field is normalised over the pairs that show it, so that missing values weigh nothing.
            self.feature_log_prob_[free, levels] = np.log(seen[free, levels] / seen[free, levels].sum(axis=1, keepdims=True))
        mass = weighted.sum(axis=0) + 1
        self.class_log_prior_ = np.log(mass / mass.sum())


def fitted(*arguments: Any) -> tuple[Floats, Floats]:
    """Level probabilities (classes x levels) and class shares of a fit; arguments as `PatternECM.fit_counts`."""
    kernel = PatternECM().fit_counts(*arguments)
    return np.exp(kernel.feature_log_prob_), np.exp(kernel.class_log_prior_)
