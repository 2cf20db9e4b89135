"""Two linear models and how far to believe them.

A linear support vector machine with classes of equal weight, and complement naive Bayes (Rennie
et al. 2003). Both are scored on texts they have not seen, in folds that keep texts of one group
together; on those scores a softmax with one weight per model, one offset per label and a small
share of slips is fitted by maximum likelihood (Platt 1999, Guo et al. 2017). What comes out is
again one linear model, with calibrated probabilities.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components
from scipy.special import log_softmax
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from .route_features import blocks, parted

C, ALPHA = 0.5, 0.05
# LIBLINEAR's own; a finer one doubles the time and decides no more held-out texts rightly.
TOLERANCE = 0.1
FOLDS = 5
MANY = 5_000
OFFSET_RIDGE, TINY = 1e-3, 1e-12
# No model of this kind is ever surer than 99.9 %, nor are one in five labels slips.
LEAST_SLIP, MOST_SLIP = 1e-3, 0.2
# Near-duplicates: stretches of six letters, one in eight kept, those in over fifty texts left out.
SHINGLE, ONE_IN, TOO_COMMON, SHARED = 6, 8, 50, 0.3


@dataclass(frozen=True)
class Fitted:
    """weights: float32 (columns, labels); offsets: float32 (labels,); held-out probabilities."""

    weights: np.ndarray
    offsets: np.ndarray
    slip: float
    held_out: np.ndarray


def near_groups(texts):
    """Return a group number for each plain text; texts that share much wording share a group."""
    rows, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for first, block in blocks(texts):
        row, code = parted(np.unique(block.runs(SHINGLE).keys()))
        kept = code >> np.uint64(7) & np.uint64(ONE_IN - 1) == 0
        rows.append(row[kept] + first)
        codes.append(code[kept])
    rows, codes = np.concatenate(rows), np.concatenate(codes)
    _, which, df = np.unique(codes, return_inverse=True, return_counts=True)
    kept = ((df > 1) & (df <= TOO_COMMON))[which]
    ones = np.ones(kept.sum(), np.float32)
    table = sp.csr_matrix((ones, (rows[kept], which[kept])), (len(texts), len(df)))
    both = (table @ table.T).tocoo()
    size = np.maximum(np.bincount(rows, minlength=len(texts)), 4)
    near = both.data >= SHARED * np.minimum(size[both.row], size[both.col])
    both.data = near.astype(np.int8)
    both.eliminate_zeros()
    return connected_components(both, directed=False)[1]


def fold(labels, groups, folds):
    """Return a fold number for each row: groups stay whole, labels are spread evenly.

    labels: int (rows,), groups: int (rows,). No chance is involved: the same rows give the same
    folds.
    """
    order = np.argsort(groups, kind="stable")
    bounds = np.flatnonzero(np.diff(groups[order], prepend=-1))
    members = sorted(np.split(order, bounds[1:]), key=lambda rows: -len(rows))
    spread = np.zeros((folds, labels.max() + 1))
    where = np.zeros(len(labels), np.int64)
    for rows in members:
        own = np.bincount(labels[rows], minlength=spread.shape[1])
        crowd = (spread * (own > 0)).sum(1) + spread.sum(1) * 1e-3
        chosen = int(np.argmin(crowd))
        where[rows] = chosen
        spread[chosen] += own
    return where


def fit(table, labels, groups):
    """Return the Fitted model of vectors (CSR), labels (int, 0…k−1) and groups (int)."""
    count = labels.max() + 1
    where = fold(labels, groups, FOLDS if len(labels) <= MANY else 3)
    scores = np.zeros((2, len(labels), count))
    for number in np.unique(where):
        held = where == number
        for model, (weights, offsets) in enumerate(_both(table[~held], labels[~held], count)):
            scores[model, held] = table[held] @ weights + offsets
    scale = scores.std(axis=(1, 2)).clip(1e-9)
    shares, shifts, slip = _stack(scores / scale[:, None, None], labels)
    held_out = chances_of(np.tensordot(shares / scale, scores, 1) + shifts, slip)
    final = _both(table, labels, count)
    weights = sum(share / s * w for share, s, (w, _) in zip(shares, scale, final, strict=True))
    offsets = sum(share / s * o for share, s, (_, o) in zip(shares, scale, final, strict=True))
    offsets = (offsets + shifts).astype(np.float32)
    return Fitted(weights.astype(np.float32), offsets, slip, held_out)


def _both(table, labels, count):
    """Return ((weights, offsets), …) of both models, centred so that labels sum to nothing."""
    seen = np.unique(labels)
    machine = LinearSVC(C=C, tol=TOLERANCE, class_weight="balanced", random_state=0).fit(
        table, labels
    )
    bayes = ComplementNB(alpha=ALPHA).fit(table, labels)
    slopes, shifts = machine.coef_, machine.intercept_
    if len(seen) == 2:
        slopes, shifts = np.vstack([-slopes, slopes]), np.concatenate([-shifts, shifts])
    out = []
    for part, offset in ((slopes, shifts), (bayes.feature_log_prob_, np.zeros(len(seen)))):
        # A label this fold never saw gets the lowest score of all, by its offset.
        weights, offsets = np.zeros((table.shape[1], count)), np.full(count, offset.min() - 1.0)
        weights[:, seen], offsets[seen] = (part - part.mean(0)).T, offset - offset.mean()
        out.append((weights, offsets))
    return out


def _stack(scores, labels):
    """Return (one share per model, one offset per label, slip) of greatest likelihood.

    `slip` is the share of texts whose label has nothing to do with the scores: people sort wrongly
    or sort by what is not in the text. Without it a softmax promises too much at the top.
    """
    models, rows, count = scores.shape
    picked = np.arange(rows)

    def loss(values):
        shares, shifts, slip = values[:models], values[models:-1], values[-1]
        chances = np.exp(log_softmax(np.tensordot(shares, scores, 1) + shifts, axis=1))
        own = chances[picked, labels]
        mixed = (1 - slip) * own + slip / count + TINY
        wrong = chances.copy()
        wrong[picked, labels] -= 1
        wrong *= ((1 - slip) * own / mixed)[:, None]
        slope = np.concatenate([(scores * wrong).sum((1, 2)), wrong.sum(0), [0.0]]) / rows
        slope[-1] = ((own - 1 / count) / mixed).mean()
        slope[models:-1] += 2 * OFFSET_RIDGE * shifts
        return -np.log(mixed).mean() + OFFSET_RIDGE * (shifts**2).sum(), slope

    start = np.concatenate([np.ones(models), np.zeros(count), [0.01]])
    bounds = [(0, None)] * models + [(None, None)] * count + [(LEAST_SLIP, MOST_SLIP)]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return best[:models], best[models:-1], float(best[-1])


def chances_of(logits, slip):
    """Return the probabilities of logits (…, labels): a softmax, and `slip` shared by all labels."""
    logits = logits - logits.max(axis=-1, keepdims=True)
    powers = np.exp(logits)
    softmax = powers / powers.sum(axis=-1, keepdims=True)
    return (1 - slip) * softmax + slip / logits.shape[-1]
