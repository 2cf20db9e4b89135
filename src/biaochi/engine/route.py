"""Which subject, or which unit, is a text for? A suggestion with its reasons; people decide.

`train` learns from texts that people have sorted; `from_categories` starts from an office's table
of names alone. `save` and `load` keep a model in one file of numbers: loading runs nothing.
"""

import numpy as np
import scipy.sparse as sp

from .route_features import NAMES, count, learn, plain, vectors
from .route_file import load, save
from .route_model import SURE, Model, Quality, Reason, RouteError, Suggestion
from .route_training import fit, near_groups

__all__ = [
    "SURE", "Model", "Quality", "Reason", "RouteError", "Suggestion", "from_categories", "load",
    "quality", "save", "train",
]  # fmt: skip

COLD_SHARPNESS, COLD_SLIP = 12.0, 0.1
BINS = 10


def train(texts, labels, groups=None):
    """Return the Model learned from sorted texts (strings or (title, text)) and their labels.

    `groups`: anything hashable per text; texts of one group (copies, one writer's series) are
    never used to judge each other. Without groups, texts sharing much wording are taken together.
    The model's `quality` is measured on held-out folds. Raises RouteError.
    """
    if len(texts) != len(labels) or (groups is not None and len(groups) != len(texts)):
        raise RouteError("lengths_differ", texts=len(texts), labels=len(labels))
    if not len(texts):
        raise RouteError("no_texts")
    names, numbers = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    if len(names) < 2:
        raise RouteError("one_label", label=str(names[0]))
    texts = [plain(text) for text in texts]
    if groups is None:
        groups = near_groups(texts)
    else:
        places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
        groups = np.array([places[group] for group in groups])
    counted = {name: count(texts, name) for name in NAMES}
    spaces = tuple(learn(counted[name], len(texts), name) for name in NAMES)
    table = sp.hstack([vectors(counted[s.name], len(texts), s) for s in spaces], format="csr")
    fitted = fit(table, numbers, groups)
    seen = quality(fitted.held_out, numbers, len(np.unique(groups)))
    return Model(tuple(map(str, names)), spaces, fitted.weights, fitted.offsets, fitted.slip, seen)


def from_categories(table, level=1):
    """Return a Model built from category names alone; its probabilities are only an order.

    `table`: Categories (path, keywords) as `read_categories` returns them, or (path, keywords)
    pairs. Each name at `level` becomes a label, or a shorter path where there is no deeper one;
    a label is known by its own names and all names and keywords under it. Raises RouteError.
    """
    told = {}
    for row in table:
        path, words = (row.path, row.keywords) if hasattr(row, "path") else row
        if len(path) >= level or not words:
            told.setdefault(path[min(level, len(path)) - 1], {}).update(
                dict.fromkeys((*path[level - 1 :], *words))
            )
    if len(told) < 2:
        raise RouteError("one_label" if told else "no_texts", label=next(iter(told), ""))
    texts = [plain("。".join(words)) for words in told.values()]
    counted = {name: count(texts, name) for name in NAMES}
    spaces = tuple(learn(counted[name], len(texts), name, least=1) for name in NAMES)
    weights = sp.hstack([vectors(counted[s.name], len(texts), s) for s in spaces], format="csr")
    offsets = np.zeros(len(texts), np.float32)
    unseen = Quality(0, 0, 0.0, 0.0, 1.0, calibrated=False)
    return Model(
        tuple(told), spaces, COLD_SHARPNESS * weights.T.toarray(), offsets, COLD_SLIP, unseen
    )


def quality(chances, labels, groups):
    """Return the Quality of held-out probabilities (rows, labels) against true labels (int, rows).

    Calibration error: expected difference of stated probability and share right, in ten equal
    bins (Naeini et al. 2015).
    """
    best = chances.argmax(1)
    right, stated = best == labels, chances.max(1)
    bins = np.minimum((stated * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, right.astype(float) - stated, BINS)
    return Quality(
        texts=len(labels),
        groups=int(groups),
        accuracy=float(right.mean()),
        macro_f1=macro_f1(labels, best),
        calibration_error=float(np.abs(gaps).sum() / len(labels)),
        calibrated=True,
    )


def macro_f1(truth, guessed):
    """Return the mean F1 of the labels that occur in `truth` or `guessed` (ints)."""
    size = max(truth.max(), guessed.max()) + 1
    both = np.bincount(truth[truth == guessed], minlength=size)
    total = np.bincount(truth, minlength=size) + np.bincount(guessed, minlength=size)
    return float((2 * both[total > 0] / total[total > 0]).mean())
