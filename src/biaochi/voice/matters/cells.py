"""Breakdowns for everybody: no cell from which a handful of people could be guessed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cells:
    """What may be shown: ``shown`` as ``[(name, n)]``, and the names whose number is hidden."""

    shown: tuple
    hidden: tuple


def shown_cells(counts, smallest):
    """Hide every cell under ``smallest``, and one more if it could be found by subtraction.

    :param counts: ``{name: n}``; cells of nobody are left out
    :returns: the largest first
    """
    ranked = sorted(((n, name) for name, n in counts.items() if n), key=lambda x: (-x[0], x[1]))
    shown = [(name, n) for n, name in ranked if n >= smallest]
    hidden = [name for n, name in ranked if n < smallest]
    if len(hidden) == 1 and shown:  # the total is public: one hidden cell alone is no secret
        hidden.insert(0, shown.pop()[0])
    return Cells(tuple(shown), tuple(hidden))
