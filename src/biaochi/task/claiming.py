"""What a unit says it has done: a claim for every clause, with proof. A claim closes nothing."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.clock import due_on
from biaochi.core.moves import check_move
from biaochi.core.profiles import number, span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.task.models import Claim, ClaimLine, Exhibit, Item
from biaochi.task.rules import (
    EXHIBIT_BYTES_MOST,
    MOVES,
    Done,
    State,
    When,
    check_claim,
    check_exhibit,
)
from biaochi.task.telling import check_own, locked, public, tell_stage
from biaochi.voice import attachments

DAY = 86_400
COSTS = {"once_cost": 60, "yearly_cost": 60, "paid_by": 120}


@transaction.atomic
def claim(*, task, lines, good, bad, by, now, one_sided_why="", costs=None, exhibits=()):
    """A unit reports every clause of its task: done, partly, or not.

    :param lines: ``{item key: (Done, words)}``, one for every clause
    :param exhibits: further keyword arguments of :func:`add_exhibit`, one mapping each
    :param costs: ``{"once_cost", "yearly_cost", "paid_by"}`` in words, each may be missing
    :raises Incomplete: a clause without answer or words, or one side empty without a reason
    """
    task = locked(task)
    check_own(task, by)
    check_move(MOVES, State(task.state), State.CLAIMED, by.roles)
    if by.account is None:
        raise NotYours(_("申报要由单位的人登录以后来做。"))
    items = _items(task)
    check_claim(lines, [item.pk for item in items], good, bad, one_sided_why)
    before, task.state = task.state, State.CLAIMED
    task.claimed_at, task.check_by = now, due_on(now, span("checked"))
    task.save(update_fields=["state", "claimed_at", "check_by"])
    made = Claim.objects.create(
        task=task,
        at=now,
        by_id=by.account,
        good=public(good, 2000),
        bad=public(bad, 2000),
        one_sided_why=public(one_sided_why, 300),
        **{key: public((costs or {}).get(key), most) for key, most in COSTS.items()},
    )
    ClaimLine.objects.bulk_create(
        ClaimLine(
            claim=made, item=item, done=lines[item.pk][0], words=public(lines[item.pk][1], 300)
        )
        for item in items
    )
    record(by=by, verb="claim", thing=task, at=now, before=before, after=task.state)
    said = [lines[item.pk][0] for item in items]
    counts = {done.value: said.count(done) for done in Done}
    tell_stage(task, "claimed", by, now, **counts, check_by=task.check_by.isoformat())
    for exhibit in exhibits:
        _named(exhibit, made, by, now)
    return made


@transaction.atomic
def take_back_claim(*, task, by, now):
    """A unit takes its claim back, as long as nobody has decided about it."""
    task = locked(task)
    check_own(task, by)
    check_move(MOVES, State(task.state), State.ACCEPTED, by.roles)
    before, task.state = task.state, State.ACCEPTED
    task.claimed_at = task.check_by = None
    task.save(update_fields=["state", "claimed_at", "check_by"])
    task.claims.filter(taken_back_at=None).update(taken_back_at=now)
    record(by=by, verb="take back claim", thing=task, at=now, before=before, after=task.state)
    tell_stage(task, "claim taken back", by, now)
    return task


@transaction.atomic
def add_exhibit(*, claim, when, caption, by, now, file=None, taken_on=None):
    """A unit puts a photo, or the name of a paper, to its claim while it waits for the check.

    A photo is decoded and written anew, so that place and device do not survive.

    :param file: an open photo with ``size``, or None for a paper that is only named
    :raises Incomplete: no caption, no photo where one is needed, or it is not a photo
    """
    task = locked(claim.task)
    check_own(task, by)
    if task.state != State.CLAIMED or claim.taken_back_at is not None:
        raise NotNow(_("申报还在等核查的时候才能加照片和材料。"))
    check_exhibit(when, caption, file is not None)
    if claim.exhibits.count() >= number("exhibits_a_claim"):
        raise Incomplete(_("最多放 %(n)s 样。") % {"n": number("exhibits_a_claim")}, "caption")
    exhibit = Exhibit(claim=claim, when=when, caption=public(caption, 200), taken_on=taken_on)
    if file is not None:
        _keep(exhibit, file)
    exhibit.save()
    record(by=by, verb="add exhibit", thing=task, at=now, note=str(When(when).value))
    return exhibit


def path_of(exhibit):
    """Where the file of an exhibit lies: apart from what residents sent."""
    return settings.MEDIA_ROOT / "exhibits" / exhibit.stored_as[:2] / exhibit.stored_as


def forget_strays(*, now):
    """Remove files a day old that no exhibit knows: the deed that wrote them was not finished."""
    known = set(Exhibit.objects.exclude(stored_as=None).values_list("stored_as", flat=True))
    strays = [
        path
        for path in settings.MEDIA_ROOT.glob("exhibits/[0-9a-f][0-9a-f]/*")
        if path.name not in known and now.timestamp() - path.stat().st_mtime > DAY
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _named(exhibit, made, by, now):
    """Add one of several exhibits; a refusal says at which of them."""
    try:
        add_exhibit(claim=made, by=by, now=now, **exhibit)
    except Incomplete as wrong:
        raise Incomplete(str(wrong), f"{exhibit['when']}-{wrong.field}") from None


def _keep(exhibit, file):
    if file.size > EXHIBIT_BYTES_MOST:
        raise Incomplete(
            _("这个文件太大了，最多 %(n)s MB。") % {"n": EXHIBIT_BYTES_MOST // 1024 // 1024}, "file"
        )
    try:
        remade = attachments.remake_photo(file.read(EXHIBIT_BYTES_MOST + 1))
    except Incomplete as wrong:
        raise Incomplete(str(wrong), "file") from None
    exhibit.stored_as, exhibit.kind = secrets.token_hex(20) + ".jpg", "photo"
    exhibit.size, exhibit.width, exhibit.height = len(remade.content), remade.width, remade.height
    path = path_of(exhibit)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(remade.content)


def _items(task):
    """The clauses of a task; one that was handed over without any gets what is to be done."""
    return list(task.items.all()) or [Item.objects.create(task=task, position=1, act=task.what)]
