"""Check a study again from what is public: every fingerprint, and the lot.

Nothing here is remembered from the day of sealing. It is computed anew from the texts that are
shown, so that the page says the same as anybody who downloads them.
"""

from collections import Counter
from dataclasses import dataclass

from biaochi.study.analysis import draw, fingerprint
from biaochi.study.models import Seal


@dataclass(frozen=True)
class SealProof:
    """One published seal. The texts are empty while it is closed."""

    seal: Seal
    number: int
    is_open: bool
    plan: str
    sites: str
    salt: str
    plan_again: str  # what the texts give today
    sites_again: str

    @property
    def holds(self):
        """Whether the opened texts still give what was published."""
        return (self.plan_again, self.sites_again) == (self.seal.plan_hash, self.seal.sites_hash)


@dataclass(frozen=True)
class LotRow:
    """One place in the order of the lot."""

    place: int
    name: str
    text: str
    digest: str
    drawn: bool  # by the lot alone
    instead: bool  # took the turn of one that was left out
    left_out_why: str


@dataclass(frozen=True)
class LotProof:
    """The whole lot drawn again: ``layers`` is ``[(stratum, how many, [LotRow])]``."""

    layers: tuple
    holds: bool


def seals_of(study):
    """Every seal of a study, oldest first, computed again where it is open."""
    return [_seal(seal, number) for number, seal in enumerate(study.seals.all(), 1)]


def lot_of(study):
    """Draw again and compare with the places that were visited, or None before the lot."""
    if not study.drawn_at:
        return None
    sites = list(study.sites.all())
    listed = {}
    for site in sites:
        listed.setdefault(site.stratum, []).append(site.name)
    tickets = draw(study.drawn_value, study.strata, listed)
    kept = {(site.stratum, site.name): site for site in sites}
    left_out = Counter(site.stratum for site in sites if site.left_out_why)
    layers, holds = [], True
    for stratum in sorted(listed):
        order = [ticket for ticket in tickets if ticket.stratum == stratum]
        turns = study.strata[stratum] + left_out[stratum]
        rows = []
        for place, ticket in enumerate(order, 1):
            site = kept[stratum, ticket.name]
            holds = holds and site.digest == ticket.digest and site.drawn == (place <= turns)
            rows.append(
                LotRow(
                    place,
                    ticket.name,
                    ticket.text,
                    ticket.digest,
                    ticket.drawn,
                    site.drawn and not ticket.drawn,
                    site.left_out_why,
                )
            )
        layers.append((stratum, study.strata[stratum], rows))
    return LotProof(tuple(layers), holds)


def _seal(seal, number):
    texts = seal.opened
    if not texts:
        return SealProof(seal, number, False, "", "", "", "", "")
    plan, sites, salt = texts["plan"], texts["sites"], texts["salt"]
    return SealProof(
        seal,
        number,
        True,
        plan,
        sites,
        salt,
        fingerprint(plan, salt),
        fingerprint(sites, salt),
    )
