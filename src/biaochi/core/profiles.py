"""Rule profiles: clocks, numbers and classes as data that an office edits, never as constants.

The shipped profiles lie in ``data/profiles.json``. A profile that was edited is kept whole in
the database and wins over the shipped one of the same name.
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import Span
from biaochi.core.models import Profile
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotYours

SHIPPED = Path(__file__).parent / "data" / "profiles.json"
UNITS = {"wd", "d", "m", "h"}


@lru_cache(maxsize=1)
def shipped():
    """All shipped profiles: ``{name: {source, clocks, numbers, classes}}``."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


_read: ContextVar[dict | None] = ContextVar("profiles read in this request", default=None)


@contextmanager
def read_once():
    """Read each profile at most once inside this block: one request sees one set of rules."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def profile(name="everyday"):
    """The profile in force, edited or shipped.

    :raises KeyError: nobody has written a profile of that name
    """
    known = _read.get()
    if known is not None and name in known:
        return known[name]
    edited = Profile.objects.filter(name=name).values_list("content", flat=True).first()
    found = shipped()[name] if edited is None else _completed(edited, shipped().get(name, {}))
    if known is not None:
        known[name] = found
    return found


def _completed(edited, delivered):
    """An edited profile with what a later version delivered beside it."""
    parts = {
        part: {**delivered.get(part, {}), **edited.get(part, {})}
        for part in ("clocks", "numbers", "classes")
    }
    return {**edited, **parts}


def span(clock, name="everyday"):
    """How long a clock of a profile runs."""
    return Span(*profile(name)["clocks"][clock])


def number(key, name="everyday"):
    """A number of a profile."""
    return profile(name)["numbers"][key]


@transaction.atomic
def edit(*, name, content, by, now):
    """Put an edited profile in force. Only staff and operators may.

    :raises Incomplete: a clock is no ``[amount, unit]``, or a number is none
    """
    if not by.has(Role.STAFF, Role.OPERATOR):
        raise NotYours(_("只有办公室工作人员和系统管理员能改规则。"))
    check_content(content)
    check_promises(content)
    before = profile(name) if name in shipped() or _exists(name) else {}
    Profile.objects.update_or_create(name=name, defaults={"content": content, "changed_at": now})
    if (known := _read.get()) is not None:
        known.clear()
    changed = sorted(
        f"{part}.{key}"
        for part in ("clocks", "numbers", "classes")
        for key in {*content.get(part, {}), *before.get(part, {})}
        if content.get(part, {}).get(key) != before.get(part, {}).get(key)
    )
    record(by=by, verb="edit profile", thing=f"profile:{name}", at=now, note=", ".join(changed))


def _exists(name):
    return Profile.objects.filter(name=name).exists()


def check_content(content):
    """Raise ``Incomplete`` unless every clock and number of a profile can be read."""
    for key, value in content.get("clocks", {}).items():
        if not (_is_pair(value) and _is_count(value[0]) and value[1] in UNITS):
            raise Incomplete(
                _('期限“%(key)s”要写成数目加单位，例如 [3, "wd"]；单位是 wd、d、m 或 h。')
                % {"key": key}
            )
    for key, value in content.get("numbers", {}).items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise Incomplete(_("“%(key)s”要写成不小于零的数。") % {"key": key})


# Promises, not settings.
LEAST = {
    "smallest_cell": 5,
    "half_life_days": 1,
    "words_a_voice": 100,
    "confirm_share": 0.5,
    "confirm_least": 1,
}
SHARES = ("bulk_min_probability", "suggest_min_probability", "confirm_share", "false_alarm_share")
MOST = dict.fromkeys((*SHARES, "green_from", "red_under"), 1)


def check_promises(content):
    """Raise ``Incomplete`` where an edit would break a promise of the product."""
    for key, value in content.get("clocks", {}).items():
        if value[0] == 0:
            raise Incomplete(_("期限“%(key)s”不能是零。") % {"key": key})
    for key, value in content.get("numbers", {}).items():
        if value < LEAST.get(key, 0) or value > MOST.get(key, value):
            raise Incomplete(
                _("“%(key)s”不能改成 %(value)s：这是对群众的承诺，不是可以调的数。")
                % {"key": key, "value": value}
            )


def _is_pair(value):
    return isinstance(value, list | tuple) and len(value) == 2


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
