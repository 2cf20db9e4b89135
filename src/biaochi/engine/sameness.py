"""What "the same matter" means in numbers: the least average similarity, and the chance behind it."""

import numpy as np

__all__ = ["LEAST", "chance"]

LEAST = 0.12
STEEPNESS = 25.0


def chance(similarity):
    """Return the calibrated probability that two sides with this average similarity are one matter.

    Logistic in the similarity, one half at LEAST. Takes a number or an array.
    """
    return 1.0 / (1.0 + np.exp(-STEEPNESS * (np.asarray(similarity, float) - LEAST)))
