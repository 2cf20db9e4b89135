"""Hide small counts in a breakdown, so that nobody can be told from a number or a difference."""


def hide_small(counts, floor, rest=0):
    """Return the counts with ``None`` where one must not be shown.

    A count below ``floor`` is hidden, also a zero: otherwise “hidden” would mean “somebody”. If
    all that is hidden (with ``rest``, what belongs to no cell but to a published total) adds up
    to less than ``floor``, the smallest shown count goes too, because the total minus what is
    shown would give it away.

    :param counts: ``{cell: count}``, counts not negative
    :param rest: the part of the published total that lies in no cell
    """
    shown = {cell: count if count >= floor else None for cell, count in counts.items()}
    hidden = [count for cell, count in counts.items() if shown[cell] is None]
    if hidden and sum(hidden) + rest < floor:
        left = [cell for cell in counts if shown[cell] is not None]
        if left:
            shown[min(left, key=lambda cell: (counts[cell], str(cell)))] = None
    return shown
