"""A clock that a story can turn: every page and every sweep reads the same moment."""

import datetime as dt

from django.utils import timezone

from biaochi.sweep import sweep

CITY = dt.timezone(dt.timedelta(hours=8))


class Clock:
    """The moment of a story. ``go`` lets days pass; on each of them the sweep comes by once."""

    def __init__(self, monkeypatch, moment):
        self.moment = moment
        monkeypatch.setattr(timezone, "now", lambda: self.moment)

    @property
    def today(self):
        return self.moment.astimezone(CITY).date()

    def go(self, days=0, hours=0):
        """Later by so much, with one sweep at the end of it."""
        self.moment += dt.timedelta(days=days, hours=hours)
        sweep(now=self.moment)

    def until(self, day):
        """Until ten in the morning of a day."""
        self.moment = dt.datetime.combine(day, dt.time(10), CITY)
        sweep(now=self.moment)
