"""Breakdowns for everybody: no cell from which a handful of people could be guessed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cells:
    """What may be shown: ``shown`` as ``[(name, n)]``, and the names whose number is hidden."""

    shown: tuple
    hidden: tuple


def shown_cells(counts, smallest):
    """Hide every cell under ``smallest``, and larger ones until no subtraction tells a small one.

    :param counts: ``{name: n}``; cells of nobody are left out
    :returns: the largest first
    """
    ranked = sorted(((n, name) for name, n in counts.items() if n), key=lambda x: (-x[0], x[1]))
    shown = [(name, n) for n, name in ranked if n >= smallest]
    hidden = [(name, n) for n, name in ranked if n < smallest]
    # The total is public: what is hidden must not be found by subtraction.
    while hidden and shown and (len(hidden) < 2 or sum(n for _name, n in hidden) < smallest):
        hidden.insert(0, shown.pop())
    return Cells(tuple(shown), tuple(name for name, _n in hidden))
