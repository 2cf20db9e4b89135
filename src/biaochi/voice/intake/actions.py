"""The verbs of writing down for somebody: keep what was said, take it in, or delete it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.profiles import number
from biaochi.core.record import record
from biaochi.core.refusals import NotNow
from biaochi.people import queries as people
from biaochi.people import vault
from biaochi.voice import actions as voices
from biaochi.voice.actions import Heard, Words
from biaochi.voice.intake import drafts
from biaochi.voice.intake.rules import (
    channel_for,
    check_agreed,
    check_taker,
    whole_text,
)
from biaochi.voice.matters import actions as matters
from biaochi.voice.matters import queries as matter_queries
from biaochi.voice.models import Draft
from biaochi.voice.rules import Urgency, check_words


@dataclass(frozen=True)
class Reply:
    """How the person wants to be answered; both empty when by the code only."""

    phone: str = ""
    relay: str = ""


@transaction.atomic
def keep(*, place, content, by, now):
    """Write down what is said so far; ``place`` None opens a new place. Nothing is taken yet.

    :returns: (place, content as kept)
    :raises NotNow: every place is taken, or the call at this place is finished
    """
    check_taker(by)
    place = place or _free_place(by, now)
    draft = drafts.row(by, place, locked=True)
    if draft and draft.sent_as_id:
        raise NotNow(_("这一通已经收下了。要记新的，请从头开始。"))
    before = drafts.content_of(draft) if draft else drafts.fresh()
    content = {**before, **content, "nonce": before["nonce"]}
    content["channel"] = str(channel_for(by, content["channel"]))
    if content["emergency"]:
        content["urgency"] = str(Urgency.URGENT)
    Draft.objects.update_or_create(
        mark=drafts.mark_of(by, place),
        defaults={"content_sealed": drafts.sealed(content), "changed_at": now},
    )
    return place, content


def _free_place(by, now):
    for place in drafts.PLACES:
        draft = drafts.row(by, place)
        if draft is None:
            return place
        if drafts.is_spent(draft, now):
            draft.delete()
            return place
    raise NotNow(_("先存着的太多了，请先收下或者删掉几通。"))


@transaction.atomic
def take(*, place, nonce, reply, public, join=None, by, now):
    """Take in what was read back and confirmed. A second click gives the same receipt.

    :param reply: a ``Reply``
    :param join: key of the matter it goes into, when staff and speaker agreed on one
    :raises NotNow: the call is no longer at this place
    :raises Incomplete: the person was not asked, nothing was said, the number cannot be one
    """
    check_taker(by)
    draft = drafts.row(by, place, locked=True)
    content = drafts.content_of(draft) if draft else {}
    if content.get("nonce") != nonce:
        raise NotNow(_("这一页旧了：那一通已经收下或者删掉了。"))
    if draft.sent_as_id:
        return Heard(draft.sent_as, content["code"])
    check_agreed(content)
    text = whole_text(content)
    check_words(content["words"], number("words_a_voice"))
    heard = voices.hear(
        words=Words(text=text, place=content["place"]),
        channel=content["channel"],
        area=_area(content["area"]),
        groups=content["groups"],
        urgency=content["urgency"],
        public=public,
        speaker=vault.speaker_for(phone=reply.phone.strip(), relay=reply.relay.strip()),
        seen=by.has(Role.STAFF),
        by=by,
        now=now,
    )
    if join:
        matters.join(matter=_matter(by, join), voices=[heard.voice], by=by, now=now)
    draft.sent_as, draft.changed_at = heard.voice, now
    draft.content_sealed = drafts.sealed({"nonce": nonce, "code": heard.code})
    draft.save()
    return heard


@transaction.atomic
def drop(*, place, by, now):
    """Delete what was written down: the person would rather not say it. No word of it stays."""
    check_taker(by)
    draft = drafts.row(by, place, locked=True)
    if draft is None:
        return
    if not draft.sent_as_id:
        record(by=by, verb="drop intake", thing="intake", at=now)
    draft.delete()


def _area(key):
    return next((area for area in people.areas() if str(area.pk) == key), None)


def _matter(by, key):
    matter = matter_queries.get(by, key)
    if matter is None:
        raise NotNow(_("那件事不在了，请再看看像已有的事。"))
    return matter
