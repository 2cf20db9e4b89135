"""Numbers of proposals and reports, such as 青提〔2026〕0118: running within the year, never twice."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.refusals import NotNow

TRIES = 5
PROPOSAL, REPORT = "提", "信"


def give_number(thing, mark, now):
    """Save the next free number into ``thing``.

    Two clerks may number in the same instant: then the slower one takes the next.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                thing.number = next_number(type(thing), mark, now)
                thing.save(update_fields=["number"])
                return
        except IntegrityError:
            continue
    raise NotNow(_("同时编号的太多，请再点一次。"))


def next_number(table, mark, now):
    """The city's sign comes from the number of its matters: 青民 gives 青提 and 青信."""
    city = settings.BIAOCHI_SITE["prefix"].removesuffix("民")
    head = f"{city}{mark}〔{timezone.localtime(now).year}〕"
    newest = (
        table.objects.filter(number__startswith=head)
        .order_by(Length("number").desc(), "-number")
        .values_list("number", flat=True)
        .first()
    ) or ""
    return f"{head}{int(newest.removeprefix(head) or 0) + 1:04d}"
