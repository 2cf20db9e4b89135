"""The vault: who spoke, locked, apart from what was said. Every look inside is written down.

Only these functions touch a speaker's contact. A unit's actor is refused by each of them.
"""

import re
import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import local_day
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.core.seal import fingerprint, seal, unseal
from biaochi.people.models import Look, Speaker

PHONE = re.compile(r"\+?[0-9]{7,15}")


def read_phone(typed):
    """Return a telephone number as digits.

    :raises Incomplete: it cannot be one
    """
    bare = re.sub(r"[\s\-—－()（）.]", "", unicodedata.normalize("NFKC", typed or ""))
    if not PHONE.fullmatch(bare):
        raise Incomplete(_("这个号码不对：请只写数字，手机 11 位，座机带区号。"), "phone")
    return bare.removeprefix("+86") if len(bare) == 14 else bare


def speaker_for(*, visit="", phone="", relay="", sheet_person=""):
    """Return the speaker behind a voice, the same one for the same person, or None.

    ``phone`` is what was typed, ``relay`` the words by which a helper finds the person,
    ``visit`` a random token of a browser's visit (so that one visit counts as one person
    without knowing whom), ``sheet_person`` the user column of a spreadsheet.
    """
    if phone:
        number = read_phone(phone)
        return _speaker("phone", number, Speaker.Kind.PHONE, number)
    if relay:
        return _speaker("relay", relay.strip(), Speaker.Kind.RELAY, relay.strip())
    if sheet_person:
        return _speaker("sheet", sheet_person.strip(), Speaker.Kind.NONE, None)
    if visit:
        return _speaker("visit", visit, Speaker.Kind.NONE, None)
    return None


def _speaker(way, person, kind, contact):
    speaker, made = Speaker.objects.get_or_create(
        mark=fingerprint(f"{way}|{person}", "speaker"),
        defaults={"kind": kind, "contact_sealed": seal(contact, "contact") if contact else None},
    )
    if contact and not made and not speaker.contact_sealed:  # forgotten before, given again
        speaker.kind, speaker.contact_sealed = kind, seal(contact, "contact")
        speaker.forget_on = None
        speaker.save(update_fields=["kind", "contact_sealed", "forget_on"])
    return speaker


@transaction.atomic
def look_at_contact(*, speaker, why, by, now):
    """Open a contact to call somebody back. The look is logged and shown to the speaker.

    :raises NotYours: anybody but staff
    :raises Incomplete: no reason given
    :raises NotNow: there is nothing to look at
    """
    if not by.has(Role.STAFF) or by.has(Role.UNIT):
        raise NotYours(_("只有回访的工作人员能看联系方式，看一次记一次。"))
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么要看，本人看得到。"), "why")
    speaker = Speaker.objects.select_for_update().filter(pk=speaker.pk).first()
    if speaker is None or not speaker.contact_sealed:
        raise NotNow(_("没有留联系方式，或者已经删掉了。"))
    Look.objects.create(
        speaker=speaker, at=now, who=by.name, role=min(by.roles), why=why.strip()[:200]
    )
    record(by=by, verb="look at contact", thing=speaker, at=now)
    return unseal(speaker.contact_sealed, "contact")


@transaction.atomic
def forget_contact(*, speaker, by, now):
    """Remove a contact for good; the voices stay and still count as one person."""
    if not by.has(Role.RESIDENT, Role.CLOCK):
        raise NotYours(_("联系方式只有本人能删。"))
    Speaker.objects.filter(pk=speaker.pk).update(
        kind=Speaker.Kind.NONE, contact_sealed=None, forget_on=None
    )
    record(by=by, verb="forget contact", thing=speaker, at=now)


def pass_on(*, old, new):
    """Give a speaker's looks to the same person's new contact, and drop the old one.

    Changing a number must not hide from its owner who had seen the old one.
    """
    Look.objects.filter(speaker=old).update(speaker=new)
    Speaker.objects.filter(pk=old.pk).delete()


def keep_until(*, speakers, day):
    """Set the day on which contacts are removed by themselves; None keeps them.

    :param speakers: keys, or a query of keys
    """
    Speaker.objects.filter(pk__in=speakers, contact_sealed__isnull=False).update(forget_on=day)


def due_to_forget(*, now):
    """The speakers whose contact has been kept long enough."""
    return Speaker.objects.filter(forget_on__lte=local_day(now), contact_sealed__isnull=False)


def looks_of(speaker):
    """Who looked at this contact, newest first: only the holder of the code may be shown it."""
    return list(speaker.looks.all()) if speaker else []


def tail(speaker):
    """The last four digits of a number, for its owner to recognise; empty if there is none."""
    if not speaker or speaker.kind != Speaker.Kind.PHONE or not speaker.contact_sealed:
        return ""
    return unseal(speaker.contact_sealed, "contact")[-4:]


def can_be_reached(speaker):
    return bool(speaker and speaker.contact_sealed)


def key_fits():
    """Whether the key opens the newest locked contact (or nothing is locked yet)."""
    newest = Speaker.objects.filter(contact_sealed__isnull=False).order_by("-pk").first()
    try:
        return newest is None or bool(unseal(newest.contact_sealed, "contact"))
    except ValueError:
        return False
