"""The door to the engine: the sealed text of a list, fingerprints, and the lot."""

from biaochi.engine import lot

fingerprint = lot.commitment


def list_text(source, source_on, strata, sites):
    """The list of places as it is sealed: first where the value comes from, then every place.

    The number that is drawn of each layer and the source are in it: nobody can change them later
    without changing the fingerprint. It is the same in every language.
    """
    lines = [lot.BAR.join((source, source_on.isoformat()))]
    for stratum in sorted(sites):
        names = sorted(sites[stratum])
        lines += [lot.BAR.join((stratum, str(strata[stratum]), name)) for name in names]
    return "\n".join(lines)


def draw(value, strata, sites):
    """The lot of a whole list: ``[Ticket]``, layer by layer, each in the order of the lot."""
    return lot.draw(value, {name: (strata[name], sites[name]) for name in sorted(sites)})
