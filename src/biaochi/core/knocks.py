"""Rate limits without a memory of people: a keyed hash of the address that changes every day."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import ngettext

from biaochi.core.models import Knock
from biaochi.core.refusals import TooOften
from biaochi.core.seal import fingerprint


def visitor_address(request):
    """The address of the visitor, as the last proxy that we trust saw it."""
    hops = settings.TRUSTED_PROXIES
    chain = [h.strip() for h in request.headers.get("X-Forwarded-For", "").split(",") if h.strip()]
    if hops and len(chain) >= hops:
        return chain[-hops]
    return request.META.get("REMOTE_ADDR", "")


def count_knock(*, who, what, most, seconds, now):
    """Count one knock of ``who`` at ``what``.

    :raises TooOften: more than ``most`` within the span of ``seconds`` that is running
    """
    if not settings.RATE_LIMITS:
        return
    span_starts_at = dt.datetime.fromtimestamp(now.timestamp() // seconds * seconds, dt.UTC)
    key = fingerprint(f"{now:%Y-%m-%d}|{who}|{what}", "knock")
    with transaction.atomic():
        knock, _made = Knock.objects.get_or_create(key=key, span_starts_at=span_starts_at)
        Knock.objects.filter(pk=knock.pk).update(count=F("count") + 1)
        knock.refresh_from_db(fields=["count"])
    if knock.count > most:
        left = int(span_starts_at.timestamp() + seconds - now.timestamp()) + 1
        minutes = (left + 59) // 60
        raise TooOften(
            ngettext(
                "提交得太勤了，请过 %(n)s 分钟再来。已经写好的不会丢。",
                "提交得太勤了，请过 %(n)s 分钟再来。已经写好的不会丢。",
                minutes,
            )
            % {"n": minutes},
            left,
        )


def forget_knocks(*, now):
    """Remove counts older than a day."""
    return Knock.objects.filter(span_starts_at__lt=now - dt.timedelta(days=1)).delete()[0]
