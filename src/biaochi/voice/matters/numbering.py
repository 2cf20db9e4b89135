"""The number of a matter, such as 青民〔2026〕0317: running within the year, never used twice."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.refusals import NotNow
from biaochi.voice.models import Matter

TRIES = 5


def create_numbered(*, now, **fields):
    """Create a matter under the next free number.

    Two offices' clerks may open matters in the same instant: then the slower one finds its
    number taken and takes the next.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return Matter.objects.create(number=next_number(now), opened_at=now, **fields)
        except IntegrityError:
            continue
    raise NotNow(_("同时开的事太多，请再点一次。"))


def next_number(now):
    year = timezone.localtime(now).year
    head = f"{settings.BIAOCHI_SITE['prefix']}〔{year}〕"
    newest = Matter.objects.order_by("-pk").values_list("number", flat=True).first() or ""
    if not newest.startswith(head):  # a new year, or matters that were opened out of order
        numbers = Matter.objects.filter(number__startswith=head)
        newest = (
            numbers.order_by(Length("number").desc(), "-number")
            .values_list("number", flat=True)
            .first()
        ) or ""
    return f"{head}{int(newest.removeprefix(head) or 0) + 1:04d}"
