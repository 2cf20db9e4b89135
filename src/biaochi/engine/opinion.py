"""Find groups of people who voted alike, and say how much each group shares.

    opinion = groups(votes)     # votes: people × statements; 1 agree, -1 disagree, 0 unsure, nan
    opinion.groups              # tuples of row numbers, the largest group first
    opinion.points              # (x, y) of every placed row, None for who answered too little
    opinion.tried               # {2: silhouette, …}: how clear each number of groups was
    opinion.clear               # False: no better than chance, so all are one group

Unseen votes count as the statement's mean; principal components place people, and a person who
answered little is stretched by sqrt(statements / answered), as Small et al. describe (“Polis”,
RECERCA 26, 2021). Four components tell five groups apart; the first two are the points to draw. k-means (Lloyd 1982) from fixed starts groups them; the number of
groups is the one with the widest silhouette (Rousseeuw, J. Comput. Appl. Math. 20, 1987). The
silhouette has to be wider than that of the same votes shuffled within every statement (19 times
from a given seed); otherwise the groups would be made of chance. The result does not depend on
the order of the people.
"""

from dataclasses import dataclass

import numpy as np

__all__ = ["Opinion", "groups", "in_tenths"]

MOST, COMPONENTS, SHUFFLES = 5, 4, 19
MEASURED, SHUFFLED = (
    1500,
    300,
)  # so many people at most stand for all; fewer make chance look better


@dataclass(frozen=True)
class Opinion:
    """Who thinks alike. ``groups`` hold row numbers; ``points`` are unitless places."""

    groups: tuple
    points: tuple
    tried: dict
    clear: bool


def groups(votes, *, least=5, share=0.3, seed=0):
    """Return the Opinion of a table of votes.

    :param votes: array people × statements with 1, -1, 0 and nan (not answered)
    :param least: fewer people than twice this are not divided
    :param share: who answered a smaller share of the statements is not placed
    :param seed: of the shuffles that tell groups from chance
    :raises ValueError: not a table, or other values
    """
    votes = np.asarray(votes, float)
    if votes.ndim != 2 or not np.isin(votes[~np.isnan(votes)], (-1, 0, 1)).all():
        raise ValueError("votes are a table of 1, -1, 0 and nan")
    answered = (~np.isnan(votes)).sum(axis=1)
    placed = np.flatnonzero(answered >= max(share * votes.shape[1], 1))
    order = placed[np.lexsort(np.nan_to_num(votes[placed], nan=-2).T)] if len(placed) else placed
    table = votes[order]
    spots = _places(table)
    labels, tried, clear = np.zeros(len(order), int), {}, False
    if len(order) >= 2 * least and table.shape[1] > 1:
        labels, tried = _best(spots)
        clear = bool(tried) and max(tried.values()) > _chance(table, seed)
    if not clear:
        labels = np.zeros(len(order), int)
    return Opinion(
        groups=_gathered(order, labels),
        points=_points(len(votes), order, spots),
        tried={k: round(width, 3) for k, width in tried.items()},
        clear=clear,
    )


def in_tenths(counts):
    """Split ten among counts by largest remainders, so that a group's parts always make ten.

    >>> in_tenths([5, 1, 1])
    (7, 2, 1)
    """
    whole = sum(counts)
    if whole <= 0:
        raise ValueError("nothing to split")
    exact = [10 * count / whole for count in counts]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(counts)), key=lambda k: (parts[k] - exact[k], k))
    for k in by_rest[: 10 - sum(parts)]:
        parts[k] += 1
    return tuple(parts)


def _places(table):
    """The people on principal components; the sign of each is fixed by its largest weight."""
    if not table.size:
        return np.zeros((len(table), COMPONENTS))
    seen = ~np.isnan(table)
    counts = seen.sum(axis=0)
    means = np.where(seen, table, 0).sum(axis=0) / np.maximum(counts, 1)
    centred = np.where(seen, table - means, 0)
    _left, sizes, weights = np.linalg.svd(centred, full_matrices=False)
    weights = weights[:COMPONENTS] * (sizes[:COMPONENTS, None] > 1e-9)
    for row in weights:
        if row[np.abs(row).argmax()] < 0:
            row *= -1
    spots = centred @ weights.T
    spots = np.pad(spots, ((0, 0), (0, COMPONENTS - spots.shape[1])))
    return spots * np.sqrt(table.shape[1] / np.maximum(seen.sum(axis=1), 1))[:, None]


def _best(spots):
    """The labels with the widest silhouette among 2 to 5 groups, and every width tried."""
    best, tried, different = np.zeros(len(spots), int), {}, len(np.unique(spots.round(9), axis=0))
    for k in range(2, min(MOST, different) + 1):
        labels = _kmeans(spots, k)
        tried[k] = _silhouette(spots, labels)
        if tried[k] >= max(tried.values()) and tried[k] > max(
            (tried[smaller] for smaller in tried if smaller < k), default=-2
        ):
            best = labels
    return best, tried


def _kmeans(spots, k):
    """Lloyd's k-means from several fixed starts; the tightest result wins."""
    along = np.argsort(spots[:, 0], kind="stable")
    starts = along[np.linspace(0, len(spots) - 1, 5).round().astype(int)]
    found = [_lloyd(spots, _far_apart(spots, start, k)) for start in dict.fromkeys(starts.tolist())]
    return min(found, key=lambda one: one[1])[0]


def _far_apart(spots, first, k):
    """k places, each as far as can be from those before it."""
    chosen = [first]
    near = ((spots - spots[first]) ** 2).sum(axis=1)
    while len(chosen) < k:
        chosen.append(int(near.argmax()))
        near = np.minimum(near, ((spots - spots[chosen[-1]]) ** 2).sum(axis=1))
    return spots[chosen].copy()


def _lloyd(spots, centres, rounds=100):
    labels = None
    for _round in range(rounds):
        apart = ((spots[:, None] - centres[None]) ** 2).sum(axis=2)
        fresh = apart.argmin(axis=1)
        if labels is not None and (fresh == labels).all():
            break
        labels = fresh
        for k in range(len(centres)):
            if (labels == k).any():
                centres[k] = spots[labels == k].mean(axis=0)
    return labels, float(((spots - centres[labels]) ** 2).sum())


def _silhouette(spots, labels):
    """The mean silhouette width, of at most MEASURED evenly chosen people."""
    chosen = np.linspace(0, len(spots) - 1, min(len(spots), MEASURED)).round().astype(int)
    spots, labels = spots[chosen], labels[chosen]
    names, sizes = np.unique(labels, return_counts=True)
    if len(names) < 2:
        return -1.0
    far = np.sqrt(((spots[:, None] - spots[None]) ** 2).sum(axis=2))
    sums = np.stack([far[:, labels == name].sum(axis=1) for name in names], axis=1)
    own = np.searchsorted(names, labels)
    rows = np.arange(len(spots))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    widest = np.maximum(inside, outside)
    width = np.where(widest > 0, (outside - inside) / np.where(widest > 0, widest, 1), 0)
    return float(np.where(sizes[own] > 1, width, 0).mean())


def _chance(table, seed):
    """The widest silhouette that shuffled votes reach: every statement keeps its answers."""
    dice, widest = np.random.default_rng(seed), -1.0
    chosen = np.linspace(0, len(table) - 1, min(len(table), SHUFFLED)).round().astype(int)
    table = table[chosen]
    for _shuffle in range(SHUFFLES):
        shuffled = dice.permuted(table, axis=0)
        _labels, tried = _best(_places(shuffled))
        widest = max([widest, *tried.values()])
    return widest


def _gathered(order, labels):
    found = [tuple(sorted(order[labels == name].tolist())) for name in np.unique(labels)]
    return tuple(sorted(found, key=lambda rows: (-len(rows), rows)))


def _points(count, order, spots):
    points = [None] * count
    for row, (x, y) in zip(order.tolist(), spots[:, :2].tolist(), strict=True):
        points[row] = (round(x, 6), round(y, 6))
    return tuple(points)
